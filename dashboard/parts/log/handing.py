"""Handing over: the sheet as it stands, one press to hand over, and the incoming officer's countersignature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from dashboard import data_log
from dashboard import texts_log as texts
from dashboard.data import Look
from dashboard.data_log import Handover, LogBook
from dashboard.parts.desk import said
from dashboard.parts.desk.keeping import Sheet
from dashboard.parts.empty import note
from dashboard.parts.marks import badge
from dashboard.parts.markup import attr, esc
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group

MOST = 20
REMARK = "remark"


def draw(book: LogBook, look: Look, sheet: Sheet, since: datetime) -> None:
    """Draw what waits to be taken, the sheet as it stands now, and the handovers before."""
    past = tuple(reversed(book.handovers()))
    for one in [each for each in past if each.taken is None][:MOST]:
        _waiting(book, one, look)
    values = data_log.sheet_now(since)
    st.html(f'<div class="iw iw-h" role="heading" aria-level="2">{esc(texts.SHEET_NOW)}</div>{paper(values, look)}')
    if book.may_write:
        _form(since, sheet)
    _past(past, look)


def _form(since: datetime, sheet: Sheet) -> None:
    sheet.begin({REMARK: ""})
    with st.container(horizontal=True, vertical_alignment="bottom", key="desk_handover"):
        st.text_input(texts.REMARK, live=True, **sheet.widget(REMARK))
        st.button(texts.HAND_OVER_DO, type="primary", key=sheet.key("do"), on_click=_hand_over, args=(since, sheet))


def _hand_over(since: datetime, sheet: Sheet) -> None:
    try:
        one = data_log.log_book().hand_over(since=since, remark=sheet.text(REMARK))
    except IwError as error:
        said.wrong(error, texts.HANDOVER)
        return
    said.done(texts.HANDED.format(author=one.author, moment=day_time_group(one.recorded_at)))
    sheet.drop()


def _waiting(book: LogBook, one: Handover, look: Look) -> None:
    with st.container(border=True, key=f"desk_take_{one.id}"):
        st.html(_head(one) + paper(one.sheet, look))
        if not book.may_write:
            return
        if book.actor is not None and book.actor.name == one.author:
            st.html(f'<p class="iw iw-soft">{esc(texts.OWN)}</p>')
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(texts.TAKE_REMARK, key=f"desk_take_{one.id}_remark", live=True)
            st.button(texts.TAKE_DO, type="primary", key=f"desk_take_{one.id}_do", on_click=_take, args=(one.id,))


def _take(handover: str) -> None:
    remark = str(st.session_state.get(f"desk_take_{handover}_remark", ""))
    try:
        one = data_log.log_book().countersign(handover, remark=remark)
    except IwError as error:
        said.wrong(error, texts.HANDOVER)
        return
    said.done(texts.TOOK.format(author=one.author, moment=day_time_group(one.recorded_at)))


def _past(handovers: tuple[Handover, ...], look: Look) -> None:
    st.html(f'<div class="iw iw-h" role="heading" aria-level="2">{esc(texts.PAST)}</div>')
    if not handovers:
        st.html(note(texts.NONE_HANDED))
    for one in handovers[:MOST]:
        if one.taken is not None:
            with st.expander(f"{_by(one)}, {_taken(one)}", key=f"desk_past_{one.id}"):
                st.html(_head(one) + paper(one.sheet, look))
                st.download_button(
                    texts.SHEET_TEXT,
                    data_log.text_of_sheet(one.sheet),
                    f"handover-{one.recorded_at:%Y%m%dT%H%MZ}.txt",
                    key=f"desk_past_{one.id}_text",
                    on_click="ignore",
                )


def _by(one: Handover) -> str:
    return texts.BY.format(author=one.author, moment=day_time_group(one.recorded_at))


def _taken(one: Handover) -> str:
    if one.taken is None:
        return texts.NOT_TAKEN
    return texts.TAKEN.format(author=one.taken.author, moment=day_time_group(one.taken.recorded_at))


def _head(one: Handover) -> str:
    words = [one.remark, one.taken.remark if one.taken else ""]
    remarks = "".join(f'<p class="iw-lines">“{esc(each)}”</p>' for each in words if each)
    return f'<div class="iw" data-handover="{attr(one.id)}"><b>{esc(_by(one))}</b> · {esc(_taken(one))}{remarks}</div>'


def paper(values: Mapping[str, Any], look: Look) -> str:
    """Return a sheet as it stands or stood: the level, then section after section."""
    since, as_of = (day_time_group(datetime.fromisoformat(values[name])) for name in ("since", "as_of"))
    sections = "".join(
        f"<section><h3>{esc(one['title'])}</h3><ul>{''.join(f'<li>{esc(line)}</li>' for line in one['lines'])}</ul>"
        "</section>"
        for one in values["sections"]
    )
    return (
        f'<div class="iw iw-paper" data-sheet="{attr(values["as_of"])}"><header><b>{esc(values["title"])}</b>'
        f'<span class="iw-mark">{esc(values["handling"])}</span>{badge(values["level"], look.pack)}'
        f'<span class="iw-soft iw-small">{esc(since)} – {esc(as_of)}</span></header>{sections}</div>'
    )
