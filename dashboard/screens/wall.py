"""Wall: the level across a room, with a clock that tells when the screen is frozen."""

from __future__ import annotations

import streamlit as st

from dashboard import data, opening, texts
from dashboard.data import Look
from dashboard.parts import empty, heartbeat, wall
from iw_monitor.telling.charts import gauge, gauge_alt
from iw_monitor.telling.reading import gauge_reading, scale_of

TICK_SECONDS = 5


def page() -> None:
    """Draw the page."""
    look, inks = opening.start()
    scale, moved = scale_of(look.pack), data.changes(look)
    st.html(wall.style())
    if look.is_empty:
        st.html(empty.nothing_reported(look))
    left, right = st.columns([1, 1], gap="large", vertical_alignment="center")
    with left, st.container(key="gauge_wall"):
        reading = gauge_reading(look.at, look.pack, moved)
        spec = gauge(reading, scale, inks=inks)
        st.vega_lite_chart(spec, theme=None, width="content", alt=gauge_alt(reading, scale), key="wall_gauge")
    with right:
        st.html(wall.problems_of(look, moved, scale))
    _clock(look)


@st.fragment(run_every=TICK_SECONDS)
def _clock(look: Look) -> None:
    st.html(wall.clock(data.now(), look) + heartbeat.tick(data.wall_clock(), texts.WALL_AGE))


page()
