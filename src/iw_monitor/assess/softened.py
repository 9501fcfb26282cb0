"""Softened points over many instants (METHOD 4.4): each link is softened where its indicator says anything new.

Until an indicator says something else, its softened points stay what they are, to the last bit: they are repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, Floats, Integers
from iw_monitor.assess.points import soften
from iw_monitor.assess.states import States, changes


def softened_over(
    compiled: Compiled, states: States, screened: Booleans, *, held: bool
) -> dict[tuple[int, float], Floats]:
    """Return the softened points at T instants, by place of the indicator and weight of the link.

    An indicator that weighs alike with several problems is softened once for all of them.

    Args:
        compiled: the pack.
        states: T x I.
        screened: restraints that count as unknown, T x I.
        held: a driver that raises a problem does not age.
    """
    new = changes(states)
    new[1:] |= screened[1:] != screened[:-1]
    said = _Said.where(new, compiled, states, screened, held=held)
    softened = {}
    for indicator, one in enumerate(said.by_indicator(np.count_nonzero(new, axis=0))):
        holding = np.cumsum(new[:, indicator]) - 1  # which of what it says, at each instant
        for weight in set(compiled.weight[indicator].tolist()) - {0.0}:
            softened[indicator, weight] = one.points(weight).take(holding)
    return softened


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is said, N times, wherever it is new."""

    departure: Floats  # g(x) - z
    share: Floats  # how far a driver counts
    quality: Floats
    age_factor: Floats  # what is left of a restraint
    zero_point: Floats

    @classmethod
    def where(cls, new: Booleans, compiled: Compiled, states: States, screened: Booleans, *, held: bool) -> _Said:
        """Return what is said at some places of T x I, indicator by indicator."""
        at = np.flatnonzero(new.T)
        age, quality, zero_point = (_at(part, at) for part in (states.age_factor, states.quality, states.zero_point))
        departure = compiled.strength[np.maximum(states.level.T.ravel()[at], 0)] - zero_point
        return cls(
            departure=departure,
            share=quality * (np.where(departure > 0, 1.0, age) if held else age),
            quality=quality,
            age_factor=age * ~screened.T.ravel()[at],
            zero_point=zero_point,
        )

    def by_indicator(self, counts: Integers) -> Iterator[_Said]:
        """Yield what each indicator says, which is so many of the N."""
        for first, last in pairwise([0, *np.cumsum(counts).tolist()]):
            yield _Said(
                departure=self.departure[first:last],
                share=self.share[first:last],
                quality=self.quality[first:last],
                age_factor=self.age_factor[first:last],
                zero_point=self.zero_point[first:last],
            )

    def points(self, weight: float) -> Floats:
        """Return the softened points of links of a weight (METHOD 4.4)."""
        if weight > 0:
            return soften(weight * self.departure, self.share)
        moved = soften(weight * self.departure, self.quality)
        return faded(moved, self.age_factor, resting=-weight * self.zero_point)


def _at(part: Floats, at: Integers) -> Floats:
    """Return some values of T x I, by their places indicator by indicator."""
    return part.T.ravel().take(at)


def faded(moved: Floats, age: Floats | float, *, resting: Floats) -> Floats:
    """Return a restraint's points: what it says, as far as it is current, and for the rest its absence."""
    return age * moved + (1 - age) * resting
