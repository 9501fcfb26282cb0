"""Scores of probabilities against what happened. All take pairs that are complete: who calls leaves the others out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Floats

BINS = 10  # of equal width: 0 to 0.1, ... 0.9 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Murphy:
    """The parts of a Brier score: ``reliability - resolution + uncertainty + within_bins``."""

    reliability: float
    resolution: float
    uncertainty: float
    within_bins: float  # what grouping into bins leaves over


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Forecasts from ``low`` up to ``high``: how many, what they said on average, and how often it happened."""

    low: float
    high: float
    count: int
    forecast: float
    observed: float


def brier_terms(forecast: Floats, outcome: Booleans) -> Floats:
    """Return ``(f - o)**2`` of each pair, o being 1 or 0.

    Raises:
        ValueError: the two differ in length, or a forecast is missing or not from 0 to 1.
    """
    _check(forecast, outcome)
    return np.asarray((forecast - outcome) ** 2)


def brier_score(forecast: Floats, outcome: Booleans) -> float | None:
    """Return the mean squared error of probabilities.

    Formula: ``BS = mean((f - o)**2)``, o = 1 if it happened, else 0. Range 0 (perfect) to 1; saying one half always
    gives 0.25. Proper: it is best to say what one believes.

    Missing values: not accepted. No pairs: None.

    Reference: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78
    (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2

    Raises:
        ValueError: a forecast is missing or not from 0 to 1, or the lengths differ.

    Example:
        >>> brier_score(np.array([0.9, 0.2]), np.array([True, False]))
        0.025
    """
    terms = brier_terms(forecast, outcome)
    return round_off(terms.mean()) if len(terms) else None


def skill_score(score: float | None, reference: float | None) -> float | None:
    """Return how much of a reference's Brier score is avoided.

    Formula: ``BSS = 1 - BS / BS_reference``. Range: 1 is perfect, 0 no better than the reference, below 0 worse,
    without limit.

    Missing values: None where either score is missing or the reference is perfect (0): nothing can be avoided.

    Reference: A. H. Murphy, Skill scores based on the mean square error and their relationships to the correlation
    coefficient, Monthly Weather Review 116 (1988), doi:10.1175/1520-0493(1988)116<2417:SSBOTM>2.0.CO;2

    Example:
        >>> skill_score(0.1, 0.25)
        0.6
    """
    if score is None or not reference:
        return None
    return round_off(1 - score / reference)


def log_terms(forecast: Floats, outcome: Booleans, *, least: float) -> Floats:
    """Return ``-ln`` of what was given to what happened, of each pair, forecasts held from ``least`` to 1 - ``least``.

    Raises:
        ValueError: as ``brier_terms``, or ``least`` is not between 0 and one half.
    """
    _check(forecast, outcome)
    if not 0 < least < 0.5:
        raise ValueError(f"least must be between 0 and 0.5, got {least}")
    held = np.clip(forecast, least, 1 - least)
    return np.asarray(-np.log(np.where(outcome, held, 1 - held)))


def log_score(forecast: Floats, outcome: Booleans, *, least: float) -> float | None:
    """Return the mean surprise, in nats: hard on those who were sure and wrong.

    Formula: ``LS = mean(-ln(f if it happened else 1 - f))``, f held from ``least`` to ``1 - least`` first, since one
    sure and wrong forecast would otherwise count without limit. Range: ``-ln(1 - least)``, about 0 (best), to
    ``-ln(least)``; one half always gives 0.693.

    Missing values: not accepted. No pairs: None.

    Reference: I. J. Good, Rational decisions, Journal of the Royal Statistical Society B 14 (1952),
    doi:10.1111/j.2517-6161.1952.tb00104.x

    Raises:
        ValueError: a forecast is missing or not from 0 to 1, lengths differ, or ``least`` is not in (0, 0.5).
    """
    terms = log_terms(forecast, outcome, least=least)
    return round_off(terms.mean()) if len(terms) else None


def ranked_terms(forecasts: Floats, outcomes: Booleans) -> Floats:
    """Return the ranked probability score of each pair; K thresholds x n pairs.

    Raises:
        ValueError: as ``brier_terms``, or chance or outcome falls where the threshold rises.
    """
    _check(forecasts, outcomes)
    if (np.diff(forecasts, axis=0) < -1e-9).any() or (outcomes[:-1] & ~outcomes[1:]).any():
        raise ValueError("within a longer time a chance cannot be smaller, nor a thing that happened not have happened")
    return np.asarray(((forecasts - outcomes) ** 2).mean(axis=0))


