"""The drawing of the gauge, without its values: defined once for a scale and a theme, in fixed pixels."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import altair as alt

from iw_monitor.telling.charts.template import Layer, layered, rows, template
from iw_monitor.telling.inks import LIGHT, Inks

WIDTH = 500
CENTRE_X, CENTRE_Y = 250, 236
OUTER, INNER = 186, 130
ACCENT = (191, 197)  # arc outside the band of the level that is shown
INTERVAL = (113, 123)
NEEDLE = 129  # its tip touches the bands and leaves their numbers free
HALF = math.pi / 2
PLATE = (116, 266, 384, 320)

_INKS = ("page", "text", "muted", "outline", "grid", "measure", "interval")  # those that the drawing itself has


@lru_cache(maxsize=8)
def gauge_template(inks: Inks) -> str:
    """Return the template of the gauge; its places are the keys of what ``gauge`` fills in."""
    text = _drawn()
    for name in _INKS:
        text = text.replace(json.dumps(f"@{name}"), json.dumps(getattr(inks, name)))
    return text


@cache
def _drawn() -> str:
    """Return the template with names for inks: Altair takes a quarter of a second, and the themes share one drawing."""
    inks = replace(
        LIGHT,
        page="@page",
        text="@text",
        muted="@muted",
        outline="@outline",
        grid="@grid",
        measure="@measure",
        interval="@interval",
    )
    layers = (
        _ring("bands", INNER, OUTER, stroke=inks.outline),
        _rules("hatch", color=alt.Color("ink:N", scale=None), width=1.5, opacity=0.6),
        _patches(),
        _ring("accent", *ACCENT, fill=inks.measure),
        _ring("interval", *INTERVAL, fill=inks.interval, round_by=5),
        _rules("ticks", color=alt.value(inks.page), width=5),
        _rules("ticks", color=alt.value(inks.text), width=2.4, dashed=True),
        _pointers("declared", inks),
        _needle(inks),
        _hub(size=620, ink=inks.measure),
        _hub(size=90, ink=inks.page),
        _plate(inks),
        _texts(),
    )
    return template(layered(*layers, width=WIDTH), inks=inks)


def _hub(*, size: int, ink: str) -> Layer:
    mark = alt.Chart(rows("needle")).mark_point(filled=True, size=size, color=ink, opacity=1, aria=False)
    return mark.encode(x=alt.value(CENTRE_X), y=alt.value(CENTRE_Y))


def _x(field: str = "x") -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))


def _y(field: str = "y") -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, "@height"], nice=False, reverse=True))


def _ring(
    name: str, inner: float, outer: float, *, fill: str | None = None, stroke: str | None = None, round_by: int = 0
) -> Layer:
    turn = alt.Scale(domain=[-HALF, HALF], range=[-HALF, HALF], nice=False)
    colour = alt.Color("fill:N", scale=None) if fill is None else alt.value(fill)
    outline: dict[str, Any] = {} if stroke is None else {"stroke": stroke, "strokeWidth": 1}
    mark = alt.Chart(rows(name)).mark_arc(
        innerRadius=inner, outerRadius=outer, cornerRadius=round_by, x=CENTRE_X, y=CENTRE_Y, **outline
    )
    return mark.encode(theta=alt.Theta("start:Q", scale=turn, stack=None), theta2="end", color=colour)


def _rules(name: str, *, color: object, width: float, dashed: bool = False, opacity: float = 1) -> Layer:
    dash: dict[str, Any] = {"strokeDash": alt.ExprRef("datum.dash")} if dashed else {}
    mark = alt.Chart(rows(name)).mark_rule(strokeWidth=width, strokeCap="butt", opacity=opacity, **dash)
    chart = mark.encode(x=_x(), y=_y(), x2="x2", y2="y2", color=color)
    return chart.encode(tooltip=alt.Tooltip("title:N", title="It stood")) if dashed else chart


def _patches() -> Layer:
    mark = alt.Chart(rows("patches")).mark_point(filled=True, size=1700, opacity=1, aria=False)
    return mark.encode(x=_x(), y=_y(), color=alt.Color("fill:N", scale=None))


def _pointers(name: str, inks: Inks) -> Layer:
    mark = alt.Chart(rows(name)).mark_point(
        shape="M0,0L-0.8,-1.3L0.8,-1.3Z", size=420, fill=inks.page, stroke=inks.text, strokeWidth=2, opacity=1
    )
    return mark.encode(
        x=_x(), y=_y(), angle=alt.Angle("angle:Q", scale=None), tooltip=alt.Tooltip("title:N", title="Officer")
    )


def _needle(inks: Inks) -> Layer:
    mark = alt.Chart(rows("needle")).mark_point(
        shape="M-0.065,0L-0.012,-1L0.012,-1L0.065,0Z",
        size=(2 * NEEDLE) ** 2,
        fill=inks.measure,
        stroke=inks.page,
        strokeWidth=1.5,
        opacity=1,
    )
    return mark.encode(x=alt.value(CENTRE_X), y=alt.value(CENTRE_Y), angle=alt.Angle("angle:Q", scale=None))


def _plate(inks: Inks) -> Layer:
    left, top, right, bottom = PLATE
    mark = alt.Chart(rows("plate")).mark_rect(cornerRadius=6, stroke=inks.outline, strokeWidth=1)
    return mark.encode(
        x=alt.value(left),
        x2=alt.value(right),
        y=alt.value(top),
        y2=alt.value(bottom),
        color=alt.Color("fill:N", scale=None),
    )


def _texts() -> Layer:
    mark = alt.Chart(rows("texts")).mark_text(
        baseline="middle", align=alt.ExprRef("datum.align"), fontWeight=alt.ExprRef("datum.weight"), limit=WIDTH
    )
    return mark.encode(
        x=_x(), y=_y(), text="text:N", size=alt.Size("size:Q", scale=None), color=alt.Color("ink:N", scale=None)
    )
