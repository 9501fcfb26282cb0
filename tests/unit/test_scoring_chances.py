"""Scores of probabilities, against numbers worked out by hand or by the library ``scores`` (2.7.0)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.assess.scoring.chances import (
    brier_score,
    calibration,
    log_score,
    murphy,
    ranked_probability_score,
    skill_score,
)

FORECAST = np.array([0.1, 0.3, 0.35, 0.8, 0.9, 0.6, 0.05, 0.45])
OUTCOME = np.array([False, False, True, True, True, False, False, True])
NOTHING = np.zeros(0), np.zeros(0, dtype=bool)


def test_the_brier_score_is_that_of_the_library_scores() -> None:
    assert brier_score(FORECAST, OUTCOME) == 0.1546875  # scores.probability.brier_score


def test_the_brier_score_of_one_half_is_a_quarter_whatever_happens() -> None:
    assert brier_score(np.full(8, 0.5), OUTCOME) == 0.25  # by hand


def test_the_log_score_is_the_mean_surprise() -> None:
    surprises = [0.9, 0.7, 0.35, 0.8, 0.9, 0.4, 0.95, 0.45]  # what was given to what happened, by hand
    expected = -sum(math.log(one) for one in surprises) / 8
    assert log_score(FORECAST, OUTCOME, least=0.01) == pytest.approx(expected)


def test_who_was_sure_and_wrong_pays_no_more_than_the_limit() -> None:
    assert log_score(np.array([1.0]), np.array([False]), least=0.01) == pytest.approx(-math.log(0.01))


def test_skill_is_the_share_of_the_references_score_that_is_avoided() -> None:
    assert skill_score(0.1, 0.25) == 0.6  # by hand: 1 - 0.1/0.25
    assert skill_score(0.5, 0.25) == -1.0


def test_skill_is_that_of_the_library_scores() -> None:
    # 1 - scores.probability.brier_score of the forecasts / the same of one half throughout, scores 2.7.0
    assert skill_score(brier_score(FORECAST, OUTCOME), brier_score(np.full(8, 0.5), OUTCOME)) == 0.38125


def test_there_is_no_skill_against_a_perfect_reference() -> None:
    assert skill_score(0.1, 0.0) is None
    assert skill_score(None, 0.25) is None


def test_the_parts_after_murphy_are_those_worked_out_by_hand() -> None:
    # Two values: 0.2 said four times and true once, 0.7 said four times and true three times; in all 4 of 8.
    # REL = (4 (0.2-0.25)^2 + 4 (0.7-0.75)^2)/8 = 0.0025; RES = 2*4*0.25^2/8 = 0.0625; UNC = 0.25.
    parts = murphy(np.array([0.2] * 4 + [0.7] * 4), np.array([1, 0, 0, 0, 1, 1, 1, 0], dtype=bool))
    assert parts is not None
    assert (parts.reliability, parts.resolution, parts.uncertainty, parts.within_bins) == (0.0025, 0.0625, 0.25, 0.0)


def test_what_bins_leave_over_is_that_worked_out_by_hand() -> None:
    # One bin, 0.12 (false) and 0.18 (true): mean 0.15, share 0.5. WBV = 0.03^2 = 0.0009; 2 cov = 2*0.03*0.5 = 0.03.
    parts = murphy(np.array([0.12, 0.18]), np.array([False, True]))
    assert parts is not None
    assert parts.within_bins == pytest.approx(0.0009 - 0.03)


pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@given(pairs)
def test_the_parts_add_up_to_the_brier_score(several: list[tuple[float, bool]]) -> None:
    forecast, outcome = np.array([one for one, _ in several]), np.array([one for _, one in several])
    parts, whole = murphy(forecast, outcome), brier_score(forecast, outcome)
    assert parts is not None
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.within_bins
    assert total == pytest.approx(whole, abs=1e-9)


@given(pairs)
def test_nobody_can_gain_by_saying_other_than_the_share(several: list[tuple[float, bool]]) -> None:
    outcome = np.array([one for _, one in several])
    honest = brier_score(np.full(len(outcome), outcome.mean()), outcome)
    other = brier_score(np.full(len(outcome), several[0][0]), outcome)
    assert honest is not None and other is not None and honest <= other + 1e-12


def test_the_ranked_score_is_the_mean_brier_score_of_the_horizons() -> None:
    forecasts = np.array([[0.1, 0.05, 0.4], [0.3, 0.2, 0.5], [0.5, 0.6, 0.9]])  # 7, 14, 30 days x three pairs
    outcomes = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1]], dtype=bool)
    # scores.probability.brier_score of the 3 x 3 cumulative probabilities.
    assert ranked_probability_score(forecasts, outcomes) == pytest.approx(0.17472222222222222)


def test_the_ranked_score_of_one_horizon_is_the_brier_score() -> None:
    assert ranked_probability_score(FORECAST[None], OUTCOME[None]) == brier_score(FORECAST, OUTCOME)


def test_a_chance_that_shrinks_with_the_horizon_is_refused() -> None:
    with pytest.raises(ValueError, match="within a longer time"):
        ranked_probability_score(np.array([[0.5], [0.4]]), np.array([[False], [False]]))


def test_calibration_counts_forecasts_and_outcomes_by_bin() -> None:
    bins = calibration(FORECAST, OUTCOME)
    assert [(one.low, one.count, one.forecast, one.observed) for one in bins] == [
        (0.0, 1, 0.05, 0.0),
        (0.1, 1, 0.1, 0.0),
        (0.3, 2, 0.325, 0.5),
        (0.4, 1, 0.45, 1.0),
        (0.6, 1, 0.6, 0.0),
        (0.8, 1, 0.8, 1.0),
        (0.9, 1, 0.9, 1.0),
    ]


def test_a_forecast_of_one_is_in_the_last_bin() -> None:
    assert [one.low for one in calibration(np.array([1.0]), np.array([True]))] == [0.9]


def test_without_pairs_there_is_no_score() -> None:
    assert brier_score(*NOTHING) is None
    assert log_score(*NOTHING, least=0.01) is None
    assert murphy(*NOTHING) is None
    assert calibration(*NOTHING) == ()
    assert ranked_probability_score(np.zeros((2, 0)), np.zeros((2, 0), dtype=bool)) is None


@pytest.mark.parametrize("wrong", [math.nan, -0.01, 1.01])
def test_what_is_no_probability_is_refused(wrong: float) -> None:
    for measure in (brier_score, murphy, calibration):
        with pytest.raises(ValueError, match="must be a probability"):
            measure(np.array([wrong]), np.array([True]))


def test_forecasts_and_outcomes_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="forecasts for"):
        brier_score(FORECAST, OUTCOME[:-1])


def test_the_limit_of_the_log_score_must_be_a_small_probability() -> None:
    with pytest.raises(ValueError, match="least must be"):
        log_score(FORECAST, OUTCOME, least=0.0)
