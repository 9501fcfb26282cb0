"""Tornado: what a level hangs on, each indicator changed alone, the widest at the top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import altair as alt

from iw_monitor.telling.charts.template import Layer, Row, Spec, filled, layered, rows, signed, template
from iw_monitor.telling.charts.values import Swing
from iw_monitor.telling.inks import Inks, level_mark

ROW = 44  # pixels: a line for the title, a line for the bar
DOWN = 30  # where in its row a bar lies


def tornado(swings: Sequence[Swing], *, inks: Inks) -> Spec:
    """Return one bar each way for every indicator; a change that crosses a boundary says the level it brings."""
    reach = 1.28 * max((abs(one) for each in swings for one in (each.low, each.high)), default=1.0) or 1.0
    bars = [bar for row, one in enumerate(swings) for bar in _bars(row, one)]
    data = {
        "bars": bars,
        "crossing": [bar for bar in bars if bar["crosses"]],
        "raising": [bar for bar in bars if bar["raises"]],
        "lowering": [bar for bar in bars if not bar["raises"]],
        "titles": [{"y": row, "text": one.title} for row, one in enumerate(swings)],
        "zero": [{"x": 0.0}],
    }
    slots = {"@reach": reach, "@back": -reach, "@rows": float(len(swings))}
    return filled(_template(inks), data, slots=slots, height=ROW * len(swings))


def tornado_alt(swings: Sequence[Swing]) -> str:
    """Return the bars in words, the widest first."""
    told = [
        f"{one.title}: {signed(one.low)} ({one.low_says}) to {signed(one.high)} ({one.high_says})" for one in swings
    ]
    return "; ".join(told) + "." if told else "No indicator moves it."


def _bars(row: int, one: Swing) -> list[Row]:
    ends = ((one.low, one.low_says, one.low_crosses), (one.high, one.high_says, one.high_crosses))
    return [_bar(row, one.title, *end) for end in ends if end[0]]


def _bar(row: int, title: str, points: float, says: str, crosses: int | None) -> Row:
    brings = "" if crosses is None else f" → {level_mark(crosses)}"
    return {
        "y": row,
        "x": 0.0,
        "x2": points,
        "raises": points > 0,
        "crosses": crosses is not None,
        "label": f"{signed(points)}{brings}",
        "told": f"{title}, {says}: {signed(points, 2)} points{brings}",
    }


@lru_cache(maxsize=4)
def _template(inks: Inks) -> str:
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, "@rows"], nice=False, reverse=True))
    told = alt.Tooltip("told:N", title=" ")
    ink = alt.condition("datum.raises", alt.value(inks.raises), alt.value(inks.lowers))
    layers = (
        alt.Chart(rows("zero")).mark_rule(color=inks.outline).encode(x=_x()),
        alt.Chart(rows("bars"))
        .mark_rule(strokeWidth=13, yOffset=DOWN, y2Offset=DOWN)
        .encode(x=_x(), x2="x2", y=y, color=ink, tooltip=told),
        alt.Chart(rows("crossing"))
        .mark_point(
            shape="diamond", filled=True, size=110, opacity=1, color=inks.measure, stroke=inks.page, yOffset=DOWN
        )
        .encode(x=_x("x2"), y=y, tooltip=told),
        _labels("raising", "left", 8),
        _labels("lowering", "right", -8),
        alt.Chart(rows("titles"))
        .mark_text(align="left", baseline="middle", dy=12, fontSize=13)
        .encode(x=alt.value(0), y=y, text="text:N"),
    )
    return template(layered(*layers), inks=inks)


def _x(field: str = "x") -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=["@back", "@reach"], nice=False))


def _labels(name: str, align: Literal["left", "right"], dx: int) -> Layer:
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, "@rows"], nice=False, reverse=True))
    mark = alt.Chart(rows(name)).mark_text(
        align=align, baseline="middle", dx=dx, dy=DOWN, fontSize=12, fontWeight=alt.ExprRef("datum.crosses ? 700 : 400")
    )
    return mark.encode(x=_x("x2"), y=y, text="label:N")
