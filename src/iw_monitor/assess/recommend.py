"""The recommendation: up fast, down slow, on the canonical instants (METHOD 4.10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import TOLERANCE, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.assess.coverage import coverage
from iw_monitor.assess.epochs import History, union_of
from iw_monitor.assess.floors import floor_levels, floor_names, latched, signals
from iw_monitor.assess.hysteresis import Step, Times, Walk
from iw_monitor.assess.states import States, in_chunks, moments_of_change, states_at
from iw_monitor.assess.sums import hold_points, points_over
from iw_monitor.model.instants import NEVER, duration_microseconds

HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Series:
    """What holds at T canonical instants, of P problems and R rules that set floors."""

    points: Floats  # T x P
    hold: Floats  # T x P: L_hold
    level: Levels  # T x P: of the instant (boundaries and floors)
    latched: Booleans  # T x R
    assessed: Booleans  # T x P: coverage suffices

    def first(self, rows: int) -> Series:
        """Return the first rows."""
        return Series(
            points=self.points[:rows],
            hold=self.hold[:rows],
            level=self.level[:rows],
            latched=self.latched[:rows],
            assessed=self.assessed[:rows],
        )

    @classmethod
    def joined(cls, parts: list[Series]) -> Series:
        """Return several series, one after the other."""
        return cls(
            points=np.concatenate([part.points for part in parts]),
            hold=np.concatenate([part.hold for part in parts]),
            level=np.concatenate([part.level for part in parts]),
            latched=np.concatenate([part.latched for part in parts]),
            assessed=np.concatenate([part.assessed for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """The recommendation from the first instant of the history on; one row a canonical instant.

    The row of an instant depends only on what was known by then: the chain of an earlier instant is a prefix.
    """

    instants: Integers  # T
    series: Series
    recommended: Levels  # T x P, 0 before the first assessment
    since: Integers  # T x P: when the recommendation last changed or began, 0 before

    def row(self, instant: int) -> int:
        """Return the row in force at an instant: that of the last canonical instant up to it; -1 before the first."""
        return int(np.searchsorted(self.instants, instant, side="right")) - 1

    def first(self, rows: int) -> Chain:
        """Return the first rows."""
        return Chain(self.instants[:rows], self.series.first(rows), self.recommended[:rows], self.since[:rows])

    def followed_by(self, other: Chain) -> Chain:
        """Return this chain and then the other."""
        return Chain(
            instants=np.concatenate([self.instants, other.instants]),
            series=Series.joined([self.series, other.series]),
            recommended=np.concatenate([self.recommended, other.recommended]),
            since=np.concatenate([self.since, other.since]),
        )

    @classmethod
    def unwalked(cls, instants: Integers, series: Series) -> Chain:
        """Return a chain that recommends nothing yet."""
        shape = series.points.shape
        return cls(instants, series, np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int64))


def canonical_instants(history: History, until: int, *, begin: int = -NEVER) -> Integers:
    """Return every full UTC hour since the first report, and every instant at which the scored set changed.

    Args:
        history: what is known from when on.
        until: the last instant that is of interest.
        begin: leave out what is before it.
    """
    first_hour = -(-max(history.begin(), begin) // HOUR) * HOUR
    hours = np.arange(first_hour, until + 1, HOUR, dtype=np.int64)
    between = (one[one % HOUR != 0] for one in history.changes_of_each(begin, until))  # a full hour is there already
    return union_of(hours, *between)


@dataclass(frozen=True, slots=True)
class Link:
    """A chain computed earlier, of whose rows those before ``changed_from`` (microseconds) still stand."""

    chain: Chain
    changed_from: int


def chain_of(compiled: Compiled, history: History, until: int, earlier: Link | None = None) -> Chain:
    """Return the chain up to an instant (microseconds), computing only what an earlier one does not hold."""
    kept = 0 if earlier is None else int(np.searchsorted(earlier.chain.instants, min(earlier.changed_from, until + 1)))
    if earlier is None or not kept:
        instants = canonical_instants(history, until)
        series = _series(compiled, history, instants, np.zeros(len(floor_names(compiled)), dtype=bool))
        return _walked(compiled, Chain.unwalked(instants, series), 0)
    old = earlier.chain.first(kept)
    instants = canonical_instants(history, until, begin=earlier.changed_from)
    new = Chain.unwalked(instants, _series(compiled, history, instants, old.series.latched[-1]))
    return _walked(compiled, old.followed_by(new), kept)


def _walked(compiled: Compiled, chain: Chain, kept: int) -> Chain:
    """Return the chain with its recommendations, of which the first so many rows are there already."""
    if kept == len(chain.instants):
        return chain
    rule = compiled.pack.method.hysteresis
    longest = max(duration_microseconds(rule.up_after), duration_microseconds(rule.down_after))
    first = int(np.searchsorted(chain.instants, chain.instants[kept] - longest))  # as far back as a step can look
    recommended, since = chain.recommended.copy(), chain.since.copy()
    times = Times.of(compiled, chain.instants[first:], begin=int(chain.instants[0]))
    floor = floor_levels(floor_names(compiled), chain.series.latched[first:], len(compiled.problems))
    for problem in range(len(compiled.problems)):
        begun = _begun(chain, floor[:, problem], problem, kept=kept, first=first)
        if begun is None:
            continue
        points, hold = chain.series.points[first:, problem], chain.series.hold[first:, problem]
        walk = Walk(compiled, times, points=points, hold=hold, floor=floor[:, problem])
        for step, end in walk.stretches(begun):
            new = slice(max(kept, first + step.row), first + end)
            recommended[new, problem], since[new, problem] = step.level, step.since
    return Chain(chain.instants, chain.series, recommended, since)


def _begun(chain: Chain, floor: Levels, problem: int, *, kept: int, first: int) -> Step | None:
    """Return where a problem's walk begins, in rows from ``first``: where it had come to, or its first assessment."""
    if kept and chain.recommended[kept - 1, problem]:
        level, since = int(chain.recommended[kept - 1, problem]), int(chain.since[kept - 1, problem])
        return Step(kept - 1 - first, level, since)
    assessed = np.flatnonzero(chain.series.assessed[kept:, problem])
    if not len(assessed):
        return None
    row = kept + int(assessed[0])
    level = int(max(chain.series.level[row, problem], floor[row - first]))
    return Step(row - first, level, int(chain.instants[row]))


