"""What if: one engine, nothing written, everything in the address, and moves that do what they say."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from dashboard import data, drawing, supposed, texts_judging
from dashboard.parts.judging import supposed as lists
from iw_monitor.assess.engine import Engine, assess
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import states_at
from iw_monitor.assess.supposing import Supposition, WhatIf, what_if
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Grade, Known, Observation
from iw_monitor.telling.charts import tornado, tornado_alt
from iw_monitor.telling.inks import LIGHT
from tests.builders import MONDAY, a_pack, an_indicator, an_observation
from tests.unit.pages_site import fill_demo, html_of, open_page, text_of, use

PACK = a_pack(
    indicators=(
        an_indicator(points={"blockade": 9.0}),
        an_indicator(id="ferry_strikes", title="Ferry strikes", points={"blockade": 4.0}, t0=1),
        an_indicator(
            id="patrol_boats", title="Patrol boats", family="guard", kind="P", points={"blockade": -4.0}, t0=3
        ),
    )
)
NOW = MONDAY + timedelta(days=5)


def _reports(**levels: int) -> list[Observation]:
    return [
        an_observation(id=f"{name}-{level}", indicator=name, level=level, observed_at=MONDAY, recorded_at=MONDAY)
        for name, level in levels.items()
    ]


STANDING = _reports(port_traffic=1, ferry_strikes=1, patrol_boats=3)


def supposing(supposed_: Supposition, rows: list[Observation] = STANDING) -> WhatIf:
    instant = microseconds(NOW)
    engine = Engine.of(PACK, Reports.of(PACK, rows), Known.RECORDED, until=instant)
    states = states_at(engine.reading.compiled, engine.history, np.array([instant], dtype=np.int64))
    return what_if(engine.reading, states, instant, supposed_)


def points(found: WhatIf) -> float:
    return found.after.problem("blockade").points


def test_supposing_nothing_changes_nothing() -> None:
    found = supposing(Supposition())
    assert found.before == found.after
    assert (
        found.before.problem("blockade").points
        == assess(PACK, Reports.of(PACK, STANDING), NOW).problem("blockade").points
    )


def test_a_supposed_level_is_what_a_b2_report_made_now_would_conclude() -> None:
    added = an_observation(
        id="new",
        indicator="port_traffic",
        level=4,
        grade=Grade(reliability="B", credibility=2),
        observed_at=NOW,
        recorded_at=NOW,
    )
    really = assess(PACK, Reports.of(PACK, [*STANDING, added]), NOW).problem("blockade")
    found = supposing(Supposition(levels={"port_traffic": 4})).after.problem("blockade")
    assert found.points == pytest.approx(really.points)
    assert found.level == really.level
    assert found.contributions == really.contributions


def test_an_age_alone_lets_the_present_report_fade_as_time_would() -> None:
    half_life = PACK.half_life(PACK.indicator("port_traffic")).days
    found = supposing(Supposition(ages={"port_traffic": 2 * half_life})).after.indicator("port_traffic")
    assert (found.level, found.age_days, found.age_factor) == (
        1,
        2 * half_life,
        0.5,
    )  # fresh for one, halved by the next
    gone = supposing(Supposition(ages={"patrol_boats": 1000})).after
    assert gone.indicator("patrol_boats").age_factor == 0


def test_an_age_of_what_was_never_reported_is_no_age() -> None:
    rows = _reports(ferry_strikes=1, patrol_boats=3)
    found = supposing(Supposition(ages={"port_traffic": 3}), rows)
    assert found.after.indicator("port_traffic").observed_at is None


def test_a_supposed_level_of_what_was_never_reported_rests_on_no_report() -> None:
    rows = _reports(ferry_strikes=1, patrol_boats=3)
    after = supposing(Supposition(levels={"port_traffic": 4}), rows).after
    assert (after.indicator("port_traffic").level, after.indicator("port_traffic").observations) == (4, ())


def test_a_weight_is_the_worth_of_level_four() -> None:
    high = _reports(port_traffic=4, ferry_strikes=1, patrol_boats=3)
    double = supposing(Supposition(weights={("port_traffic", "blockade"): 18.0}), high).after.problem("blockade")
    raw = {one.indicator: one.raw for one in double.contributions}
    before = {one.indicator: one.raw for one in supposing(Supposition(), high).before.problem("blockade").contributions}
    assert raw["port_traffic"] == pytest.approx(2 * before["port_traffic"])
    turned = supposing(Supposition(weights={("port_traffic", "blockade"): -18.0}), high)
    assert points(turned) < turned.before.problem("blockade").points


def test_what_is_supposed_still_adds_up() -> None:
    one = supposing(Supposition(levels={"port_traffic": 3}, weights={("ferry_strikes", "blockade"): 7.5})).after
    problem = one.problem("blockade")
    counted = sum(each.counted for each in problem.contributions) + sum(each.counted for each in problem.interactions)
    assert problem.prior + counted == pytest.approx(problem.points_unclipped, abs=1e-9)


def test_a_smallest_move_supposed_crosses_the_boundary_it_names() -> None:
    found = supposing(Supposition())
    (hangs,) = found.hangs
    assert hangs.up
    for move in hangs.up:
        then = supposing(Supposition(levels={move.indicator: move.to})).after.problem("blockade")
        assert then.level == move.warning_level
        assert then.points == pytest.approx(move.points)
        assert move.warning_level > (found.before.problem("blockade").level or 0)


def test_what_is_missing_could_do_what_a_report_of_it_would_do() -> None:
    rows = _reports(ferry_strikes=1, patrol_boats=3)
    (hangs,) = supposing(Supposition(), rows).hangs
    could = next(one for one in hangs.missing if one.indicator == "port_traffic")
    ends = [
        points(supposing(Supposition(levels={"port_traffic": level}), rows))
        for level in (could.low_level, could.high_level)
    ]
    assert [could.low, could.high] == pytest.approx(ends)
    assert (could.low_level, could.high_level) == (0, 4)
    assert {one.indicator for one in hangs.missing} == {"port_traffic"}  # the others are current


# --- The address ---


def test_an_address_is_read_as_it_is_written() -> None:
    here = Supposition(
        levels={"port_traffic": 3}, ages={"patrol_boats": 10}, weights={("port_traffic", "blockade"): -2.5}
    )
    assert supposed.read(supposed.written(here), PACK).supposed == here


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("level.port_traffic", "5"),
        ("level.port_traffic", "two"),
        ("level.no_such", "2"),
        ("age.port_traffic", "-1"),
        ("age.port_traffic", "99999999999"),
        ("weight.port_traffic.blockade", "nan"),
        ("weight.port_traffic.blockade", "21"),
        ("weight.port_traffic.no_such", "2"),
        ("weight.port_traffic", "2"),
        ("level.port_traffic.blockade", "2"),
    ],
)
def test_what_an_address_cannot_mean_is_told_and_left_out(key: str, text: str) -> None:
    found = supposed.read({key: text, "problem": "blockade"}, PACK)
    assert (found.supposed.is_empty, found.unreadable) == (True, (f"{key}={text}",))


# --- The chart ---


def test_a_tornado_says_in_words_what_it_draws() -> None:
    (hangs,) = supposing(Supposition()).hangs
    swings = drawing.swings(hangs, PACK)
    assert all(one.title in tornado_alt(swings) for one in swings)
    assert tornado(swings, inks=LIGHT)["height"] > tornado(swings[:1], inks=LIGHT)["height"]
    widths = [one.high - one.low for one in swings]
    assert widths == sorted(widths, reverse=True)


# --- The page ---


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(history: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, history, demo=True)


@pytest.mark.slow
def test_a_link_shows_what_it_supposes_and_nothing_of_it_is_written(demo: None) -> None:
    entries = data.site().journal.position()
    query = {"level.iran_direct_action": "4", "problem": "iran_direct", "level.nonsense": "2"}
    page = open_page("what_if", **query)
    said = text_of(page)
    assert "Direct Iranian fire at level 4" in said
    assert texts_judging.UNREADABLE.format(parts="level.nonsense=2") in said
    assert "■ 5 SEVERE" in html_of(page)  # the tripwire iran_direct_action = 4
    assert data.site().journal.position() == entries


def test_moving_a_slider_writes_the_address_and_nothing_else(demo: None) -> None:
    page = open_page("what_if", problem="iran_direct")
    slider = next(one for one in page.select_slider if one.label == "Mode of Iranian involvement")
    slider.set_value(4).run()
    assert page.query_params["level.iran_involvement_mode"] in ("4", ["4"])
    assert not page.exception


def test_every_move_is_a_link_that_supposes_it(demo: None) -> None:
    look = data.look({})
    found = data.site().what_if(Supposition(), look.at.as_of, look.known)
    hangs = next(one for one in found.hangs if one.up)
    html = lists.moves(look, Supposition(), hangs)
    for move in hangs.up:
        assert f"level.{move.indicator}={move.to}" in html
