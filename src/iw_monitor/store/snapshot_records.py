"""What the journal says of a snapshot: between the things of ``model`` and entries. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.snapshot import Format, KeptFile, KeptSnapshot, Layout, Marking, SnapshotRecord, Standing


def said_of_snapshot(record: SnapshotRecord) -> dict[str, Any]:
    """Return what an entry says of a snapshot; it is found by the layout or the report it was made for."""
    return {
        "subject": record.report or record.layout.value,
        "report": record.report,
        "layout": record.layout.value,
        "as_of": record.as_of.isoformat(),
        "known": record.known.value,
        "marking": record.marking.value,
        "standing": record.standing.value,
        "content_hash": record.content_hash,
        "position": record.position,
        "level": record.level,
        "word": record.word,
        "due_at": None if record.due_at is None else record.due_at.isoformat(),
        "late_seconds": None if record.late_by is None else round(record.late_by.total_seconds()),
        "folder": record.folder,
        "files": [
            {"name": one.name, "format": one.format.value, "hash": one.hash, "size": one.size} for one in record.files
        ],
    }


def snapshot_from(row: Mapping[str, Any]) -> KeptSnapshot:
    """Return the snapshot that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what a snapshot's body is.
        KeyError: something is missing in it.
    """
    return KeptSnapshot(
        id=row["id"],
        pack=row["pack"],
        pack_hash=row["pack_hash"],
        author=row["author"],
        via=row["via"],
        made_at=from_microseconds(row["recorded_at"]),
        record=_record(json.loads(row["body"])),
    )


def _record(body: Mapping[str, Any]) -> SnapshotRecord:
    late, due = body["late_seconds"], body["due_at"]
    return SnapshotRecord(
        report=body["report"],
        layout=Layout(body["layout"]),
        as_of=datetime.fromisoformat(body["as_of"]),
        known=Known(body["known"]),
        marking=Marking(body["marking"]),
        standing=Standing(body["standing"]),
        content_hash=body["content_hash"],
        position=body["position"],
        level=body["level"],
        word=body["word"],
        due_at=None if due is None else datetime.fromisoformat(due),
        late_by=None if late is None else timedelta(seconds=late),
        folder=body["folder"],
        files=tuple(
            KeptFile(name=one["name"], format=Format(one["format"]), hash=one["hash"], size=one["size"])
            for one in body["files"]
        ),
    )
