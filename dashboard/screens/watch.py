"""Watch: is it worse, why, how sure, how fresh? Read in five seconds."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, choices, data, data_drawn, data_evidence, data_history, drawing, opening, texts, theme
from dashboard.data import Look
from dashboard.parts import cards, changes, empty, problems, said
from dashboard.parts.acts import stated
from dashboard.parts.log import shift
from iw_monitor.model.pack import Role
from iw_monitor.telling.charts import gauge, gauge_alt
from iw_monitor.telling.reading import gauge_reading, scale_of

SPARK_DAYS = 60
WINDOWS = {"24h": timedelta(hours=24), "7d": timedelta(days=7)}


def page() -> None:
    """Draw the page."""
    look, inks = opening.start()
    if look.is_empty:
        st.html(empty.nothing_reported(look))
    _gauge_and_problems(look, inks)
    _since(look)
    _leading(look, inks)
    _rest(look)
    _gaps(look)


def _gauge_and_problems(look: Look, inks: theme.Inks) -> None:
    scale, moved = scale_of(look.pack), data.changes(look)
    left, right = st.columns([5, 7], gap="large")
    with left, st.container(key="gauge_headline"):
        reading = gauge_reading(look.at, look.pack, moved)
        spec = gauge(reading, scale, inks=inks)
        st.vega_lite_chart(spec, theme=None, width="content", alt=gauge_alt(reading, scale), key="gauge")
        st.html(said.headline(look) + said.conclusion(look) + stated.beside_gauge(look))
    with right:
        st.html(
            said.heading(texts.FOUR_PROBLEMS)
            + data_drawn.drawn(look, "problems", lambda: problems.rows(look, moved, scale))
        )


def _since(look: Look) -> None:
    with st.container(border=True, key="since_card"):
        bar = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
        bar.html(said.heading(texts.SINCE_TITLE))
        start = _start(bar, look)
        shift.caught_up_button(bar, look)
        st.html(data_drawn.drawn(look, "since", lambda: _changed(look, start), by=start))


def _changed(look: Look, start: datetime) -> str:
    found = data.since(look, start)
    return changes.since_card(found, look) if found else changes.nothing_to_compare(start)


def _start(bar: DeltaGenerator, look: Look) -> datetime:
    """Return since when changes are shown: a window, or the instant that the address holds."""
    chosen = choices.instant("since", look.at.as_of)
    yesterday = look.at.as_of - data.DAY
    key = choices.PREFIX + "window"
    windows, usual = shift.windows(look, WINDOWS)
    st.session_state[key] = choices.FROM if chosen else choices.current("since", windows, usual)
    bar.segmented_control(
        texts.SINCE_LABEL,
        [*windows, choices.FROM],
        format_func=texts.SINCE_WINDOWS.__getitem__,
        required=True,
        key=key,
        on_change=choices.write_window,
        args=(key, usual, address.write_instant(yesterday)),
        label_visibility="collapsed",
    )
    if chosen is None:
        return look.at.as_of - windows[st.session_state[key]]
    return choices.moment(bar, "since", label=texts.SINCE_FROM, usual=yesterday, newest=look.at.as_of) or yesterday


def _leading(look: Look, inks: theme.Inks) -> None:
    st.html(said.heading(texts.LEADING_TITLE) + data_drawn.drawn(look, "leading", lambda: _cards(look, inks), by=inks))


def _cards(look: Look, inks: theme.Inks) -> str:
    names = set(look.pack.file.leading)
    first = [one for one in data_evidence.indicator_rows(look) if one.indicator.id in names]
    trails = data_history.trails(look, days=SPARK_DAYS)
    sparks = {name: drawing.stretches(trail) for name, trail in trails.items() if name in names}
    return cards.cards(first, look, sparks, inks)


def _rest(look: Look) -> None:
    bar = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    bar.html(said.heading(texts.REST_TITLE))
    group = choices.segmented(bar, "group", texts.GROUPS, label=texts.GROUP_LABEL, usual="family")
    only = choices.switched(bar, "leading", label=texts.LEADING_ONLY, tip=texts.LEADING_ONLY_HELP)
    st.html(data_drawn.drawn(look, "rest", lambda: _groups(look, group, only=only), by=(group, only)))


def _groups(look: Look, group: str, *, only: bool) -> str:
    names = set(look.pack.file.leading)
    rest = [one for one in data_evidence.indicator_rows(look) if one.indicator.id not in names]
    if only:
        rest = [one for one in rest if one.indicator.role is Role.LEADING]
    headings = look.pack.file.families if group == "family" else look.pack.file.fronts
    placed = [(place.title, [one for one in rest if getattr(one.indicator, group) == place.id]) for place in headings]
    return cards.groups(placed, look) if rest else said.soft(texts.NONE_LEADING)


def _gaps(look: Look) -> None:
    with st.container(border=True, key="gaps_card"):
        st.html(said.heading(texts.GAPS_TITLE) + data_drawn.drawn(look, "gaps", lambda: _gaps_and_could(look)))


def _gaps_and_could(look: Look) -> str:
    return changes.gaps(data_evidence.indicator_rows(look), look) + said.unknown_could(look)


page()
