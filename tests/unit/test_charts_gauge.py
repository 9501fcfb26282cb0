"""The gauge: everything stands where its points say, and without an assessment nothing looks like calm."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from dashboard.theme import DARK, LIGHT, Inks
from iw_monitor.telling.charts import GaugeReading, Scale, gauge, gauge_alt
from iw_monitor.telling.charts.gauge import APART, needle_angle, spread
from iw_monitor.telling.charts.gauge_layers import CENTRE_X, CENTRE_Y, HALF, WIDTH

SCALE = Scale(boundaries=(-13, -6, -1, 6), words=("LOW", "GUARDED", "ELEVATED", "HIGH", "SEVERE"))
BOTH = pytest.mark.parametrize("inks", [LIGHT, DARK], ids=["light", "dark"])


def a_reading(**changes: Any) -> GaugeReading:
    ordinary: dict[str, Any] = {
        "level": 4,
        "points": 2.0,
        "low": -2.0,
        "high": 8.0,
        "problem": "Convergence of the fronts",
        "set_by": "sum of evidence",
        "coverage": 0.86,
    }
    return GaugeReading(**ordinary | changes)


def rows_with(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    """Return the rows of the layers whose rows have exactly these fields."""
    layers = [layer["data"]["values"] for layer in spec["layer"]]
    return [row for rows in layers for row in rows if set(row) == set(fields)]


def the_needle(reading: GaugeReading) -> float:
    found = {row["angle"] for row in rows_with(gauge(reading, SCALE, inks=LIGHT), "angle")}
    assert len(found) == 1
    return float(found.pop())


def texts(spec: dict[str, Any]) -> list[str]:
    fields = ("x", "y", "text", "ink", "size", "weight", "align")
    return [row["text"] for row in rows_with(spec, *fields)]


@pytest.mark.parametrize(
    ("points", "degrees"), [(-20, -90), (-10, -45), (0, 0), (10, 45), (20, 90), (-13, -58.5), (31, 90), (-31, -90)]
)
def test_the_needle_turns_by_4_5_degrees_a_point_and_stops_at_the_ends(points: float, degrees: float) -> None:
    assert the_needle(a_reading(points=points)) == pytest.approx(degrees)


def test_the_bands_meet_at_the_boundaries_but_for_a_hairline() -> None:
    bands = rows_with(gauge(a_reading(), SCALE, inks=LIGHT), "level", "start", "end", "fill")
    by_level = {band["level"]: band for band in bands}
    assert by_level[1]["start"] == pytest.approx(-math.pi / 2)
    assert by_level[5]["end"] == pytest.approx(math.pi / 2)
    for level, boundary in ((1, -13), (2, -6), (3, -1), (4, 6)):
        angle = needle_angle(boundary, SCALE)
        assert 0 < angle - by_level[level]["end"] < 0.01
        assert 0 < by_level[level + 1]["start"] - angle < 0.01


@BOTH
def test_each_band_has_the_colour_of_its_level(inks: Inks) -> None:
    bands = rows_with(gauge(a_reading(), SCALE, inks=inks), "level", "start", "end", "fill")
    assert {band["level"]: band["fill"] for band in bands} == dict(enumerate(inks.levels, start=1))


def test_the_arc_of_the_interval_spans_from_low_to_high() -> None:
    (arc,) = rows_with(gauge(a_reading(low=-4, high=10), SCALE, inks=LIGHT), "start", "end")
    assert math.degrees(arc["start"]) == pytest.approx(-18)
    assert math.degrees(arc["end"]) == pytest.approx(45)


def test_a_tick_crosses_the_ring_where_the_points_stood() -> None:
    ticks = rows_with(gauge(a_reading(day_ago=-10.0), SCALE, inks=LIGHT), "x", "y", "x2", "y2", "title", "dash")
    assert {tick["title"] for tick in ticks} == {"24 h ago: −10.0"}
    for x, y in ((ticks[0]["x"], ticks[0]["y"]), (ticks[0]["x2"], ticks[0]["y2"])):
        assert math.degrees(math.atan2(x - CENTRE_X, CENTRE_Y - y)) == pytest.approx(-45, abs=0.1)


def test_the_level_is_told_as_shape_number_and_word_with_its_problem_and_cause() -> None:
    told = texts(gauge(a_reading(), SCALE, inks=LIGHT))
    assert {"▲ 4 HIGH", "Convergence of the fronts", "sum of evidence"} <= set(told)


def test_a_level_set_by_a_tripwire_is_marked_although_the_needle_stands_elsewhere() -> None:
    spec = gauge(a_reading(level=4, points=-4.0), SCALE, inks=LIGHT)
    assert "▲ 4 HIGH" in texts(spec)
    outside = [layer for layer in spec["layer"] if layer["mark"].get("innerRadius", 0) > 186]
    assert [row["level"] for layer in outside for row in layer["data"]["values"]] == [4]


def test_a_declared_level_is_a_second_mark_in_the_middle_of_its_band() -> None:
    (pointer,) = rows_with(gauge(a_reading(declared_level=2), SCALE, inks=LIGHT), "x", "y", "angle", "title")
    assert pointer["angle"] == pytest.approx((-13 - 6) / 2 * 4.5)
    assert "▽ declared ● 2 GUARDED" in texts(gauge(a_reading(declared_level=2), SCALE, inks=LIGHT))


def test_thin_coverage_hatches_the_ring_and_says_so() -> None:
    plain, hatched = (gauge(a_reading(hatched=flag, coverage=0.58), SCALE, inks=LIGHT) for flag in (False, True))
    assert rows_with(plain, "x", "y", "x2", "y2", "ink") == []
    assert len(rows_with(hatched, "x", "y", "x2", "y2", "ink")) > 40
    assert "hatched: coverage only 58%" in texts(hatched)


@BOTH
def test_no_assessment_shows_neither_needle_nor_interval_nor_any_colour_of_a_level(inks: Inks) -> None:
    spec = gauge(a_reading(level=None, problem=None, day_ago=1.0, declared_level=1, coverage=0.31), SCALE, inks=inks)
    assert rows_with(spec, "angle") == []
    assert rows_with(spec, "start", "end") == []
    assert {"?", "NO ASSESSMENT"} <= set(texts(spec))
    drawn = json.dumps(spec)
    assert not [colour for colour in inks.levels if colour in drawn]
    assert not [word for word in SCALE.words if word in drawn]
    assert len(rows_with(spec, "x", "y", "x2", "y2", "ink")) > 40  # hatched


@BOTH
def test_no_assessment_is_grey_only(inks: Inks) -> None:
    spec = gauge(a_reading(level=None, problem=None, coverage=0.31), SCALE, inks=inks)
    fields = ({row.get("fill") for layer in spec["layer"] for row in layer["data"]["values"]}) - {None}
    assert fields == {inks.unknown}


@pytest.mark.parametrize("points", [-20.0, -19.0, 0.0, 19.0, 20.0])
@pytest.mark.parametrize("shift", [0.0, 0.4, -0.4, 3.0])
def test_the_labels_of_the_past_never_overlap_and_stay_in_the_picture(points: float, shift: float) -> None:
    spec = gauge(a_reading(day_ago=points, week_ago=SCALE.clipped(points + shift), declared_level=5), SCALE, inks=LIGHT)
    fields = ("x", "y", "text", "ink", "size", "weight", "align")
    labels = [row for row in rows_with(spec, *fields) if row["text"] in ("24 h", "7 d", "24 h · 7 d")]
    boxes = [_box(row) for row in labels]
    assert all(left >= 0 and right <= WIDTH and top >= 0 for left, right, top, _ in boxes)
    if len(boxes) == 2:
        (left, right, top, bottom), (left2, right2, top2, bottom2) = boxes
        assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top


def test_a_label_moves_outward_where_the_mark_of_the_declared_level_stands() -> None:
    middle = (-13 - 6) / 2
    spec = gauge(a_reading(day_ago=middle, declared_level=2), SCALE, inks=LIGHT)
    (label,) = [
        row for row in rows_with(spec, "x", "y", "text", "ink", "size", "weight", "align") if row["text"] == "24 h"
    ]
    (pointer,) = rows_with(spec, "x", "y", "angle", "title")
    apart = math.hypot(label["x"] - CENTRE_X, label["y"] - CENTRE_Y) - math.hypot(
        pointer["x"] - CENTRE_X, pointer["y"] - CENTRE_Y
    )
    assert apart > 30  # the mark is 27 pixels tall


@pytest.mark.parametrize("points", [-13.5, -6.0, -1.2, -0.4, 6.4])
def test_the_needle_covers_no_number_of_a_boundary(points: float) -> None:
    spec = gauge(a_reading(points=points), SCALE, inks=LIGHT)
    texts_of = [row for row in rows_with(spec, "x", "y", "text", "ink", "size", "weight", "align") if row["size"] == 15]
    edges = [row for row in texts_of if row["text"] in ("−13", "−6", "−1", "+6")]
    assert len(edges) == 4
    for edge in edges:
        angle = math.atan2(edge["x"] - CENTRE_X, CENTRE_Y - edge["y"])
        assert abs(angle - needle_angle(points, SCALE)) > 0.16


def _box(row: dict[str, Any]) -> tuple[float, float, float, float]:
    wide, tall = 0.5 * row["size"] * len(row["text"]), 0.9 * row["size"]
    left = row["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    return left, left + wide, row["y"] - tall / 2, row["y"] + tall / 2


def test_labels_far_apart_stay_and_near_ones_move_by_the_same_angle() -> None:
    assert spread([(-1.0, "a"), (1.0, "b")], APART) == [(-1.0, "a"), (1.0, "b")]
    (left, _), (right, _) = spread([(0.0, "a"), (0.02, "b")], APART)
    assert right - left == pytest.approx(APART)
    assert left + right == pytest.approx(0.02)


def test_labels_at_the_end_of_the_scale_stay_beside_the_half_circle() -> None:
    (left, _), (right, _) = spread([(HALF, "a"), (HALF, "b")], APART)
    assert left == pytest.approx(HALF - APART)
    assert right == pytest.approx(HALF)


def test_the_gauge_in_words_says_level_points_interval_cause_and_past() -> None:
    told = gauge_alt(a_reading(day_ago=1.0, week_ago=-3.0, declared_level=3, hatched=True, coverage=0.58), SCALE)
    for part in (
        "level 4 of 5, HIGH",
        "+2.0 points",
        "interval −2.0 to +8.0",
        "Set by Convergence of the fronts",
        "Sum of evidence",
        "24 hours ago +1.0",
        "7 days ago −3.0",
        "Declared: ELEVATED",
        "Coverage 58%: hatched",
    ):
        assert part in told


def test_no_assessment_in_words_names_no_level() -> None:
    told = gauge_alt(a_reading(level=None, coverage=0.31), SCALE)
    assert "no assessment" in told
    assert "31%" in told
    assert not [word for word in SCALE.words if word in told]


def test_the_stylesheet_finds_the_gauge_by_the_beginning_of_its_words() -> None:
    from dashboard.theme import CSS

    for level in (4, None):
        assert gauge_alt(a_reading(level=level), SCALE).startswith("Threat gauge")
    assert '[aria-label^="Threat gauge"] svg' in CSS
