"""Few's bullet graphs, one row a warning problem: one hue, five ranges, one measure, one comparative, one scale."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import altair as alt

from iw_monitor.telling.charts.template import Row, Spec, filled, hatching, layered, rows, signed, template
from iw_monitor.telling.charts.values import BulletRow, Scale
from iw_monitor.telling.inks import NO_ASSESSMENT, Inks, level_mark

ROW = 62  # pixels
FOOT = 22  # the marks of the levels under the last row
TITLE, BAR, MEASURE, TICK, INTERVAL = 0.17, (0.42, 0.77), (0.53, 0.66), (0.37, 0.82), 0.88  # shares of a row


def bullet(bullets: Sequence[BulletRow], scale: Scale, *, inks: Inks) -> Spec:
    """Return the bullet graphs of all rows in one chart, so that they line up. Stretches to any width."""
    shown = [one for one in enumerate(bullets) if one[1].level is not None]
    unknown = [one for one in enumerate(bullets) if one[1].level is None]
    hatched = [*unknown, *(one for one in shown if one[1].hatched)]
    data = {
        "ranges": [_range(row, level, low, high, inks) for row, _ in shown for level, low, high in scale.bands],
        "unknown": [{"x": scale.low, "x2": scale.high, **_span(row, BAR)} for row, _ in unknown],
        "hatch": [line for row, _ in hatched for line in _hatch(row, scale)],
        "measure": [_measure(row, one, scale) for row, one in shown],
        "interval": [_interval(row, one, scale) for row, one in shown],
        "past": [_past(row, one.day_ago, scale) for row, one in shown if one.day_ago is not None],
        "declared": [_declared(row, one.declared_level, scale) for row, one in shown if one.declared_level],
        "titles": [
            {"y": row + TITLE, "text": _title(one), "room": 12 + 7 * len(one.note)} for row, one in enumerate(bullets)
        ],
        "notes": [{"y": row + TITLE, "text": one.note} for row, one in enumerate(bullets)],
    }
    height = ROW * len(bullets) + FOOT
    return filled(_template(scale, inks, len(bullets)), data, height=height)


def bullet_alt(bullets: Sequence[BulletRow], scale: Scale) -> str:
    """Return the bullet graphs in words."""
    return " ".join(_told(one, scale) for one in bullets) or "No warning problem."


def _told(one: BulletRow, scale: Scale) -> str:
    if one.level is None:
        return f"{one.title}: no assessment."
    past = "" if one.day_ago is None else f", 24 hours ago {signed(one.day_ago)}"
    return (
        f"{one.title}: level {one.level}, {scale.word(one.level)}, {signed(one.points)} points, "
        f"interval {signed(one.low)} to {signed(one.high)}{past}{f', {one.note}' if one.note else ''}."
    )


def _title(one: BulletRow) -> str:
    return f"{level_mark(one.level)}  {one.title}{'' if one.level else f' · {NO_ASSESSMENT.lower()}'}"


def _span(row: int, shares: tuple[float, float]) -> Row:
    return {"y": row + shares[0], "y2": row + shares[1]}


def _range(row: int, level: int, low: float, high: float, inks: Inks) -> Row:
    return {"x": low, "x2": high, "fill": inks.ranges[level - 1], **_span(row, BAR)}


def _measure(row: int, one: BulletRow, scale: Scale) -> Row:
    return {"x": scale.low, "x2": scale.clipped(one.points), "told": _told(one, scale), **_span(row, MEASURE)}


def _interval(row: int, one: BulletRow, scale: Scale) -> Row:
    return {"x": scale.clipped(one.low), "x2": scale.clipped(one.high), "y": row + INTERVAL}


def _past(row: int, points: float, scale: Scale) -> Row:
    return {"x": scale.clipped(points), "told": f"24 h ago: {signed(points)}", **_span(row, TICK)}


def _declared(row: int, level: int, scale: Scale) -> Row:
    _, low, high = scale.bands[level - 1]
    return {"x": (low + high) / 2, "y": row + BAR[0] + 0.1, "told": f"Declared: {scale.word(level)}"}


def _hatch(row: int, scale: Scale) -> list[Row]:
    wide = scale.high - scale.low
    tall = BAR[1] - BAR[0]
    lines = hatching(scale.low, scale.high, step=wide / 48, lean=wide / 24)
    return [
        {"x": one["x"], "x2": one["x2"], "y": row + BAR[1] - tall * one["y"], "y2": row + BAR[1] - tall * one["y2"]}
        for one in lines
    ]


@lru_cache(maxsize=16)
def _template(scale: Scale, inks: Inks, count: int) -> str:
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[scale.low, scale.high], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, count + FOOT / ROW], nice=False, reverse=True))
    told = alt.Tooltip("told:N", title=" ")
    foot = alt.InlineData(
        values=[
            {"x": (low + high) / 2, "y": count + 0.16, "text": level_mark(level)} for level, low, high in scale.bands
        ]
    )
    layers = (
        alt.Chart(rows("ranges")).mark_rect().encode(x=x, x2="x2", y=y, y2="y2", color=alt.Color("fill:N", scale=None)),
        alt.Chart(rows("unknown")).mark_rect(fill=inks.unknown, stroke=inks.outline).encode(x=x, x2="x2", y=y, y2="y2"),
        alt.Chart(rows("hatch")).mark_rule(color=inks.outline).encode(x=x, x2="x2", y=y, y2="y2"),
        alt.Chart(rows("measure")).mark_rect(color=inks.measure).encode(x=x, x2="x2", y=y, y2="y2", tooltip=told),
        alt.Chart(rows("interval"))
        .mark_rule(color=inks.interval, strokeWidth=4, strokeCap="round")
        .encode(x=x, x2="x2", y=y),
        alt.Chart(rows("past")).mark_rule(color=inks.page, strokeWidth=7).encode(x=x, y=y, y2="y2"),
        alt.Chart(rows("past")).mark_rule(color=inks.text, strokeWidth=3).encode(x=x, y=y, y2="y2", tooltip=told),
        alt.Chart(rows("declared"))
        .mark_point(
            shape="M0,0L-0.8,-1.2L0.8,-1.2Z", size=130, fill=inks.page, stroke=inks.text, strokeWidth=1.5, opacity=1
        )
        .encode(x=x, y=y, tooltip=told),
        alt.Chart(rows("titles"))
        .mark_text(
            align="left", baseline="middle", fontSize=15, fontWeight=600, limit=alt.ExprRef("width - datum.room")
        )
        .encode(x=alt.value(0), y=y, text="text:N"),
        alt.Chart(rows("notes"))
        .mark_text(align="right", baseline="middle", fontSize=13, color=inks.muted)
        .encode(x=alt.value(alt.ExprRef("width")), y=y, text="text:N"),
        alt.Chart(foot).mark_text(baseline="middle", fontSize=12, color=inks.muted).encode(x=x, y=y, text="text:N"),
    )
    return template(layered(*layers), inks=inks, padding={"left": 2, "right": 2})
