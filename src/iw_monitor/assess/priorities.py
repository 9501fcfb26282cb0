"""Which indicator, re-checked now, would move the gauge or narrow its interval most (FEATURES 15.7).

For each scored indicator three answers are tried on the states of one instant, and the engine's own functions conclude
from each: the same level again, one step up, one step down. No second model: what is changed are levels and ages, and
the points, floors and intervals follow as they always do (METHOD 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from iw_monitor.assess.compiled import Compiled
from iw_monitor.assess.interval import Draws, spread_of
from iw_monitor.assess.states import States
from iw_monitor.assess.what_if import Outcome, level_held, outcome_of, presumed_quality, with_report

_SAME = 0.005  # points; a step moves "most" only by more than what is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one fresh report of a neighbouring level would do, at the problem that it would move most."""

    level: int  # of the indicator, 0 to 4
    problem: str
    change: float  # points
    level_before: int  # of that problem at this instant (boundaries and floors), 1 to 5
    level_after: int
    floors: tuple[str, ...]  # ids of tripwires and tables that would begin to hold, under any problem
    crosses: bool  # the level of any problem at this instant would be another


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """What a re-check of one indicator could do. All in points (decibans)."""

    indicator: str
    level: int  # the level asked about: the last scored one; where there is none, that at T0
    is_reported: bool  # False: there is nothing that could be confirmed
    confirmed: Mapping[str, float] = field(default_factory=dict)  # problem -> change by "reviewed, no change"
    up: Step | None  # None at level 4
    down: Step | None  # None at level 0
    narrowing: float  # by how much the headline problem's interval would shrink with this indicator fresh, 0 or more

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(one for one in (self.up, self.down) if one is not None)

    @property
    def largest(self) -> float:
        """The most that any of the three answers would move any problem, without its sign."""
        return max(0.0, *(abs(one) for one in self.confirmed.values()), *(abs(one.change) for one in self.steps))

    @property
    def gain(self) -> float:
        """What the queue is ordered by: the largest move plus the narrowing, in points."""
        return self.largest + self.narrowing


def priorities(
    compiled: Compiled, states: States, draws: Draws, *, instant: int, headline: int
) -> tuple[Priority, ...]:
    """Return what a re-check of each scored indicator could do, the most rewarding first.

    Ordered by ``gain``; of equals those that could cross a level or trip a floor come first, then by the pack's order.
    A fresh indicator narrows nothing, so a fresh board is ordered by what a step would do.

    Args:
        compiled: the pack.
        states: of one instant (1 x I).
        draws: the pack's seeded draws, for the interval.
        instant: microseconds.
        headline: place of the problem whose interval counts.
    """
    board = _Board.of(compiled, states, draws, instant=instant, headline=headline)
    scored = np.flatnonzero((compiled.weight != 0).any(axis=1))
    found = [board.priority(int(index)) for index in scored]
    return tuple(sorted(found, key=lambda one: (-round(one.gain, 9), not any(map(_matters, one.steps)))))


def _matters(step: Step) -> bool:
    return step.crosses or bool(step.floors)


@dataclass(frozen=True, slots=True)
class _Board:
    """One instant, and what is concluded from it as it stands."""

    compiled: Compiled
    states: States
    draws: Draws
    instant: int
    headline: int
    now: Outcome
    width: float  # points, of the headline problem's interval

    @classmethod
    def of(cls, compiled: Compiled, states: States, draws: Draws, *, instant: int, headline: int) -> _Board:
        now = outcome_of(compiled, states)
        width = _width(compiled, states, draws, now, headline)
        return cls(compiled, states, draws, instant, headline, now, width)

    def priority(self, index: int) -> Priority:
        reported = bool(self.states.reported[0, index])
        level = level_held(self.compiled, self.states, index)
        quality = float(self.states.quality[0, index]) if reported else presumed_quality(self.compiled.pack)
        same = self._with(index, level, quality)
        confirmed: Mapping[str, float] = {}
        if reported:
            change = outcome_of(self.compiled, same).points - self.now.points
            confirmed = dict(zip(self.compiled.problems, map(float, change), strict=True))
        return Priority(
            indicator=self.compiled.indicators[index].id,
            level=level,
            is_reported=reported,
            confirmed=MappingProxyType(confirmed),
            up=self._step(index, level + 1) if level < len(self.compiled.strength) - 1 else None,
            down=self._step(index, level - 1) if level > 0 else None,
            narrowing=self._narrowing(index, same),
        )

    def _step(self, index: int, level: int) -> Step:
        after = outcome_of(self.compiled, self._with(index, level, presumed_quality(self.compiled.pack)))
        change = after.points - self.now.points
        most = int(np.argmax(np.abs(change) > np.abs(change).max() - _SAME))
        return Step(
            level=level,
            problem=self.compiled.problems[most],
            change=float(change[most]),
            level_before=int(self.now.level[most]),
            level_after=int(after.level[most]),
            floors=tuple(sorted(after.holding - self.now.holding)),
            crosses=bool(np.any(after.level != self.now.level)),
        )

    def _narrowing(self, index: int, same: States) -> float:
        """What is fresh has no extreme to be set to, so only what is stale or unknown is drawn again."""
        if self.states.age_factor[0, index] >= 1:
            return 0.0
        width = _width(self.compiled, same, self.draws, outcome_of(self.compiled, same), self.headline)
        return max(0.0, self.width - width)

    def _with(self, index: int, level: int, quality: float) -> States:
        return with_report(self.compiled, self.states, index, level=level, quality=quality, instant=self.instant)


def _width(compiled: Compiled, states: States, draws: Draws, outcome: Outcome, problem: int) -> float:
    spread = spread_of(compiled, states, draws, level=outcome.level, floor=outcome.floor)
    return float(spread.high[problem] - spread.low[problem])
