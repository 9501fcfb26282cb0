"""How good the evidence is: independent originators inside a moving window (METHOD 4.2)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.assess.evidence import order_of, quality, window_starts

WORTHS = (0.4, 0.5, 0.7, 0.9)


def quality_of(rows: list[tuple[int, int, float, int]], span: int = 30, cap: float = 0.95) -> list[float]:
    """Return q after each (observed, level, worth, originator), the rows given in any order."""
    columns = list(zip(*rows, strict=True))
    observed, originator = np.array(columns[0]), np.array(columns[3])
    level, worth = np.array(columns[1], dtype=np.int8), np.array(columns[2], dtype=np.float64)
    order = order_of(observed=observed, worth=worth, level=level, originator=originator)
    return list(
        quality(
            observed=observed[order],
            level=level[order],
            worth=worth[order],
            originator=originator[order],
            span=span,
            cap=cap,
        )
    )


def test_two_originators_corroborate_each_other() -> None:
    # By hand: 1 - (1 - .7)(1 - .5) = .85
    assert quality_of([(1, 2, 0.7, 1), (2, 2, 0.5, 2)]) == pytest.approx([0.7, 0.85])


def test_one_originator_counts_once_by_its_best_report() -> None:
    assert quality_of([(1, 2, 0.5, 1), (2, 2, 0.7, 1), (3, 2, 0.5, 1)]) == pytest.approx([0.5, 0.7, 0.7])


def test_quality_is_capped() -> None:
    assert quality_of([(1, 2, 0.9, 1), (2, 2, 0.9, 2)]) == pytest.approx([0.9, 0.95])


def test_a_report_of_another_level_ends_the_evidence() -> None:
    assert quality_of([(1, 2, 0.7, 1), (2, 3, 0.5, 2), (3, 2, 0.5, 3)]) == pytest.approx([0.7, 0.5, 0.5])


def test_reports_that_the_window_left_behind_no_longer_count() -> None:
    assert quality_of([(0, 2, 0.7, 1), (30, 2, 0.5, 2), (31, 2, 0.5, 3)]) == pytest.approx([0.7, 0.85, 0.75])


def test_of_two_levels_at_one_instant_the_better_report_is_current_and_the_other_is_no_evidence() -> None:
    assert quality_of([(5, 3, 0.7, 1), (5, 2, 0.5, 2)])[-1] == pytest.approx(0.7)
    assert quality_of([(5, 3, 0.7, 1), (5, 2, 0.5, 2), (5, 3, 0.5, 3)])[-1] == pytest.approx(0.85)


def test_no_reports_have_no_quality() -> None:
    none = np.zeros(0, dtype=np.int64)
    found = quality(
        observed=none, level=none.astype(np.int8), worth=none.astype(float), originator=none, span=1, cap=0.9
    )
    assert found.tolist() == []


def plainly(rows: list[tuple[int, int, float, int]], span: int, cap: float) -> float:
    """METHOD 4.2 in words, for the last of the rows."""
    current = max(rows, key=lambda row: (row[0], row[2], row[1], row[3]))
    other = max((row[0] for row in rows if row[1] != current[1]), default=-(10**9))
    chosen = [row for row in rows if row[1] == current[1] and row[0] >= max(other, current[0] - span)]
    best = {name: max(row[2] for row in chosen if row[3] == name) for name in {row[3] for row in chosen}}
    return min(cap, 1 - math.prod(1 - worth for worth in best.values()))


rows_of_reports = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 2), st.sampled_from(WORTHS), st.integers(0, 3)),
    min_size=1,
    max_size=25,
)


@given(rows_of_reports, st.integers(0, 45))
def test_counting_originators_says_the_same_as_reading_the_rule_row_by_row(
    rows: list[tuple[int, int, float, int]], span: int
) -> None:
    rows = sorted(rows, key=lambda row: (row[0], row[2], row[1], row[3]))
    expected = [plainly(rows[: last + 1], span, 0.95) for last in range(len(rows))]
    assert quality_of(rows, span=span) == pytest.approx(expected, abs=1e-12)


@given(rows_of_reports)
def test_the_window_never_moves_back(rows: list[tuple[int, int, float, int]]) -> None:
    rows = sorted(rows)
    starts = window_starts(
        observed=np.array([row[0] for row in rows]), level=np.array([row[1] for row in rows], dtype=np.int8), span=10
    )
    assert np.all(np.diff(starts) >= 0)
    assert np.all(starts <= np.arange(len(rows)))
