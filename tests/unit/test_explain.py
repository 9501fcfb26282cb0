"""Why a gauge says what it says: parts that add up."""

from __future__ import annotations

import pytest

from iw_monitor.assess.baselines import drivers, naive_gauges
from iw_monitor.assess.engine import assess, replay
from iw_monitor.assess.explain import difference, movers
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.words import words_of
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.pack import Pack
from iw_monitor.publish.rows import REPLAY_COLUMNS, replay_rows
from tests.builders import DAY, MONDAY, a_pack, an_observation


def two_instants() -> tuple[Pack, Assessment, Assessment]:
    pack = a_pack()
    reports = Reports.of(
        pack,
        [
            an_observation(id="a", level=1, observed_at=MONDAY - 3 * DAY),
            an_observation(id="b", indicator="patrol_boats", level=3, observed_at=MONDAY - 2 * DAY),
            an_observation(id="c", level=4, observed_at=MONDAY + DAY),
            an_observation(id="d", indicator="patrol_boats", level=1, observed_at=MONDAY + DAY),
        ],
    )
    before, after = replay(pack, reports, [MONDAY, MONDAY + 2 * DAY])
    return pack, before, after


def test_the_parts_of_a_difference_sum_to_the_difference() -> None:
    _, before, after = two_instants()
    one = difference(before, after, "blockade")
    assert sum(part.change for part in one.parts) == pytest.approx(one.after - one.before, abs=1e-9)
    assert [part.id for part in one.parts] == ["port_traffic", "patrol_boats"]


def test_what_did_not_change_is_no_part_of_a_difference() -> None:
    _, before, _ = two_instants()
    assert difference(before, before, "blockade").parts == ()


def test_movers_say_from_which_level_to_which() -> None:
    _, before, after = two_instants()
    first = movers(before, after)[0]
    assert (first.id, first.level_before, first.level_after) == ("port_traffic", 1, 4)
    assert first.change > 0


def test_small_changes_are_no_movers_when_a_least_change_is_asked_for() -> None:
    _, before, after = two_instants()
    assert movers(before, after, at_least=100.0) == ()


def test_prior_and_counted_add_up_to_the_points() -> None:
    _, _, after = two_instants()
    one = after.problem("blockade")
    counted = sum(each.counted for each in one.contributions) + sum(each.counted for each in one.interactions)
    assert one.prior + counted == pytest.approx(one.points_unclipped, abs=1e-9)


def test_an_indicator_is_a_driver_by_its_links_and_not_by_its_name() -> None:
    assert drivers(a_pack()) == ("port_traffic", "ferry_strikes")


def test_the_naive_gauges_ignore_what_was_never_reported() -> None:
    pack, _, after = two_instants()
    gauges = naive_gauges(pack, after)
    assert (gauges.mean, gauges.maximum, gauges.counted) == (100.0, 100.0, 1)
    nothing = naive_gauges(pack, assess(pack, Reports.of(pack, []), MONDAY))
    assert (nothing.mean, nothing.maximum, nothing.counted) == (None, None, 0)


def test_the_rows_have_the_contracts_columns_and_no_level_without_an_assessment() -> None:
    pack = a_pack()
    (row,) = replay_rows([assess(pack, Reports.of(pack, []), MONDAY)])
    assert tuple(row) == REPLAY_COLUMNS
    assert row["level"] is None
    assert row["recommended_level"] is None


def test_a_probability_on_a_boundary_takes_the_upper_word() -> None:
    pack = a_pack()
    assert words_of(pack, 0.2).word == "unlikely"
    assert words_of(pack, 0.1999).word == "very unlikely"
    assert words_of(pack, 0.001).word == "almost no chance"
    assert words_of(pack, 0.9999).word == "almost certain"
