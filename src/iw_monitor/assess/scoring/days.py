"""Which days are scored, and what happened within the horizon of each (METHOD §6).

A day stands for its 00:00Z: what is forecast then rests on reports known by then, and its window is that day and the
days after it, ``horizon`` in all. Days are proleptic ordinals (``date.toordinal``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from iw_monitor.assess.compiled import Booleans, Integers
from iw_monitor.model.outcome import Outcome

BLANKED_AFTER = 21  # days after the last event of an episode (METHOD §6)
LEAST_EVENTS = 3
LEAST_WINDOWS = 10
ONSET, WITHIN = "onset", "within"


class Use(IntEnum):
    """What becomes of a day: only ``SCORED`` ones count. The first reason that applies is given."""

    SCORED = 0
    BLANKED = 1  # the event had begun, or had ended too recently
    OPEN = 2  # its window reaches past the end of the data
    UNASSESSED = 3  # the gauge read NO ASSESSMENT
    SILENT = 4  # whoever is judged said nothing


Uses = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One event and what went on of it, in days. ``onset`` is None where it began before the file does."""

    onset: int | None
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The days of one horizon beside what happened; T days x P problems."""

    days: Integers  # T, consecutive
    horizon: int  # days
    use: Uses  # T x P
    outcome: Booleans  # T x P: an onset falls on that day or one of the horizon - 1 after it
    onsets: tuple[tuple[int, ...], ...]  # P: days of the onsets that at least one scored day could warn of

    @property
    def scored(self) -> Booleans:
        return np.equal(self.use, Use.SCORED)

    def among(self, spoke: Booleans) -> Sample:
        """Return the sample of somebody who spoke on some days only (T x P): of the scored days, those."""
        use = np.where(self.scored & ~spoke, Use.SILENT, self.use).astype(np.int8)
        scored = np.equal(use, Use.SCORED)
        onsets = tuple(
            tuple(day for day in begun if (scored[:, column] & _before(self.days, day, self.horizon)).any())
            for column, begun in enumerate(self.onsets)
        )
        return replace(self, use=use, onsets=onsets)


def episodes(outcomes: Iterable[Outcome], problem: str) -> tuple[Episode, ...]:
    """Return the episodes of a problem in order of time: each onset with the ``within`` rows up to the next."""
    found: list[Episode] = []
    for one in sorted((each for each in outcomes if each.problem == problem), key=lambda each: each.day):
        day = one.day.toordinal()
        if one.phase == ONSET:
            found.append(Episode(onset=day, first=day, last=day))
        elif found:
            found[-1] = Episode(onset=found[-1].onset, first=found[-1].first, last=day)
        else:
            found.append(Episode(onset=None, first=day, last=day))
    return tuple(found)


def blanked(days: Integers, several: Sequence[Episode]) -> Booleans:
    """Return which days are blanked: from an event to 21 days after the last of its episode, both included.

    An episode that began before the file does blanks everything up to its end.
    """
    result = np.zeros(len(days), dtype=bool)
    for one in several:
        begun = np.full(len(days), True) if one.onset is None else days >= one.first
        result |= begun & (days <= one.last + BLANKED_AFTER)
    return result


def sample_of(
    days: Integers, outcomes: Sequence[Outcome], problems: Sequence[str], *, horizon: int, end: int, assessed: Booleans
) -> Sample:
    """Return what becomes of each day and what happened within its window.

    Args:
        days: T, consecutive.
        outcomes: complete up to ``end``.
        problems: P ids.
        horizon: days.
        end: the last day of which is known what happened.
        assessed: T x P, where the gauge gave an assessment.
    """
    use = np.where(assessed, Use.SCORED, Use.UNASSESSED).astype(np.int8)
    use[days + horizon - 1 > end] = Use.OPEN
    outcome = np.zeros(use.shape, dtype=bool)
    onsets: list[tuple[int, ...]] = []
    for column, problem in enumerate(problems):
        several = episodes(outcomes, problem)
        use[blanked(days, several), column] = Use.BLANKED
        begun = [one.onset for one in several if one.onset is not None]
        for day in begun:
            outcome[_before(days, day, horizon), column] = True
        scored = use[:, column] == Use.SCORED
        onsets.append(tuple(day for day in begun if (scored & _before(days, day, horizon)).any()))
    return Sample(days=days, horizon=horizon, use=use, outcome=outcome, onsets=tuple(onsets))


def _before(days: Integers, event: int, horizon: int) -> Booleans:
    return np.asarray((days <= event) & (event < days + horizon))


def independent_windows(days: Integers, horizon: int) -> int:
    """Return how many windows of the horizon fit side by side: the scored days taken so that none overlap."""
    count, free_from = 0, -(2**62)
    for day in days.tolist():
        if day >= free_from:
            count, free_from = count + 1, day + horizon
    return count


def withheld(events: int, windows: int) -> tuple[str, ...]:
    """Return why scores are withheld, nothing where they are not (METHOD §6: 3 events and 10 independent windows)."""
    reasons = []
    if events < LEAST_EVENTS:
        reasons.append(f"{_counted(events, 'event')} ({LEAST_EVENTS} needed)")
    if windows < LEAST_WINDOWS:
        reasons.append(f"{_counted(windows, 'independent window')} ({LEAST_WINDOWS} needed)")
    return tuple(reasons)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
