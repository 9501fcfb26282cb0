"""How far a score could have been otherwise: whole blocks of days drawn again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Floats
from iw_monitor.assess.scoring.chances import round_off

RESAMPLES = 1000
PERCENTILES = (5.0, 95.0)
_SAME = 1e-9  # resamples that differ by less say the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its bootstrap interval; all None where it is not defined.

    Where every resample says the same (a POD of 0, say) there is no interval either: drawing again from what never
    varied cannot tell how it could have been otherwise, and a width of nothing would look like certainty.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


def resampled_weights(days: int, *, block: int, seed: int, resamples: int = RESAMPLES) -> Floats:
    """Return how often each day is drawn, resamples x days: the circular block bootstrap.

    Windows of neighbouring days overlap, so single days drawn alone would claim far too much; blocks at least as long
    as the horizon keep together what belongs together. A block that reaches the end goes on at the beginning. Seeded:
    the same call draws the same.

    Formula: blocks of ``block`` consecutive days with uniform starts, until there are as many days as before. The
    interval of a score is the 5th to 95th percentile over resamples. Range: weights are whole numbers that sum to
    ``days``.

    Missing values: a day that is not scored is drawn like any other and adds nothing; a resample in which a score is
    not defined is left out of its percentiles.

    Reference: H. R. Künsch, The jackknife and the bootstrap for general stationary observations, Annals of Statistics
    17 (1989), doi:10.1214/aos/1176347265; circular: D. N. Politis, J. P. Romano, A circular block-resampling procedure
    for stationary data, in: Exploring the Limits of Bootstrap (Wiley 1992, no DOI)

    Raises:
        ValueError: there are no days, or the block is not positive.
    """
    if days < 1 or block < 1:
        raise ValueError(f"cannot draw blocks of {block} from {days} days")
    blocks = -(-days // block)
    starts = np.random.default_rng(seed).integers(days, size=(resamples, blocks))
    drawn = (starts[..., None] + np.arange(block)) % days
    drawn = drawn.reshape(resamples, -1)[:, :days] + np.arange(resamples)[:, None] * days
    return np.bincount(drawn.ravel(), minlength=resamples * days).reshape(resamples, days).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Summed:
    """What something comes to over all days, and over the days of each resample."""

    value: Floats
    drawn: Floats  # resamples


def summed(weights: Floats, *daily: Floats) -> tuple[Summed, ...]:
    """Return the sums of several things, of each its sums per day; ``weights`` as from ``resampled_weights``.

    All at once: the weights are large, and to read them is what takes time.
    """
    drawn = weights @ np.stack(daily, axis=1)
    return tuple(Summed(one.sum(), drawn[:, place]) for place, one in enumerate(daily))


def ratio(part: Summed, whole: Summed) -> Score:
    """Return ``part / whole`` with its interval."""
    return score_from(_divided(part.value, whole.value), _divided(part.drawn, whole.drawn))


def skill(terms: Summed, reference: Summed) -> Score:
    """Return ``1 - terms / reference`` with its interval; both on the same days."""
    return score_from(1 - _divided(terms.value, reference.value), 1 - _divided(terms.drawn, reference.drawn))


def score_from(value: Floats, drawn: Floats) -> Score:
    """Return a score from its value and those of the resamples; NaN stands for not defined."""
    if np.isnan(value):
        return Score(value=None)
    defined = drawn[~np.isnan(drawn)]
    if not len(defined) or np.ptp(defined) < _SAME:
        return Score(value=round_off(float(value)))
    low, high = np.percentile(defined, PERCENTILES)
    return Score(value=round_off(float(value)), low=round_off(low), high=round_off(high))


def _divided(part: Floats, whole: Floats) -> Floats:
    nothing: Booleans = np.less_equal(whole, 0)
    return np.asarray(np.where(nothing, np.nan, part / np.where(nothing, 1.0, whole)))
