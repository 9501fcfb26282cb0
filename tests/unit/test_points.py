"""Contributions, families and the between-family weights, by hand (METHOD 4.4 to 4.7)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from iw_monitor.assess.points import probability, shares, soften


def test_softening_leaves_certain_evidence_and_drops_worthless_evidence() -> None:
    assert soften(np.array(6.0), np.array(1.0)) == pytest.approx(6.0)
    assert soften(np.array(-6.0), np.array(0.0)) == 0.0


def test_softening_by_hand() -> None:
    # 10*log10(1 + .7*(10**.325 - 1)) for a carrier group seen by one B2 report
    assert float(soften(np.array(3.25), np.array(0.7))) == pytest.approx(10 * math.log10(1 + 0.7 * (10**0.325 - 1)))


def test_each_further_piece_counts_half_of_the_one_before() -> None:
    assert shares(np.array([1.0, 3.0, 2.0]), 0.5, axis=0).tolist() == [0.25, 1.0, 0.5]


def test_equal_pieces_keep_the_packs_order() -> None:
    assert shares(np.array([2.0, 2.0, 2.0]), 0.5, axis=0).tolist() == [1.0, 0.5, 0.25]


def test_three_points_double_the_odds_and_ten_are_tenfold() -> None:
    odds = probability(np.array([0.0, 3.0103, 10.0]))
    assert (odds / (1 - odds)).tolist() == pytest.approx([1.0, 2.0, 10.0], rel=1e-4)
