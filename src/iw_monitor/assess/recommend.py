"""The recommendation: up fast, down slow, on the canonical instants (METHOD 4.10)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from iw_monitor.assess.chain import Chain, Piece
from iw_monitor.assess.compiled import TOLERANCE, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.assess.coverage import coverage
from iw_monitor.assess.epochs import History, union_of
from iw_monitor.assess.floors import floor_levels, floor_names, latched, signals
from iw_monitor.assess.hysteresis import Step, Times, Walk
from iw_monitor.assess.states import States, in_chunks, moments_of_change, states_at
from iw_monitor.assess.sums import hold_points, points_over
from iw_monitor.model.instants import NEVER, duration_microseconds

HOUR = 3_600_000_000


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
    settled = _silent(compiled, 0) if earlier is None else earlier.chain.before(min(earlier.changed_from, until + 1))
    if earlier is None or not len(settled):
        instants = canonical_instants(history, until)
        before = np.zeros(len(floor_names(compiled)), dtype=bool)
    else:
        instants = canonical_instants(history, until, begin=earlier.changed_from)
        before = settled.latched[-1]
    return Chain(settled, _walked(compiled, settled, _concluded(compiled, history, instants, before)))


def _walked(compiled: Compiled, settled: Piece, ahead: Piece) -> Piece:
    """Return what lies ahead with its recommendations, which hang on what was settled before."""
    if not len(ahead):
        return ahead
    seen, kept = _seen_from(compiled, settled, ahead)
    recommended, since = seen.recommended.copy(), seen.since.copy()
    times = Times.of(compiled, seen.instants, begin=int((settled if len(settled) else ahead).instants[0]))
    floor = floor_levels(floor_names(compiled), seen.latched, len(compiled.problems))
    for problem in range(len(compiled.problems)):
        begun = _begun(seen, floor[:, problem], problem, kept=kept)
        if begun is None:
            continue
        points, hold = seen.points[:, problem], seen.hold[:, problem]
        walk = Walk(compiled, times, points=points, hold=hold, floor=floor[:, problem])
        for step, end in walk.stretches(begun):
            new = slice(max(kept, step.row), end)
            recommended[new, problem], since[new, problem] = step.level, step.since
    return replace(ahead, recommended=recommended[kept:], since=since[kept:])


def _seen_from(compiled: Compiled, settled: Piece, ahead: Piece) -> tuple[Piece, int]:
    """Return what lies ahead behind so much of what is settled as a step can look back on, and how much that is."""
    rule = compiled.pack.method.hysteresis
    longest = max(duration_microseconds(rule.up_after), duration_microseconds(rule.down_after))
    first = int(np.searchsorted(settled.instants, ahead.instants[0] - longest))
    recent = settled.rows(slice(min(first, max(len(settled) - 1, 0)), None))
    return (Piece.joined([recent, ahead]) if len(recent) else ahead), len(recent)


def _begun(seen: Piece, floor: Levels, problem: int, *, kept: int) -> Step | None:
    """Return where a problem's walk begins: where it had come to by the last kept row, or its first assessment."""
    if kept and seen.recommended[kept - 1, problem]:
        return Step(kept - 1, int(seen.recommended[kept - 1, problem]), int(seen.since[kept - 1, problem]))
    assessed = np.flatnonzero(seen.assessed[kept:, problem])
    if not len(assessed):
        return None
    row = kept + int(assessed[0])
    return Step(row, int(max(seen.level[row, problem], floor[row])), int(seen.instants[row]))


def _concluded(compiled: Compiled, history: History, instants: Integers, before: Booleans) -> Piece:
    """Return what holds at consecutive canonical instants, chunk by chunk; ``before``: floors latched until then."""
    pieces = [_silent(compiled, 0)]
    for some in in_chunks(instants):
        piece = _concluded_at_once(compiled, history, some, before)
        before = piece.latched[-1]
        pieces.append(piece)
    return Piece.joined(pieces)


def _concluded_at_once(compiled: Compiled, history: History, instants: Integers, before: Booleans) -> Piece:
    states = states_at(compiled, history, instants)
    points, hold = _points(compiled, states)
    signal = signals(compiled, states, history, instants)
    least = compiled.pack.method.coverage.no_assessment_below - TOLERANCE
    floor = floor_levels(signal.names, signal.on, len(compiled.problems))
    return replace(
        _silent(compiled, len(instants)),
        instants=instants,
        points=points,
        hold=hold,
        level=np.maximum(compiled.level_of(points), floor),
        latched=latched(signal, before),
        assessed=np.asarray(coverage(compiled, states).problems >= least),
    )


def _silent(compiled: Compiled, rows: int) -> Piece:
    return Piece.silent(rows, problems=len(compiled.problems), rules=len(floor_names(compiled)))


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
