"""Calibration: what was said beside how often it happened, one panel for each horizon, on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import altair as alt

from iw_monitor.telling.charts.template import Row, Spec, filled, layered, rows, template
from iw_monitor.telling.charts.values import Said
from iw_monitor.telling.inks import Inks

SIDE = 250  # pixels of a panel's height; three fit beside one another, and below one another on a phone
SMALLEST, LARGEST = 60, 1400  # pixels squared


def calibration(said: Sequence[Said], *, inks: Inks) -> Spec:
    """Return forecasts against outcomes; a circle for each bin, its area and number the days in it."""
    most = max((one.days for one in said), default=1)
    data: Mapping[str, Sequence[Row]] = {
        "bins": [_circle(one, most) for one in said],
        "off": [{"x": one.forecast, "y": one.forecast, "y2": one.observed} for one in said],
        "honest": [{"x": 0.0, "y": 0.0, "x2": 1.0, "y2": 1.0}],
    }
    return filled(_template(inks), data, height=SIDE)


def calibration_alt(said: Sequence[Said]) -> str:
    """Return the circles in words."""
    told = [f"{one.days} days said {one.forecast:.0%} on average and {one.observed:.0%} came true" for one in said]
    return "; ".join(told) + "." if told else "No forecast was scored."


def _circle(one: Said, most: int) -> Row:
    return {
        "x": one.forecast,
        "y": one.observed,
        "size": SMALLEST + (LARGEST - SMALLEST) * one.days / most,
        "days": str(one.days),
        "told": f"{one.days} days: said {one.forecast:.1%} on average, came true {one.observed:.1%}",
    }


@lru_cache(maxsize=4)
def _template(inks: Inks) -> str:
    share = alt.Scale(domain=[-0.04, 1.04], nice=False)
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    x = alt.X("x:Q", scale=share, axis=alt.Axis(title="said", values=ticks, format="%", grid=True))
    y = alt.Y("y:Q", scale=share, axis=alt.Axis(title="came true", values=ticks, format="%", grid=True))
    told = alt.Tooltip("told:N", title=" ")
    layers = (
        alt.Chart(rows("honest")).mark_rule(color=inks.outline, strokeDash=[4, 4]).encode(x=x, y=y, x2="x2", y2="y2"),
        alt.Chart(rows("off")).mark_rule(color=inks.raises, strokeWidth=1.5).encode(x=x, y=y, y2="y2"),
        alt.Chart(rows("bins"))
        .mark_point(filled=True, shape="circle", opacity=1, color=inks.interval, stroke=inks.page)
        .encode(x=x, y=y, size=alt.Size("size:Q", scale=None), tooltip=told),
        alt.Chart(rows("bins"))
        .mark_text(align="left", baseline="middle", dx=alt.ExprRef("sqrt(datum.size) / 2 + 3"), fontSize=12)
        .encode(x=x, y=y, text="days:N"),
    )
    return template(layered(*layers), inks=inks, padding={"right": 12})