def _series(compiled: Compiled, history: History, instants: Integers, before: Booleans) -> Series:
    """Return what holds at consecutive canonical instants, chunk by chunk; ``before``: floors latched until then."""
    parts = [_empty(compiled)]
    for some in in_chunks(instants):
        part = _concluded(compiled, history, some, before)
        before = part.latched[-1]
        parts.append(part)
    return Series.joined(parts)


def _concluded(compiled: Compiled, history: History, instants: Integers, before: Booleans) -> Series:
    states = states_at(compiled, history, instants)
    points, hold = _points(compiled, states)
    signal = signals(compiled, states, history, instants)
    least = compiled.pack.method.coverage.no_assessment_below - TOLERANCE
    floor = floor_levels(signal.names, signal.on, len(compiled.problems))
    return Series(
        points=points,
        hold=hold,
        level=np.maximum(compiled.level_of(points), floor),
        latched=latched(signal, before),
        assessed=np.asarray(coverage(compiled, states).problems >= least),
    )


def _points(compiled: Compiled, states: States) -> tuple[Floats, Floats]:
    """Return L and L_hold, T x P each, computing neither twice where it must come to the same."""
    fresh = moments_of_change(states)  # most hours say what the hour before said
    different = states if fresh.all() else states.rows(fresh)
    points = points_over(compiled, different)
    hold = points.copy()
    ageing = np.asarray(((different.age_factor < 1) & different.reported).any(axis=1))
    if ageing.any():  # where nothing has aged, nothing is held
        hold[ageing] = hold_points(compiled, different.rows(ageing))
    again = np.cumsum(fresh) - 1
    return points[again], hold[again]


def _empty(compiled: Compiled) -> Series:
    problems, rules = len(compiled.problems), len(floor_names(compiled))
    return Series(
        points=np.zeros((0, problems)),
        hold=np.zeros((0, problems)),
        level=np.zeros((0, problems), dtype=np.int8),
        latched=np.zeros((0, rules), dtype=bool),
        assessed=np.zeros((0, problems), dtype=bool),
    )
