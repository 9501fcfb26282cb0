"""A small line of an indicator's level, 0 to 4: dashed while stale, hatched where nothing was known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import altair as alt

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
from iw_monitor.telling.charts.values import Stretch
from iw_monitor.telling.inks import Inks

HEIGHT = 44
TOP = 4  # highest level of an indicator


def sparkline(stretches: Sequence[Stretch], *, inks: Inks) -> Spec:
    """Return the sparkline. It spans from the first stretch's start to the last one's end."""
    start, end = span(stretches)
    data = {
        "extent": extent_rows(start, end),
        "steps": [level_row(one) for one in stretches if one.level is not None],
        "risers": risers(stretches),
        "hatch": hatched(stretches, start, end, lines=44),
        "now": [{"x": end, "y": one.level} for one in stretches[-1:] if one.level is not None],
    }
    return filled(_template(inks), data, height=HEIGHT)


def sparkline_alt(stretches: Sequence[Stretch], *, anchors: Mapping[int, str] | None = None) -> str:
    """Return the sparkline in words: where it began, where it stands and what was between."""
    known = [one.level for one in stretches if one.level is not None]
    if not known:
        return "Nothing known in this time." if stretches else "Never reported."
    last = stretches[-1]
    state = "now unknown" if last.level is None else f"now {last.level}{' (stale)' if last.stale else ''}"
    anchor = f": {anchors[last.level]}" if anchors and last.level is not None and last.level in anchors else ""
    return f"Level {known[0]} at first, between {min(known)} and {max(known)}, {state}{anchor}."


def span(stretches: Sequence[Stretch]) -> tuple[int, int]:
    """Return where the stretches begin and end, in milliseconds; a day in 1970 when there is none."""
    if not stretches:
        return 0, 86_400_000
    start = milliseconds(stretches[0].start)
    return start, max(milliseconds(stretches[-1].end), start + 1)


def level_row(one: Stretch) -> Row:
    """Return a stretch as a horizontal line."""
    told = f"Level {one.level}, {utc(one.start)} to {utc(one.end)}{', stale' if one.stale else ''}"
    dash = [4, 3] if one.stale else [1, 0]
    return {"x": milliseconds(one.start), "x2": milliseconds(one.end), "y": one.level, "dash": dash, "told": told}


def risers(stretches: Sequence[Stretch]) -> list[Row]:
    """Return the vertical lines between levels that follow each other without a gap."""
    return [
        {"x": milliseconds(after.start), "y": before.level, "y2": after.level}
        for before, after in pairwise(stretches)
        if before.level is not None and after.level is not None and before.level != after.level
    ]


def hatched(stretches: Sequence[Stretch], start: int, end: int, *, lines: int) -> list[Row]:
    """Return the hatching of what was not known, over the whole height of the levels."""
    step = (end - start) / lines
    gaps = [one for one in stretches if one.level is None]
    found = [
        line
        for one in gaps
        for line in hatching(milliseconds(one.start), milliseconds(one.end), step=step, lean=5 * step)
    ]
    return [{**line, "y": TOP * line["y"], "y2": TOP * line["y2"]} for line in found]


@lru_cache(maxsize=4)
def _template(inks: Inks) -> str:
    x = time_axis(shown=False)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.35, TOP + 0.35], nice=False))
    ends = alt.InlineData(values=[{"y": 0}, {"y": TOP}])
    layers = (
        extent(shown=False),
        alt.Chart(ends).mark_rule(color=inks.grid).encode(y=y),
        alt.Chart(rows("hatch")).mark_rule(color=inks.outline, strokeWidth=1).encode(x=x, x2="x2", y=y, y2="y2"),
        alt.Chart(rows("risers")).mark_rule(color=inks.measure, strokeWidth=1.2).encode(x=x, y=y, y2="y2"),
        alt.Chart(rows("steps"))
        .mark_rule(color=inks.measure, strokeWidth=2.2, strokeDash=alt.ExprRef("datum.dash"))
        .encode(x=x, x2="x2", y=y, tooltip=alt.Tooltip("told:N", title=" ")),
        alt.Chart(rows("now"))
        .mark_point(filled=True, size=46, color=inks.measure, opacity=1, clip=False)
        .encode(x=x, y=y),
    )
    return template(layered(*layers), inks=inks, padding={"left": 1, "right": 5})
