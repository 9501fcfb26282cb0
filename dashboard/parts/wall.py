"""The wall view: large, few words, readable from the back of the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dashboard import texts
from dashboard.data import Look
from dashboard.parts import problems
from dashboard.parts.acts import stated
from dashboard.parts.marks import badge, trend
from dashboard.parts.markup import esc
from iw_monitor.model.assessment import Freshness
from iw_monitor.model.instants import day_time_group
from iw_monitor.telling import formats
from iw_monitor.telling.changes import Change
from iw_monitor.telling.charts import Scale
from iw_monitor.telling.sentences import confidence, stands

_SHEET = Path(__file__).with_name("wall.css")


def style() -> str:
    """Return the rules that only the wall needs."""
    return f"<style>{_SHEET.read_text(encoding='utf-8')}</style>"


def problems_of(look: Look, changes: Mapping[str, Sequence[Change]], scale: Scale) -> str:
    """Return every problem in large letters, and one line on coverage and confidence."""
    rows = "".join(
        f'<div class="iw-problem" data-level="{formats.shown_level(one) or ""}"><div>'
        f"{badge(formats.shown_level(one), look.pack, word=False)} "
        f'<span class="iw-name">{esc(look.pack.problem(one.id).short_title)}</span></div>'
        f'<div class="iw-word">{esc(stands(one, look.pack))}</div>'
        f'{problems.bullet(one, scale, tuple(changes.get(one.id, ())))}<div class="iw-foot">'
        f"{_trends(changes.get(one.id, ()), look)}{stated.in_short(one, look)}</div></div>"
        for one in look.at.problems
    )
    return (
        f'<div class="iw iw-wall"><div class="iw-problems">{rows}</div><div class="iw-small">{esc(_sure(look))}</div>'
        f"{stated.overrides(look)}</div>"
    )


def _trends(changes: Sequence[Change], look: Look) -> str:
    return "".join(trend(one.points, look.pack.method.trend.dead_band, one.window) for one in changes)


def _sure(look: Look) -> str:
    name = look.at.headline.problem
    return (
        confidence(look.at.problem(name))
        if name
        else texts.COVERAGE_ONLY.format(coverage=formats.whole_percent(look.at.coverage))
    )


def clock(now: datetime, look: Look) -> str:
    """Return the clock in UTC and in the theatre, and how old the data are; loud when nothing is current any more."""
    dead = not look.is_empty and all(
        one.status in (Freshness.STALE, Freshness.UNKNOWN) for one in look.at.indicators if one.level is not None
    )
    alarm = (
        f'<div class="iw-frozen" style="animation-delay:0s" role="alert"><span>{esc(texts.WALL_DATA_STOPPED)}</span>'
        "</div>"
        if dead
        else ""
    )
    newest = texts.DATA_AGE.format(age=formats.age(look.newest, look.at.as_of)) if look.newest else texts.NO_DATA
    shown = look.moment.as_of or now
    return (
        f'<div class="iw"><div class="iw-walltime">{esc(day_time_group(shown))} · '
        f"{esc(formats.local_time(shown, look.zone))}</div>"
        f'<span class="iw-soft">{esc(newest)}</span></div>{alarm}'
    )
