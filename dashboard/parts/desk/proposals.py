"""What waits for a person: what a machine found and what a first officer wrote, with who said it and why it waits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import data_log
from dashboard import texts_acts as texts
from dashboard.data import Desk, Look
from dashboard.data_acts import Proposal, Stated, given
from dashboard.parts.acts import both
from dashboard.parts.desk import deciding
from dashboard.parts.markup import aged, attr, esc, inner_link, outer_link
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.observation import parse_instant

MOST = 15


def draw(desk: Desk, rows: Sequence[Proposal], look: Look) -> None:
    """Draw the newest proposals; the one that the address names, or else the first to decide on, with its ways out."""
    if not rows:
        return
    st.html(
        f'<div class="iw"><div class="iw-h" role="heading" aria-level="2">{esc(texts.PROPOSALS)}</div>'
        f'<p class="iw-soft iw-small">{esc(texts.PROPOSALS_SAY)}</p></div>'
    )
    opened = _opened(desk, rows)
    for one in rows[:MOST]:
        st.html(_told(one, look))
        if one.id == opened or not deciding.may_act(desk, one):
            deciding.draw(one, desk, look)
        else:
            st.button(texts.OPEN, key=f"desk_open_{one.id}", on_click=_open, args=(one.id,))
    if len(rows) > MOST:
        more = texts.PROPOSALS_MORE.format(shown=MOST, count=len(rows) - MOST)
        st.html(f'<p class="iw iw-soft">{esc(more)}</p>')


def _opened(desk: Desk, rows: Sequence[Proposal]) -> str:
    named = st.query_params.get(deciding.OPENED, "")
    if named in {one.id for one in rows}:
        return named
    return next((one.id for one in rows if deciding.may_act(desk, one)), "")


def _open(proposal: str) -> None:
    st.query_params[deciding.OPENED] = proposal


def _told(one: Proposal, look: Look) -> str:
    about = inner_link(data_log.link_of(look, one.subject), data_log.names(look.pack)[one.subject])
    head, says, facts = _judged(one.judgement, look) if one.judgement else _reported(one, look)
    waits = f"<span>{esc(texts.WAITS[one.waits])}</span>"
    who = f"<span>{esc(one.author)}, {aged(one.recorded_at, look.now, look.zone)}</span>"
    return (
        f'<div class="iw iw-task" data-proposal="{attr(one.id)}"><h3>{about}: {esc(head)}</h3>'
        f'<p class="iw-lines">{esc(says)}</p><div class="iw-meta">{facts}{waits}{who}</div></div>'
    )


def _judged(stated: Stated, look: Look) -> tuple[str, str, str]:
    until = texts.UNTIL_SHORT.format(until=day_time_group(stated.until))
    return f"{stated.kind} {both.value(stated, look)}", stated.reason, f"<span>{esc(until)}</span>"


def _reported(one: Proposal, look: Look) -> tuple[str, str, str]:
    level = given(one, "level")
    head = f"{level} {look.pack.indicator(one.subject).anchors[int(level)]}" if level else texts.NO_LEVEL
    grade = given(one, "reliability") + given(one, "credibility")
    graded = f"<b>{esc(grade)}</b>" if grade else ""
    source = outer_link(given(one, "source_url"), given(one, "source_name") or given(one, "originator"))
    seen = texts.OBSERVED.format(moment=day_time_group(parse_instant(given(one, "observed_at"))))
    return head, given(one, "statement"), f"{graded}<span>{source}</span><span>{esc(seen)}</span>"
