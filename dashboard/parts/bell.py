"""What every page says of alerts: a mark in the header while something fires, and EXERCISE while one goes on."""

from __future__ import annotations

from dashboard import data_alerts
from dashboard import texts_alerts as texts
from dashboard.data import Look
from dashboard.parts.markup import attr, esc
from iw_monitor.telling import formats


def mark(look: Look) -> str:
    """Return the mark that leads to what fires, with the highest level at stake; nothing while all is quiet."""
    glance = data_alerts.glance(look)
    if not glance.loud:
        return ""
    level = max((one.alert.level or 0 for one in glance.loud), default=0)
    shape = formats.SHAPES[level] if level else "!"
    said = f"{shape} {texts.MARK.format(count=len(glance.loud))}"
    return (
        f'<a target="_self" data-firing="{len(glance.loud)}" href="{attr(look.link_now("alerts"))}">'
        f'<span class="iw-badge iw-l{level}">{esc(said)}</span></a>'
    )


def exercise(look: Look) -> str:
    """Return the banner of the exercise that goes on, or nothing."""
    one = data_alerts.glance(look).exercise
    if one is None:
        return ""
    says = texts.EXERCISE_SAYS.format(title=one.title, until=formats.both_times(one.until, look.zone))
    return (
        f'<div class="iw iw-banner iw-demo" role="status" data-exercise><b>{esc(texts.EXERCISE)}</b>'
        f"<span>{esc(says)}</span></div>"
    )
