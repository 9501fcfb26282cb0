"""Windows to close: what became of each past window, said by name; a track record rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import data, data_judging
from dashboard import texts_judging as texts
from dashboard.data import Desk, Look
from dashboard.data_judging import Closing, PastWindow, RawClosing
from dashboard.parts.desk import said
from dashboard.parts.judging.scores import named
from dashboard.parts.markup import aged, esc, rows_table
from dashboard.parts.said import heading, soft
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group

FIELDS = ("which", "outcome", "onset", "until", "basis", "reason")
KEY, REOPEN = "desk_close", "desk_reopen"
ROUND = "desk_close_round"  # how many windows this visitor has closed


def draw(look: Look) -> None:
    """Draw what was expected in each past window and what is said of it, and the way to close one; the past is read."""
    past = data_judging.past_windows(look)
    st.html(heading(texts.WINDOWS_TITLE) + soft(_says(look)))
    if not past:
        st.html(soft(texts.WINDOWS_NONE))
        return
    st.html(table(past, look))
    if look.moment.as_of is not None:
        return
    desk = data.desk()
    said.draw()
    if desk.may_write:
        _closing([one for one in past if one.waits], look)
    _reopening(desk, past, look)


def _says(look: Look) -> str:
    applied = texts.TRACK_APPLIED if look.pack.method.tracked else texts.TRACK_NOT_APPLIED
    return f"{texts.WINDOWS_SAY} {applied}"


def table(past: Sequence[PastWindow], look: Look) -> str:
    """Return the past windows, the newest first, each with what is said of it and by whom."""
    rows = [
        [
            esc(named(look, one.window.problem)),
            esc(_days(one)),
            esc(f"{one.expected:.2f}"),
            _outcome(one.newest) + ("" if one.newest is None else f"<br>{_by(one.newest, look)}"),
        ]
        for one in past
    ]
    return f'<div class="iw">{rows_table(texts.WINDOWS_HEAD, rows, numeric={2}, wide_only={2})}</div>'


def _days(one: PastWindow) -> str:
    return texts.WINDOW_DAYS.format(first=f"{one.window.first:%d %b %Y}", last=f"{one.window.last:%d %b %Y}")


def _outcome(closing: Closing | None) -> str:
    if closing is None or not closing.stands:
        return f"<b>{esc(texts.WINDOW_WAITS)}</b>"
    if closing.onset is None or closing.until is None:
        return esc(texts.DID_NOT)
    words = texts.HAPPENED_ON if closing.onset == closing.until else texts.HAPPENED_FROM
    return esc(words.format(onset=f"{closing.onset:%d %b %Y}", until=f"{closing.until:%d %b %Y}"))


def _by(closing: Closing, look: Look) -> str:
    gone = closing.reopening
    one, words = (closing, texts.CLOSED_BY) if gone is None else (gone, texts.REOPENED_BY)
    when = aged(one.recorded_at, look.now, look.zone)
    return f'{esc(words.format(author=one.author))} · {when}<br><span class="iw-soft iw-lines">{esc(one.reason)}</span>'


def _closing(waiting: Sequence[PastWindow], look: Look) -> None:
    """Draw the form that closes one of the windows that wait."""
    if not waiting:
        return
    named_windows = {_name(one): one for one in waiting}
    with st.container(key=KEY, border=True):
        st.selectbox(
            texts.WINDOW,
            list(named_windows),
            format_func=lambda name: _title(named_windows.get(name), name, look),
            index=None,
            placeholder=texts.WINDOW_CHOOSE,
            key=_key("which"),
        )
        _what_became()
        st.text_input(texts.CLOSE_WHY, live=True, key=_key("reason"))
        _choice(texts.BASIS, texts.BASES, "basis", index=0)
        seen = {name: one.newest.id if one.newest else "" for name, one in named_windows.items()}
        st.button(texts.CLOSE_DO, type="primary", key=_key("do"), on_click=_close, args=(seen, look))


def _what_became() -> None:
    """Draw the outcome, and the days of what happened."""
    if _choice(texts.OUTCOME, texts.OUTCOMES, "outcome", index=None) != data_judging.HAPPENED:
        return
    left, right = st.columns(2)
    left.text_input(texts.ONSET, live=True, key=_key("onset"))
    right.text_input(texts.LAST_DAY, live=True, key=_key("until"))


def _choice(label: str, options: Mapping[str, str], field: str, *, index: int | None) -> str | None:
    return st.radio(
        label, list(options), format_func=options.__getitem__, horizontal=True, index=index, key=_key(field)
    )


def _close(seen: dict[str, str], look: Look) -> None:
    """Close the chosen window, or say what is wrong; what was typed stays until it is done."""
    typed = {name: str(st.session_state.get(_key(name)) or "") for name in FIELDS}
    if typed["which"] not in seen:
        said.failed(texts.WINDOW_NOT_CHOSEN)
        return
    problem, _, day = typed.pop("which").partition(" ")
    if typed["outcome"] != data_judging.HAPPENED:
        typed |= {"onset": "", "until": ""}
    title = named(look, problem)
    raw = RawClosing(problem=problem, window=day, **typed)
    try:
        one = data.desk().windows.close(raw, seen=seen[f"{problem} {day}"])
    except IwError as error:
        said.wrong(error, title)
        return
    said.done(texts.CLOSED.format(title=title, author=one.author, moment=day_time_group(one.recorded_at)))
    _forget()


def _reopening(desk: Desk, past: Sequence[PastWindow], look: Look) -> None:
    """Draw the way to take a closing back: one's own, or as an approver anybody's."""
    closed = {one.closing.id: one for one in past if one.closing and desk.windows.may_reopen(one.closing)}
    if not closed:
        return
    problems = {name: one.window.problem for name, one in closed.items()}
    with st.expander(texts.REOPEN, key=REOPEN):
        st.selectbox(
            texts.WINDOW,
            list(closed),
            format_func=lambda name: _title(closed.get(name), name, look),
            index=None,
            placeholder=texts.WINDOW_CHOOSE,
            key=f"{REOPEN}_which",
        )
        st.text_input(texts.REOPEN_WHY, live=True, key=f"{REOPEN}_why")
        st.button(texts.REOPEN_DO, key=f"{REOPEN}_do", on_click=_reopen, args=(problems, look))


def _reopen(problems: dict[str, str], look: Look) -> None:
    chosen, why = (str(st.session_state.get(f"{REOPEN}_{field}") or "") for field in ("which", "why"))
    if chosen not in problems:
        said.failed(texts.WINDOW_NOT_CHOSEN)
        return
    title = named(look, problems[chosen])
    try:
        gone = data.desk().windows.reopen(chosen, reason=why)
    except IwError as error:
        said.wrong(error, title)
        return
    said.done(texts.REOPENED.format(title=title, author=gone.author, moment=day_time_group(gone.recorded_at)))
    st.session_state.pop(f"{REOPEN}_why", None)


def _key(field: str) -> str:
    return f"{KEY}_{st.session_state.get(ROUND, 0)}_{field}"


def _forget() -> None:
    """Begin an empty form: a browser keeps what a field showed for as long as the field keeps its key."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _name(one: PastWindow) -> str:
    return f"{one.window.problem} {one.window.first}"


def _title(one: PastWindow | None, name: str, look: Look) -> str:
    """Return a window as people choose it; a name that is no longer there stands for itself."""
    return name if one is None else f"{named(look, one.window.problem)}, {_days(one)}"
