"""The watch log: writing down, answering what is open, and what was written."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import data_log
from dashboard import texts_log as texts
from dashboard.data import Look
from dashboard.data_log import LogBook
from dashboard.parts.desk import said
from dashboard.parts.desk.keeping import Sheet
from dashboard.parts.empty import note
from dashboard.parts.markup import aged, attr, esc, inner_link
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.watch_log import LogEntry, LogKind

MOST = 100
TEXT, ABOUT, QUESTION = "text", "about", "question"


def draw(book: LogBook, look: Look, sheet: Sheet) -> None:
    """Draw the form, the open questions, and the log, newest first."""
    names = data_log.names(look.pack)
    if book.may_write:
        _form(names, sheet)
    _questions(book, look, names)
    entries = tuple(reversed(book.entries()))
    st.html(_list(entries[:MOST], look, names) if entries else note(texts.NOTES_EMPTY))
    if len(entries) > MOST:
        more = texts.MORE_NOTES.format(shown=MOST, count=len(entries) - MOST)
        st.html(f'<p class="iw iw-soft iw-small">{esc(more)}</p>')


def _form(names: dict[str, str], sheet: Sheet) -> None:
    sheet.begin({TEXT: ""})
    with st.container(key="desk_log_form", border=True):
        st.text_area(texts.WRITE, height=90, **sheet.widget(TEXT))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            st.selectbox(
                texts.ABOUT,
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder=texts.ABOUT_NONE,
                key=sheet.key(ABOUT),
                width=320,
            )
            st.toggle(texts.IS_QUESTION, key=sheet.key(QUESTION))
            st.button(texts.NOTE_DO, type="primary", key=sheet.key("do"), on_click=_note, args=(sheet,))


def _note(sheet: Sheet) -> None:
    about = str(st.session_state.get(sheet.key(ABOUT)) or "")
    is_question = bool(st.session_state.get(sheet.key(QUESTION)))
    try:
        one = data_log.log_book().note(sheet.text(TEXT), about=about, is_question=is_question)
    except IwError as error:
        said.wrong(error, texts.NOTES)
        return
    said.done(texts.NOTED.format(author=one.author, moment=day_time_group(one.recorded_at)))
    sheet.drop()


def _questions(book: LogBook, look: Look, names: dict[str, str]) -> None:
    questions = book.questions()
    st.html(f'<div class="iw iw-h" role="heading" aria-level="2">{esc(texts.OPEN)}</div>')
    if not questions:
        st.html(f'<p class="iw iw-soft">{esc(texts.NONE_OPEN)}</p>')
    for one in questions:
        st.html(_list((one,), look, names))
        if book.may_write:
            key = f"desk_log_answer_{one.id}"
            with st.container(horizontal=True, vertical_alignment="bottom", key=key):
                st.text_input(texts.ANSWER, key=f"{key}_text", live=True)
                st.button(texts.ANSWER_DO, key=f"{key}_do", on_click=_answer, args=(one.id,))


def _answer(question: str) -> None:
    key = f"desk_log_answer_{question}_text"
    try:
        one = data_log.log_book().answer(question, str(st.session_state.get(key, "")))
    except IwError as error:
        said.wrong(error, texts.ANSWER)
        return
    said.done(texts.ANSWERED.format(author=one.author, moment=day_time_group(one.recorded_at)))


def _list(entries: Sequence[LogEntry], look: Look, names: dict[str, str]) -> str:
    rows = "".join(f'<li data-log="{attr(one.id)}">{_entry(one, look, names)}</li>' for one in entries)
    return f'<ul class="iw iw-log">{rows}</ul>'


def _entry(one: LogEntry, look: Look, names: dict[str, str]) -> str:
    about = ""
    if one.about in names:
        about = inner_link(data_log.link_of(look, one.about), names[one.about])
    head = f"<b>{esc(one.author)}</b> · {aged(one.recorded_at, look.now, look.zone)} · {esc(texts.KINDS[one.kind])}"
    text = "" if one.kind is LogKind.CAUGHT_UP else f'<p class="iw-lines">{esc(one.text)}</p>'
    return f'<div class="iw-small iw-soft">{head}{f" · {about}" if about else ""}</div>{text}'
