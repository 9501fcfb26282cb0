"""One indicator over time: its level as steps, its reports as points by grade, and what age leaves of the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import altair as alt

from iw_monitor.telling.charts.sparkline import TOP, hatched, level_row, risers, span, sparkline_alt
from iw_monitor.telling.charts.template import (
    EACH_ITS_HEIGHT,
    Layer,
    Row,
    Spec,
    extent,
    extent_rows,
    filled,
    layered,
    milliseconds,
    rows,
    template,
    time_axis,
    utc,
)
from iw_monitor.telling.charts.values import Report, Stretch, Weight
from iw_monitor.telling.inks import Inks

LEVELS = (24, 184)  # pixels from top to bottom of the panel of levels
WEIGHTS = (216, 262)
HEIGHT_ALONE, HEIGHT = 192, 266
SIZES = {"A": 150, "B": 110, "C": 75, "D": 50}  # the better the source, the larger the point
SMALLEST = 36


def history(
    stretches: Sequence[Stretch],
    *,
    reports: Sequence[Report] = (),
    weights: Sequence[Weight] = (),
    as_of: datetime | None = None,
    inks: Inks,
) -> Spec:
    """Return the history. Hollow points do not count: they wait in the tray or were retracted."""
    start, end = _span(stretches, reports)
    data = {
        "extent": extent_rows(start, end),
        "steps": [level_row(one) for one in stretches if one.level is not None],
        "risers": risers(stretches),
        "hatch": hatched(stretches, start, end, lines=80),
        "reports": [{**_report(one, inks), "count": len(reports)} for one in reports],
        "weights": [{"x": milliseconds(one.at), "y": one.share} for one in weights],
        "as_of": [] if as_of is None else [{"x": milliseconds(as_of), "text": "as of"}],
    }
    height = HEIGHT if weights else HEIGHT_ALONE
    return filled(_template(inks, bool(weights)), data, height=height)


def history_alt(stretches: Sequence[Stretch], *, reports: Sequence[Report] = ()) -> str:
    """Return the history in words."""
    counted = sum(1 for one in reports if one.counted)
    newest = max(reports, key=lambda one: one.at, default=None)
    last = f" The newest is level {newest.level}, graded {newest.grade}, of {utc(newest.at)}." if newest else ""
    return f"{sparkline_alt(stretches)} {len(reports)} reports, {counted} of them count.{last}"


def _span(stretches: Sequence[Stretch], reports: Sequence[Report]) -> tuple[int, int]:
    if stretches:
        return span(stretches)
    instants = [milliseconds(one.at) for one in reports] or [0, 86_400_000]
    return min(instants), max(*instants, min(instants) + 1)


def _report(one: Report, inks: Inks) -> Row:
    told = f"{utc(one.at)} · level {one.level} · {one.grade}{'' if one.counted else ' · does not count'}"
    fill = inks.interval if one.counted else inks.page
    size = SIZES.get(one.grade[:1], SMALLEST)
    return {
        "x": milliseconds(one.at),
        "y": one.level,
        "size": size,
        "fill": fill,
        "told": told,
        "statement": one.statement,
        "grade": one.grade,
    }


@lru_cache(maxsize=8)
def _template(inks: Inks, weighted: bool) -> str:
    panels = [_levels(inks), *([_weights(inks)] if weighted else [])]
    chart = layered(*panels, resolve=EACH_ITS_HEIGHT)
    return template(chart, inks=inks, padding={"left": 0, "right": 8})


def _levels(inks: Inks) -> Layer:
    x = time_axis()
    axis = alt.Axis(
        title=None, values=list(range(TOP + 1)), format="d", grid=True, orient="left", minExtent=30, maxExtent=30
    )
    top, bottom = LEVELS
    y = alt.Y("y:Q", axis=axis, scale=alt.Scale(domain=[0, TOP], range=[bottom, top], nice=False))
    told = [alt.Tooltip("told:N", title=" "), alt.Tooltip("statement:N", title="report")]
    as_of = alt.Chart(rows("as_of"))
    return layered(
        extent(),
        alt.Chart(rows("hatch")).mark_rule(color=inks.outline, strokeWidth=1).encode(x=x, x2="x2", y=y, y2="y2"),
        alt.Chart(rows("risers")).mark_rule(color=inks.measure, strokeWidth=1.2).encode(x=x, y=y, y2="y2"),
        alt.Chart(rows("steps"))
        .mark_rule(color=inks.measure, strokeWidth=2.4, strokeDash=alt.ExprRef("datum.dash"))
        .encode(x=x, x2="x2", y=y, tooltip=alt.Tooltip("told:N", title=" ")),
        alt.Chart(rows("reports"))
        .mark_point(filled=True, opacity=1, stroke=inks.text, strokeWidth=1.2)
        .encode(x=x, y=y, size=alt.Size("size:Q", scale=None), fill=alt.Fill("fill:N", scale=None), tooltip=told),
        alt.Chart(rows("reports"))
        .mark_text(dy=-14, fontSize=11, color=inks.muted, opacity=alt.ExprRef("width / datum.count > 34 ? 1 : 0"))
        .encode(x=x, y=y, text="grade:N"),
        as_of.mark_rule(color=inks.text, strokeDash=[6, 3]).encode(x=x, y=alt.value(top), y2=alt.value(bottom)),
    )


def _weights(inks: Inks) -> Layer:
    x = time_axis()
    axis = alt.Axis(title=None, values=[0, 1], format="d", grid=True, orient="left", minExtent=30, maxExtent=30)
    top, bottom = WEIGHTS
    y = alt.Y("y:Q", axis=axis, scale=alt.Scale(domain=[0, 1], range=[bottom, top], nice=False))
    title = alt.InlineData(values=[{"text": "what age leaves of the evidence, 1 to 0"}])
    return layered(
        alt.Chart(rows("weights"))
        .mark_area(color=inks.interval, opacity=0.35, line={"color": inks.interval, "strokeWidth": 1.5})
        .encode(x=x, y=y, tooltip=[alt.Tooltip("y:Q", title="weight", format=".2f")]),
        alt.Chart(title)
        .mark_text(align="left", baseline="middle", fontSize=12, color=inks.muted)
        .encode(x=alt.value(0), y=alt.value(top - 12), text="text:N"),
    )
