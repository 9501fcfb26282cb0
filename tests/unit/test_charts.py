"""What holds for all charts: valid, from nowhere else, quick; and the charts over time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from time import perf_counter
from typing import Any

import altair as alt
import pytest

from dashboard.parts import sparklines
from dashboard.theme import DARK, LIGHT, Inks
from iw_monitor.telling.charts import (
    BulletRow,
    Event,
    GaugeReading,
    Part,
    Report,
    Scale,
    Series,
    Spec,
    Stretch,
    Weight,
    ageing,
    ageing_alt,
    bullet,
    bullet_alt,
    difference,
    gauge,
    history,
    history_alt,
    level_strip,
    level_strip_alt,
    sparkline,
    sparkline_alt,
    timeline,
    timeline_alt,
    waterfall,
)
from iw_monitor.telling.charts.ageing import weight
from iw_monitor.telling.charts.template import hatching, signed

SCALE = Scale(boundaries=(-13, -6, -1, 6), words=("LOW", "GUARDED", "ELEVATED", "HIGH", "SEVERE"))
MONDAY = datetime(2024, 5, 6, tzinfo=UTC)
DAY = timedelta(days=1)
STRETCHES = (
    Stretch(start=MONDAY, end=MONDAY + DAY, level=2),
    Stretch(start=MONDAY + DAY, end=MONDAY + 2 * DAY, level=2, stale=True),
    Stretch(start=MONDAY + 2 * DAY, end=MONDAY + 4 * DAY, level=None),
    Stretch(start=MONDAY + 4 * DAY, end=MONDAY + 9 * DAY, level=4),
)
LEVELS = (
    Stretch(start=MONDAY, end=MONDAY + DAY, level=5),
    Stretch(start=MONDAY + DAY, end=MONDAY + 9 * DAY, level=None),
)
BULLETS = (
    BulletRow(title="Convergence", level=4, points=2, low=-2, high=8, day_ago=1, declared_level=3, note="likely"),
    BulletRow(title="Iran", level=None, points=0, low=-20, high=20, hatched=True),
)
REPORTS = (
    Report(at=MONDAY, level=2, grade="B2", statement="seen"),
    Report(at=MONDAY + DAY, level=4, grade="E5", counted=False),
)
EVENTS = (
    Event(at=MONDAY + DAY, title="An event"),
    Event(at=MONDAY + DAY, title="A tripwire", kind="tripwire", panel="One"),
    Event(at=MONDAY + 2 * DAY, title="It came true", kind="outcome", panel="One"),
)
PART = Part(id="a", title="A", group="G", value=1.0)


def a_series(title: str = "One", points: tuple[float | None, ...] = (-7.0, -5.0, None, 3.0)) -> Series:
    def moved(by: float) -> list[float | None]:
        return [None if value is None else value + by for value in points]

    at = [MONDAY + number * DAY for number in range(len(points))]
    levels = [None if value is None else SCALE.level_of(value) for value in points]
    return Series(title=title, at=at, points=points, low=moved(-3), high=moved(3), levels=levels)


def a_reading(level: int | None, **more: Any) -> GaugeReading:
    return GaugeReading(level=level, points=2.0, low=-2.0, high=8.0, problem="One", **more)


FOUR = [a_series(title) for title in ("One", "Two", "Three", "Four")]
WEIGHTS = [Weight(at=MONDAY, share=1.0), Weight(at=MONDAY + DAY, share=0.5)]

CHARTS: dict[str, Callable[[Inks], Spec]] = {
    "gauge": lambda inks: gauge(
        a_reading(4, day_ago=1.0, week_ago=0.9, declared_level=3, hatched=True), SCALE, inks=inks
    ),
    "gauge without assessment": lambda inks: gauge(a_reading(None), SCALE, inks=inks),
    "bullet": lambda inks: bullet(BULLETS, SCALE, inks=inks),
    "bullet of nothing": lambda inks: bullet([], SCALE, inks=inks),
    "sparkline": lambda inks: sparkline(STRETCHES, inks=inks),
    "sparkline of nothing": lambda inks: sparkline([], inks=inks),
    "waterfall": lambda inks: waterfall(-5.0, [PART], -4.0, scale=SCALE, inks=inks),
    "waterfall of nothing": lambda inks: waterfall(-5.0, [], -5.0, scale=SCALE, inks=inks),
    "difference": lambda inks: difference(-5.0, [PART], -4.0, scale=SCALE, inks=inks),
    "timeline of one": lambda inks: timeline(FOUR[:1], SCALE, events=EVENTS, as_of=MONDAY + DAY, inks=inks),
    "timeline of four": lambda inks: timeline(FOUR, SCALE, events=EVENTS, inks=inks),
    "timeline of one instant": lambda inks: timeline([a_series(points=(1.0,))], SCALE, inks=inks),
    "timeline of nothing": lambda inks: timeline([], SCALE, inks=inks),
    "timeline never assessed": lambda inks: timeline([a_series(points=(None, None))], SCALE, inks=inks),
    "level strip": lambda inks: level_strip({"One": LEVELS, "Two": ()}, SCALE, inks=inks),
    "level strip of nothing": lambda inks: level_strip({}, SCALE, inks=inks),
    "history": lambda inks: history(STRETCHES, reports=REPORTS, weights=WEIGHTS, as_of=MONDAY + DAY, inks=inks),
    "history of reports alone": lambda inks: history((), reports=REPORTS, inks=inks),
    "history of nothing": lambda inks: history((), inks=inks),
    "ageing": lambda inks: ageing(14 * DAY, 3 * DAY, age=20 * DAY, inks=inks),
    "ageing of nothing": lambda inks: ageing(14 * DAY, 30 * DAY, inks=inks),
}


@cache
def drawn(name: str, inks: Inks) -> Spec:
    return CHARTS[name](inks)


EACH = pytest.mark.parametrize("name", CHARTS)
BOTH = pytest.mark.parametrize("inks", [LIGHT, DARK], ids=["light", "dark"])


def layers(spec: Spec) -> Iterator[Spec]:
    for layer in spec.get("layer", ()):
        yield layer
        yield from layers(layer)


def rows_of(spec: Spec) -> list[dict[str, Any]]:
    return [row for layer in layers(spec) for row in layer.get("data", {}).get("values", ())]


@pytest.mark.slow
@EACH
def test_every_spec_is_valid_against_the_schema_of_altair(name: str) -> None:
    alt.LayerChart.from_dict(drawn(name, LIGHT), validate=True)


def test_a_broken_spec_would_not_be_valid() -> None:
    spec = drawn("gauge", LIGHT) | {"layer": [{"mark": "no such mark"}]}
    with pytest.raises(pytest.importorskip("jsonschema").ValidationError, match="no such mark"):
        alt.LayerChart.from_dict(spec, validate=True)


@EACH
@BOTH
def test_no_spec_names_an_address(name: str, inks: Inks) -> None:
    text = json.dumps(drawn(name, inks))
    assert "://" not in text
    assert '"url"' not in text
    assert "href" not in text


@EACH
@BOTH
def test_every_place_of_a_template_is_filled(name: str, inks: Inks) -> None:
    spec = drawn(name, inks)
    assert '"@' not in json.dumps(spec)
    assert not [layer for layer in layers(spec) if "name" in layer.get("data", {})]
    json.dumps(spec, allow_nan=False)


@EACH
def test_the_page_shows_through(name: str) -> None:
    assert drawn(name, DARK)["background"] == "transparent"


@EACH
def test_an_empty_layer_is_left_out_unless_a_selection_is_tied_to_it(name: str) -> None:
    for layer in layers(drawn(name, LIGHT)):
        assert layer.get("data", {"values": [1]})["values"] or "name" in layer


@EACH
def test_a_page_may_change_what_it_was_given(name: str) -> None:
    given = CHARTS[name](LIGHT)
    before = json.dumps(given)
    given["layer"].clear()
    given["config"].clear()
    assert json.dumps(CHARTS[name](LIGHT)) == before


def test_a_rerun_of_the_gauge_costs_about_a_millisecond() -> None:
    reading = a_reading(4, day_ago=1.0, week_ago=-3.0, hatched=True)
    gauge(reading, SCALE, inks=LIGHT)
    spent = []
    for _ in range(20):
        started = perf_counter()
        gauge(reading, SCALE, inks=LIGHT)
        spent.append(perf_counter() - started)
    assert min(spent) < 0.005


def test_a_value_on_a_boundary_belongs_to_the_upper_level() -> None:
    assert [SCALE.level_of(points) for points in (-20, -13 - 1e-6, -13, -6, -1, 6, 20)] == [1, 1, 2, 3, 4, 5, 5]
    assert SCALE.level_of(-1 - 1e-12) == 4


def test_a_scale_refuses_boundaries_that_do_not_rise_and_words_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="must rise"):
        Scale(boundaries=(-6, -13, -1, 6), words=SCALE.words)
    with pytest.raises(ValueError, match="need 5 words"):
        Scale(boundaries=(-13, -6, -1, 6), words=("LOW",))


@pytest.mark.parametrize(
    ("value", "text"), [(2.14, "+2.1"), (-3.0, "−3.0"), (0.0, "0.0"), (-0.04, "0.0"), (0.04, "0.0")]
)
def test_a_number_carries_its_sign_and_zero_has_none(value: float, text: str) -> None:
    assert signed(value) == text


def test_hatching_stays_inside_its_span() -> None:
    lines = hatching(3.0, 7.0, step=0.5, lean=2.0)
    assert len(lines) > 8
    for line in lines:
        assert 3.0 <= line["x"] < line["x2"] <= 7.0
        assert 0.0 <= line["y"] < line["y2"] <= 1.0
        assert (line["x2"] - line["x"]) == pytest.approx(2.0 * (line["y2"] - line["y"]))


def test_bullets_stand_on_one_scale_whose_ranges_are_the_bands() -> None:
    spec = bullet(BULLETS, SCALE, inks=LIGHT)
    ranges = [row for row in rows_of(spec) if row.get("fill") in LIGHT.ranges]
    assert [(row["x"], row["x2"]) for row in ranges] == [(-20, -13), (-13, -6), (-6, -1), (-1, 6), (6, 20)]


def test_a_bullet_without_assessment_has_no_measure() -> None:
    spec = bullet(BULLETS[1:], SCALE, inks=LIGHT)
    assert not [row for row in rows_of(spec) if "told" in row]
    assert "?  Iran · no assessment" in {row.get("text") for row in rows_of(spec)}
    assert bullet_alt(BULLETS[1:], SCALE) == "Iran: no assessment."


def test_a_bullet_in_words() -> None:
    assert bullet_alt(BULLETS[:1], SCALE) == (
        "Convergence: level 4, HIGH, +2.0 points, interval −2.0 to +8.0, 24 hours ago +1.0, likely."
    )


def test_a_sparkline_is_dashed_while_stale_and_hatched_where_nothing_was_known() -> None:
    rows = rows_of(sparkline(STRETCHES, inks=LIGHT))
    steps = [row for row in rows if "dash" in row]
    assert [(row["y"], row["dash"] != [1, 0]) for row in steps] == [(2, False), (2, True), (4, False)]
    start, end = ((MONDAY + days * DAY).timestamp() * 1000 for days in (2, 4))
    hatch = [row for row in rows if set(row) == {"x", "x2", "y", "y2"}]
    assert hatch
    assert all(start <= row["x"] <= row["x2"] <= end for row in hatch)


def test_no_riser_bridges_a_gap() -> None:
    assert not [row for row in rows_of(sparkline(STRETCHES, inks=LIGHT)) if set(row) == {"x", "y", "y2"}]
    joined = (STRETCHES[0], Stretch(start=MONDAY + DAY, end=MONDAY + 2 * DAY, level=3))
    (riser,) = [row for row in rows_of(sparkline(joined, inks=LIGHT)) if set(row) == {"x", "y", "y2"}]
    assert (riser["y"], riser["y2"]) == (2, 3)


def test_a_sparkline_in_words() -> None:
    assert sparkline_alt(STRETCHES, anchors={4: "full war"}) == "Level 2 at first, between 2 and 4, now 4: full war."
    assert sparkline_alt(STRETCHES[:2]) == "Level 2 at first, between 2 and 2, now 2 (stale)."
    assert sparkline_alt(STRETCHES[:3]) == "Level 2 at first, between 2 and 2, now unknown."
    assert sparkline_alt(()) == "Never reported."
    assert sparkline_alt(STRETCHES[2:3]) == "Nothing known in this time."  # a report from before it may stand


def test_the_line_of_a_timeline_breaks_where_there_was_no_assessment() -> None:
    rows = [row for row in rows_of(timeline([a_series()], SCALE, inks=LIGHT)) if "run" in row]
    assert {(row["y"], row["run"]) for row in rows} == {(-7.0, 0), (-5.0, 0), (3.0, 1)}


def test_the_strip_of_a_timeline_holds_runs_of_one_recommended_level() -> None:
    rows = [row for row in rows_of(timeline([a_series()], SCALE, inks=LIGHT)) if "middle" in row and "told" in row]
    assert [row["text"] for row in rows] == ["● 2", "◆ 3", "?", "▲ 4"]
    assert all(one["x2"] == other["x"] for one, other in pairwise(rows))


def test_an_event_of_one_problem_is_drawn_in_its_panel_only() -> None:
    spec = timeline([a_series("One"), a_series("Two")], SCALE, events=EVENTS, inks=LIGHT)
    told = [row["told"] for row in rows_of(spec) if "told" in row]
    assert sum("An event" in text for text in told) == 2
    assert sum("A tripwire" in text for text in told) == 1


def test_texts_of_outcomes_share_the_room_between_them() -> None:
    outcomes = [Event(at=MONDAY + days * DAY, title=f"{days}", kind="outcome") for days in (1, 2)]
    points = tuple(float(number) for number in range(11))
    rows = [
        row for row in rows_of(timeline([a_series(points=points)], SCALE, events=outcomes, inks=LIGHT)) if "room" in row
    ]
    found = {row["text"]: (row["align"], row["room"]) for row in rows}
    assert found["1"] == ("right", pytest.approx(0.1))
    assert found["2"] == ("left", pytest.approx(0.8))


def test_a_series_refuses_columns_of_unequal_length() -> None:
    with pytest.raises(ValueError, match="not equally long"):
        Series(title="One", at=[MONDAY], points=[], low=[], high=[], levels=[])


def test_a_chart_refuses_an_instant_without_a_zone() -> None:
    naive = MONDAY.replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        sparkline([Stretch(start=naive, end=naive + DAY, level=1)], inks=LIGHT)


def test_a_timeline_in_words_names_the_highest_level_and_the_outcomes() -> None:
    told = timeline_alt([a_series()], SCALE, events=EVENTS)
    assert "One: −7.0 points on 6 May 2024 00:00Z, +3.0 on 9 May 2024 00:00Z, highest level 4 HIGH." in told
    assert "It came true on 8 May 2024 00:00Z" in told
    assert timeline_alt([], SCALE) == "Nothing to show yet."


def test_a_level_strip_says_shape_and_number_and_hatches_what_is_unknown() -> None:
    rows = rows_of(level_strip({"One": LEVELS}, SCALE, inks=LIGHT))
    cells = [row for row in rows if "ink" in row and row.get("fill")]
    assert {(row["text"], row["fill"]) for row in cells} == {("■ 5", LIGHT.levels[4]), ("?", LIGHT.unknown)}
    assert [row for row in rows if set(row) == {"x", "x2", "y", "y2"}]
    assert level_strip_alt({"One": LEVELS}, SCALE) == "One: no assessment at the end, at most 5, 1 changes."


def test_a_report_that_does_not_count_is_hollow_and_a_better_source_is_larger() -> None:
    rows = {row["grade"]: row for row in rows_of(history(STRETCHES, reports=REPORTS, inks=LIGHT)) if "grade" in row}
    assert rows["B2"]["fill"] == LIGHT.interval
    assert rows["E5"]["fill"] == LIGHT.page
    assert rows["B2"]["size"] > rows["E5"]["size"]
    assert "2 reports, 1 of them count" in history_alt(STRETCHES, reports=REPORTS)


def test_the_drawn_curve_of_ageing_is_that_of_the_method() -> None:
    # METHOD 4.3: 1 up to h, then 2^(-(age-h)/h), beyond 3h unknown. Its example: 20 days at h = 14 leave 2^(-6/14).
    assert weight(20, 14, 14, 42) == pytest.approx(2 ** (-6 / 14))
    assert [weight(days, 14, 14, 42) for days in (0, 14, 28, 42, 42.1)] == [1.0, 1.0, 0.5, 0.25, 0.0]


def test_the_zones_of_ageing_stand_where_the_status_changes() -> None:
    zones = {
        row["text"]: (row["x"], row["x2"]) for row in rows_of(ageing(14 * DAY, 3 * DAY, inks=LIGHT)) if "share" in row
    }
    assert zones["fresh"] == (0, 3)
    assert zones["due"] == (3, 14)
    assert zones["stale"] == (14, 42)
    assert zones["unknown"][0] == 42


def test_a_cadence_longer_than_the_half_life_leaves_no_time_to_be_due() -> None:
    zones = {row["text"] for row in rows_of(ageing(14 * DAY, 30 * DAY, inks=LIGHT)) if "share" in row}
    assert zones == {"fresh", "stale", "unknown"}


def test_an_age_beyond_the_picture_stands_at_its_end_with_no_weight() -> None:
    (now,) = {
        (row["x"], row["y"])
        for row in rows_of(ageing(DAY, DAY, age=900 * DAY, inks=LIGHT))
        if row.get("text", "").startswith("now")
    }
    assert now == (pytest.approx(3 * 1.12), 0.0)


def test_ageing_in_words() -> None:
    assert ageing_alt(14 * DAY, 3 * DAY, age=20 * DAY) == (
        "A report counts in full for 14 days (a re-check is due after 3), then halves every 14 days, "
        "and counts as unknown after 42 days. It is 20.0 days old."
    )


def test_a_card_whose_indicator_is_unknown_for_weeks_does_not_say_that_it_was_never_reported() -> None:
    assert "Nothing known for 2 days." in sparklines.picture(STRETCHES[2:3], LIGHT)
    assert "Never reported." in sparklines.picture((), LIGHT)
