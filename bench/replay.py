"""What a whole replay is made of: its steps measured one by one beside the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from bench.measure import Spread, figure, side_by_side
from iw_monitor.assess.compiled import Compiled, Integers
from iw_monitor.assess.conditions import sight_now
from iw_monitor.assess.epochs import History
from iw_monitor.assess.points import screening
from iw_monitor.assess.recommend import chain_of
from iw_monitor.assess.softened import softened_over
from iw_monitor.assess.states import States, changes, in_chunks, states_at
from iw_monitor.assess.sums import points_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """How long the whole took, and where its time went."""

    whole: Spread
    why: str


def replayed(compiled: Compiled, history: History, instants: Integers, *, rounds: int) -> Replayed:
    """Measure a whole replay up to the last of some hours, and its steps."""
    chunks = [states_at(compiled, history, some) for some in in_chunks(instants)]
    taken = side_by_side(
        {
            "whole": partial(chain_of, compiled, history, int(instants[-1])),
            "states": partial(_states, compiled, history, instants),
            "softened": partial(_softened, compiled, chunks),
            "points": partial(_points, compiled, chunks),
        },
        rounds=rounds,
    )
    return Replayed(whole=taken["whole"], why=_why(compiled, chunks, taken))


def _states(compiled: Compiled, history: History, instants: Integers) -> None:
    for some in in_chunks(instants):
        states_at(compiled, history, some)


def _softened(compiled: Compiled, chunks: Sequence[States]) -> None:
    for states in chunks:
        softened_over(compiled, states, screening(compiled, sight_now(compiled, states))[1], held=False)


def _points(compiled: Compiled, chunks: Sequence[States]) -> None:
    for states in chunks:
        points_over(compiled, states)


def _why(compiled: Compiled, chunks: Sequence[States], taken: dict[str, Spread]) -> str:
    """Return in words where the time of a replay went."""
    whole, states, softened, points = (taken[name].median for name in ("whole", "states", "softened", "points"))
    new = float(np.mean(np.concatenate([changes(some) for some in chunks])))
    links = int(np.count_nonzero(compiled.weight))
    different = sum(len(set(row.tolist()) - {0.0}) for row in compiled.weight)
    return (
        f"Of {figure(whole, 's')}, {figure(states, 's')} go into finding the states of that history; "
        f"{figure(softened, 's')} into softening {different} different links, a power and a logarithm each, at the "
        f"{new:.0%} of all hours at which their indicators say anything new; {figure(points - softened, 's')} into "
        f"putting {links} links in order within their families at every hour, since some member of nearly each has "
        f"changed, and summing them within and between families; {figure(whole - states - points, 's')} into "
        f"tripwires, floors, coverage and the recommendation."
    )
