"""Log: what the watch noted, everything that was done, and handing over."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data, data_log, opening
from dashboard import texts_log as texts
from dashboard.data import Look
from dashboard.data_log import LogBook, Wanted
from dashboard.parts.desk import said
from dashboard.parts.desk.keeping import Sheet, own_window
from dashboard.parts.desk.looks import draw_style
from dashboard.parts.log import everything, handing, notes

PAGE = 50  # acts
VIEWS = {"notes": texts.NOTES, "history": texts.HISTORY, "handover": texts.HANDOVER}


def page() -> None:
    """Draw the part of the log that the address names."""
    look, _ = opening.start()
    draw_style()
    book = data_log.log_book()
    view = choices.segmented(st.container(), "view", VIEWS, label=texts.VIEW_LABEL, usual="notes")
    said.draw()
    if view == "history":
        everything.draw(book, look, _wanted(book, look))
    elif view == "handover":
        began = data_log.shift_began(look) or look.now - data.DAY
        since = choices.moment(st.container(), "since", label=texts.SINCE, usual=began, newest=look.now) or began
        handing.draw(book, look, _sheet("handover"), since)
    else:
        notes.draw(book, look, _sheet("log"))


def _wanted(book: LogBook, look: Look) -> Wanted:
    """Draw the filters and return what they ask for."""
    parts = {name: word for name, word in texts.PARTS.items() if name != "accounts" or book.is_admin}
    bar = st.container(horizontal=True, gap="medium", vertical_alignment="bottom")
    part = choices.segmented(bar, "part", parts, label=texts.PART_LABEL, usual="")
    subject = choices.selected(bar, "about", data_log.names(look.pack), label=texts.ABOUT, none=texts.ABOUT_ANY)
    author = st.query_params.get("by", "")
    before = st.query_params.get("before", "")
    return Wanted(
        part=part,
        subject=subject,
        author=author,
        before=int(before) if before.isdecimal() and before.isascii() and len(before) < 19 else None,
        limit=PAGE,
        accounts=part == "accounts",
    )


def _sheet(name: str) -> Sheet:
    """Return the draft of what this person writes here."""
    return Sheet.of(data.desk(), name, own_window(name))


page()
