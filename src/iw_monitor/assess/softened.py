"""Softened points over many instants (METHOD 4.4): each link is softened where its indicator says anything new.

Until an indicator says something else, its softened points stay what they are, to the last bit: they are repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, Floats, Integers
from iw_monitor.assess.points import soften
from iw_monitor.assess.states import States, changes

Softened = Callable[[int, float], Floats]  # of the indicator at a place, with a weight: points at T instants


def softened_over(compiled: Compiled, states: States, driver_age: Floats, screened: Booleans) -> Softened:
    """Return the softened points of every link that is asked for.

    An indicator that speaks alike of two problems is softened once for both.

    Args:
        compiled: the pack.
        states: T x I.
        driver_age: what is left of a driver that raises a problem, T x I.
        screened: restraints that count as unknown, T x I.
    """
    new = changes(states)
    new[1:] |= screened[1:] != screened[:-1]

    @cache
    def saying(indicator: int) -> _Saying:
        at = np.flatnonzero(new[:, indicator])

        def there(part: Floats) -> Floats:
            return part[:, indicator].take(at)

        zero_point, quality, age = there(states.zero_point), there(states.quality), there(states.age_factor)
        departure = compiled.strength[np.maximum(states.level[:, indicator][at], 0)] - zero_point
        return _Saying(
            departure=departure,
            share=quality * np.where(departure > 0, there(driver_age), age),
            quality=quality,
            age_factor=np.where(screened[:, indicator][at], 0.0, age),
            zero_point=zero_point,
            place=np.cumsum(new[:, indicator]) - 1,
        )

    @cache
    def softened(indicator: int, weight: float) -> Floats:
        return saying(indicator).points(weight)

    return softened


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """What one indicator says wherever that is new (N times), and which of it holds at each of T instants."""

    departure: Floats  # N: g(x) - z
    share: Floats  # N: how far a driver counts
    quality: Floats  # N
    age_factor: Floats  # N: what is left of a restraint
    zero_point: Floats  # N
    place: Integers  # T

    def points(self, weight: float) -> Floats:
        """Return the softened points of a link at every instant, T."""
        if weight > 0:
            points = soften(weight * self.departure, self.share)
        else:
            moved = soften(weight * self.departure, self.quality)
            points = faded(moved, self.age_factor, resting=-weight * self.zero_point)
        return points[self.place]


def faded(moved: Floats, age: Floats | float, *, resting: Floats) -> Floats:
    """Return a restraint's points: what it says, as far as it is current, and for the rest its absence."""
    return age * moved + (1 - age) * resting
