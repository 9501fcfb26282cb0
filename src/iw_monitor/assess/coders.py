"""How much hangs on who graded the levels: the history again, some of its levels one step off at random.

Two coders who read the same reports by the same anchors seldom differ by more than a step; how often they do is known
only where two have coded. So it is asked for several shares: in each draw every report is one step off with that
chance, up or down alike (an end of the scale has one neighbour, and may stay). Seeded: the same question has the same
answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from iw_monitor.assess.compiled import Compiled, Integers, Levels, compile_pack
from iw_monitor.assess.epochs import history_of
from iw_monitor.assess.outline import Outline, outline_of
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import states_at
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack

SHARES = (0.1, 0.2, 0.3)  # of the reports that are one step off
DRAWS = 50  # for each share
TOP_STATE = 4
_LOW, _HIGH = 5.0, 95.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """What became of one problem, or of the worst of them (None), when a share of the reports was one step off.

    ``same``: the share of days at the same level of the instant, its mean over the draws; ``low`` and ``high``: the 5th
    to 95th percentile over draws. ``within_one``: at most one level off. ``points``: mean distance of the points, in
    absolute value; None for the worst of the problems.
    """

    share: float
    problem: str | None
    same: float
    low: float
    high: float
    within_one: float
    points: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coders:
    """The robustness of a history's levels against coders who differ."""

    pack: str
    pack_hash: str
    days: int
    reports: int  # scored ones
    draws: int
    seed: int
    rows: tuple[Robustness, ...]


def coders(
    pack: Pack,
    reports: Reports,
    instants: Integers,
    known: Known,
    *,
    shares: Sequence[float] = SHARES,
    draws: int = DRAWS,
) -> Coders:
    """Return how robust the levels of a history are against coders who differ.

    Args:
        pack: with its seed.
        reports: as they were graded.
        instants: microseconds, at least one.
        known: how to read "known at".
        shares: from 0 to 1.
        draws: for each share.
    """
    compiled = compile_pack(pack)
    chance = np.random.default_rng(pack.method.interval.seed)
    graded = _concluded(compiled, reports, instants, known)
    rows: list[Robustness] = []
    for share in shares:
        again = [_concluded(compiled, _one_step_off(reports, share, chance), instants, known) for _ in range(draws)]
        rows += _compared(compiled, graded, again, share)
    return Coders(
        pack=pack.id,
        pack_hash=pack.hash,
        days=len(instants),
        reports=int(reports.scored.sum()),
        draws=draws,
        seed=pack.method.interval.seed,
        rows=tuple(rows),
    )


def _concluded(compiled: Compiled, reports: Reports, instants: Integers, known: Known) -> Outline:
    return outline_of(compiled, states_at(compiled, history_of(compiled, reports, known), instants), instants)


def _one_step_off(reports: Reports, share: float, chance: np.random.Generator) -> Reports:
    """Return the reports, each one step off with a chance, held within the scale."""
    steps = np.where(chance.random(len(reports)) < share, chance.choice([-1, 1], size=len(reports)), 0)
    level: Levels = np.clip(reports.level + steps, 0, TOP_STATE).astype(np.int8)
    return replace(reports, level=level)


def _compared(compiled: Compiled, graded: Outline, again: Sequence[Outline], share: float) -> Iterator[Robustness]:
    for place, problem in enumerate(compiled.problems):
        off = np.array([one.level[:, place].astype(int) - graded.level[:, place] for one in again])
        gaps = np.array([np.abs(one.points[:, place] - graded.points[:, place]) for one in again])
        yield _robustness(share, problem, off, float(gaps.mean()))
    worst = np.array([one.level.max(axis=1).astype(int) - graded.level.max(axis=1) for one in again])
    yield _robustness(share, None, worst, None)


def _robustness(share: float, problem: str | None, off: Integers, points: float | None) -> Robustness:
    same = np.equal(off, 0).mean(axis=1)
    low, high = np.percentile(same, (_LOW, _HIGH))
    return Robustness(
        share=share,
        problem=problem,
        same=float(same.mean()),
        low=float(low),
        high=float(high),
        within_one=float((np.abs(off) <= 1).mean()),
        points=points,
    )
