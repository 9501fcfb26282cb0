"""What changed since a moment, and where the gaps are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from dashboard import texts
from dashboard.data import Look
from dashboard.parts.marks import badge, freshness, level_change
from dashboard.parts.markup import aged, attr, esc, inner_link
from dashboard.parts.silent import sources_behind
from dashboard.rows import IndicatorRow
from iw_monitor.model.assessment import Freshness, IndicatorAssessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.telling import formats
from iw_monitor.telling.changes import LevelChange, Moved, Since
from iw_monitor.telling.sentences import called

MOST, MOST_LISTED = 5, 8


def since_card(since: Since, look: Look) -> str:
    """Return the card of what changed: movers up and down, level changes, newly stale."""
    up = [one for one in since.movers if one.change > 0][:MOST]
    down = [one for one in since.movers if one.change < 0][:MOST]
    columns = [
        _column(texts.MOVERS_UP, [_mover(one, look) for one in up], texts.SINCE_NOTHING_UP),
        _column(texts.MOVERS_DOWN, [_mover(one, look) for one in down], texts.SINCE_NOTHING_DOWN),
        _column(texts.LEVEL_CHANGES, [_level(one, look) for one in since.levels], texts.NO_LEVEL_CHANGE),
        _column(texts.NEWLY_STALE, [_indicator(one, look) for one in since.newly_stale], texts.NONE_STALE),
    ]
    return f'<div class="iw iw-columns">{"".join(columns)}</div>'


def _column(title: str, items: Sequence[str], empty: str) -> str:
    listed = list(items[:MOST_LISTED])
    if len(items) > MOST_LISTED:
        listed.append(f'<span class="iw-soft">{esc(texts.AND_MORE.format(count=len(items) - MOST_LISTED))}</span>')
    body = "".join(f"<li>{one}</li>" for one in listed) or f'<li class="iw-soft">{esc(empty)}</li>'
    return f'<section><h3>{esc(title)}</h3><ul class="iw-list">{body}</ul></section>'


def _mover(one: Moved, look: Look) -> str:
    arrow = "↑" if one.change > 0 else "↓"
    title, levels = esc(one.title), ""
    if one.indicator is not None:
        title = inner_link(look.link("indicators", indicator=one.indicator), one.title)
        levels = (
            ""
            if one.before == one.after
            else f' <span class="iw-nowrap">{esc(level_change(one.before, one.after))}</span>'
        )
    return (
        f"<span>{arrow} <strong>{esc(formats.signed(one.change))}</strong> {title}{levels}</span>"
        f'<span class="iw-soft iw-small">{esc(one.problem_title)}</span>'
    )


def _level(one: LevelChange, look: Look) -> str:
    title = inner_link(look.link("why", problem=one.problem), one.title)
    before, after = badge(one.before, look.pack, word=False), badge(one.after, look.pack, word=False)
    return f'<span>{title}</span><span class="iw-nowrap">{before} → {after}</span>'


def _indicator(one: IndicatorAssessment, look: Look) -> str:
    title = inner_link(look.link("indicators", indicator=one.id), called(look.pack.indicator(one.id)))
    return (
        f"<span>{title}</span><span class='iw-soft'>{freshness(one.status)} · "
        f"{aged(one.observed_at, look.at.as_of, look.zone)}</span>{sources_behind(one.id, look)}"
    )


def gaps(rows: Iterable[IndicatorRow], look: Look) -> str:
    """Return what is stale, what is unknown, and what is due next."""
    scored = [one for one in rows if one.indicator.scored]
    stale, unknown = (_of(scored, status, look) for status in (Freshness.STALE, Freshness.UNKNOWN))
    known = [one for one in scored if one.state.due_at is not None]
    due = sorted(known, key=lambda one: (one.state.due_at or look.at.as_of, one.indicator.id))[:MOST]
    count = texts.COVERAGE_COUNT.format(
        current=sum(one.state.status in (Freshness.FRESH, Freshness.DUE) for one in scored),
        all=len(scored),
        stale=len(stale),
        unknown=len(unknown),
        coverage=formats.whole_percent(look.at.coverage),
    )
    columns = [
        _column(texts.STALE, [_indicator(one.state, look) for one in stale], texts.NONE_STALE),
        _column(texts.UNKNOWN, [_indicator(one.state, look) for one in unknown], texts.NONE_UNKNOWN),
        _column(texts.NEXT_DUE, [_due(one, look) for one in due], texts.NOTHING_DUE),
    ]
    return f'<div class="iw"><p>{esc(count)}</p><div class="iw-columns">{"".join(columns)}</div></div>'


def _of(rows: Iterable[IndicatorRow], status: Freshness, look: Look) -> list[IndicatorRow]:
    """Return the rows of a status, first those behind which a source is dead: there somebody can mend something."""
    found = [one for one in rows if one.state.status is status]
    return sorted(found, key=lambda one: not sources_behind(one.indicator.id, look))


def _due(row: IndicatorRow, look: Look) -> str:
    title = inner_link(look.link("indicators", indicator=row.indicator.id), called(row.indicator))
    exact = formats.both_times(row.state.due_at, look.zone) if row.state.due_at else ""
    said = formats.until(row.state.due_at, look.at.as_of)
    return f'<span>{title}</span><span class="iw-soft iw-age" title="{attr(exact)}">{esc(said)}</span>'


def nothing_to_compare(start: datetime) -> str:
    """Return that nothing was known at the moment to compare with."""
    return f'<p class="iw iw-soft">{esc(texts.SINCE_NO_DATA.format(moment=day_time_group(start)))}</p>'
