"""The drawing of the timeline, without its values: panels above each other on one axis of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from iw_monitor.telling.charts.template import EACH_ITS_HEIGHT, Layer, extent, layered, rows, template, time_axis
from iw_monitor.telling.charts.values import Scale
from iw_monitor.telling.inks import Inks, level_mark

TALL, LOW = 260, 124  # pixels of a panel: alone, and among several
TITLE, STRIP, BETWEEN = 30, 16, 14
HEAD = 16  # for the time of the rule "as of"
FLAG = 15  # room for the text of an outcome
POINTS = "replace(format(datum.value, '+.4~g'), '-', '−')"


def _tall(count: int) -> int:
    return TALL if count == 1 else LOW


def _top(panel: int, count: int) -> int:
    return HEAD + TITLE + FLAG + panel * (TITLE + FLAG + _tall(count) + STRIP + BETWEEN)


def timeline_height(count: int) -> int:
    """Return the height of so many panels, in pixels."""
    return _top(count - 1, count) + _tall(count) + STRIP + 8 if count else HEAD + TITLE


@lru_cache(maxsize=16)
def timeline_template(scale: Scale, inks: Inks, count: int) -> str:
    """Return the template of so many panels; the places of a panel end in its number."""
    panels = [_panel_layers(panel, count, scale, inks) for panel in range(count)]
    as_of = alt.Chart(rows("as_of"))
    rule = as_of.mark_rule(color=inks.text, strokeWidth=1.5, strokeDash=[6, 3]).encode(x=time_axis())
    beside: dict[str, Any] = {"align": alt.ExprRef("datum.align"), "dx": alt.ExprRef("datum.dx")}
    label = as_of.mark_text(baseline="top", fontSize=12, color=inks.text, **beside).encode(
        x=time_axis(), y=alt.value(1), text="text:N"
    )
    chart = layered(*panels, layered(extent(), rule, label), resolve=EACH_ITS_HEIGHT)
    return template(chart, inks=inks, padding={"right": 4})


def _panel_layers(panel: int, count: int, scale: Scale, inks: Inks) -> Layer:
    top = _top(panel, count)
    bottom = top + _tall(count)
    axis = alt.Axis(
        title=None,
        grid=False,
        values=list(scale.boundaries),
        labelExpr=POINTS,
        orient="left",
        minExtent=30,
        maxExtent=30,
    )
    place = _Panel(
        data=lambda name: alt.Chart(rows(f"{name}{panel}")),
        y=lambda field: alt.Y(
            f"{field}:Q", axis=axis, scale=alt.Scale(domain=[scale.low, scale.high], range=[bottom, top], nice=False)
        ),
        top=top,
        bottom=bottom,
    )
    return layered(
        *_background(place, scale, inks), _course(place, inks), _level_strip(place, inks), *_happenings(place, inks)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """Where a panel lies, in pixels from the top, and how its layers find their rows and their scale."""

    data: Callable[[str], Layer]
    y: Callable[[str], alt.Y]
    top: int
    bottom: int


def _background(place: _Panel, scale: Scale, inks: Inks) -> tuple[Layer, ...]:
    bands = alt.InlineData(
        values=[
            {
                "low": low,
                "high": high,
                "middle": (low + high) / 2,
                "fill": inks.ranges[level - 1],
                "text": level_mark(level),
            }
            for level, low, high in scale.bands
        ]
    )
    return (
        alt.Chart(bands)
        .mark_rect(aria=False)
        .encode(y=place.y("low"), y2="high", color=alt.Color("fill:N", scale=None)),
        alt.Chart(bands)
        .mark_text(align="left", baseline="middle", dx=5, fontSize=12, color=inks.muted, aria=False)
        .encode(x=alt.value(alt.ExprRef("width")), y=place.y("middle"), text="text:N"),
        place.data("gaps")
        .mark_rule(color=inks.outline, strokeWidth=1, aria=False)
        .encode(x=time_axis(), x2="x2", y=place.y("y"), y2="y2"),
        place.data("title")
        .mark_text(align="left", baseline="middle", fontSize=14, fontWeight=600)
        .encode(x=alt.value(0), y=alt.value(place.top - FLAG - 14), text="text:N"),
    )


def _course(place: _Panel, inks: Inks) -> Layer:
    x = time_axis()
    told = [
        alt.Tooltip(
            "x:T",
            title="at",
            timeUnit=alt.TimeUnitParams(unit="yearmonthdatehoursminutes", utc=True),
            format="%d %b %Y %H:%MZ",
        ),
        alt.Tooltip("level:N", title="recommended"),
        alt.Tooltip("y:Q", title="points", format="+.1f"),
        alt.Tooltip("low:Q", title="interval from", format="+.1f"),
        alt.Tooltip("high:Q", title="to", format="+.1f"),
    ]
    course = alt.Chart()
    lines = layered(
        course.mark_area(color=inks.interval, opacity=0.42, interpolate="step-after", aria=False).encode(
            x=x, y=place.y("low"), y2="high", detail="run:N"
        ),
        course.mark_line(color=inks.measure, strokeWidth=2, interpolate="step-after", aria=False).encode(
            x=x, y=place.y("y"), detail="run:N"
        ),
        course.mark_point(size=120, opacity=0, filled=True, aria=False).encode(x=x, y=place.y("y"), tooltip=told),
        data=place.data("line").data.to_dict(),
    )
    now = place.data("now").mark_point(size=50, opacity=1, filled=True, color=inks.measure).encode(x=x, y=place.y("y"))
    return layered(lines, now)


def _level_strip(place: _Panel, inks: Inks) -> Layer:
    top, bottom = place.bottom + 3, place.bottom + 3 + STRIP
    cells = alt.Chart()
    wide_enough = alt.ExprRef("width * datum.share > 28 ? 1 : 0")
    return layered(
        cells.mark_rect(stroke=inks.outline, strokeWidth=0.6).encode(
            x=time_axis(),
            x2="x2",
            y=alt.value(top),
            y2=alt.value(bottom),
            color=alt.Color("fill:N", scale=None),
            tooltip=_told_by(),
        ),
        cells.mark_text(baseline="middle", fontSize=12, fontWeight=600, opacity=wide_enough, aria=False).encode(
            x=time_axis("middle"), y=alt.value((top + bottom) / 2), text="text:N", color=alt.Color("ink:N", scale=None)
        ),
        data=place.data("strip").data.to_dict(),
    )


def _happenings(place: _Panel, inks: Inks) -> tuple[Layer, ...]:
    x, top, bottom = time_axis(), place.top, place.bottom
    aside: dict[str, Any] = {
        "align": alt.ExprRef("datum.align"),
        "dx": alt.ExprRef("datum.dx"),
        "limit": alt.ExprRef("max(1, width * datum.room - 8)"),
        "opacity": alt.ExprRef("width * datum.room > 40 ? 1 : 0"),
    }
    return (
        place.data("events")
        .mark_rule(color=inks.muted, strokeWidth=2)
        .encode(x=x, y=alt.value(bottom - 10), y2=alt.value(bottom), tooltip=_told_by()),
        place.data("tripwires")
        .mark_point(shape="triangle-down", filled=True, size=100, color=inks.raises, opacity=1)
        .encode(x=x, y=alt.value(top + 8), tooltip=_told_by()),
        place.data("outcomes")
        .mark_rule(color=inks.text, strokeWidth=1.5)
        .encode(x=x, y=alt.value(top - FLAG), y2=alt.value(bottom), tooltip=_told_by()),
        place.data("outcomes")
        .mark_text(baseline="middle", fontSize=12, color=inks.text, **aside)
        .encode(x=x, y=alt.value(top - FLAG + 3), text="text:N", tooltip=_told_by()),
    )


def _told_by() -> alt.Tooltip:
    return alt.Tooltip("told:N", title=" ")
