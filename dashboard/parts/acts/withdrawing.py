"""Ending a judgement before its time: one's own, or as an approver anybody's. It stays in the journal."""

from __future__ import annotations

import streamlit as st

from dashboard import data, data_acts, data_log
from dashboard import texts_acts as texts
from dashboard.data import Desk, Look
from dashboard.parts.acts import both
from dashboard.parts.desk import said
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.judgement import JudgementKind


def draw(desk: Desk, kinds: tuple[JudgementKind, ...], subject: str, look: Look) -> None:
    """Draw the way to end a judgement before its time: one's own, or as an approver anybody's."""
    listed = [
        one for kind in kinds for one in data_acts.standing(look, kind, subject) if desk.judging.may_withdraw(one)
    ]
    if not listed:
        return
    named = {one.id: one for one in listed}
    key = f"desk_unstate_{subject}"
    with st.expander(texts.WITHDRAW, key=key):
        st.selectbox(
            texts.WITHDRAW_WHICH,
            list(named),
            format_func=lambda name: both.brief(named[name], look) if name in named else name,
            key=f"{key}_which",
        )
        st.text_input(texts.WITHDRAW_WHY, key=f"{key}_why", live=True)
        st.button(texts.WITHDRAW_DO, key=f"{key}_do", on_click=_withdraw, args=(subject, look))


def _withdraw(subject: str, look: Look) -> None:
    key, title = f"desk_unstate_{subject}", data_log.names(look.pack)[subject]
    chosen, why = (str(st.session_state.get(f"{key}_{field}") or "") for field in ("which", "why"))
    try:
        gone = data.desk().judging.withdraw(chosen, reason=why)
    except IwError as error:
        said.wrong(error, title)
        return
    said.done(texts.WITHDRAWN.format(title=title, author=gone.author, moment=day_time_group(gone.recorded_at)))
    st.session_state.pop(f"{key}_why", None)
