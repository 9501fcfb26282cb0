"""Indicators, Timeline, Method and Wall say what the pack and the assessment say."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from dashboard import data, texts
from dashboard import texts_judging as judging
from iw_monitor.assess.validator import validate
from iw_monitor.model.observation import Known, parse_instant
from iw_monitor.telling.sentences import KNOWN, NON_DIAGNOSTIC
from tests.unit.pages_site import cells_of, fill_demo, html_of, now_of, open_page, text_of, then_of, use


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(autouse=True)
def demo(history: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, history, demo=True)


# --- Indicators ---


def test_the_index_names_every_watched_indicator() -> None:
    said = text_of(open_page("indicators"))
    assert all(one.title in said for one in now_of().indicators)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["us_carrier_presence", "normalisation_track", "iran_rhetoric"])
def test_an_indicator_has_a_page_with_question_anchors_limits_and_runbook(name: str) -> None:
    said, one = text_of(open_page("indicators", indicator=name)), data.site().pack.indicator(name)
    for text in (
        one.title,
        one.question,
        one.limits,
        one.how_it_can_be_faked,
        one.runbook.check,
        *one.anchors.values(),
    ):
        assert " ".join(text.split()) in said


def test_the_current_anchor_is_marked() -> None:
    level = now_of().indicator("us_carrier_presence").level
    page = html_of(open_page("indicators", indicator="us_carrier_presence"))
    assert f'<tr class="iw-now"><td>{level}</td>' in page


def test_every_report_is_listed() -> None:
    page = html_of(open_page("indicators", indicator="us_carrier_presence"))
    assert page.count('data-label="Statement"') == len(data.site().observations("us_carrier_presence"))


def test_one_observation_drives_one_future_and_restrains_another() -> None:
    said = text_of(open_page("indicators", indicator="idf_northern_mobilisation"))
    assert texts.DRIVES in said
    assert texts.RESTRAINS in said


def test_what_was_not_known_then_is_not_shown() -> None:
    then = html_of(open_page("indicators", indicator="us_carrier_presence", as_of="2023-11-01T00:00Z"))
    now = html_of(open_page("indicators", indicator="us_carrier_presence"))
    assert 0 < then.count('data-label="Statement"') < now.count('data-label="Statement"')


def test_an_unknown_indicator_shows_the_index() -> None:
    assert "Hizballah activity level" in text_of(open_page("indicators", indicator="../../etc/passwd"))


# --- Timeline ---


def test_the_timeline_draws_points_levels_outcomes_and_floors() -> None:
    page = open_page("timeline")
    spec = json.dumps(json.loads(page.get("vega_lite_chart")[0].proto.spec))
    said = text_of(page)
    assert "FDD Long War Journal" in said
    assert "X5: Convergence table" in said
    assert len(spec) > 1000


def test_the_slider_turns_every_page_back() -> None:
    page = open_page("timeline")
    moments = page.select_slider[0].options
    page.select_slider[0].set_value(parse_instant("2023-12-01T00:00Z")).run()
    assert not page.exception
    assert page.query_params["as_of"] == "2023-12-01T00:00Z"
    assert texts.BACK_TO_NOW in text_of(page)
    page.switch_page("screens/watch.py").run()
    assert f'data-level="{then_of("2023-12-01T00:00Z").headline.level}"' in html_of(page)
    assert len(moments) > 100


def test_the_moment_goes_along_to_another_page() -> None:
    page = open_page("timeline", as_of="2023-12-01T00:00Z")
    page.query_params.clear()
    page.switch_page("screens/why.py").run()
    assert page.query_params["as_of"] == "2023-12-01T00:00Z"
    assert 'data-as-of="2023-12-01' in html_of(page)


def test_back_to_now_leaves_the_past() -> None:
    page = open_page("timeline", as_of="2023-12-01T00:00Z")
    page.button(key="to_now").click().run()
    assert "as_of" not in page.query_params
    assert "data-as-of" not in html_of(page)


def test_the_film_runs_and_stops() -> None:
    page = open_page("timeline")
    page.button(key="play").click().run()
    assert not page.exception
    assert 'data-frame="0"' in html_of(page)
    page.button(key="stop").click().run()
    assert "data-frame" not in html_of(page)


def test_the_film_can_be_left_for_the_moment_it_shows() -> None:
    page = open_page("timeline")
    page.button(key="play").click().run()
    page.button(key="go_there").click().run()
    assert "as_of" in page.query_params


def test_what_counts_as_known_can_be_chosen() -> None:
    page = open_page("timeline", as_of="2023-12-01T00:00Z")
    page.segmented_control[0].set_value(Known.RECORDED.value).run()
    assert page.query_params["known"] == Known.RECORDED.value
    assert KNOWN["recorded"] in text_of(page)


def test_what_was_recorded_only_later_was_not_known() -> None:
    said = text_of(open_page(known=Known.RECORDED.value, as_of="2023-12-01T00:00Z"))
    assert texts.EMPTY_TITLE in said  # the demo recorded everything at its end


# --- Method and wall ---


def test_the_method_page_is_generated_from_the_running_pack() -> None:
    said, pack = text_of(open_page("method")), data.site().pack
    assert pack.hash[:12] in said
    for one in pack.scored:
        assert one.title in said
    for rule in (*pack.file.interactions, *pack.file.tripwires):
        assert rule.title in said
    for assumption in pack.file.assumptions:
        assert " ".join(assumption.broken_by.split()) in said


@pytest.mark.slow
@pytest.mark.parametrize("name", ["watch", "indicators", "desk", "method"])
def test_a_non_diagnostic_indicator_is_labelled_wherever_it_appears(name: str) -> None:
    said = text_of(open_page(name))
    _, _, after = said.partition(data.site().pack.indicator("iran_rhetoric").title)
    assert NON_DIAGNOSTIC in after[:300]


def test_the_method_page_shows_what_the_validator_finds() -> None:
    html, found = html_of(open_page("method")), validate(data.site().pack)
    rows = {cells[0]: cells for cells in cells_of(html)}
    for one in found.rows:
        assert one.verdict.value in rows[one.title][-2]
        assert str(one.revalidate_by) in rows[one.title][-1]
    speaks = [rows[data.site().pack.problem(one.problem).short_title] for one in found.columns]
    assert all(str(len(one.strong)) in cells for one, cells in zip(found.columns, speaks, strict=True))
    assert html.count(judging.HARDLY) == sum(not one.telling for one in found.pairs) == 6


def test_a_day_to_look_again_that_has_passed_is_marked_on_the_method_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "now", lambda: datetime(2027, 4, 1, tzinfo=UTC))
    rows = {cells[0]: cells for cells in cells_of(html_of(open_page("method")))}
    passed = {one.title for one in data.site().pack.scored if judging.PASSED in rows[one.title][-1]}
    assert passed == {data.site().pack.indicator(name).title for name in data.site().pack.file.leading}  # 2027-03-31


def test_the_naive_gauges_stand_beside_the_real_one() -> None:
    said = text_of(open_page("method"))
    assert texts.NAIVE_MEAN in said
    assert texts.NAIVE_MAX in said
    assert texts.THE_GAUGE in said


def test_the_wall_says_how_old_the_screen_is_and_shows_every_problem() -> None:
    page = html_of(open_page("wall"))
    assert texts.WALL_AGE in page
    assert "iw-frozen" in page
    for one in now_of().problems:
        assert f'class="iw-problem" data-level="{one.recommended_level}"' in page
