"""Points without their account say what the account says, and states do not depend on how many are asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.epochs import history_of
from iw_monitor.assess.points import conclude
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import States, states_at
from iw_monitor.assess.sums import largest_first, network, points_over
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Known
from tests.reference.history import history, multi_front

HOUR = 3_600_000_000
PACK = multi_front()
COMPILED = compile_pack(PACK)
HISTORY = history_of(COMPILED, Reports.of(PACK, history(PACK)), Known.RECORDED)
HOURS = microseconds(PACK.t0) + HOUR * np.arange(-300, 4000, dtype=np.int64)  # from before the first report


@pytest.mark.parametrize("size", range(1, 7))
def test_the_network_puts_every_order_in_order(size: int) -> None:
    columns = np.array(list(permutations(range(size)))).T.reshape(size, -1)
    ordered = largest_first([column.astype(np.float64) for column in columns])
    assert all((one == size - 1 - place).all() for place, one in enumerate(ordered))


def test_the_network_of_sixteen_needs_no_more_comparisons_than_knuth_counts() -> None:
    assert len(network(16)) == 63  # TAOCP 3, 5.2.2: merge exchange of 16


def test_points_alone_are_those_of_the_account() -> None:
    states = states_at(COMPILED, HISTORY, HOURS)
    assert np.allclose(points_over(COMPILED, states), conclude(COMPILED, states).points, rtol=0, atol=1e-12)


def test_a_restraint_that_is_screened_for_an_hour_is_unknown_in_that_hour_alone() -> None:
    places = {one.id: place for place, one in enumerate(COMPILED.indicators)}
    states = states_at(COMPILED, HISTORY, np.repeat(microseconds(PACK.t0), 3))
    level = np.array(states.level)
    level[:, places["us_carrier_presence"]] = 4
    level[1, places["hizballah_strategic_arsenal"]] = 4  # X3
    quality = np.full(level.shape, 0.9)
    screened = replace(states, level=level, quality=quality, age_factor=np.ones(level.shape))
    assert np.allclose(points_over(COMPILED, screened), conclude(COMPILED, screened).points, rtol=0, atol=1e-12)


def same(one: States, other: States) -> bool:
    return all(np.array_equal(getattr(one, part), getattr(other, part)) for part in States.__slots__)


def test_states_are_the_same_asked_for_evenly_unevenly_one_by_one_or_in_any_order() -> None:
    whole = states_at(COMPILED, HISTORY, HOURS)
    uneven = np.sort(np.append(HOURS, HOURS[7] + 1))
    assert same(states_at(COMPILED, HISTORY, uneven).rows(np.delete(np.arange(len(uneven)), 8)), whole)
    shuffled = np.random.default_rng(1).permutation(len(HOURS))
    assert same(states_at(COMPILED, HISTORY, HOURS[shuffled]), whole.rows(shuffled))
    assert same(states_at(COMPILED, HISTORY, HOURS[900:901]), whole.at(900))
