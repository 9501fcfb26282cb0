"""The pages that the navigation offers, made once for everybody: the entry itself is read anew at every turn."""

from __future__ import annotations

from base64 import b64encode
from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import (
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

HERE = Path(__file__).resolve().parent
PAGES = HERE / "screens"  # a folder named "pages" would be run without this entry, banners and all


def pages(*, are_several: bool) -> dict[str, list[StreamlitPage]]:
    """Return every page where the navigation offers it: what a watch needs at hand, then what is opened at leisure.

    Each run gets copies of its own, since Streamlit marks the one that may be run. What the copies say, and what each
    session keeps of it, is there once.
    """
    return {section: [copy(one) for one in offered] for section, offered in _offered(are_several).items()}


@cache
def _offered(are_several: bool) -> dict[str, list[StreamlitPage]]:
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


def for_guests() -> list[StreamlitPage]:
    """Return what a public link shows: the wall, and a start from which one comes to it. No other page can be run."""
    wall = st.Page(PAGES / "wall.py", title=texts.WALL)

    def start() -> None:
        st.switch_page(wall)

    return [st.Page(start, title=texts.PRODUCT, url_path="start", default=True), wall]


@cache
def icon() -> str:
    """Return the icon as a part of the page: files of sessions are not served to who comes by a public link."""
    return f"data:image/png;base64,{b64encode((HERE / 'icon.png').read_bytes()).decode('ascii')}"
