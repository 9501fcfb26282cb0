"""What a level hangs on: each indicator changed alone, and the smallest single changes that cross a boundary.

Levels here are those of the instant, by boundaries and floors that hold now; the recommendation waits and may differ.
A step rests on one B2 report made now; "again" is the present level reported again with the quality it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from iw_monitor.assess.compiled import Compiled
from iw_monitor.assess.epochs import history_of
from iw_monitor.assess.interval import draws_of, spread_of
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import States, states_at
from iw_monitor.assess.what_if import (
    Outcome,
    level_held,
    outcome_of,
    outcomes_of,
    presumed_quality,
    with_nothing_known,
    with_report,
)
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Known

TOP_STATE = 4
LEAST = 1e-9  # points; less is no change


class Change(StrEnum):
    """What is changed of one indicator: one step, nothing known of it, or its present level reported again."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one change alone would make of one problem."""

    change: Change
    level: int | None  # of the indicator then; None for unknown
    points: float
    warning_level: int  # of the problem then, 1 to 5
    crosses: bool  # it is another than now


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One indicator in the tornado of a problem: the effects of its changes, in points."""

    indicator: str
    level: int  # the present one; that of T0 if it was never reported
    is_reported: bool
    effects: tuple[Effect, ...]

    @property
    def low(self) -> float:
        return min(one.points for one in self.effects)

    @property
    def high(self) -> float:
        return max(one.points for one in self.effects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One indicator set to another level by one B2 report now, which alone brings another warning level."""

    indicator: str
    level: int
    to: int
    points: float
    warning_level: int

    @property
    def steps(self) -> int:
        return abs(self.to - self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Could:
    """What one indicator that is stale, unknown or was never reported could do, were it reported now at any level."""

    indicator: str
    low_level: int  # of the indicator, at which the problem is lowest
    low: float  # points of the problem then
    low_warning: int  # level of the problem then
    high_level: int
    high: float
    high_warning: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemSensitivity:
    """What one problem's level hangs on. Bars and what is missing from the widest; moves from the smallest."""

    problem: str
    points: float
    level: int  # of the instant, 1 to 5
    stability: float  # share of draws (weights, prior) that give the same level
    bars: tuple[Bar, ...]
    up: tuple[Move, ...]  # the fewest steps that raise the level; none if no single indicator can
    down: tuple[Move, ...]
    missing: tuple[Could, ...]


def sensitivity(compiled: Compiled, reports: Reports, as_of: datetime, known: Known) -> tuple[ProblemSensitivity, ...]:
    """Return what each problem's level hangs on at an instant.

    Raises:
        ValueError: ``as_of`` has no time zone.
    """
    instant = microseconds(as_of)
    history = history_of(compiled, reports, known)
    states = states_at(compiled, history, np.array([instant], dtype=np.int64))
    return sensitivity_of(compiled, states, instant=instant)


def sensitivity_of(compiled: Compiled, states: States, *, instant: int) -> tuple[ProblemSensitivity, ...]:
    """Return what each problem's level hangs on, from the states of one instant (1 x I), in microseconds."""
    now = outcome_of(compiled, states)
    spread = spread_of(compiled, states, draws_of(compiled), level=now.level, floor=now.floor)
    tried = _tried(compiled, states, instant)
    return tuple(
        ProblemSensitivity(
            problem=problem,
            points=float(now.points[place]),
            level=int(now.level[place]),
            stability=float(spread.stability[place]),
            bars=_bars(tried, now, place),
            up=_smallest(tried, now, place, +1),
            down=_smallest(tried, now, place, -1),
            missing=_missing(tried, place),
        )
        for place, problem in enumerate(compiled.problems)
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """What is concluded from every change of one indicator."""

    indicator: str
    level: int
    is_reported: bool
    is_current: bool  # its evidence counts in full
    by_level: dict[int, Outcome]  # every other level, by one B2 report
    same: Outcome  # the level held, reported now
    unknown: Outcome | None

    @property
    def again(self) -> Outcome | None:
        return self.same if self.is_reported else None

    def changes(self) -> Iterator[tuple[Change, int | None, Outcome]]:
        for change, level in ((Change.UP, self.level + 1), (Change.DOWN, self.level - 1)):
            if level in self.by_level:
                yield change, level, self.by_level[level]
        if self.unknown is not None:
            yield Change.UNKNOWN, None, self.unknown
        if self.again is not None:
            yield Change.AGAIN, self.level, self.again


def _tried(compiled: Compiled, states: States, instant: int) -> list[_Tried]:
    """Return what is concluded from every change of every indicator, all of them asked for at once."""
    trials = [_Trial.of(compiled, states, int(index), instant) for index in np.flatnonzero(compiled.counted)]
    if not trials:
        return []
    outcomes = iter(outcomes_of(compiled, [one for trial in trials for one in trial.changed()]))
    return [trial.answered(outcomes) for trial in trials]


@dataclass(frozen=True, slots=True)
class _Trial:
    """Every change of one indicator before anything is concluded from it, and how the indicator stands."""

    indicator: str
    level: int
    is_reported: bool
    is_current: bool
    by_level: dict[int, States]
    same: States
    unknown: States | None

    @classmethod
    def of(cls, compiled: Compiled, states: States, index: int, instant: int) -> _Trial:
        held, reported = level_held(compiled, states, index), bool(states.reported[0, index])

        def reporting(level: int, quality: float) -> States:
            return with_report(compiled, states, index, level=level, quality=quality, instant=instant)

        quality = presumed_quality(compiled.pack)
        its_own = float(states.quality[0, index]) if reported else quality
        known = float(states.age_factor[0, index]) > 0
        return cls(
            indicator=compiled.indicators[index].id,
            level=held,
            is_reported=reported,
            is_current=float(states.age_factor[0, index]) >= 1,
            by_level={level: reporting(level, quality) for level in range(TOP_STATE + 1) if level != held},
            same=reporting(held, its_own),
            unknown=with_nothing_known(states, index) if known else None,
        )

    def changed(self) -> Iterator[States]:
        """Give every change, in the order in which ``answered`` takes what is concluded."""
        yield from self.by_level.values()
        yield self.same
        if self.unknown is not None:
            yield self.unknown

    def answered(self, outcomes: Iterator[Outcome]) -> _Tried:
        """Return the changes with what is concluded from each."""
        return _Tried(
            indicator=self.indicator,
            level=self.level,
            is_reported=self.is_reported,
            is_current=self.is_current,
            by_level={level: next(outcomes) for level in self.by_level},
            same=next(outcomes),
            unknown=None if self.unknown is None else next(outcomes),
        )


def _bars(tried: list[_Tried], now: Outcome, place: int) -> tuple[Bar, ...]:
    """Return the indicators that can move a problem at all, the widest first; of equals in the pack's order."""
    bars = [
        Bar(
            indicator=one.indicator,
            level=one.level,
            is_reported=one.is_reported,
            effects=tuple(
                Effect(
                    change=change,
                    level=level,
                    points=float(then.points[place] - now.points[place]),
                    warning_level=int(then.level[place]),
                    crosses=bool(then.level[place] != now.level[place]),
                )
                for change, level, then in one.changes()
            ),
        )
        for one in tried
    ]
    moving = [one for one in bars if any(abs(each.points) > LEAST or each.crosses for each in one.effects)]
    return tuple(sorted(moving, key=lambda one: -round(one.high - one.low, 9)))


def _smallest(tried: list[_Tried], now: Outcome, place: int, direction: int) -> tuple[Move, ...]:
    """Return the moves of fewest steps that raise (+1) or lower (-1) the level, the strongest first."""
    moves = [
        Move(
            indicator=one.indicator,
            level=one.level,
            to=to,
            points=float(then.points[place]),
            warning_level=int(then.level[place]),
        )
        for one in tried
        for to, then in one.by_level.items()
        if direction * (int(then.level[place]) - int(now.level[place])) > 0
    ]
    fewest = min((one.steps for one in moves), default=0)
    nearest = [one for one in moves if one.steps == fewest]
    return tuple(sorted(nearest, key=lambda one: -direction * one.points))


def _missing(tried: list[_Tried], place: int) -> tuple[Could, ...]:
    """Return what each indicator without current evidence could do, the widest first, if it can do anything."""
    found = [_could(one, place) for one in tried if not one.is_current]
    return tuple(sorted((one for one in found if one.high - one.low > LEAST), key=lambda one: one.low - one.high))


def _could(one: _Tried, place: int) -> Could:
    at = {one.level: one.same, **one.by_level}
    low, high = (pick(at, key=lambda level: float(at[level].points[place])) for pick in (min, max))
    return Could(
        indicator=one.indicator,
        low_level=low,
        low=float(at[low].points[place]),
        low_warning=int(at[low].level[place]),
        high_level=high,
        high=float(at[high].points[place]),
        high_warning=int(at[high].level[place]),
    )
