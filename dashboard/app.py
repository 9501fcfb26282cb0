"""The dashboard's entry: navigation, the frame around every page, and what is shown when nothing can be opened."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import (
    data_packs,
    held,
    opening,
    texts,
    texts_alerts,
    texts_desk,
    texts_judging,
    texts_log,
    texts_packs,
    texts_reports,
    texts_runs,
    texts_sources,
)
from dashboard.parts.frame import cannot_open
from dashboard.parts.packs import strip
from dashboard.parts.style import style_sheet
from iw_monitor.errors import IwError

HERE = Path(__file__).resolve().parent
PAGES = HERE / "screens"  # a folder named "pages" would be run without this entry, banners and all


def _pages(*, are_several: bool) -> dict[str, list[StreamlitPage]]:
    """Return every page where the navigation offers it: what a watch needs at hand, then what is opened at leisure."""
    all_packs = [st.Page(PAGES / "packs.py", title=texts_packs.PACKS)] if are_several else []
    return {
        "": [
            st.Page(PAGES / "watch.py", title=texts.WATCH, default=True),
            st.Page(PAGES / "why.py", title=texts.WHY),
            st.Page(PAGES / "indicators.py", title=texts.INDICATORS),
            st.Page(PAGES / "desk.py", title=texts_desk.DESK),
            st.Page(PAGES / "log.py", title=texts_log.LOG),
            st.Page(PAGES / "alerts.py", title=texts_alerts.ALERTS),
            *all_packs,
        ],
        texts.REVIEW: [
            st.Page(PAGES / "reports.py", title=texts_reports.REPORTS),
            st.Page(PAGES / "timeline.py", title=texts.TIMELINE),
            st.Page(PAGES / "what_if.py", title=texts_judging.WHAT_IF),
            st.Page(PAGES / "scorecard.py", title=texts_judging.SCORECARD),
            st.Page(PAGES / "method.py", title=texts.METHOD),
        ],
        texts.OPERATE: [
            st.Page(PAGES / "sources.py", title=texts_sources.SOURCES),
            st.Page(PAGES / "runs.py", title=texts_runs.RUNS),
            st.Page(PAGES / "wall.py", title=texts.WALL),
        ],
    }


def _for_guests() -> list[StreamlitPage]:
    """Return what a public link shows: the wall, and a start from which one comes to it. No other page can be run."""
    wall = st.Page(PAGES / "wall.py", title=texts.WALL)

    def start() -> None:
        st.switch_page(wall)

    return [st.Page(start, title=texts.PRODUCT, url_path="start", default=True), wall]


@cache
def _icon() -> str:
    """Return the icon as a part of the page: files of sessions are not served to who comes by a public link."""
    return f"data:image/png;base64,{b64encode((HERE / 'icon.png').read_bytes()).decode('ascii')}"


def main() -> None:
    """Draw the page that the address names."""
    with held.one_run():
        _draw()


def _draw() -> None:
    st.set_page_config(page_title=texts.PRODUCT, page_icon=_icon(), layout="wide")
    try:
        guest = held.guest() is not None
        held.come_in()
        are_several = len(held.visible()) > 1
    except IwError as error:
        st.navigation(_pages(are_several=False), position="top")  # keeps the page in the address; none is run
        _cannot_open(error, ".")
        return
    if guest:
        page = st.navigation(_for_guests(), position="hidden")
    else:
        page = st.navigation(_pages(are_several=are_several), position="top")
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
    st.html(_way_elsewhere(page) + cannot_open(error))
    st.session_state["tried"] = False
    opening.try_again()


def _way_elsewhere(page: str) -> str:
    """Return the other packs, where the one that is looked at cannot be opened; nothing where none can."""
    try:
        return strip(data_packs.overview(), page=page, shown="")
    except IwError:
        return ""


main()
