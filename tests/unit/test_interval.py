"""Interval and stability (METHOD 4.11)."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from iw_monitor.assess.compiled import Compiled, compile_pack
from iw_monitor.assess.engine import assess
from iw_monitor.assess.epochs import history_of
from iw_monitor.assess.interval import Draws, draws_of, spread_of
from iw_monitor.assess.points import conclude
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import states_at
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Grade, Known
from tests.builders import DAY, MONDAY, a_pack, an_indicator, an_observation

SURE = Grade(reliability="A", credibility=1)


def unshifted(compiled: Compiled) -> Draws:
    """Return a single draw that changes nothing: every factor 1, every shift 0."""
    return Draws(weight=compiled.weight[None], prior=compiled.prior[None])


def test_a_draw_that_changes_nothing_gives_the_points_of_the_account() -> None:
    compiled = compile_pack(a_pack())
    reports = Reports.of(
        a_pack(),
        [
            an_observation(id="a", level=4, observed_at=MONDAY - 20 * DAY),
            an_observation(id="b", indicator="ferry_strikes", level=3, observed_at=MONDAY - DAY),
            an_observation(id="c", indicator="patrol_boats", level=1, observed_at=MONDAY - 50 * DAY),
        ],
    )
    history = history_of(compiled, reports, Known.RECORDED)
    for later in range(0, 120, 7):
        states = states_at(compiled, history, np.array([microseconds(MONDAY + later * DAY)]))
        level, floor = compiled.level_of(conclude(compiled, states).points[0]), np.zeros(1, dtype=np.int8)
        spread = spread_of(compiled, states, unshifted(compiled), level=level, floor=floor)
        assert spread.stability.tolist() == [1.0]
        assert spread.low <= conclude(compiled, states).points[0] + 1e-9
        assert spread.high >= conclude(compiled, states).points[0] - 1e-9


def test_without_uncertainty_of_weights_and_prior_a_fresh_board_has_no_interval() -> None:
    pack = a_pack(indicators=[an_indicator()])
    still = pack.method.interval.model_copy(update={"weight_factor": (1.0, 1.0), "prior_shift": 0.0})
    pack = pack.model_copy(update={"method": pack.method.model_copy(update={"interval": still})})
    one = assess(pack, Reports.of(pack, [an_observation(level=3, observed_at=MONDAY)]), MONDAY + timedelta(hours=1))
    assert one.problems[0].points_low == pytest.approx(one.problems[0].points)
    assert one.problems[0].points_high == pytest.approx(one.problems[0].points)
    assert one.problems[0].stability == 1.0


def test_what_is_unknown_widens_the_interval_to_what_it_could_do() -> None:
    # By hand: +5 points of weight, z = 0: the unknown driver could be at level 4 and add 5 points; the prior stands.
    pack = a_pack(indicators=[an_indicator()])
    still = pack.method.interval.model_copy(update={"weight_factor": (1.0, 1.0), "prior_shift": 0.0})
    pack = pack.model_copy(update={"method": pack.method.model_copy(update={"interval": still})})
    one = assess(pack, Reports.of(pack, []), MONDAY)
    assert (one.problems[0].points_low, one.problems[0].points_high) == pytest.approx((-10.0, -5.0))


def test_draws_are_seeded() -> None:
    compiled = compile_pack(a_pack())
    assert np.array_equal(draws_of(compiled).weight, draws_of(compiled).weight)


def test_the_interval_of_a_fresh_board_is_as_wide_as_the_prior_is_uncertain() -> None:
    # By hand: at T0's levels nothing contributes, so the points are prior + U(-3, 3): 5th and 95th percentile at +-2.7.
    pack = a_pack(indicators=[an_indicator()])
    one = assess(pack, Reports.of(pack, [an_observation(level=0, grade=SURE, observed_at=MONDAY)]), MONDAY + DAY)
    assert one.problems[0].points_low == pytest.approx(-12.7, abs=0.1)
    assert one.problems[0].points_high == pytest.approx(-7.3, abs=0.1)
