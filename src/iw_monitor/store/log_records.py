"""What the journal says of a watch log: between the things of ``model`` and entries. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.watch_log import Countersignature, Handover, LogEntry, LogKind, Noted
from iw_monitor.store.records import EntryKind

Said = dict[str, Any]
Row = Mapping[str, Any]


def said_of_note(noted: Noted) -> Said:
    """Return what an entry of the watch log says."""
    return {"subject": noted.about, "kind": noted.kind.value, "text": noted.text, "answers": noted.answers}


def log_entry_from(row: Row) -> LogEntry:
    """Return the entry of the watch log that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what such an entry's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return LogEntry(
        id=row["id"],
        pack=row["pack"],
        kind=LogKind(body["kind"]),
        text=body["text"],
        about=body["subject"],
        answers=body["answers"],
        author=row["author"],
        via=row["via"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


def said_of_handover(sheet: Mapping[str, Any], *, since: datetime, remark: str) -> Said:
    """Return what a handover says."""
    return {"subject": "", "since": since.isoformat(), "sheet": dict(sheet), "remark": remark}


def handover_from(row: Row) -> Handover:
    """Return the handover that an ``entry`` row holds, as if nobody had taken it.

    Raises:
        ValueError: the body is not what a handover's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return Handover(
        id=row["id"],
        pack=row["pack"],
        since=datetime.fromisoformat(body["since"]),
        sheet=dict(body["sheet"]),
        remark=body["remark"],
        author=row["author"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


def said_of_countersignature(handover: str, remark: str) -> Said:
    """Return what a countersignature says."""
    return {"subject": handover, "remark": remark}


def countersignature_from(row: Row) -> Countersignature:
    """Return the countersignature that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what a countersignature's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return Countersignature(
        id=row["id"],
        handover=body["subject"],
        remark=body["remark"],
        author=row["author"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


def handovers_from(rows: Sequence[Row]) -> tuple[Handover, ...]:
    """Return handovers, each with its countersignature, from the entries of both, in journal order."""
    held: dict[str, Handover] = {}
    for row in rows:
        if row["kind"] == EntryKind.HANDOVER:
            held[row["id"]] = handover_from(row)
            continue
        one = countersignature_from(row)
        if one.handover in held:
            held[one.handover] = replace(held[one.handover], taken=one)
    return tuple(held.values())
