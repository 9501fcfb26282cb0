"""Reading what a request is about: an instant, the day from which on, a step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from iw_monitor.collect.lengths import HOW, read_length
from iw_monitor.collect.reading import Notes, Where, is_bare_date, read_instant, shown
from iw_monitor.errors import InputError

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def as_of_asked(text: str, *, now: datetime, field: str = "as_of") -> datetime:
    """Read an instant with a zone; a bare date means 23:59 UTC of that day, or now while that day lasts.

    Raises:
        InputError: it is neither.
    """
    instant = _instant(text, field)
    return now if is_bare_date(text) and instant > now and instant.date() == now.date() else instant


def start_asked(text: str, *, field: str) -> datetime:
    """Read an instant with a zone; a bare date means 00:00 UTC of that day.

    Raises:
        InputError: it is neither.
    """
    return _instant(f"{text.strip()}T00:00Z" if is_bare_date(text) else text, field)


def duration_asked(text: str, *, field: str) -> timedelta:
    """Read a duration such as 1d, 6h, 30m or P1D.

    Raises:
        InputError: it is none, or nothing.
    """
    length = read_length(text)
    if length is None:
        notes = Notes(Where())
        notes.error("C118", field, f"{shown(text)} is not a duration", remedy=HOW)
        raise InputError(notes.findings)
    return length


def _instant(text: str, field: str) -> datetime:
    notes = Notes(Where())
    instant = read_instant(text, notes, column=field, now=_END_OF_TIME)
    if instant is None:
        raise InputError(notes.findings)
    return instant
