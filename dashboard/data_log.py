"""The part of the door that leads to the log: notes, everything done, handovers, and when somebody's watch began."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import streamlit as st

from dashboard import data
from dashboard.data import Look, Supposed
from iw_monitor.model import done as as_done
from iw_monitor.model import watch_log
from iw_monitor.model.pack import Pack
from iw_monitor.service import done as told
from iw_monitor.service import log_book as kept_log
from iw_monitor.telling import handover

Done: TypeAlias = as_done.Done
LogBook: TypeAlias = kept_log.LogBook
Handover: TypeAlias = watch_log.Handover
Wanted: TypeAlias = told.Wanted


def log_book() -> LogBook:
    """Return the log book of whoever is signed in at this moment; in the demo, of any visitor."""
    return LogBook(data.site(), data.desk().actor)


def shift_began(look: Look) -> datetime | None:
    """Return when the viewer last handed over or said that all was read, or None for somebody without a name."""
    book = log_book()
    return None if book.actor is None else _began(look.revision, book.actor.name)


@st.cache_resource(ttl=data.TTL, max_entries=200, show_spinner=False)
def _began(revision: str, name: str) -> datetime | None:
    book = log_book()
    return book.shift_began() if book.actor is not None and book.actor.name == name else None


def names(pack: Pack) -> dict[str, str]:
    """Return the titles of all that an act can be about: problems, then indicators."""
    return {one.id: one.title for one in pack.file.problems} | {one.id: one.title for one in pack.indicators}


def link_of(look: Look, subject: str) -> str:
    """Return a link to the page of a problem or an indicator."""
    if any(one.id == subject for one in look.pack.file.problems):
        return look.link("why", problem=subject)
    return look.link("indicators", indicator=subject)


def sheet_now(since: datetime) -> dict[str, Any]:
    """Return the handover sheet of a watch that began at an instant, as it would be kept now."""
    return handover.sheet_values(log_book().sheet(since))


def preview_revert(one: Done) -> Supposed | None:
    """Return what taking back an act would change, or None where it moves no gauge."""
    return kept_log.supposed_revert(data.site(), one)


def verify() -> int:
    """Check the whole chain and return how many entries it has.

    Raises:
        BrokenChainError: it is broken; names the first entry that is not what was written.
    """
    return data.site().journal.verify()


def history_csv(done: Iterable[Done]) -> str:
    """Return acts as CSV that a spreadsheet can open without computing anything."""
    target = io.StringIO()
    kept_log.write_history(target, done, spreadsheet=True)
    return target.getvalue()


def text_of_sheet(values: Mapping[str, Any]) -> str:
    """Return a sheet as it was kept, as text."""
    return handover.sheet_text(dict(values))
