"""Points without their account: what ``conclude`` says, for whole histories and for every draw (METHOD 4.4 to 4.7).

Here a problem's pieces are vectors over instants or draws, one for each link. Which piece is the largest differs from
place to place, so that the vectors are put in order by a network of comparisons: the same few for every place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from iw_monitor.assess.compiled import Compiled, Floats
from iw_monitor.assess.conditions import Sight, sight_last, sight_now
from iw_monitor.assess.points import clip, interactions, on_record, screening
from iw_monitor.assess.softened import softened_over
from iw_monitor.assess.states import States


def points_over(compiled: Compiled, states: States) -> Floats:
    """Return L of every problem at every instant, T x P."""
    return _over(compiled, states, sight_now(compiled, states), held=False)


def hold_points(compiled: Compiled, states: States) -> Floats:
    """Return L_hold (METHOD 4.10), T x P: what L would be had no driver aged, so that silence cannot bring it down.

    Drivers ever reported count with the larger of their points and their points at full age; interactions see the last
    scored level whatever its age; restraints are as they are.
    """
    return _over(compiled, states, sight_last(compiled, states), held=True)


def _over(compiled: Compiled, states: States, sight: Sight, *, held: bool) -> Floats:
    """Return the points; ``held``: a driver that raises a problem does not age."""
    added = np.ascontiguousarray(np.moveaxis(interactions(compiled, sight), 0, -1))  # X x P x T
    softened = softened_over(compiled, states, screening(compiled, sight)[1], held=held)
    points = np.empty((len(states.level), len(compiled.problems)))
    for problem, prior in enumerate(compiled.prior):
        weights = compiled.weight[:, problem]
        pieces = {one: softened[one, float(weights[one])] for one in np.flatnonzero(weights).tolist()}
        points[:, problem] = prior + summed(compiled, pieces, added[:, problem])
    return on_record(compiled, clip(compiled, points), states.track)


def summed(compiled: Compiled, pieces: Mapping[int, Floats], added: Floats) -> Floats:
    """Return what a problem's pieces come to: discounted within families, capped, discounted between families.

    Args:
        compiled: the pack.
        pieces: softened points by place of the indicator, N each.
        added: raw points of the adding interactions, X x N, or X alike for all.
    """
    discount = compiled.pack.method.discount
    rising, falling = [], []
    for family, members in enumerate(compiled.members):
        own = largest_first([pieces[one] for one in members.tolist() if one in pieces])
        joined = [added[place] for place, rule in enumerate(compiled.adding) if rule.family == family]
        if not own and not np.any(joined):
            continue
        up = sum((np.maximum(one, 0.0) for one in joined), start=_above_nothing(own, discount.within_family))
        rising.append(np.minimum(up, compiled.cap[family]))
        falling.append(sum((np.minimum(one, 0.0) for one in joined), start=_below_nothing(own, discount.within_family)))
    up = _above_nothing(largest_first(rising), discount.between_families)
    return up + _below_nothing(largest_first(falling), discount.between_families)


def _above_nothing(ordered: Sequence[Floats], discount: float) -> Floats:
    """Return the sum of what is positive, the largest in full, each further one discounted (largest first)."""
    return _discounted(ordered[::-1], discount, np.maximum)


def _below_nothing(ordered: Sequence[Floats], discount: float) -> Floats:
    """Return the sum of what is negative, the most negative in full, each further one discounted (largest first)."""
    return _discounted(ordered, discount, np.minimum)


def _discounted(ordered: Sequence[Floats], discount: float, clipped: np.ufunc) -> Floats:
    """Return the sum of what is left of values beside nothing, the last in full, each one before it discounted."""
    if not ordered:
        return np.zeros(1)
    total, nothing, spare = np.zeros_like(ordered[0]), np.zeros_like(ordered[0]), np.empty_like(ordered[0])
    for one in ordered:  # in place, and beside an array of nothing: numpy compares two arrays faster than with a number
        total *= discount
        total += clipped(one, nothing, out=spare)
    return total


def largest_first(values: Sequence[Floats]) -> list[Floats]:
    """Return the same values, in each place from the largest to the smallest."""
    ordered = [one.copy() for one in values]
    spare = np.empty_like(ordered[0]) if ordered else np.zeros(0)
    for one, other in network(len(ordered)):
        np.maximum(ordered[one], ordered[other], out=spare)
        np.minimum(ordered[one], ordered[other], out=ordered[other])
        ordered[one], spare = spare, ordered[one]
    return ordered


@cache
def network(size: int) -> tuple[tuple[int, int], ...]:
    """Return which pairs to compare, one after the other, to put so many values in order.

    Batcher's merge exchange: D. E. Knuth, The Art of Computer Programming 3, 5.2.2, algorithm M.
    """
    pairs = []
    block = 1
    while block < size:
        step = block
        while step >= 1:
            pairs += [
                (one, one + step)
                for first in range(step % block, size - step, 2 * step)
                for one in range(first, min(first + step, size - step))
                if one // (2 * block) == (one + step) // (2 * block)
            ]
            step //= 2
        block *= 2
    return tuple(pairs)
