"""Waterfalls: how a sum came about, part by part, so that anyone can add it up.

A bar that points right raises, a bar that points left lowers; its label carries the sign, the column at the right the
sum so far. Each row can be clicked (point selection ``bar``, field ``id``). Wide, the titles stand beside the bars;
narrow, above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

import altair as alt

from iw_monitor.telling.charts.template import Layer, Row, Spec, filled, layered, rows, signed, template
from iw_monitor.telling.charts.values import TOLERANCE, Part, Scale
from iw_monitor.telling.inks import Inks, level_mark

ROW = 36
HEAD = 1.0  # rows above the first: the marks of the levels
NARROW = "width < 560"
SMALL = 0.05  # parts below this are drawn as one


def waterfall(prior: float, parts: Sequence[Part], points: float, *, scale: Scale, inks: Inks) -> Spec:
    """Return how prior and parts add up to the points. ``points`` may be clipped: then the last bar says so."""
    ends = (("Prior", prior), ("Points", points))
    return _waterfall(ends, parts, scale, inks, waterfall_alt(prior, parts, points, scale=scale))


def difference(
    before: float,
    parts: Sequence[Part],
    after: float,
    *,
    scale: Scale,
    inks: Inks,
    before_title: str = "A",
    after_title: str = "B",
) -> Spec:
    """Return how the parts' changes lead from the points at A to those at B."""
    told = difference_alt(before, parts, after, before_title=before_title, after_title=after_title)
    return _waterfall(((before_title, before), (after_title, after)), parts, scale, inks, told)


def waterfall_alt(prior: float, parts: Sequence[Part], points: float, *, scale: Scale) -> str:
    """Return the waterfall in words, largest parts first."""
    level = scale.level_of(points)
    end = f"points {signed(points)}, in the band of level {level} {scale.word(level)}"
    return f"Prior {signed(prior)}; {_told(parts)}; {end}."


def difference_alt(
    before: float, parts: Sequence[Part], after: float, *, before_title: str = "A", after_title: str = "B"
) -> str:
    """Return the difference in words, largest changes first."""
    end = f"{after_title} {signed(after)}; change {signed(after - before)}"
    return f"{before_title} {signed(before)}; {_told(parts)}; {end}."


def _told(parts: Sequence[Part]) -> str:
    largest = sorted(parts, key=lambda part: -abs(part.value))
    return (
        "; ".join(f"{part.title} {signed(part.value)}" for part in largest if abs(part.value) >= SMALL)
        or "nothing else counts"
    )


def arranged(parts: Iterable[Part]) -> list[Part]:
    """Return the parts as drawn: families by what they move, in them the largest first, the tiny ones as one, last."""
    listed = list(parts)
    large = [part for part in listed if abs(part.value) >= SMALL]
    tiny = [part for part in listed if 0 < abs(part.value) < SMALL]
    moved: dict[str, float] = {}
    for part in large:
        moved[part.group] = moved.get(part.group, 0.0) + abs(part.value)
    large.sort(key=lambda part: (-moved[part.group], part.group, -abs(part.value), part.id))
    if not tiny:
        return large
    rest = Part(
        id="", title=f"{len(tiny)} more, each under {SMALL:g}", group="", value=sum(part.value for part in tiny)
    )
    return [*large, rest]


def _waterfall(
    ends: tuple[tuple[str, float], tuple[str, float]], parts: Sequence[Part], scale: Scale, inks: Inks, told: str
) -> Spec:
    (start_title, start), (end_title, end) = ends
    bars, heads = _stacked(start, arranged(parts))
    total = start + sum(part.value for part in parts)
    foot = bars[-1]["y"] + 1 if bars else 2.5
    if abs(total - end) > TOLERANCE:  # clipped: the rest must be seen too, or the page would not add up
        bars.append(_bar(foot, Part(id="", title="Held at the end of the scale", group="", value=end - total), total))
        foot += 1
    totals = [_end(HEAD + 0.5, start_title, start), _end(foot, end_title, end)]
    low, high = _reach([start, end, *(bar["sum"] for bar in bars)], scale)
    data = {
        "bars": bars,
        "heads": heads,
        "joins": _joins(totals[0], bars, foot),
        "ends": totals,
        "bands": _bands(scale, low, high, foot + 0.5),
        "edges": [{"x": edge, "y": HEAD * 0.55, "y2": foot + 0.5} for edge in scale.boundaries if low < edge < high],
    }
    slots = {"@low": low, "@high": high, "@foot": foot + 0.5}
    return filled(_template(inks), data, slots=slots, height=round(ROW * (foot + 0.5)))


