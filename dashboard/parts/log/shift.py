"""Since my last watch: where the first card of the Watch page begins for somebody with a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import data_log
from dashboard import texts_log as texts
from dashboard.data import Look
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group

SHIFT, USUAL = "shift", "24h"


def windows(look: Look, plain: Mapping[str, timedelta]) -> tuple[dict[str, timedelta], str]:
    """Return the windows to choose from and the usual one: the viewer's last watch first, where one is known.

    At a past moment there are only the plain ones: nobody was on watch then.
    """
    began = None if look.moment.as_of is not None else data_log.shift_began(look)
    if began is None or began >= look.at.as_of:
        return dict(plain), USUAL
    return {SHIFT: look.at.as_of - began, **plain}, SHIFT


def caught_up_button(bar: DeltaGenerator, look: Look) -> None:
    """Draw the button by which somebody who is signed in says that all of this was read."""
    book = data_log.log_book()
    if look.moment.as_of is None and book.actor is not None:
        bar.button(texts.CAUGHT_UP_DO, key="watch_caught_up", help=texts.CAUGHT_UP_HELP, on_click=_catch_up)


def _catch_up() -> None:
    try:
        one = data_log.log_book().catch_up()
    except IwError as error:
        st.toast(str(error))
        return
    st.toast(texts.CAUGHT_UP.format(author=one.author, moment=day_time_group(one.recorded_at)))
