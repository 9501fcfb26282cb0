"""Watch: is it worse, why, how sure, how fresh? Read in five seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, choices, data, data_evidence, data_history, drawing, opening, texts, theme
from dashboard.data import Look
from dashboard.parts import cards, changes, empty, problems, said
from dashboard.parts.acts import stated
from dashboard.parts.log import shift
from dashboard.rows import IndicatorRow
from iw_monitor.model.pack import Role
from iw_monitor.telling.charts import gauge, gauge_alt
from iw_monitor.telling.reading import gauge_reading, scale_of

SPARK_DAYS = 60
WINDOWS = {"24h": timedelta(hours=24), "7d": timedelta(days=7)}
CHOSEN = "from"


def page() -> None:
    """Draw the page."""
    look, inks = opening.start()
    if look.is_empty:
        st.html(empty.nothing_reported(look))
    _gauge_and_problems(look, inks)
    _since(look)
    rows = data_evidence.indicator_rows(look)
    _leading(rows, look, inks)
    _rest(rows, look)
    _gaps(rows, look)


def _gauge_and_problems(look: Look, inks: theme.Inks) -> None:
    scale, moved = scale_of(look.pack), data.changes(look)
    left, right = st.columns([5, 7], gap="large")
    with left, st.container(key="gauge_headline"):
        reading = gauge_reading(look.at, look.pack, moved)
        spec = gauge(reading, scale, inks=inks)
        st.vega_lite_chart(spec, theme=None, width="content", alt=gauge_alt(reading, scale), key="gauge")
        st.html(said.headline(look) + said.conclusion(look) + stated.beside_gauge(look))
    with right:
        st.html(said.heading(texts.FOUR_PROBLEMS) + problems.rows(look, moved, scale))


def _since(look: Look) -> None:
    with st.container(border=True, key="since_card"):
        bar = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
        bar.html(said.heading(texts.SINCE_TITLE))
        start = _start(bar, look)
        shift.caught_up_button(bar, look)
        found = data.since(look, start)
        st.html(changes.since_card(found, look) if found else changes.nothing_to_compare(start))


def _start(bar: DeltaGenerator, look: Look) -> datetime:
    """Return since when changes are shown: a window, or the instant that the address holds."""
    chosen = choices.instant("since", look.at.as_of)
    yesterday = look.at.as_of - data.DAY
    key = choices.PREFIX + "window"
    windows, usual = shift.windows(look, WINDOWS)
    st.session_state[key] = CHOSEN if chosen else choices.current("since", windows, usual)
    bar.segmented_control(
        texts.SINCE_LABEL,
        [*windows, CHOSEN],
        format_func=texts.SINCE_WINDOWS.__getitem__,
        required=True,
        key=key,
        on_change=_write_window,
        args=(key, usual, address.write_instant(yesterday)),
        label_visibility="collapsed",
    )
    if chosen is None:
        return look.at.as_of - windows[st.session_state[key]]
    return choices.moment(bar, "since", label=texts.SINCE_FROM, usual=yesterday, newest=look.at.as_of) or yesterday


def _write_window(key: str, usual: str, yesterday: str) -> None:
    chosen = st.session_state[key]
    if chosen == usual:
        st.query_params.pop("since", None)
    else:
        st.query_params["since"] = yesterday if chosen == CHOSEN else chosen


def _leading(rows: Sequence[IndicatorRow], look: Look, inks: theme.Inks) -> None:
    names = set(look.pack.file.leading)
    first = [one for one in rows if one.indicator.id in names]
    trails = data_history.trails(look, days=SPARK_DAYS)
    sparks = {name: drawing.stretches(trail) for name, trail in trails.items() if name in names}
    st.html(said.heading(texts.LEADING_TITLE) + cards.cards(first, look, sparks, inks))


def _rest(rows: Sequence[IndicatorRow], look: Look) -> None:
    bar = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    bar.html(said.heading(texts.REST_TITLE))
    group = choices.segmented(bar, "group", texts.GROUPS, label=texts.GROUP_LABEL, usual="family")
    only = choices.switched(bar, "leading", label=texts.LEADING_ONLY, tip=texts.LEADING_ONLY_HELP)
    names = set(look.pack.file.leading)
    rest = [one for one in rows if one.indicator.id not in names]
    if only:
        rest = [one for one in rest if one.indicator.role is Role.LEADING]
    headings = look.pack.file.families if group == "family" else look.pack.file.fronts
    placed = [(place.title, [one for one in rest if getattr(one.indicator, group) == place.id]) for place in headings]
    st.html(cards.groups(placed, look) if rest else said.soft(texts.NONE_LEADING))


def _gaps(rows: Sequence[IndicatorRow], look: Look) -> None:
    with st.container(border=True, key="gaps_card"):
        st.html(said.heading(texts.GAPS_TITLE) + changes.gaps(rows, look) + said.unknown_could(look))


page()
