"""Sparklines as pictures inside a card: the level of one indicator over the last weeks, steps of 0 to 4."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from dashboard import texts, theme
from dashboard.parts.markup import attr, esc
from iw_monitor.telling.charts import Stretch

WIDTH, HEIGHT, EDGE = 240, 36, 4


def picture(stretches: Sequence[Stretch], inks: theme.Inks) -> str:
    """Return an image element with the steps of a level; what is stale is dashed, what is unknown is left out."""
    if not any(one.level is not None for one in stretches):
        says = texts.SPARK_NOTHING.format(days=_days(stretches)) if stretches else texts.NOT_REPORTED
        return f'<div class="iw-spark iw-soft iw-small">{esc(says)}</div>'
    svg = _svg(stretches, inks)
    coded = base64.b64encode(svg.encode()).decode()
    return (
        f'<img class="iw-spark" alt="{attr(alt(stretches))}" title="{attr(alt(stretches))}" '
        f'src="data:image/svg+xml;base64,{coded}">'
    )


def alt(stretches: Sequence[Stretch]) -> str:
    """Return what the picture says in words: the levels in order."""
    levels = ["?" if one.level is None else str(one.level) for one in stretches]
    runs = [level for place, level in enumerate(levels) if place == 0 or levels[place - 1] != level]
    return texts.SPARK_ALT.format(days=_days(stretches), levels=" → ".join(runs[-8:]))


def _days(stretches: Sequence[Stretch]) -> int:
    return (stretches[-1].end - stretches[0].start).days


def _svg(stretches: Sequence[Stretch], inks: theme.Inks) -> str:
    start, span = stretches[0].start, max((stretches[-1].end - stretches[0].start).total_seconds(), 1.0)

    def x(moment: datetime) -> float:
        return (moment - start).total_seconds() / span * WIDTH

    def y(level: int) -> float:
        return HEIGHT - EDGE - level / 4 * (HEIGHT - 2 * EDGE)

    rules = "".join(f'<path d="M0 {y(n):.1f}H{WIDTH}" stroke="{inks.grid}" stroke-width="1"/>' for n in (0, 2, 4))
    lines, last = [], None
    for one in stretches:
        if one.level is None:
            last = None
            continue
        begin = f"M{x(one.start):.1f} {y(one.level if last is None else last):.1f}"
        path = f"{begin}V{y(one.level):.1f}H{x(one.end):.1f}"
        dash = ' stroke-dasharray="3 3"' if one.stale else ""
        lines.append(
            f'<path d="{path}" fill="none" stroke="{inks.measure}" stroke-width="2"{dash} '
            'vector-effect="non-scaling-stroke"/>'
        )
        last = one.level
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f"{rules}{''.join(lines)}</svg>"
    )
