"""Public links on the page of reports: which there are, and for an approver how one is made and revoked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import streamlit as st

from dashboard import data, data_public
from dashboard import texts_public as texts
from dashboard.data import Look
from dashboard.data_public import KeptSnapshot, Marking, PublicLink, WantedLink
from dashboard.parts.desk import said
from dashboard.parts.markup import aged, attr, esc, rows_table
from dashboard.parts.said import heading
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.telling import formats

KEY = "public_link"
USUAL_LIFE = "90"
_NEW = f"{KEY}_new"
_STANDS_FOR = timedelta(minutes=5)


def draw(look: Look) -> None:
    """Draw who has a link; and how to make and revoke one, to who may."""
    desk = data_public.desk()
    if not desk.may_make:
        return
    reports, links = data_public.kept(), desk.links()
    st.html(heading(texts.TITLE) + f'<p class="iw iw-soft iw-small">{esc(texts.SAYS)}</p>')
    st.html(listed(links, reports, look))
    _address_of_new()
    with st.container(horizontal=True, gap="medium"):
        _making(reports)
        if links:
            _revoking(links)


def _address_of_new() -> None:
    """Draw the address of a link that was made just now; a page may be redrawn while somebody copies it."""
    address, moment = st.session_state.get(_NEW, ("", data.wall_clock()))
    if address and data.wall_clock() - moment < _STANDS_FOR:
        st.html(f'<div class="iw iw-said-done" role="status">{esc(texts.MADE)}</div>')
        st.code(address, language=None, wrap_lines=True)


def listed(links: Iterable[PublicLink], reports: Iterable[KeptSnapshot], look: Look) -> str:
    """Return the table of links, the newest first."""
    named = {one.id: one for one in reports}
    rows = [_row(one, named.get(one.snapshot), look) for one in links][::-1]
    if not rows:
        return f'<p class="iw">{esc(texts.NONE)}</p>'
    return f'<div class="iw" data-links="{len(rows)}">{rows_table(texts.HEAD, rows, stacked=True)}</div>'


def _row(one: PublicLink, report: KeptSnapshot | None, look: Look) -> list[str]:
    now = data.wall_clock()
    ends = formats.both_times(one.expires_at, look.zone)
    return [
        aged(one.created_at, now, look.zone),
        f'<b title="{attr(one.id)}">{esc(one.name)}</b>',
        esc(one.owner),
        esc(_shown(one.snapshot, report)),
        esc(one.up_to.value),
        f'<span title="{attr(ends)}">{esc(formats.until(one.expires_at, now))}</span>',
        esc(texts.NEVER) if one.used_at is None else aged(one.used_at, now, look.zone),
    ]


def _shown(snapshot: str, report: KeptSnapshot | None) -> str:
    if report is not None:
        name = report.record.report or report.record.layout.heading
        return texts.GIVEN.format(name=name, moment=day_time_group(report.record.as_of))
    return texts.GONE.format(id=snapshot) if snapshot else texts.NEWEST


def _making(reports: Iterable[KeptSnapshot]) -> None:
    named = {"": None, **{one.id: one for one in reports}}
    with st.popover(texts.MAKE, key=f"{KEY}_make"):
        st.text_input(texts.NAME, key=f"{KEY}_name", placeholder=texts.NAME_HINT)
        lives = list(texts.LIVES)
        st.selectbox(
            texts.LIFE, lives, index=lives.index(USUAL_LIFE), format_func=texts.LIVES.__getitem__, key=f"{KEY}_life"
        )
        st.selectbox(texts.UP_TO, list(Marking), format_func=lambda one: one.value, key=f"{KEY}_up_to")
        st.selectbox(
            texts.REPORT, list(named), format_func=lambda name: _shown(name, named.get(name)), key=f"{KEY}_report"
        )
        st.button(texts.DO, type="primary", key=f"{KEY}_do", on_click=_make)


def _revoking(links: Iterable[PublicLink]) -> None:
    named = {one.id: f"{one.name} ({one.id})" for one in links}
    with st.popover(texts.REVOKE, key=f"{KEY}_revoke"):
        st.selectbox(texts.WHICH, list(named), format_func=lambda name: named.get(name, name), key=f"{KEY}_which")
        st.button(texts.REVOKE, key=f"{KEY}_revoke_do", on_click=_revoke)


def _make() -> None:
    state = st.session_state
    wanted = WantedLink(
        name=str(state.get(f"{KEY}_name", "")),
        life=timedelta(days=int(state.get(f"{KEY}_life", USUAL_LIFE))),
        up_to=state.get(f"{KEY}_up_to", Marking.CLEAR),
        snapshot=str(state.get(f"{KEY}_report", "")),
    )
    desk = data_public.desk()
    try:
        key, _ = desk.make("" if desk.actor is None else desk.actor.name, wanted)
    except IwError as error:
        said.wrong(error, texts.TITLE)
        return
    said.forget()
    state[_NEW] = (data_public.address_of(key), data.wall_clock())


def _revoke() -> None:
    st.session_state.pop(_NEW, None)
    try:
        one = data_public.desk().revoke(str(st.session_state.get(f"{KEY}_which", "")))
    except IwError as error:
        said.wrong(error, texts.TITLE)
    else:
        said.done(texts.REVOKED.format(name=one.name))
