"""Waterfalls add up on the page: each bar begins where the last ended, and the last ends at the total."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.theme import LIGHT
from iw_monitor.telling.charts import Part, Scale, difference, difference_alt, waterfall, waterfall_alt
from iw_monitor.telling.charts.waterfall import arranged

SCALE = Scale(boundaries=(-13, -6, -1, 6), words=("LOW", "GUARDED", "ELEVATED", "HIGH", "SEVERE"))


def a_part(name: str, value: float, group: str = "Hizballah") -> Part:
    return Part(id=name, title=name.title(), group=group, value=value)


def bars_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return next(rows for rows in _data(spec) if rows and "sum" in rows[0])


def ends_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return next(rows for rows in _data(spec) if rows and set(rows[0]) == {"y", "x", "title", "total"})


def _data(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [layer["data"]["values"] for layer in spec["layer"]]


values = st.lists(st.floats(-9, 9, allow_nan=False).map(lambda value: round(value, 4)), max_size=12)


@given(prior=st.floats(-15, 5), found=values, families=st.integers(1, 4))
def test_the_bars_lead_from_the_prior_to_the_points_without_a_gap(
    prior: float, found: list[float], families: int
) -> None:
    parts = [a_part(f"p{number}", value, f"family {number % families}") for number, value in enumerate(found)]
    total = prior + sum(found)
    spec = waterfall(prior, parts, total, scale=SCALE, inks=LIGHT)
    first, last = ends_of(spec)
    reached = first["x"]
    for bar in bars_of(spec) if any(found) else []:
        assert bar["x"] == pytest.approx(reached, abs=1e-9)
        assert bar["sum"] == pytest.approx(bar["x2"], abs=1e-9)
        reached = bar["sum"]
    assert first["x"] == prior
    assert reached == pytest.approx(last["x"], abs=1e-9)
    assert last["x"] == total


def test_points_clipped_at_the_end_of_the_scale_get_a_bar_that_says_so() -> None:
    spec = waterfall(10.0, [a_part("a", 8.0), a_part("b", 7.0)], 20.0, scale=SCALE, inks=LIGHT)
    assert [(bar["title"], bar["label"]) for bar in bars_of(spec)][-1] == ("Held at the end of the scale", "−5.0")
    assert bars_of(spec)[-1]["sum"] == ends_of(spec)[1]["x"] == 20.0


def test_families_stand_by_what_they_move_and_their_parts_by_size() -> None:
    parts = [a_part("small", 0.5, "A"), a_part("down", -3.0, "B"), a_part("up", 1.0, "B"), a_part("big", 2.0, "A")]
    assert [part.id for part in arranged(parts)] == ["down", "up", "big", "small"]


def test_tiny_parts_are_drawn_as_one_and_none_is_lost() -> None:
    found = arranged([a_part("a", 1.0), a_part("b", 0.02), a_part("c", -0.01, "Iran"), a_part("d", 0.0)])
    assert [part.title for part in found] == ["A", "2 more, each under 0.05"]
    assert sum(part.value for part in found) == pytest.approx(1.01)


def test_a_bar_says_its_sign_besides_its_colour() -> None:
    spec = waterfall(-5.0, [a_part("up", 2.0), a_part("down", -1.5)], -4.5, scale=SCALE, inks=LIGHT)
    assert {bar["title"]: (bar["label"], bar["raises"], bar["total"]) for bar in bars_of(spec)} == {
        "Up": ("+2.0", True, "−3.0"),
        "Down": ("−1.5", False, "−4.5"),
    }


def test_the_boundaries_around_the_bars_are_drawn() -> None:
    spec = waterfall(-5.0, [a_part("up", 2.0)], -3.0, scale=SCALE, inks=LIGHT)
    edges = {
        row["x"]
        for rows in _data(spec)
        for row in rows
        if set(row) == {"x", "y", "y2"} and row["x"] in SCALE.boundaries
    }
    assert edges == {-6, -1}


def test_a_click_selects_the_bar_by_its_id() -> None:
    spec = waterfall(-5.0, [a_part("up", 2.0)], -3.0, scale=SCALE, inks=LIGHT)
    (selection,) = [one for one in spec["params"] if one["name"] == "bar"]
    assert selection["select"]["type"] == "point"
    assert selection["select"]["fields"] == ["id"]
    named = {layer["name"]: layer for layer in spec["layer"] if "name" in layer}
    assert {row["id"] for view in selection["views"] for row in named[view]["data"]["values"]} == {"up"}


def test_the_selection_stays_although_nothing_counts() -> None:
    spec = waterfall(-5.0, [], -5.0, scale=SCALE, inks=LIGHT)
    (selection,) = [one for one in spec["params"] if one["name"] == "bar"]
    assert set(selection["views"]) <= {layer.get("name") for layer in spec["layer"]}


def test_a_difference_leads_from_a_to_b() -> None:
    spec = difference(
        -5.0, [a_part("up", 3.0), a_part("down", -1.0)], -3.0, scale=SCALE, inks=LIGHT, before_title="1 Mar"
    )
    first, last = ends_of(spec)
    assert (first["title"], first["total"], last["title"], last["total"]) == ("1 Mar", "−5.0", "B", "−3.0")
    assert bars_of(spec)[-1]["sum"] == -3.0


def test_the_waterfall_in_words_adds_up_and_begins_with_the_largest() -> None:
    parts = [a_part("up", 1.0), a_part("down", -3.0), a_part("tiny", 0.01)]
    assert waterfall_alt(-5.0, parts, -6.99, scale=SCALE) == (
        "Prior −5.0; Down −3.0; Up +1.0; points −7.0, in the band of level 2 GUARDED."
    )
    assert difference_alt(-5.0, [], -5.0) == "A −5.0; nothing else counts; B −5.0; change 0.0."
