"""What is remembered of each source: one row, written anew at every run. What it brought is in the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from iw_monitor.model.collecting import FetchOutcome, Said, SourceState
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.store.canonical import canonical_json
from iw_monitor.store.journal import Journal
from iw_monitor.store.tables import source_state


class SourceStates:
    """The sources of a journal's packs, as they were last seen. Safe to share between threads."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def get(self, pack: str, source: str) -> SourceState | None:
        """Return what is remembered of a source; None before its first run."""
        return self.all(pack).get(source)

    def all(self, pack: str) -> dict[str, SourceState]:
        """Return what is remembered of every source of a pack, by id."""
        question = select(source_state).where(source_state.c.pack == pack).order_by(source_state.c.source)
        with self._journal._reading() as connection:
            return {row["source"]: _state(row) for row in connection.execute(question).mappings()}

    def put(self, state: SourceState) -> None:
        """Remember a source as it is now."""
        with self._journal._writing() as (connection, _):
            _put(connection, state)


def _put(connection: Connection, state: SourceState) -> None:
    here = (source_state.c.pack == state.pack, source_state.c.source == state.source)
    connection.execute(delete(source_state).where(*here))
    connection.execute(insert(source_state).values(**_row(state)))


def _row(state: SourceState) -> dict[str, Any]:
    said = {
        key: {"at": microseconds(one.at), "level": one.level, "told_at": _instant(one.told_at), "value": one.value}
        for key, one in state.said.items()
    }
    return {
        "pack": state.pack,
        "source": state.source,
        "outcome": state.outcome.value,
        "detail": state.detail,
        "run_at": microseconds(state.run_at),
        "answered_at": _instant(state.answered_at),
        "newest_at": _instant(state.newest_at),
        "failures": state.failures,
        "not_before": _instant(state.not_before),
        "etag": state.etag,
        "last_modified": state.last_modified,
        "content_hash": state.content_hash,
        "memory": canonical_json({"said": said, "seen": list(state.seen)}),
    }


def _state(row: Mapping[Any, Any]) -> SourceState:
    memory = json.loads(row["memory"])
    said = {
        key: Said(
            level=one["level"],
            value=one["value"],
            at=from_microseconds(one["at"]),
            told_at=_read(one["told_at"]),
        )
        for key, one in memory["said"].items()
    }
    return SourceState(
        pack=row["pack"],
        source=row["source"],
        outcome=FetchOutcome(row["outcome"]),
        detail=row["detail"],
        run_at=from_microseconds(row["run_at"]),
        answered_at=_read(row["answered_at"]),
        newest_at=_read(row["newest_at"]),
        failures=row["failures"],
        not_before=_read(row["not_before"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        content_hash=row["content_hash"],
        said=said,
        seen=tuple(memory["seen"]),
    )


def _instant(value: datetime | None) -> int | None:
    return None if value is None else microseconds(value)


def _read(value: int | None) -> datetime | None:
    return None if value is None else from_microseconds(value)