def _stacked(start: float, parts: Sequence[Part]) -> tuple[list[Row], list[Row]]:
    bars: list[Row] = []
    heads: list[Row] = []
    total, y = start, HEAD + 0.5
    for group, members in groupby(parts, key=lambda part: part.group):
        heads.append({"y": y + 0.78, "text": group.upper()})
        y += 0.5 if group else 0.0
        for part in members:
            y += 1
            bars.append(_bar(y, part, total))
            total += part.value
    return bars, [head for head in heads if head["text"]]


def _bar(y: float, part: Part, total: float) -> Row:
    return {
        "id": part.id,
        "title": part.title,
        "y": y,
        "x": total,
        "x2": total + part.value,
        "right": max(total, total + part.value),
        "sum": total + part.value,
        "label": signed(part.value, 1 if abs(part.value) >= SMALL else 2),
        "total": signed(total + part.value),
        "raises": part.value > 0,
        "told": f"{part.title}: {signed(part.value, 2)} points{f'. {part.note}' if part.note else ''}",
    }


def _end(y: float, title: str, points: float) -> Row:
    return {"y": y, "x": points, "title": title, "total": signed(points)}


def _joins(first: Row, bars: Sequence[Row], foot: float) -> list[Row]:
    """Return the vertical lines that carry the running total from each row to the next."""
    carried = [(first["y"], first["x"]), *((bar["y"], bar["sum"]) for bar in bars)]
    below = [*(bar["y"] for bar in bars), foot]
    return [{"x": total, "y": y, "y2": y2} for (y, total), y2 in zip(carried, below, strict=True)]


def _reach(sums: Sequence[float], scale: Scale) -> tuple[float, float]:
    """Return the part of the scale that is drawn: all sums and the nearest boundary on both sides."""
    low, high = min(sums), max(sums)
    lower = [edge for edge in scale.boundaries if edge < low]
    upper = [edge for edge in scale.boundaries if edge > high]
    return min(low, lower[-1] if lower else scale.low) - 1, max(high, upper[0] if upper else scale.high) + 1


def _bands(scale: Scale, low: float, high: float, foot: float) -> list[Row]:
    cut = [(level, max(left, low), min(right, high)) for level, left, right in scale.bands]
    return [
        {
            "x": left,
            "x2": right,
            "middle": (left + right) / 2,
            "y": HEAD * 0.25,
            "y2": foot,
            "level": level,
            "text": level_mark(level),
            "share": (right - left) / (high - low),
        }
        for level, left, right in cut
        if right > left
    ]


