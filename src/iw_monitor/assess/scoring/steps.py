"""Scores of warning levels: what was caught, how early, how often in vain, and how calmly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Integers, Levels
from iw_monitor.assess.scoring.chances import round_off

WARNING = 3  # a level at or above it is a warning (METHOD §6)
LEVEL_COUNT = 5
MONTH = 30  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningCounts:
    """Days by warning and outcome.

    Formula: ``POD = A/(A+B)``, the share of days before an event that warned; ``FAR = C/(A+C)``, the share of warning
    days that no event followed (the ratio, not the false alarm *rate* C/(C+D)). Both 0 to 1; POD best at 1, FAR at 0;
    only the pair says anything, since warning always has POD 1.

    Missing values: not accepted; POD is None where no day was before an event, FAR where no day warned.

    Reference: L. R. Barnes and others, Corrigendum: False alarm rate or false alarm ratio?, Weather and Forecasting 24
    (2009), doi:10.1175/2009WAF2222300.1; as a pair: P. J. Roebber, Visualizing multiple measures of forecast quality,
    Weather and Forecasting 24 (2009), doi:10.1175/2008WAF2222159.1
    """

    hits: int  # A: warned, and it came
    misses: int  # B: not warned, and it came
    false_alarms: int  # C: warned, and it did not come
    quiet: int  # D: not warned, and it did not come

    @property
    def pod(self) -> float | None:
        """Probability of detection, A/(A+B)."""
        return _ratio(self.hits, self.hits + self.misses)

    @property
    def far(self) -> float | None:
        """False alarm ratio, C/(A+C)."""
        return _ratio(self.false_alarms, self.hits + self.false_alarms)


def _ratio(part: int, whole: int) -> float | None:
    return round_off(part / whole) if whole else None


def warning_counts(level: Levels, outcome: Booleans) -> WarningCounts:
    """Return how many days warned (level 3 or above) and not, before an event and not.

    Raises:
        ValueError: the two differ in length, or a level is not 1 to 5.
    """
    if level.shape != outcome.shape:
        raise ValueError(f"{level.shape} levels for {outcome.shape} outcomes")
    _check(level)
    warned = level >= WARNING
    return WarningCounts(
        hits=int((warned & outcome).sum()),
        misses=int((~warned & outcome).sum()),
        false_alarms=int((warned & ~outcome).sum()),
        quiet=int((~warned & ~outcome).sum()),
    )


def lead_time(days: Integers, level: Levels, usable: Booleans, *, event: int, longest: int) -> int | None:
    """Return for how many days a warning had stood when the event came; None where none stood.

    Formula: ``event - first``, first being the first day of the unbroken run of usable days at level 3 or above that
    reaches the eve of the event; at most ``longest`` days (the horizon) before it, since a lamp that is always lit is
    no early warning. From 1 (the eve) to ``longest``.

    Missing values: a day that is not usable (blanked, or without assessment) ends the run.

    Reference: J. Brotzge, W. Donner, The tornado warning process, Bulletin of the American Meteorological Society 94
    (2013), doi:10.1175/BAMS-D-12-00147.1 (lead time of a warning that stood; the limit is ours)

    Args:
        days: T, consecutive.
        level: T, 1 to 5.
        usable: T.
        event: the day it began.
        longest: days.
    """
    warned = dict(zip(days.tolist(), ((level >= WARNING) & usable).tolist(), strict=True))
    lead = 0
    while lead < longest and warned.get(event - lead - 1, False):
        lead += 1
    return lead or None


def median_lead(leads: list[int | None]) -> float | None:
    """Return the median lead time in days over the events that were warned of; None where none was."""
    warned = [one for one in leads if one is not None]
    return float(np.median(warned)) if warned else None


def changes_per_month(level: Levels, usable: Booleans) -> float | None:
    """Return how often a level changed, per 30 days: flutter wears out those who are warned.

    Formula: ``30 * (pairs of consecutive days at different levels) / (pairs of consecutive days)``. Range 0 to 30.

    Missing values: a pair counts only if both days are usable; None where no pair is.

    Reference: E. Zsoter, R. Buizza, D. Richardson, "Jumpiness" of the ECMWF and Met Office EPS control and
    ensemble-mean forecasts, Monthly Weather Review 137 (2009), doi:10.1175/2009MWR2960.1 (the idea; counted simply)
    """
    pairs = usable[1:] & usable[:-1]
    changed = pairs & (level[1:] != level[:-1])
    return round_off(MONTH * changed.sum() / pairs.sum()) if pairs.any() else None


def time_shares(level: Levels, usable: Booleans) -> tuple[float, ...] | None:
    """Return the share of usable days spent at levels 1 to 5; they sum to 1.

    Missing values: days that are not usable are left out; None where none is. Reference: METHOD §6 (a plain frequency).

    Raises:
        ValueError: a usable level is not 1 to 5.
    """
    _check(level[usable])
    if not usable.any():
        return None
    counts = np.bincount(level[usable], minlength=LEVEL_COUNT + 1)[1:]
    return tuple(round_off(one / usable.sum()) for one in counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Consecutive usable days at level 3 or above, by place in the series."""

    first: int
    last: int
    highest: int


def stretches(level: Levels, usable: Booleans) -> Iterator[Stretch]:
    """Yield the unbroken runs of warning, in order of time."""
    warned = np.concatenate(([False], (level >= WARNING) & usable, [False]))
    edges = np.flatnonzero(warned[1:] != warned[:-1])
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield Stretch(first=first, last=after - 1, highest=int(level[first:after].max()))


def _check(level: Levels) -> None:
    if not ((level >= 1) & (level <= LEVEL_COUNT)).all():
        raise ValueError("a level must be 1 to 5; leave out the days without one")
