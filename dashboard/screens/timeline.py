"""Timeline: how the points and levels moved, what happened, and a way to turn every page back to any moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, choices, data_history, drawing, opening, texts, theme
from dashboard.data import Look
from dashboard.parts import empty, film
from iw_monitor.errors import InputError
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.outcome import Outcome
from iw_monitor.telling.charts import gauge, gauge_alt, timeline, timeline_alt
from iw_monitor.telling.reading import gauge_reading, scale_of

TICK_SECONDS = 0.8
STEPS = {"day": 1, "week": 7}


def page() -> None:
    """Draw the page."""
    look, inks = opening.start()
    frames = data_history.film(look)
    if not frames:
        _controls_known(st.container(), look)
        st.html(empty.nothing_reported(look) + empty.note(texts.TIMELINE_NONE))
        return
    _controls(frames, look)
    if st.session_state.get("playing"):
        st.fragment(_playing, run_every=TICK_SECONDS)(frames, look, inks)
        return
    _chart(frames, look, inks)


def _controls(frames: Sequence[Assessment], look: Look) -> None:
    moments = sorted({one.as_of for one in frames} | ({look.moment.as_of} if look.moment.as_of else set()))
    current = look.moment.as_of or moments[-1]
    if len(moments) > 1:
        st.session_state["as_of_slider"] = current
        st.select_slider(
            texts.SLIDER_LABEL,
            moments,
            key="as_of_slider",
            format_func=day_time_group,
            on_change=_turn,
            args=(moments[-1],),
        )
    bar = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    _controls_known(bar, look)
    if st.session_state.get("playing"):
        bar.button(texts.STOP, icon=":material/stop:", on_click=_stop, key="stop")
    else:
        bar.button(
            texts.PLAY, icon=":material/play_arrow:", on_click=_play, args=(len(frames),), key="play", type="primary"
        )
    bar.segmented_control(
        texts.STEP_LABEL,
        list(STEPS),
        default="week",
        required=True,
        format_func=texts.STEP_WORDS.__getitem__,
        key="step",
        label_visibility="collapsed",
    )
    if look.moment.as_of is not None:
        bar.button(texts.BACK_TO_NOW, icon=":material/update:", on_click=_to_now, key="to_now")


def _controls_known(bar: DeltaGenerator, look: Look) -> None:
    choices.segmented(bar, address.KNOWN, texts.KNOWN_SHORT, label=texts.KNOWN_LABEL, usual=look.usual.value)


def _turn(newest: datetime) -> None:
    chosen = st.session_state["as_of_slider"]
    if chosen == newest:
        st.query_params.pop(address.AS_OF, None)
    else:
        st.query_params[address.AS_OF] = address.write_instant(chosen)


def _to_now() -> None:
    st.query_params.pop(address.AS_OF, None)


def _play(length: int) -> None:
    at_end = st.session_state.get("frame", 0) >= length - 1
    st.session_state.update(playing=True, frame=0 if at_end else st.session_state.get("frame", 0))


def _stop() -> None:
    st.session_state["playing"] = False


def _playing(frames: Sequence[Assessment], look: Look, inks: theme.Inks) -> None:
    """Draw one frame of the film and move on; stops by itself at the end."""
    place = min(st.session_state.get("frame", 0), len(frames) - 1)
    frame = frames[place]
    scale = scale_of(look.pack)
    left, right = st.columns([5, 7], gap="large")
    with left, st.container(key="gauge_film"):
        reading = gauge_reading(frame, look.pack, {})
        spec = gauge(reading, scale, inks=inks)
        st.vega_lite_chart(spec, theme=None, width="content", alt=gauge_alt(reading, scale), key="film_gauge")
    with right:
        st.html(film.frame(frame, place, len(frames), look, scale))
        if st.button(texts.GO_THERE, icon=":material/history:", key="go_there"):
            st.session_state["playing"] = False
            st.query_params[address.AS_OF] = address.write_instant(frame.as_of)
            st.rerun(scope="app")
    if place >= len(frames) - 1:
        st.session_state["playing"] = False
        st.rerun(scope="app")
    st.session_state["frame"] = min(place + STEPS[st.session_state.get("step") or "week"], len(frames) - 1)


def _chart(frames: Sequence[Assessment], look: Look, inks: theme.Inks) -> None:
    scale, lines = scale_of(look.pack), drawing.series(frames, look.pack)
    outcomes = _outcomes(frames, look)
    events = [*drawing.floor_events(frames, look.pack), *drawing.outcome_events(outcomes, look.pack)]
    st.vega_lite_chart(
        timeline(lines, scale, events=events, as_of=look.moment.as_of, inks=inks),
        theme=None,
        width="stretch",
        alt=timeline_alt(lines, scale, events=events),
        key="timeline",
    )
    st.html(film.happened(outcomes, events, look))


def _outcomes(frames: Sequence[Assessment], look: Look) -> tuple[Outcome, ...]:
    """Return what really happened in the time drawn; a file that cannot be read is named, and the page goes on."""
    try:
        return tuple(one for one in data_history.outcomes(look) if one.day >= frames[0].as_of.date())
    except InputError as error:
        st.html(empty.note(str(error)))
        return ()


page()