def ranked_probability_score(forecasts: Floats, outcomes: Booleans) -> float | None:
    """Return the mean ranked probability score of *when* the event comes.

    Of what: the ordered answers are "within the shortest horizon", "after it but within the next", ..., "not within the
    longest". (Of a level alone there is none to give: what a level warns of happens or does not, and of two answers the
    ranked probability score is the Brier score.)

    Formula: ``RPS = mean over pairs of 1/K sum_k (F_k - O_k)**2``, F_k the chance that it comes within the k-th of K
    horizons, O_k = 1 if it did. Hence the mean of the Brier scores of the K horizons, on the same days. Range 0
    (perfect) to 1. Proper.

    Missing values: not accepted. No pairs: None.

    Reference: E. S. Epstein, A scoring system for probability forecasts of ranked categories, Journal of Applied
    Meteorology 8 (1969), doi:10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2; divided by K as in A. H. Murphy, A note
    on the ranked probability score, Journal of Applied Meteorology 10 (1971),
    doi:10.1175/1520-0450(1971)010<0155:ANOTRP>2.0.CO;2

    Args:
        forecasts: K x n, by rising horizon.
        outcomes: K x n.

    Raises:
        ValueError: as ``ranked_terms``.
    """
    terms = ranked_terms(forecasts, outcomes)
    return round_off(terms.mean()) if len(terms) else None


def murphy(forecast: Floats, outcome: Booleans, *, bins: int = BINS) -> Murphy | None:
    """Return what a Brier score is made of: honesty, discrimination, and how hard the question was.

    Formula, over bins k of n_k forecasts with mean f_k and observed share o_k, o the share of all:
    ``REL = sum n_k (f_k - o_k)**2 / n`` (0 best), ``RES = sum n_k (o_k - o)**2 / n`` (higher is better, at most UNC),
    ``UNC = o (1 - o)`` (0 to 0.25, not the forecaster's doing); ``BS = REL - RES + UNC + within_bins``, the last being
    what is lost by treating the forecasts of a bin as one (0 where each bin holds one value):
    ``sum (f - f_k)**2 / n - 2 sum (f - f_k)(o_i - o_k) / n``.

    Missing values: not accepted. No pairs: None.

    Reference: A. H. Murphy, A new vector partition of the probability score, Journal of Applied Meteorology 12 (1973),
    doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2; the last part: D. B. Stephenson, C. A. S. Coelho,
    I. T. Jolliffe, Two extra components in the Brier score decomposition, Weather and Forecasting 23 (2008),
    doi:10.1175/2007WAF2006116.1

    Raises:
        ValueError: a forecast is missing or not from 0 to 1, or the lengths differ.
    """
    _check(forecast, outcome)
    if not len(forecast):
        return None
    happened = outcome.astype(np.float64)
    place = _bin_of(forecast, bins)
    size = np.maximum(np.bincount(place, minlength=bins), 1)
    mean_forecast = (np.bincount(place, forecast, minlength=bins) / size)[place]
    mean_outcome = (np.bincount(place, happened, minlength=bins) / size)[place]
    rate = happened.mean()
    off = forecast - mean_forecast
    return Murphy(
        reliability=round_off(((mean_forecast - mean_outcome) ** 2).mean()),
        resolution=round_off(((mean_outcome - rate) ** 2).mean()),
        uncertainty=round_off(rate * (1 - rate)),
        within_bins=round_off((off**2).mean() - 2 * (off * (happened - mean_outcome)).mean()),
    )


def calibration(forecast: Floats, outcome: Booleans, *, bins: int = BINS) -> tuple[CalibrationBin, ...]:
    """Return how often it happened where so much was forecast; bins without a forecast are left out.

    Formula: per bin the number of pairs, ``mean(f)`` and ``mean(o)``. Range 0 to 1; well calibrated where both agree
    within what the number of pairs allows.

    Missing values: not accepted. No pairs: no bins.

    Reference: J. Bröcker, L. A. Smith, Increasing the reliability of reliability diagrams, Weather and Forecasting 22
    (2007), doi:10.1175/WAF993.1

    Raises:
        ValueError: a forecast is missing or not from 0 to 1, or the lengths differ.
    """
    _check(forecast, outcome)
    place = _bin_of(forecast, bins)
    return tuple(
        CalibrationBin(
            low=one / bins,
            high=(one + 1) / bins,
            count=int((place == one).sum()),
            forecast=round_off(forecast[place == one].mean()),
            observed=round_off(outcome[place == one].mean()),
        )
        for one in np.unique(place).tolist()
    )


def round_off(value: float | np.floating) -> float:
    """Return a plain number to twelve places, so that sums in another order print the same."""
    return round(float(value), 12) + 0.0


def _bin_of(forecast: Floats, bins: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.minimum((forecast * bins + 1e-12).astype(np.int64), bins - 1)


def _check(forecast: Floats, outcome: Booleans) -> None:
    if np.shape(forecast) != np.shape(outcome):
        raise ValueError(f"{np.shape(forecast)} forecasts for {np.shape(outcome)} outcomes")
    if not ((forecast >= 0) & (forecast <= 1)).all():
        raise ValueError("a forecast must be a probability from 0 to 1; leave out what is missing")
