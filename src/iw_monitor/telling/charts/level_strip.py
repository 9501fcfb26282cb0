"""Heat strips: the recommended level of each problem over time. A stretch wide enough also says shape and number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import altair as alt

from iw_monitor.telling.charts.sparkline import span
from iw_monitor.telling.charts.template import (
    Row,
    Spec,
    extent,
    extent_rows,
    filled,
    hatching,
    layered,
    milliseconds,
    rows,
    template,
    time_axis,
    utc,
)
from iw_monitor.telling.charts.values import Event, Scale, Stretch
from iw_monitor.telling.inks import Inks, level_label, level_mark

ROW = 48
BAR = (0.42, 0.94)
AXIS = 26


def level_strip(
    strips: Mapping[str, Sequence[Stretch]], scale: Scale, *, inks: Inks, events: Sequence[Event] = ()
) -> Spec:
    """Return a strip for each title. Levels are warning levels 1 to 5; None is hatched; events stand in their panel."""
    ends = [span(stretches) for stretches in strips.values() if stretches]
    start, end = (min(low for low, _ in ends), max(high for _, high in ends)) if ends else span(())
    cells = [_cell(row, one, scale, inks) for row, strip in enumerate(strips.values()) for one in strip]
    data = {
        "extent": extent_rows(start, end),
        "cells": cells,
        "hatch": [
            line for row, strip in enumerate(strips.values()) for one in strip for line in _hatch(row, one, end - start)
        ],
        "marks": [
            {
                **cell,
                "x": (cell["x"] + cell["x2"]) / 2,
                "y": cell["middle"],
                "share": (cell["x2"] - cell["x"]) / (end - start),
            }
            for cell in cells
        ],
        "titles": [{"y": row + 0.17, "text": title} for row, title in enumerate(strips)],
        "events": [one for row, title in enumerate(strips) for one in _events(row, title, events)],
    }
    height = ROW * len(strips)
    return filled(_template(inks, max(len(strips), 1)), data, height=height)


def level_strip_alt(strips: Mapping[str, Sequence[Stretch]], scale: Scale) -> str:
    """Return the strips in words: where each stands, its highest, and how often it changed."""
    return " ".join(_told(title, strip, scale) for title, strip in strips.items()) or "No warning problem."


def _told(title: str, strip: Sequence[Stretch], scale: Scale) -> str:
    levels = [one.level for one in strip if one.level is not None]
    if not strip or not levels:
        return f"{title}: never assessed."
    last = strip[-1].level
    state = "no assessment" if last is None else f"level {last} {scale.word(last)}"
    return f"{title}: {state} at the end, at most {max(levels)}, {len(strip) - 1} changes."


def _cell(row: int, one: Stretch, scale: Scale, inks: Inks) -> Row:
    label = level_label(one.level, "" if one.level is None else scale.word(one.level))
    return {
        "x": milliseconds(one.start),
        "x2": milliseconds(one.end),
        "y": row + BAR[0],
        "y2": row + BAR[1],
        "middle": row + sum(BAR) / 2,
        "fill": inks.level(one.level),
        "ink": inks.on_level(one.level),
        "text": level_mark(one.level),
        "told": f"{label}, {utc(one.start)} to {utc(one.end)}",
    }


def _events(row: int, title: str, events: Sequence[Event]) -> list[Row]:
    mine = [one for one in events if one.panel in (None, title)]
    return [
        {"x": milliseconds(one.at), "y": row + BAR[0] + 0.06, "y2": row + 1.0, "told": f"{utc(one.at)}: {one.title}"}
        for one in mine
    ]


def _hatch(row: int, one: Stretch, wide: float) -> list[Row]:
    if one.level is not None:
        return []
    lines = hatching(milliseconds(one.start), milliseconds(one.end), step=wide / 110, lean=wide / 40)
    tall = BAR[1] - BAR[0]
    return [{**line, "y": row + BAR[1] - tall * line["y"], "y2": row + BAR[1] - tall * line["y2"]} for line in lines]


@lru_cache(maxsize=16)
def _template(inks: Inks, count: int) -> str:
    x = time_axis()
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, count], nice=False, reverse=True))
    told = alt.Tooltip("told:N", title=" ")
    layers = (
        extent(),
        alt.Chart(rows("cells"))
        .mark_rect(stroke=inks.outline, strokeWidth=0.7)
        .encode(x=x, x2="x2", y=y, y2="y2", color=alt.Color("fill:N", scale=None), tooltip=told),
        alt.Chart(rows("hatch")).mark_rule(color=inks.outline).encode(x=x, x2="x2", y=y, y2="y2"),
        alt.Chart(rows("marks"))
        .mark_text(
            baseline="middle", fontSize=13, fontWeight=600, opacity=alt.ExprRef("width * datum.share > 30 ? 1 : 0")
        )
        .encode(x=x, y=y, text="text:N", color=alt.Color("ink:N", scale=None), tooltip=told),
        alt.Chart(rows("titles"))
        .mark_text(align="left", baseline="middle", fontSize=13)
        .encode(x=alt.value(0), y=y, text="text:N"),
        alt.Chart(rows("events")).mark_rule(color=inks.measure, strokeWidth=2.5).encode(x=x, y=y, y2="y2"),
        alt.Chart(rows("events"))
        .mark_point(shape="triangle-down", filled=True, size=110, opacity=1, color=inks.measure, stroke=inks.page)
        .encode(x=x, y=y, tooltip=told),
    )
    return template(layered(*layers), inks=inks, padding={"left": 1, "right": 1})
