"""The tray: reports worth too little to be scored wait until a person grades them anew or rejects them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import data
from dashboard import texts_desk as texts
from dashboard.data import Desk, Look
from dashboard.parts.desk import said
from dashboard.parts.empty import note
from dashboard.parts.markup import aged, attr, esc, inner_link, outer_link
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.observation import Observation
from iw_monitor.telling.sentences import called

MOST = 15


def draw(desk: Desk, rows: Sequence[Observation], look: Look) -> None:
    """Draw the newest reports of the tray, each with the two ways out."""
    st.html(
        f'<div class="iw"><div class="iw-h" role="heading" aria-level="2">{esc(texts.TRAY_WEAK)}</div>'
        f'<p class="iw-soft iw-small">{esc(texts.TRAY_SAYS)}</p></div>'
    )
    if not rows:
        st.html(note(texts.TRAY_EMPTY))
    for one in rows[:MOST]:
        st.html(_report(one, look))
        if desk.may_write:
            _ways_out(one, look)
    if len(rows) > MOST:
        more = texts.TRAY_MORE.format(shown=MOST, count=len(rows) - MOST)
        st.html(f'<p class="iw iw-soft">{esc(more)}</p>')


def _report(one: Observation, look: Look) -> str:
    indicator = look.pack.indicator(one.indicator)
    title = inner_link(look.link("indicators", indicator=indicator.id), called(indicator))
    return (
        f'<div class="iw iw-task" data-tray="{attr(one.id)}"><h3>{title}: {one.level} '
        f"{esc(indicator.anchors[one.level])}</h3><p>{esc(one.statement)}</p>"
        f'<div class="iw-meta"><b>{esc(one.grade)}</b>'
        f"<span>{aged(one.observed_at, look.at.as_of, look.zone)} old</span>"
        f"<span>{outer_link(one.source_url, one.source_name or one.originator)}</span>"
        f"<span>{esc(one.author)}, {esc(one.method.value)}</span></div></div>"
    )


def _ways_out(one: Observation, look: Look) -> None:
    key = f"desk_tray_{one.id}"
    with st.container(key=key, horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            texts.RELIABILITY,
            list(texts.RELIABILITIES),
            index=list(texts.RELIABILITIES).index(one.grade.reliability),
            format_func=texts.RELIABILITIES.__getitem__,
            key=f"{key}_reliability",
            width=230,
        )
        st.selectbox(
            texts.CREDIBILITY,
            list(texts.CREDIBILITIES),
            index=list(texts.CREDIBILITIES).index(str(one.grade.credibility)),
            format_func=texts.CREDIBILITIES.__getitem__,
            key=f"{key}_credibility",
            width=230,
        )
        st.text_input(texts.TRAY_REASON, key=f"{key}_reason", live=True, width=260)
        title = look.pack.indicator(one.indicator).title
        st.button(texts.TRAY_ACCEPT, key=f"{key}_accept", on_click=_accept, args=(one, title))
        st.button(texts.TRAY_REJECT, key=f"{key}_reject", on_click=_reject, args=(one, title))


def _typed(one: Observation, field: str) -> str:
    return str(st.session_state.get(f"desk_tray_{one.id}_{field}", ""))


def _accept(one: Observation, title: str) -> None:
    try:
        new = data.desk().regrade(
            one.id,
            reliability=_typed(one, "reliability"),
            credibility=_typed(one, "credibility"),
            reason=_typed(one, "reason"),
        )
    except IwError as error:
        said.wrong(error, title)
        return
    moment = day_time_group(new.recorded_at)
    said.done(texts.REGRADED.format(title=title, grade=new.grade, author=new.author, moment=moment))


def _reject(one: Observation, title: str) -> None:
    try:
        gone = data.desk().retract(one.id, reason=_typed(one, "reason"))
    except IwError as error:
        said.wrong(error, title)
        return
    said.done(texts.REJECTED.format(title=title, author=gone.author, moment=day_time_group(gone.recorded_at)))
