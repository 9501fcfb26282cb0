"""How every page begins and stays fresh: its look, its inks, its banners, and the poll for news."""

from __future__ import annotations

import streamlit as st

from dashboard import address, data, data_packs, held, texts, theme
from dashboard.data import Look
from dashboard.parts import frame, heartbeat, packs
from dashboard.parts.style import style_sheet
from iw_monitor.errors import IwError

POLL_SECONDS = 5
FROZEN_AFTER_SECONDS = 30


def start() -> tuple[Look, theme.Inks]:
    """Return what this page looks at and the inks of the viewer's theme."""
    asked = query()
    return held.once_a_run(("look", *sorted(asked.items())), lambda: data.look(asked)), inks()


def query() -> dict[str, str]:
    """Return the address's parameters as plain text."""
    return {key: st.query_params[key] for key in st.query_params}


def inks() -> theme.Inks:
    """Return the inks of the viewer's theme; the light ones before the browser has said."""
    return theme.inks(st.context.theme.type)


def draw_frame(page: str) -> None:
    """Draw the style sheet, the banners and the header line; ``page`` is the path of the page below."""
    st.session_state["beat"] = _beat()  # before anything is read: what comes while the page is drawn is news
    look, shades = start()
    st.html(style_sheet(shades))
    rest = {key: text for key, text in query().items() if key not in address.KEPT}
    banners = frame.banners(look, page, rest)
    if banners:
        st.html(banners)
    st.html(packs.strip(data_packs.overview(), page=page, shown=look.pack.id) + frame.header(look))


def keep_moment(page: str) -> None:
    """Carry pack and moment over to another page: the navigation drops the address's parameters."""
    kept = st.session_state.setdefault("moment", {})
    asked = {key: text for key, text in query().items() if key in address.KEPT}
    turned_page = st.session_state.get("page") not in (None, page)
    if turned_page and not asked and kept:
        for key, text in kept.items():
            st.query_params[key] = text
    else:
        st.session_state["moment"] = asked
    st.session_state["page"] = page


@st.fragment(run_every=POLL_SECONDS)
def keep_fresh() -> None:
    """Ask for news every few seconds and redraw only if there are some; the heartbeat shows that the asking works."""
    try:
        with held.one_run():
            beat = _beat()
    except IwError:  # the journal or the pack has gone: the entry says which, and what to do
        st.rerun(scope="app")
    if st.session_state.setdefault("beat", beat) != beat:
        st.session_state["beat"] = beat
        st.rerun(scope="app")
    st.html(heartbeat.beat(data.wall_clock(), frozen_after=FROZEN_AFTER_SECONDS, says=texts.WALL_FROZEN))


def _beat() -> str:
    """Return the key of how this page looks now."""
    if "ahead" not in st.session_state:
        st.session_state["ahead"] = data.phase()
    return data.beat(st.session_state["ahead"])


@st.fragment(run_every=POLL_SECONDS)
def try_again() -> None:
    """Open the page anew every few seconds while its data cannot be opened."""
    if st.session_state.get("tried"):
        st.session_state["tried"] = False
        st.rerun(scope="app")
    st.session_state["tried"] = True