@lru_cache(maxsize=4)
def _template(inks: Inks) -> str:
    x, y = _x(), _y()
    told = alt.Tooltip("told:N", title=" ")
    ink = alt.condition("datum.raises", alt.value(inks.raises), alt.value(inks.lowers))
    down = alt.ExprRef(f"{NARROW} ? 8 : 0")
    clicked = alt.selection_point(name="bar", empty=False)
    ranges = alt.Scale(domain=[1, 2, 3, 4, 5], range=list(inks.ranges))
    layers = (
        alt.Chart(rows("bands"))
        .mark_rect()
        .encode(
            x=x,
            x2="x2",
            y=alt.value(24),
            y2=alt.value(alt.ExprRef("height")),
            color=alt.Color("level:Q", scale=ranges, legend=None),
        ),
        alt.Chart(rows("edges")).mark_rule(color=inks.outline, strokeDash=[2, 3]).encode(x=x, y=y, y2="y2"),
        alt.Chart(rows("bands"))
        .mark_text(
            baseline="middle",
            fontSize=12,
            fontWeight=600,
            color=inks.muted,
            opacity=alt.ExprRef("width * datum.share > 44 ? 1 : 0"),
        )
        .encode(x=_x("middle"), y=alt.value(10), text="text:N"),
        alt.Chart(rows("joins")).mark_rule(color=inks.outline, yOffset=down, y2Offset=down).encode(x=x, y=y, y2="y2"),
        alt.Chart(rows("bars")).mark_rule(strokeWidth=14, yOffset=down).encode(x=x, x2="x2", y=y, color=ink),
        alt.Chart(rows("bars"))
        .mark_point(filled=True, opacity=1, size=90, yOffset=down)
        .encode(
            x=_x("x2"),
            y=y,
            color=ink,
            shape=alt.condition("datum.raises", alt.value("triangle-right"), alt.value("triangle-left")),
        ),
        alt.Chart(rows("bars"))
        .mark_text(align="left", baseline="middle", dx=8, dy=down, fontSize=13, fontWeight=600)
        .encode(x=_x("right"), y=y, text="label:N"),
        _titles("bars", weight=400, halo=inks.ranges[2]),
        _titles("bars", weight=400),
        _titles("ends", weight=700, halo=inks.ranges[2]),
        _titles("ends", weight=700),
        alt.Chart(alt.InlineData(values=[{"text": "sum so far"}]))
        .mark_text(align="right", baseline="middle", fontSize=12, color=inks.muted)
        .encode(x=alt.value(alt.ExprRef("width")), y=alt.value(10), text="text:N"),
        _totals("bars", weight=400, ink=inks.muted),
        _totals("ends", weight=700, ink=inks.text),
        alt.Chart(rows("heads"))
        .mark_text(align="left", baseline="middle", fontSize=11, fontWeight=600, aria=False, **_halo(inks.ranges[2]))
        .encode(x=alt.value(0), y=y, text="text:N"),
        alt.Chart(rows("heads"))
        .mark_text(align="left", baseline="middle", fontSize=11, fontWeight=600, color=inks.text)
        .encode(x=alt.value(0), y=y, text="text:N"),
        alt.Chart(rows("ends"))
        .mark_point(shape="diamond", filled=True, size=190, opacity=1, color=inks.measure, yOffset=down)
        .encode(x=x, y=y),
        alt.Chart(rows("bars"))
        .mark_rect(fill=inks.text, cursor="pointer", height=ROW)
        .encode(
            x=alt.value(0),
            x2=alt.value(alt.ExprRef("width")),
            y=y,
            opacity=alt.condition(clicked, alt.value(0.08), alt.value(0)),
            tooltip=told,
        )
        .properties(name="rows"),
    )
    params = [{"name": clicked.name, "select": {"type": "point", "fields": ["id"]}, "views": ["rows"]}]
    return template(layered(*layers, params=params), inks=inks)


def _x(field: str = "x") -> alt.X:
    reach = [alt.ExprRef(f"{NARROW} ? 0 : 236"), alt.ExprRef("width - 84")]
    return alt.X(
        f"{field}:Q", axis=None, scale=alt.Scale(domain=["@low", "@high"], range=reach, nice=False, zero=False)
    )


def _y() -> alt.Y:
    return alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, "@foot"], nice=False, reverse=True))


def _halo(ink: str) -> dict[str, Any]:
    """Return the look of a text's shadow: narrow, titles lie upon lines and must stay readable."""
    return {"stroke": ink, "strokeWidth": 5, "strokeJoin": "round", "opacity": alt.ExprRef(f"{NARROW} ? 1 : 0")}


def _titles(name: str, *, weight: Literal[400, 700], halo: str | None = None) -> Layer:
    up = alt.ExprRef(f"{NARROW} ? -10 : 0")
    limit = alt.ExprRef(f"{NARROW} ? width - 60 : 228")
    around = {} if halo is None else _halo(halo)
    mark = alt.Chart(rows(name)).mark_text(
        align="left", baseline="middle", dy=up, limit=limit, fontSize=13, fontWeight=weight, aria=halo is None, **around
    )
    return mark.encode(x=alt.value(0), y=_y(), text="title:N")


def _totals(name: str, *, weight: Literal[400, 700], ink: str) -> Layer:
    mark = alt.Chart(rows(name)).mark_text(
        align="right", baseline="middle", dy=alt.ExprRef(f"{NARROW} ? 8 : 0"), fontSize=13, fontWeight=weight, color=ink
    )
    return mark.encode(x=alt.value(alt.ExprRef("width")), y=_y(), text="total:N")
