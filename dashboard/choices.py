"""Filters that live in the address: a widget shows what the address says, and writes there what a person chooses.

Streamlit's own binding writes an option as it is worded on the screen; links must hold ids and instants, and last.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address
from dashboard.parts.markup import plain
from iw_monitor.model.instants import as_utc
from iw_monitor.model.observation import parse_instant

PREFIX = "choice_"
FROM = "from"  # the window that begins at an instant


def current(param: str, allowed: Collection[str], usual: str) -> str:
    """Return what the address says, made the widget's value; nonsense counts as the usual."""
    text = st.query_params.get(param, usual)
    chosen = text if text in allowed else usual
    st.session_state[PREFIX + param] = chosen or None
    return chosen


def write(param: str, usual: str) -> None:
    """Write what was chosen into the address; the usual stands there by its absence."""
    chosen = st.session_state.get(PREFIX + param)
    if chosen is None or chosen == usual:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = str(chosen)


def segmented(where: DeltaGenerator, param: str, options: dict[str, str], *, label: str, usual: str) -> str:
    """Draw a choice of few, each under its title, and return the one chosen."""
    chosen = current(param, options, usual)
    where.segmented_control(
        label,
        list(options),
        format_func=lambda one: plain(options[one]),  # its buttons take Markdown, unlike a list's options
        required=True,
        key=PREFIX + param,
        on_change=write,
        args=(param, usual),
        label_visibility="collapsed",
    )
    return chosen


def selected(where: DeltaGenerator, param: str, options: dict[str, str], *, label: str, none: str) -> str:
    """Draw a choice of many, or of none (``""``), and return the one chosen."""
    chosen = current(param, options, "")
    where.selectbox(
        label,
        list(options),
        index=None,
        format_func=lambda one: options.get(one, one),
        placeholder=none,
        key=PREFIX + param,
        on_change=write,
        args=(param, ""),
        label_visibility="collapsed",
    )
    return chosen


def switched(where: DeltaGenerator, param: str, *, label: str, tip: str) -> bool:
    """Draw a switch that is off unless the address says ``1``."""
    on = st.query_params.get(param) == "1"
    st.session_state[PREFIX + param] = on
    where.toggle(label, key=PREFIX + param, on_change=_write_switch, args=(param,), help=tip)
    return on


def _write_switch(param: str) -> None:
    if st.session_state.get(PREFIX + param):
        st.query_params[param] = "1"
    else:
        st.query_params.pop(param, None)


def write_window(key: str, usual: str, yesterday: str) -> None:
    """Write the chosen window into the address; one that begins at an instant begins yesterday at first.

    Here and not in the page: what a session keeps to call later would keep that run of the page with it.
    """
    chosen = st.session_state[key]
    if chosen == usual:
        st.query_params.pop("since", None)
    else:
        st.query_params["since"] = yesterday if chosen == FROM else chosen


def instant(param: str, newest: datetime) -> datetime | None:
    """Return the instant that the address holds under this name, not after ``newest``; None if there is none."""
    try:
        return min(parse_instant(st.query_params.get(param, "").replace(" ", "+")), newest)
    except (ValueError, OverflowError):
        return None


def moment(
    where: DeltaGenerator, param: str, *, label: str, usual: datetime | None, newest: datetime
) -> datetime | None:
    """Draw a choice of an instant in UTC and return it; the address holds it exactly."""
    chosen = instant(param, newest) or usual
    st.session_state[PREFIX + param] = None if chosen is None else _shown(chosen)
    where.datetime_input(
        label,
        value=None,
        max_value=_shown(newest),
        key=PREFIX + param,
        on_change=_write_moment,
        args=(param,),
        width=240,
    )
    return chosen


def _shown(chosen: datetime) -> datetime:
    return as_utc(chosen).replace(tzinfo=None, second=0, microsecond=0)


def _write_moment(param: str) -> None:
    chosen = st.session_state.get(PREFIX + param)
    if chosen is None:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = address.write_instant(chosen.replace(tzinfo=UTC))
