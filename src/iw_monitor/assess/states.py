"""What every indicator says at every instant: level, quality, age, zero point (METHOD 4.1 to 4.3).

What is known of an indicator changes only when a report arrives or is retracted. Between those moments, its *epochs*,
only age moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from iw_monitor.assess.compiled import UNREPORTED, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.assess.epochs import History
from iw_monitor.assess.track import Tracks

_CHUNK = 8192  # instants


@dataclass(frozen=True, slots=True)
class States:
    """T instants x I indicators. ``level`` is the last scored one (-1 never reported), also when unknown by age."""

    level: Levels
    observed: Integers  # of the newest report of the current level; 0 when never reported
    quality: Floats  # q
    age_factor: Floats  # a: 1 fresh .. 0 unknown
    zero_point: Floats  # z
    normal: Floats  # n
    track: Tracks | None = None  # T x P: what stands of the track record

    @property
    def reported(self) -> Booleans:
        return np.not_equal(self.level, UNREPORTED)

    @property
    def unknown(self) -> Booleans:
        return np.equal(self.age_factor, 0)

    @property
    def stale(self) -> Booleans:
        return (self.age_factor > 0) & (self.age_factor < 1)

    def at(self, row: int) -> States:
        """Return one instant, kept as an array of one row, which lies in memory as if it had been asked for alone."""
        one = self.rows(slice(row, row + 1))
        return replace(
            one,
            level=np.ascontiguousarray(one.level),
            observed=np.ascontiguousarray(one.observed),
            quality=np.ascontiguousarray(one.quality),
            age_factor=np.ascontiguousarray(one.age_factor),
            zero_point=np.ascontiguousarray(one.zero_point),
            normal=np.ascontiguousarray(one.normal),
        )

    def rows(self, keep: slice | Booleans | Integers) -> States:
        """Return some of the instants."""
        return States(
            level=self.level[keep],
            observed=self.observed[keep],
            quality=self.quality[keep],
            age_factor=self.age_factor[keep],
            zero_point=self.zero_point[keep],
            normal=self.normal[keep],
            track=None if self.track is None else self.track.rows(keep),
        )


def states_at(compiled: Compiled, history: History, instants: Integers) -> States:
    """Return every indicator's state at every instant (microseconds).

    Each indicator's column is filled in one piece and lies in one piece, so that a long history costs little more than
    reading it once.
    """
    timeline = _Timeline.of(instants)
    if timeline is None:
        order = np.argsort(instants, kind="stable")
        return states_at(compiled, history, instants[order]).rows(np.argsort(order))
    shape = (len(compiled.indicators), len(instants))
    level, observed = np.empty(shape, dtype=np.int8), np.empty(shape, dtype=np.int64)
    q, normal = np.empty(shape), np.empty(shape)
    for row, epochs in enumerate(history.epochs):
        epoch = timeline.in_force(epochs.start)
        for column, filled in (
            (epochs.level, level),
            (epochs.observed, observed),
            (epochs.quality, q),
            (epochs.normal, normal),
        ):
            np.take(column, epoch, out=filled[row], mode="clip")
    share = compiled.pack.method.normal.share
    return States(
        level=level.T,
        observed=observed.T,
        quality=q.T,
        age_factor=age_factor(compiled, np.asarray(instants)[:, None] - observed.T, level.T != UNREPORTED),
        zero_point=(1 - share) * compiled.base + share * normal.T,
        normal=normal.T,
        track=None if history.track is None else history.track.at(instants),
    )


@dataclass(frozen=True, slots=True)
class _Timeline:
    """Ascending instants that epochs are asked for."""

    instants: Integers
    step: int  # microseconds from each to the next; 0 where they are not evenly spaced

    @classmethod
    def of(cls, instants: Integers) -> _Timeline | None:
        """Return the timeline of instants, None if they do not ascend."""
        steps = np.diff(instants)
        if np.any(steps < 0):
            return None
        return cls(instants, int(steps[0]) if len(steps) and np.all(steps == steps[0]) else 0)

    def in_force(self, start: Integers) -> Integers:
        """Return which row is in force at each instant; rows begin ascending, the first before all instants."""
        if not len(self.instants):
            return np.zeros(0, dtype=np.int64)
        first, end = np.searchsorted(start, (self.instants[0], self.instants[-1]), side="right")
        within = start[first:end]
        if len(within) > len(self.instants):  # the fewer are looked up among the others
            return np.asarray(first - 1 + np.searchsorted(within, self.instants, side="right"))
        return np.asarray(first - 1 + np.cumsum(np.bincount(self._reached(within), minlength=len(self.instants))))

    def _reached(self, moments: Integers) -> Integers:
        """Return the first instant at or after each moment."""
        if self.step:
            return np.asarray(-((self.instants[0] - moments) // self.step))
        return np.searchsorted(self.instants, moments)


def in_chunks(instants: Integers) -> Iterator[Integers]:
    """Yield the instants, so many at once that what is said of them stays near the processor."""
    yield from (instants[first : first + _CHUNK] for first in range(0, len(instants), _CHUNK))


def changes(states: States) -> Booleans:
    """Return where an indicator says anything else than at the instant before, T x I; at the first instant all do."""
    changed = np.zeros(states.level.shape[::-1], dtype=bool).T  # indicator by indicator, as states lie in memory
    changed[:1] = True
    for part in (states.level, states.quality, states.age_factor, states.zero_point):
        changed[1:] |= part[1:] != part[:-1]
    return changed


def moments_of_change(states: States) -> Booleans:
    """Return which instants say anything else than the instant before them; the first does."""
    changed = np.asarray(changes(states).any(axis=1))
    if states.track is not None:
        changed[1:] |= (states.track.factor[1:] != states.track.factor[:-1]).any(axis=1)
    return changed


def age_factor(compiled: Compiled, age: Integers, reported: Booleans) -> Floats:
    """Return the weight left in evidence of an age (microseconds): 1, then halving, then 0 (METHOD 4.3)."""
    ageing = compiled.pack.method.ageing
    lives = np.maximum(age, 0) / compiled.half_life
    known = reported & (lives <= ageing.unknown_after)
    factor = known.astype(np.float64)
    fading = known & (lives > ageing.fresh_for)
    factor[fading] = np.exp2(ageing.fresh_for - lives[fading])
    return factor
