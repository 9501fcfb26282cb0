"""Deciding on a proposal: what it would do, another level or grade for it, and accepting or rejecting with a reason."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import data, data_log, texts_desk
from dashboard import texts_acts as texts
from dashboard.data import Desk, Look
from dashboard.data_acts import Proposal, RawJudgement, Waits, given
from dashboard.parts.desk import effect, said
from dashboard.parts.desk.keeping import WINDOW, Sheet, own_window
from dashboard.parts.markup import esc
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group

CHANGEABLE = ("level", "reliability", "credibility", "statement")
OPENED = "proposal"  # in the address: the one that is decided on
LEFT = "tray_left"  # decided within its fragment: the whole page has to follow


def may_act(desk: Desk, one: Proposal) -> bool:
    """Say whether this person may decide on a proposal, or wrote it and may take it back."""
    return desk.proposals.may_decide(one) or _is_own(desk, one)


def _is_own(desk: Desk, one: Proposal) -> bool:
    """Say whether this person wrote a draft that waits for another."""
    return desk.actor is not None and one.waits is Waits.FOUR_EYES and one.author == desk.actor.name


def draw(one: Proposal, desk: Desk, look: Look) -> None:
    """Draw the ways out of a proposal for who may decide, and for the others who it is that may."""
    st.session_state.pop(LEFT, None)
    if may_act(desk, one):
        name = f"proposal.{one.id}"
        _decide(one, look, Sheet.of(desk, name, own_window(name)), own=not desk.proposals.may_decide(one))
    elif desk.may_write:
        st.html(f'<p class="iw iw-soft iw-small">{esc(texts.NOT_YOURS)}</p>')


@st.fragment
def _decide(one: Proposal, look: Look, sheet: Sheet, *, own: bool) -> None:
    """Draw fields, effect and the two ways out. Redrawn while typing."""
    if st.session_state.pop(LEFT, False):
        st.rerun(scope="app")
    sheet.begin({field: given(one, field) for field in CHANGEABLE} | {"reason": ""})
    with st.container(key="desk_decide", border=True):
        if own:
            st.html(f'<p class="iw iw-soft iw-small">{esc(texts.OWN)}</p>')
        elif one.report is not None:
            _fields(one, look, sheet)
            _effect(one, look, sheet)
        st.text_input(texts.DECIDE_WHY, live=True, **sheet.widget("reason"))
        acting = (one, sheet, look)
        with st.container(horizontal=True):
            if own:
                st.button(texts.TAKE_BACK, key=sheet.key("reject"), on_click=_reject, args=acting)
                return
            seen = _newest(one)
            st.button(texts.ACCEPT, type="primary", key=sheet.key("accept"), on_click=_accept, args=(*acting, seen))
            st.button(texts.REJECT, key=sheet.key("reject"), on_click=_reject, args=acting)


def _fields(one: Proposal, look: Look, sheet: Sheet) -> None:
    """Draw what whoever decides may change; a first officer's draft is taken as it stands, or not at all."""
    if one.waits is Waits.FOUR_EYES:
        return
    anchors = {
        str(level): f"{level} {text}" for level, text in sorted(look.pack.indicator(one.subject).anchors.items())
    }
    _choice(texts.LEVEL, "level", anchors, sheet)
    left, right = st.columns(2)
    with left:
        _choice(texts_desk.RELIABILITY, "reliability", texts_desk.RELIABILITIES, sheet)
    with right:
        _choice(texts_desk.CREDIBILITY, "credibility", texts_desk.CREDIBILITIES, sheet)
    st.text_input(texts_desk.STATEMENT, live=True, **sheet.widget("statement"))


def _choice(label: str, field: str, options: Mapping[str, str], sheet: Sheet) -> None:
    words = options.__getitem__
    st.selectbox(label, list(options), format_func=words, placeholder=texts_desk.CHOOSE, **sheet.widget(field))


def _effect(one: Proposal, look: Look, sheet: Sheet) -> None:
    would_be = data.desk().proposals.would_be(one, _changes(one, sheet))
    body = f"<p>{esc(texts.EFFECT_WAITS_TOO)}</p>"
    if would_be is not None:
        body = effect.effect(data.site().suppose([would_be]), one.subject, look)
    st.html(f'<div class="iw"><div class="iw-h">{esc(texts.EFFECT_TITLE)}</div>{body}</div>')


def _changes(one: Proposal, sheet: Sheet) -> dict[str, str]:
    """Return what was chosen or typed over what is proposed."""
    if one.report is None or one.waits is Waits.FOUR_EYES:
        return {}
    return {field: sheet.text(field) for field in CHANGEABLE}


def _newest(one: Proposal) -> str:
    """Return the id of the newest report or judgement of the same place: what whoever decides has seen there."""
    desk = data.desk()
    if one.judgement is None:
        return desk.newest().get(one.subject, "")
    newest = desk.judging.newest(RawJudgement(kind=one.judgement.kind, subject=one.subject))
    return newest.id if newest else ""


def _accept(one: Proposal, sheet: Sheet, look: Look, seen: str) -> None:
    title = data_log.names(look.pack)[one.subject]
    try:
        decision, _ = data.desk().proposals.accept(
            one.id, reason=sheet.text("reason"), changes=_changes(one, sheet), seen=seen
        )
    except IwError as error:
        _wrong(error, title)
        return
    moment = day_time_group(decision.recorded_at)
    _done(texts.ACCEPTED.format(title=title, author=decision.author, moment=moment), sheet)


def _reject(one: Proposal, sheet: Sheet, look: Look) -> None:
    title = data_log.names(look.pack)[one.subject]
    try:
        decision = data.desk().proposals.reject(one.id, reason=sheet.text("reason"))
    except IwError as error:
        _wrong(error, title)
        return
    moment = day_time_group(decision.recorded_at)
    _done(texts.REJECTED.format(title=title, author=decision.author, moment=moment), sheet)


def _done(says: str, sheet: Sheet) -> None:
    said.done(says)
    sheet.drop()
    for name in (OPENED, WINDOW):
        st.query_params.pop(name, None)
    st.session_state[LEFT] = True


def _wrong(error: IwError, title: str) -> None:
    """Say why nothing was decided; the whole page follows, for what is said may be that somebody else was here."""
    said.wrong(error, title)
    st.session_state[LEFT] = True
