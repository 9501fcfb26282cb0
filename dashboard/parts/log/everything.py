"""Everything done: who, when, how, from what to what, and why; and taking something back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import data, data_log
from dashboard import texts_log as texts
from dashboard.data import Look
from dashboard.data_log import Done, LogBook, Wanted
from dashboard.parts.desk import effect, said
from dashboard.parts.empty import note
from dashboard.parts.markup import aged, esc, inner_link, rows_table
from iw_monitor.errors import BrokenChainError, IwError
from iw_monitor.model.instants import day_time_group

KEY = "desk_log_revert"
REPORTED, WITHDRAWN, ACCOUNT = "observation", "retraction", "account"
REVERTIBLE = frozenset(
    {REPORTED, WITHDRAWN, "declaration", "dissent", "override", "estimate", "withdrawal", "closing", "reopening"}
)


def draw(book: LogBook, look: Look, wanted: Wanted) -> None:
    """Draw a page of acts, the ways on, and the way back."""
    names = data_log.names(look.pack)
    done = book.history(wanted)
    st.html(_table(done, look, names) if done else note(texts.HISTORY_EMPTY))
    with st.container(horizontal=True, gap="small", key="desk_log_ways"):
        _older(done, wanted)
        st.download_button(texts.EXPORT, data_log.history_csv(done), "history.csv", "text/csv", on_click="ignore")
        st.button(texts.VERIFY, key="desk_log_verify", on_click=_verify)
    if book.may_write:
        _take_back(done, look, names)


def _older(done: Sequence[Done], wanted: Wanted) -> None:
    if wanted.before is not None:
        st.button(texts.NEWEST, key="desk_log_newest", on_click=_turn, args=(None,))
    if len(done) == wanted.limit:
        st.button(texts.OLDER, key="desk_log_older", on_click=_turn, args=(done[-1].sequence,))


def _turn(before: int | None) -> None:
    if before is None:
        st.query_params.pop("before", None)
    else:
        st.query_params["before"] = str(before)


def _table(done: Sequence[Done], look: Look, names: dict[str, str]) -> str:
    rows = [
        [
            aged(one.at, look.now, look.zone),
            f'{esc(one.author)}<br><span class="iw-small iw-soft">{esc(one.via)}</span>',
            _what(one, look, names),
            f'<span class="iw-nowrap">{esc(_change(one))}</span>',
            f'<span class="iw-lines">{esc("" if one.kind == ACCOUNT else one.why)}</span>',
        ]
        for one in done
    ]
    return f'<div class="iw" data-done="{len(done)}">{rows_table(texts.HEAD, rows, stacked=True)}</div>'


def _what(one: Done, look: Look, names: dict[str, str]) -> str:
    act = esc(_act(one))
    if one.subject in names:
        return f"<span>{act} {inner_link(data_log.link_of(look, one.subject), names[one.subject])}</span>"
    return f"<span>{act} {esc(one.subject)}</span>"


def _act(one: Done) -> str:
    """Return what was done as a verb; of an account, which of the things that are done to accounts."""
    return texts.ACCOUNT_ACTS[one.why] if one.kind == ACCOUNT else texts.ACTS[one.kind]


def _change(one: Done) -> str:
    return f"{one.before or '–'} → {one.after or '–'}" if one.before or one.after else ""


def _verify() -> None:
    try:
        count = data_log.verify()
    except BrokenChainError as error:
        said.failed(texts.BROKEN_CHAIN.format(problem=error))
    except IwError as error:
        said.wrong(error, texts.VERIFY)
    else:
        said.done(texts.VERIFIED.format(count=f"{count:,}", moment=day_time_group(data.now())))


def _take_back(done: Sequence[Done], look: Look, names: dict[str, str]) -> None:
    named = {one.id: one for one in done if one.kind in REVERTIBLE}
    if not named:
        return
    with st.expander(texts.REVERT, key=KEY):
        st.html(f'<p class="iw iw-soft iw-small">{esc(texts.REVERT_SAYS)}</p>')
        chosen = st.selectbox(
            texts.REVERT_WHICH,
            list(named),
            index=None,
            format_func=lambda name: _label(named[name], names) if name in named else name,
            placeholder=texts.CHOOSE,
            key=f"{KEY}_which",
        )
        if chosen not in named:
            return
        _effect(named[chosen], look)
        st.text_input(texts.REVERT_WHY, key=f"{KEY}_why", live=True)
        st.button(texts.REVERT_DO, key=f"{KEY}_do", on_click=_revert, args=(named[chosen], names))


def _effect(one: Done, look: Look) -> None:
    supposed = data_log.preview_revert(one)
    if supposed is not None:
        body = effect.effect(supposed, one.subject, look)
        st.html(f'<div class="iw iw-h">{esc(texts.REVERT_EFFECT)}</div>{body}')


def _label(one: Done, names: dict[str, str]) -> str:
    subject = names.get(one.subject, one.subject)
    return f"{day_time_group(one.at)} · {one.author} {_act(one)} {subject}: {one.why[:60]}"


def _revert(one: Done, names: dict[str, str]) -> None:
    try:
        data_log.log_book().revert(one.id, reason=str(st.session_state.get(f"{KEY}_why", "")))
    except IwError as error:
        said.wrong(error, texts.REVERT)
        return
    said.done(texts.REVERTED.format(what=_label(one, names)))
    st.session_state.pop(f"{KEY}_which", None)
    st.session_state.pop(f"{KEY}_why", None)
