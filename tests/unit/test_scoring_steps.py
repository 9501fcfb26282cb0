"""Scores of levels, against hand calculations and the library ``scores`` (2.7.0)."""

from __future__ import annotations

import numpy as np
import pytest

from iw_monitor.assess.scoring.steps import (
    changes_per_month,
    lead_time,
    median_lead,
    stretches,
    time_shares,
    warning_counts,
)

LEVEL = np.array([1, 2, 3, 4, 5, 4, 1, 3], dtype=np.int8)
OUTCOME = np.array([0, 0, 1, 1, 1, 0, 0, 1], dtype=bool)
ALL = np.ones(8, dtype=bool)
DAYS = np.arange(100, 108)


def test_detection_and_false_alarms_are_those_of_the_library_scores() -> None:
    counts = warning_counts(LEVEL, OUTCOME)
    assert (counts.hits, counts.misses, counts.false_alarms, counts.quiet) == (4, 0, 1, 3)
    assert (counts.pod, counts.far) == (1.0, 0.2)  # scores BinaryContingencyManager, level >= 3


def test_detection_and_false_alarms_of_a_series_with_misses_are_those_of_the_library_scores() -> None:
    counts = warning_counts(
        np.array([1, 2, 3, 4, 5, 4, 1, 3, 2, 1], dtype=np.int8),
        np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0], dtype=bool),
    )
    # scores 2.7.0, BinaryContingencyManager, level >= 3
    assert (counts.hits, counts.misses, counts.false_alarms, counts.quiet) == (3, 2, 2, 3)
    assert (counts.pod, counts.far) == (0.6, 0.4)


def test_who_never_warns_has_no_false_alarm_ratio() -> None:
    counts = warning_counts(np.ones(8, dtype=np.int8), OUTCOME)
    assert (counts.pod, counts.far) == (0.0, None)


def test_without_an_event_there_is_no_detection() -> None:
    counts = warning_counts(LEVEL, np.zeros(8, dtype=bool))
    assert (counts.pod, counts.far) == (None, 1.0)


def test_a_level_outside_1_to_5_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        warning_counts(np.zeros(8, dtype=np.int8), OUTCOME)


def test_levels_and_outcomes_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="levels for"):
        warning_counts(LEVEL, OUTCOME[:-1])


def test_lead_time_counts_the_run_that_stood_on_the_eve() -> None:
    assert lead_time(DAYS, LEVEL, ALL, event=106, longest=30) == 4  # days 102 to 105 warned


def test_a_run_that_was_broken_before_the_eve_is_no_warning() -> None:
    assert lead_time(DAYS, LEVEL, ALL, event=107, longest=30) is None


def test_a_lamp_that_is_always_lit_leads_by_no_more_than_the_horizon() -> None:
    lit = np.full(8, 5, dtype=np.int8)
    assert lead_time(DAYS, lit, ALL, event=108, longest=3) == 3


def test_a_day_without_assessment_ends_the_run() -> None:
    usable = ALL.copy()
    usable[3] = False
    assert lead_time(DAYS, LEVEL, usable, event=106, longest=30) == 2


def test_an_event_after_the_last_day_plus_one_was_not_warned_of() -> None:
    assert lead_time(DAYS, LEVEL, ALL, event=120, longest=30) is None


def test_the_median_lead_leaves_missed_events_out() -> None:
    assert median_lead([4, None, 10]) == 7.0
    assert median_lead([None]) is None


def test_changes_are_counted_between_usable_neighbours() -> None:
    assert changes_per_month(LEVEL, ALL) == 30.0  # seven pairs, all different
    usable = np.array([1, 1, 0, 1, 1, 1, 1, 0], dtype=bool)
    level = np.array([2, 2, 9, 3, 3, 4, 4, 9], dtype=np.int8)
    assert changes_per_month(level, usable) == 7.5  # pairs 2-2, 3-3, 3-4, 4-4: one change in four, times 30
    assert changes_per_month(level, ~usable) is None


def test_shares_of_time_sum_to_one() -> None:
    assert time_shares(LEVEL, ALL) == (0.25, 0.125, 0.25, 0.25, 0.125)  # by hand
    assert time_shares(LEVEL, ~ALL) is None


def test_runs_of_warning_are_found_with_their_highest_level() -> None:
    found = [(one.first, one.last, one.highest) for one in stretches(LEVEL, ALL)]
    assert found == [(2, 5, 5), (7, 7, 3)]
