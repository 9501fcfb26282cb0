"""The dashboard's entry: navigation, the frame around every page, and what is shown when nothing can be opened."""

from __future__ import annotations

import streamlit as st

from dashboard import data_packs, held, navigation, opening, texts
from dashboard.parts.desk.keeping import WINDOW
from dashboard.parts.frame import cannot_open
from dashboard.parts.packs import strip
from dashboard.parts.style import style_sheet
from iw_monitor.errors import IwError


def main() -> None:
    """Draw the page that the address names."""
    with held.one_run(), held.turn():
        _draw()


def _draw() -> None:
    st.set_page_config(page_title=texts.PRODUCT, page_icon=navigation.icon(), layout="wide")
    try:
        guest = held.guest() is not None
        held.come_in()
        are_several = len(held.visible()) > 1
    except IwError as error:
        st.navigation(navigation.pages(are_several=False), position="top")  # keeps the page in the address; none is run
        _cannot_open(error, ".")
        return
    if guest:
        page = st.navigation(navigation.for_guests(), position="hidden")
    else:
        page = st.navigation(navigation.pages(are_several=are_several), position="top")
    path = page.url_path or "."
    try:
        opening.keep_moment(path)
        opening.draw_frame(path)
        page.run()
        opening.keep_fresh()
    except IwError as error:
        _cannot_open(error, path)


def _cannot_open(error: IwError, page: str) -> None:
    st.html(style_sheet(opening.inks()))
    st.html(_way_elsewhere(page) + cannot_open(error, has_draft=WINDOW in st.query_params))
    st.session_state["tried"] = False
    opening.try_again()


def _way_elsewhere(page: str) -> str:
    """Return the other packs, where the one that is looked at cannot be opened; nothing where none can."""
    try:
        return strip(data_packs.overview(), page=page, shown="")
    except IwError:
        return ""


main()
