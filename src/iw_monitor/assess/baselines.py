"""The naive gauges that this project does not use, computed so that anyone can see why."""

from __future__ import annotations

from dataclasses import dataclass

from iw_monitor.model.assessment import Assessment
from iw_monitor.model.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class NaiveGauges:
    """Mean and maximum of the last levels of the drivers, on 0 to 100; None where nothing was ever reported."""

    mean: float | None
    maximum: float | None
    counted: int  # drivers with a level


def drivers(pack: Pack) -> tuple[str, ...]:
    """Return the scored indicators that drive more than they restrain: their links sum to more than nothing."""
    problems = [one.id for one in pack.file.problems]
    return tuple(one.id for one in pack.scored if sum(pack.link_points(one, problem) for problem in problems) > 0)


def naive_gauges(pack: Pack, assessment: Assessment) -> NaiveGauges:
    """Return what a plain mean and a plain maximum of levels would read; both ignore age, grade and polarity."""
    return naive_of([assessment.indicator(name).level for name in drivers(pack)])


def naive_of(levels: list[int | None]) -> NaiveGauges:
    """Return both gauges of drivers' levels (0 to 4; None where never reported).

    Example:
        >>> naive_of([0, 4, None]).mean, naive_of([0, 4, None]).maximum
        (50.0, 100.0)
    """
    seen = [level for level in levels if level is not None]
    if not seen:
        return NaiveGauges(mean=None, maximum=None, counted=0)
    return NaiveGauges(mean=25 * sum(seen) / len(seen), maximum=25.0 * max(seen), counted=len(seen))
