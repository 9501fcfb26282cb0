"""The table of sources: what each last brought, how old that is, and which indicators age when it is silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from dashboard import texts_sources as texts
from dashboard.data import Look
from dashboard.data_sources import SourceHealth
from dashboard.parts.marks import standing
from dashboard.parts.markup import aged, attr, esc, inner_link, outer_link, rows_table
from iw_monitor.model.pack.sources import FeedSource
from iw_monitor.telling import formats
from iw_monitor.telling.sentences import called

SOON = timedelta(minutes=1)


def summary(found: Sequence[SourceHealth]) -> str:
    """Return how many sources answer, and how many need a look."""
    answering = sum(one.state is not None and one.state.is_answering for one in found)
    troubled = sum(one.is_troubled for one in found)
    said = [texts.COUNT.format(answering=answering, all=len(found))]
    said += [texts.TROUBLED.format(count=troubled, all=len(found))] if troubled else []
    return f'<div class="iw"><p><b>{esc(" ".join(said))}</b></p><p class="iw-soft">{esc(texts.INTRODUCTION)}</p></div>'


def table(found: Iterable[SourceHealth], look: Look) -> str:
    """Return a row for each source, in the order given."""
    rows = [
        [
            _who(one),
            _last(one, look),
            "" if one.state is None else aged(one.state.newest_at, look.now, look.zone),
            "" if one.state is None else aged(one.state.answered_at, look.now, look.zone),
            _next(one, look),
            f"<span>{'<br>'.join(_spoken_for(name, look) for name in one.indicators)}</span>",
            _may(one, look),
        ]
        for one in found
    ]
    if not rows:
        return f'<p class="iw">{esc(texts.ALL_WELL)}</p>'
    return f'<div class="iw" data-sources="{len(rows)}">{rows_table(texts.HEAD, rows, stacked=True)}</div>'


def _who(one: SourceHealth) -> str:
    source = one.source
    title = outer_link(source.page, source.title) if source.page else esc(source.title)
    form = texts.ITSELF if source.publisher == source.originator else texts.WHOSE
    whose = form.format(publisher=source.publisher, originator=source.originator, grade=source.grade)
    return f'<span><b>{title}</b><br><span class="iw-small iw-soft">{esc(whose)}</span></span>'


def _last(one: SourceHealth, look: Look) -> str:
    state = one.state
    if state is None:
        said = texts.NEVER_SENT if one.next_due is None else texts.NEVER_ASKED
        return f'<span class="iw-soft">{esc(said)}</span>'
    words = [texts.OUTCOMES[state.outcome]]
    words += [texts.IN_A_ROW.format(count=state.failures)] if state.failures > 1 else []
    words += [texts.OVERDUE] if one.overdue and state.answered_at else []  # who never answered says "never" already
    css = "iw-flag" if one.is_troubled else ""
    ran = texts.RAN.format(age=formats.age(state.run_at, look.now))
    exact = formats.both_times(state.run_at, look.zone)
    return (
        f'<span><span class="{css}">{esc(", ".join(words))}</span><br><span class="iw-small iw-soft">'
        f'<time datetime="{state.run_at.isoformat()}" title="{attr(exact)}">{esc(ran)}</time>: {esc(state.detail)}'
        "</span></span>"
    )


def _next(one: SourceHealth, look: Look) -> str:
    due = one.next_due
    if due is None:
        return esc(texts.IS_SENT)
    said = texts.NOW_DUE if due - look.now < SOON else formats.until(due, look.now)
    return f'<time datetime="{due.isoformat()}" title="{attr(formats.both_times(due, look.zone))}">{esc(said)}</time>'


def _spoken_for(name: str, look: Look) -> str:
    """Return an indicator with how current it is: what the silence of its source costs."""
    title = inner_link(look.link("indicators", indicator=name), called(look.pack.indicator(name)))
    return f'{title} <span class="iw-small">{standing(look.at.indicator(name), look.at.as_of)}</span>'


def _may(one: SourceHealth, look: Look) -> str:
    """Return how far a machine goes alone, and what of this source waits for a person."""
    source = one.source
    says = texts.EVIDENCE if isinstance(source, FeedSource) else texts.MAY[source.accept]
    if not one.waiting:
        return esc(says)
    tray = inner_link(look.link_now("desk"), texts.WAITING.format(count=one.waiting))
    return f"<span>{esc(says)}<br>{tray}</span>"
