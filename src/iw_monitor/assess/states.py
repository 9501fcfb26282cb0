"""What every indicator says at every instant: level, quality, age, zero point (METHOD 4.1 to 4.3).

What is known of an indicator changes only when a report arrives or is retracted. Between those moments, its *epochs*,
only age moves. Epochs are computed for all reports at once while reports arrive in the order in which they were
observed; a late report or a retraction starts a new stretch that is computed from all that is then known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from iw_monitor.assess.compiled import UNREPORTED, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.assess.evidence import quality
from iw_monitor.assess.normal import moving_normal
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.track import TrackHistory, Tracks
from iw_monitor.model.instants import NEVER, duration_microseconds
from iw_monitor.model.observation import Known

_CHUNK = 8192  # instants


@dataclass(frozen=True, slots=True)
class Epochs:
    """What is known of one indicator from ``start`` until the next row's start; the first row: nothing, since ever."""

    start: Integers
    level: Levels
    observed: Integers
    quality: Floats
    normal: Floats


@dataclass(frozen=True, slots=True)
class History:
    """The epochs of every watched indicator, and the instants at which anything scored changed."""

    epochs: tuple[Epochs, ...]
    changes: Integers
    retractions: tuple[tuple[int, int, int], ...]  # (instant, indicator, level) of each retracted scored report
    track: TrackHistory | None = None  # where the pack applies a track record and there is one


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


@dataclass(frozen=True, slots=True)
class _Mine:
    """One indicator's scored reports, in the order in which the last one known is the current one."""

    indicator: int
    observed: Integers
    level: Levels
    worth: Floats
    originator: Integers
    arrived: Integers
    gone: Integers

    @classmethod
    def of(cls, reports: Reports, known: Known, rows: Integers, indicator: int) -> _Mine:
        rows = reports.in_order(rows)
        return cls(
            indicator=indicator,
            observed=reports.observed[rows],
            level=reports.level[rows],
            worth=reports.worth[rows],
            originator=reports.originator[rows],
            arrived=reports.known(known)[rows],
            gone=reports.gone(known)[rows],
        )

    def alive(self, begin: int, end: int) -> _Mine:
        """Return the reports that count in a stretch, those that are older as though they had arrived at its begin."""
        rows = np.flatnonzero((self.arrived < end) & (self.gone > begin))
        return _Mine(
            indicator=self.indicator,
            observed=self.observed[rows],
            level=self.level[rows],
            worth=self.worth[rows],
            originator=self.originator[rows],
            arrived=np.maximum(self.arrived[rows], begin),
            gone=self.gone[rows],
        )


def history_of(compiled: Compiled, reports: Reports, known: Known) -> History:
    """Return what was known of each indicator from when on, by this reading."""
    mine = [
        _Mine.of(reports, known, rows, index) for index, rows in enumerate(_rows_by_indicator(compiled, reports, known))
    ]
    epochs = tuple(_epochs(compiled, one) for one in mine)
    counted = [one for index, one in enumerate(epochs) if compiled.counted[index]]
    return History(
        epochs=epochs,
        changes=union_of(*(one.start[1:] for one in counted)),
        retractions=tuple(
            (int(one.gone[row]), one.indicator, int(one.level[row]))
            for one in mine
            for row in np.flatnonzero(one.gone < NEVER)
        ),
    )


def union_of(*instants: Integers) -> Integers:
    """Return the instants that stand in any of several ascending arrays, each once, ascending."""
    # Ascending runs are merged, which a set of a million instants would first throw away.
    merged = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *instants]), kind="stable")
    return merged[np.diff(merged, prepend=merged[:1] - 1) > 0]


def _rows_by_indicator(compiled: Compiled, reports: Reports, known: Known) -> list[Integers]:
    """Return the rows of the scored reports of each watched indicator."""
    counts = reports.scored & (reports.gone(known) > reports.known(known))
    place = np.where(counts, reports.indicator, -1).astype(np.min_scalar_type(-len(reports.names)))  # small: by radix
    order = np.argsort(place, kind="stable")
    edges = np.searchsorted(place[order], np.arange(len(reports.names) + 1), side="left")
    index = {name: number for number, name in enumerate(reports.names)}
    return [order[edges[index[one.id]] : edges[index[one.id] + 1]] for one in compiled.indicators]


def _epochs(compiled: Compiled, mine: _Mine) -> Epochs:
    """Return one indicator's epochs from its scored reports."""
    parts = [_silence(compiled, -NEVER, mine.indicator)]
    for begin, end in _stretches(mine):
        parts += _parts(compiled, mine.alive(begin, end), begin)
    return Epochs(
        start=np.concatenate([part.start for part in parts]),
        level=np.concatenate([part.level for part in parts]),
        observed=np.concatenate([part.observed for part in parts]),
        quality=np.concatenate([part.quality for part in parts]),
        normal=np.concatenate([part.normal for part in parts]),
    )


def _stretches(mine: _Mine) -> Iterator[tuple[int, int]]:
    """Yield stretches of time within which reports arrive in the order of their rank and none is retracted."""
    if not len(mine.arrived):
        return
    by_arrival = np.argsort(mine.arrived, kind="stable")
    late = by_arrival < np.maximum.accumulate(by_arrival)
    sorted_arrivals = mine.arrived[by_arrival]
    breaks = np.unique(np.concatenate((sorted_arrivals[:1], sorted_arrivals[late], mine.gone[mine.gone < NEVER])))
    yield from pairwise([int(one) for one in breaks] + [NEVER])


def _parts(compiled: Compiled, alive: _Mine, begin: int) -> Iterator[Epochs]:
    """Yield the epochs of one stretch: silence until the first report that still counts, if there is any."""
    if not len(alive.arrived) or alive.arrived[0] > begin:
        yield _silence(compiled, begin, alive.indicator)
    if len(alive.arrived):
        yield _stretch(compiled, alive)


def _silence(compiled: Compiled, begin: int, indicator: int) -> Epochs:
    """Return the epoch in which nothing is known: not yet, or not any more, all of it having been retracted."""
    return Epochs(
        start=np.array([begin]),
        level=np.array([UNREPORTED], dtype=np.int8),
        observed=np.zeros(1, dtype=np.int64),
        quality=np.zeros(1),
        normal=compiled.base[indicator : indicator + 1],
    )


def _stretch(compiled: Compiled, mine: _Mine) -> Epochs:
    """Return the epochs of reports that arrive in the order of their rank (all that is older arrives first)."""
    method = compiled.pack.method
    half_life = int(compiled.half_life[mine.indicator])
    q = quality(
        observed=mine.observed,
        level=mine.level,
        worth=mine.worth,
        originator=mine.originator,
        span=round(method.ageing.unknown_after * half_life),
        cap=method.grades.quality_cap,
    )
    normal = moving_normal(
        observed=mine.observed,
        strength=compiled.strength[mine.level],
        base=float(compiled.base[mine.indicator]),
        t0=compiled.t0,
        longest=half_life,
        half_life=duration_microseconds(method.normal.half_life),
    )
    last = np.append(mine.arrived[1:] > mine.arrived[:-1], True)  # of what arrives together only the end is seen
    return Epochs(mine.arrived[last], mine.level[last], mine.observed[last], q[last], normal[last])


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


def moments_of_change(states: States) -> Booleans:
    """Return which instants say anything else than the instant before them; the first does."""
    parts = (states.level, states.quality, states.age_factor, states.zero_point)
    changed = np.ones(len(states.level), dtype=bool)
    changed[1:] = np.logical_or.reduce([(part[1:] != part[:-1]).any(axis=1) for part in parts])
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
