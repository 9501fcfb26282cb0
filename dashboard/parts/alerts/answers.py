"""Answering an alert on the page: acknowledge, silence, renew; ending a silence; holding an exercise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import streamlit as st

from dashboard import data, data_alerts
from dashboard import texts_alerts as texts
from dashboard.data_alerts import AlertDesk, Overview, Told
from dashboard.parts.desk import said
from iw_monitor.errors import IwError
from iw_monitor.model.alert import Answer
from iw_monitor.model.instants import day_time_group

USUAL_LENGTH = "8"
EXERCISE_KEY = "desk_exercise"
SILENCE_KEY = "desk_silence"


def key_of(one: Told) -> str:
    """Return the name of an alert as the key of a widget."""
    return one.name.replace("/", "_")


def draw(one: Told) -> None:
    """Draw the way to answer one alert."""
    key = f"desk_alert_{key_of(one)}"
    with st.popover(texts.ANSWER, key=f"{key}_answer"):
        st.text_input(texts.REASON, key=f"{key}_reason")
        _length(key)
        with st.container(horizontal=True):
            acts: tuple[tuple[str, str, Callable[[str, str], None]], ...] = (
                (texts.ACKNOWLEDGE, "ack", _acknowledge),
                (texts.SILENCE, "silence", _silence),
                (texts.RENEW, "renew", _renew),
            )
            for label, name, act in acts:
                st.button(label, key=f"{key}_{name}", on_click=act, args=(one.name, key))


def draw_end_of_silence(found: Overview) -> None:
    """Draw the way to end a silence before its time."""
    named = {one.id: f"{one.rule}/{one.subject}".rstrip("/") for one in found.silences}
    with st.popover(texts.END_SILENCE, key=f"{SILENCE_KEY}_end"):
        st.selectbox(
            texts.SILENCES, list(named), format_func=lambda name: named.get(name, name), key=f"{SILENCE_KEY}_which"
        )
        st.text_input(texts.REASON, key=f"{SILENCE_KEY}_reason")
        st.button(texts.END_SILENCE, key=f"{SILENCE_KEY}_do", on_click=_end_silence)


def draw_exercise(found: Overview) -> None:
    """Draw the way to begin an exercise, or to end the one that goes on."""
    with st.expander(texts.EXERCISE_BEGIN if found.exercise is None else texts.EXERCISE_END, key=EXERCISE_KEY):
        if found.exercise is None:
            st.text_input(texts.EXERCISE_TITLE, key=f"{EXERCISE_KEY}_title")
            _length(EXERCISE_KEY)
            st.button(texts.EXERCISE_DO, key=f"{EXERCISE_KEY}_begin", on_click=_begin_exercise)
        else:
            st.text_input(texts.REASON, key=f"{EXERCISE_KEY}_reason")
            st.button(texts.EXERCISE_END, key=f"{EXERCISE_KEY}_end", on_click=_end_exercise)


def _length(key: str) -> None:
    lengths = list(texts.LENGTHS)
    st.selectbox(
        texts.LENGTH,
        lengths,
        index=lengths.index(USUAL_LENGTH),
        format_func=lambda name: texts.LENGTHS.get(name, name),
        key=f"{key}_length",
    )


def _text(key: str) -> str:
    return str(st.session_state.get(key, ""))


def _until(key: str) -> datetime:
    return data.now() + timedelta(hours=int(_text(f"{key}_length") or USUAL_LENGTH))


def _acknowledge(name: str, key: str) -> None:
    _done(
        lambda desk: desk.acknowledge(name, until=_until(key), reason=_text(f"{key}_reason")),
        texts.ACKNOWLEDGED,
        texts.ACKNOWLEDGE,
    )


def _silence(name: str, key: str) -> None:
    _done(
        lambda desk: desk.silence(name, until=_until(key), comment=_text(f"{key}_reason")),
        texts.SILENCED,
        texts.SILENCE,
    )


def _renew(name: str, key: str) -> None:
    _done(lambda desk: desk.renew(name, until=_until(key), reason=_text(f"{key}_reason")), texts.RENEWED, texts.RENEW)


def _end_silence() -> None:
    which, reason = _text(f"{SILENCE_KEY}_which"), _text(f"{SILENCE_KEY}_reason")
    _done(lambda desk: desk.end_silence(which, reason=reason), texts.UNSILENCED, texts.END_SILENCE)


def _begin_exercise() -> None:
    title = _text(f"{EXERCISE_KEY}_title")
    _done(
        lambda desk: desk.begin_exercise(title, until=_until(EXERCISE_KEY)), texts.EXERCISE_BEGUN, texts.EXERCISE_BEGIN
    )


def _end_exercise() -> None:
    reason = _text(f"{EXERCISE_KEY}_reason")
    _done(lambda desk: desk.end_exercise(reason=reason), texts.EXERCISE_OVER, texts.EXERCISE_END)


def _done(act: Callable[[AlertDesk], Answer], words: str, title: str) -> None:
    """Do it as whoever is signed in at this moment, and say what came of it."""
    try:
        one = act(data_alerts.desk())
    except IwError as error:
        said.wrong(error, title)
        return
    until = "" if one.until is None else day_time_group(one.until)
    said.done(words.format(owner=one.owner, until=until))
