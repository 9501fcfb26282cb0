"""How evidence ages: full weight while fresh, halved by each half-life once stale, none when unknown (METHOD 4.3)."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import altair as alt

from iw_monitor.telling.charts.template import Row, Spec, filled, hatching, layered, rows, template
from iw_monitor.telling.inks import Inks

HEIGHT = 132
DAY = timedelta(days=1)
POINTS = 40  # of the falling part of the curve
BEYOND = 1.12  # how far the picture goes past the point of no knowledge


def ageing(
    half_life: timedelta,
    cadence: timedelta,
    *,
    fresh_for: float = 1.0,
    unknown_after: float = 3.0,
    age: timedelta | None = None,
    inks: Inks,
) -> Spec:
    """Return the ageing curve with a point at the present age, held at the right end when it is older than that."""
    fresh, unknown = fresh_for * (half_life / DAY), unknown_after * (half_life / DAY)
    end = unknown * BEYOND
    due = min(cadence / DAY, fresh)
    zones = [("fresh", 0.0, due, 0), ("due", due, fresh, 1), ("stale", fresh, unknown, 2), ("unknown", unknown, end, 3)]
    data = {
        "zones": [_zone(name, low, high, end, inks.ranges[tone]) for name, low, high, tone in zones if high > low],
        "hatch": hatching(unknown, end, step=end / 90, lean=end / 14),
        "curve": [{"x": days, "y": weight} for days, weight in _curve(half_life / DAY, fresh, unknown, end)],
        "now": [] if age is None else [_now(age / DAY, half_life / DAY, fresh, unknown, end)],
    }
    return filled(_template(inks), data, slots={"@end": end}, height=HEIGHT)


def ageing_alt(
    half_life: timedelta,
    cadence: timedelta,
    *,
    fresh_for: float = 1.0,
    unknown_after: float = 3.0,
    age: timedelta | None = None,
) -> str:
    """Return the curve in words."""
    days = half_life / DAY
    told = (
        f"A report counts in full for {fresh_for * days:g} days (a re-check is due after {cadence / DAY:g}), "
        f"then halves every {days:g} days, and counts as unknown after {unknown_after * days:g} days."
    )
    if age is None:
        return f"{told} Nothing was ever reported."
    return f"{told} It is {age / DAY:.1f} days old."


def weight(days: float, half_life: float, fresh: float, unknown: float) -> float:
    """Return what an age in days leaves of the evidence: the curve as drawn."""
    if days > unknown:
        return 0.0
    return 1.0 if days <= fresh else float(2.0 ** (-(days - fresh) / half_life))


def _curve(half_life: float, fresh: float, unknown: float, end: float) -> list[tuple[float, float]]:
    falling = [fresh + (unknown - fresh) * step / POINTS for step in range(POINTS + 1)]
    return [
        (0.0, 1.0),
        *((days, weight(days, half_life, fresh, unknown)) for days in falling),
        (unknown, 0.0),
        (end, 0.0),
    ]


def _zone(name: str, low: float, high: float, end: float, fill: str) -> Row:
    return {"x": low, "x2": high, "middle": (low + high) / 2, "text": name, "fill": fill, "share": (high - low) / end}


def _now(days: float, half_life: float, fresh: float, unknown: float, end: float) -> Row:
    return {"x": min(days, end), "y": weight(days, half_life, fresh, unknown), "text": f"now: {days:.1f} d"}


@lru_cache(maxsize=4)
def _template(inks: Inks) -> str:
    axis = alt.Axis(
        title=None,
        grid=False,
        ticks=True,
        tickColor=inks.outline,
        tickCount=alt.ExprRef("width / 70"),
        labelExpr="datum.label + ' d'",
    )
    aged = alt.Scale(domain=[0, "@end"], nice=False)
    x = alt.X("x:Q", axis=axis, scale=aged)
    y_axis = alt.Axis(title=None, values=[0, 0.5, 1], grid=True, format="%")
    weighed = alt.Scale(domain=[0, 1.3], nice=False)
    y = alt.Y("y:Q", axis=y_axis, scale=weighed)
    wide = alt.ExprRef("width * datum.share > 34 ? 1 : 0")
    layers = (
        alt.Chart(rows("zones")).mark_rect().encode(x=x, x2="x2", color=alt.Color("fill:N", scale=None)),
        alt.Chart(rows("hatch"))
        .mark_rule(color=inks.outline)
        .transform_calculate(top="1.08 * datum.y2", foot="1.08 * datum.y")
        .encode(x=x, x2="x2", y=alt.Y("foot:Q", axis=y_axis, scale=weighed), y2="top"),
        alt.Chart(rows("zones"))
        .mark_text(baseline="top", dy=4, fontSize=12, fontWeight=600, color=inks.text, opacity=wide)
        .encode(x=alt.X("middle:Q", axis=axis, scale=aged), y=alt.value(0), text="text:N"),
        alt.Chart(rows("curve")).mark_line(color=inks.measure, strokeWidth=2.2).encode(x=x, y=y),
        alt.Chart(rows("now")).mark_rule(color=inks.raises, strokeWidth=1.5).encode(x=x),
        alt.Chart(rows("now"))
        .mark_point(filled=True, size=130, color=inks.raises, stroke=inks.page, opacity=1)
        .encode(x=x, y=y, tooltip=alt.Tooltip("text:N", title=" ")),
    )
    return template(layered(*layers), inks=inks, padding={"right": 8})
