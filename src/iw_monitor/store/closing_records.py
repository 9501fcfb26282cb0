"""What the journal says of closed windows: between the things of ``model`` and entries. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from iw_monitor.model.closing import Closed, Closing, Reopening, Window
from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.observation import Basis
from iw_monitor.store.records import EntryKind

Said = dict[str, Any]
Row = Mapping[str, Any]


def said_of_closing(closed: Closed) -> Said:
    """Return what a closing says."""
    return {
        "subject": closed.window.problem,
        "first": closed.window.first.isoformat(),
        "last": closed.window.last.isoformat(),
        "onset": None if closed.onset is None else closed.onset.isoformat(),
        "until": None if closed.until is None else closed.until.isoformat(),
        "reason": closed.reason,
        "basis": closed.basis.value,
    }


def closing_from(row: Row) -> Closing:
    """Return the closing that an ``entry`` row holds, as if it had not been taken back.

    Raises:
        ValueError: the body is not what a closing's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    first, last = date.fromisoformat(body["first"]), date.fromisoformat(body["last"])
    return Closing(
        pack=row["pack"],
        window=Window(problem=body["subject"], first=first, last=last),
        onset=_day(body["onset"]),
        until=_day(body["until"]),
        reason=body["reason"],
        basis=Basis(body["basis"]),
        author=row["author"],
        pack_hash=row["pack_hash"],
        id=row["id"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def said_of_reopening(closing: str, reason: str) -> Said:
    """Return what a reopening says."""
    return {"subject": closing, "reason": reason}


def reopening_from(row: Row) -> Reopening:
    """Return the reopening that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what a reopening's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return Reopening(
        id=row["id"],
        closing=body["subject"],
        reason=body["reason"],
        author=row["author"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


def closings_from(rows: Sequence[Row]) -> tuple[Closing, ...]:
    """Return closings, each with its reopening, from their entries and those of reopenings, in journal order."""
    held: dict[str, Closing] = {}
    for row in rows:
        if row["kind"] != EntryKind.REOPENING:
            held[row["id"]] = closing_from(row)
            continue
        one = reopening_from(row)
        if one.closing in held:
            held[one.closing] = replace(held[one.closing], reopening=one)
    return tuple(held.values())
