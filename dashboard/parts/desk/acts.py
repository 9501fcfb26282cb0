"""What was done to an indicator: who, when, how and why, and withdrawing a report with its effect shown first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import data
from dashboard import texts_desk as texts
from dashboard.data import Act, Desk, Look
from dashboard.parts.desk import effect, queue, said
from dashboard.parts.marks import level_change
from dashboard.parts.markup import aged, esc, rows_table
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.observation import Method, Observation
from iw_monitor.model.pack import Indicator

MOST = 100


def draw(desk: Desk, indicator: Indicator, look: Look) -> None:
    """Draw the history of an indicator and, for an editor, the way to withdraw a report."""
    acts = desk.acts(indicator.id)
    with st.expander(texts.HISTORY.format(count=len(acts)), key=f"desk_acts_{indicator.id}"):
        st.html(_table(acts[:MOST], look) if acts else f'<p class="iw">{esc(texts.NO_ACTS)}</p>')
    withdrawn = {one.observation.id for one in acts if one.retraction}
    live = [one.observation for one in acts if not one.retraction and one.observation.id not in withdrawn]
    if desk.may_write and live:
        _withdraw(desk, indicator, live, look)


def _table(acts: Sequence[Act], look: Look) -> str:
    rows = [
        [
            aged(one.at, look.at.as_of, look.zone),
            f'{esc(one.author)}<br><span class="iw-small iw-soft">{esc(one.via)}</span>',
            esc(_what(one)),
            f'<span class="iw-nowrap">{esc(level_change(one.before, one.after))}</span>',
            esc(one.retraction.reason if one.retraction else one.observation.statement),
        ]
        for one in acts
    ]
    return f'<div class="iw" data-acts="{len(acts)}">{rows_table(texts.ACT_HEAD, rows, stacked=True)}</div>'


def _what(act: Act) -> str:
    if act.retraction:
        said_then = texts.ACT_WORDS["retraction"].format(level=act.observation.level)
        return f"{said_then} {texts.ACT_WAS.format(author=act.observation.author)}"
    return texts.ACT_WORDS["confirm" if act.observation.method is Method.CONFIRM else "observation"]


def _withdraw(desk: Desk, indicator: Indicator, live: Sequence[Observation], look: Look) -> None:
    named = {one.id: one for one in live[:MOST]}
    key = f"desk_withdraw_{indicator.id}"
    with st.expander(texts.RETRACT, key=key):
        st.html(f'<p class="iw iw-soft iw-small">{esc(texts.RETRACT_SAYS)}</p>')
        chosen = st.selectbox(
            texts.RETRACT_WHICH,
            list(named),
            index=None,
            format_func=lambda name: _label(named[name]) if name in named else name,
            placeholder=texts.CHOOSE,
            key=f"{key}_which",
        )
        if chosen not in named:
            return
        supposed = desk.preview_retraction(chosen)
        st.html(f'<div class="iw iw-h">{esc(texts.RETRACT_EFFECT)}</div>{effect.effect(supposed, indicator.id, look)}')
        st.text_input(texts.RETRACT_WHY, key=f"{key}_why", live=True)
        st.button(texts.RETRACT_DO, key=f"{key}_do", on_click=_do, args=(indicator, named[chosen], look))


def _label(one: Observation) -> str:
    return f"{one.level} · {day_time_group(one.observed_at)} · {one.author} · {one.statement[:60]}"


def _do(indicator: Indicator, one: Observation, look: Look) -> None:
    key, desk = f"desk_withdraw_{indicator.id}", data.desk()
    try:
        supposed = desk.preview_retraction(one.id)
        gone = desk.retract(one.id, reason=str(st.session_state.get(f"{key}_why", "")))
    except IwError as error:
        said.wrong(error, indicator.title)
        return
    moved = ", ".join(queue.moves(effect.changed(supposed), look)) or texts.EFFECT_NONE.lower().rstrip(".")
    told = texts.RETRACTED.format(
        title=indicator.title, level=one.level, author=gone.author, moment=day_time_group(gone.recorded_at)
    )
    said.done(f"{told} {texts.RETRACT_DID.format(moves=moved)}")
    st.session_state.pop(f"{key}_which", None)
    st.session_state.pop(f"{key}_why", None)
