"""The chain: each entry carries a hash over itself and the hash of the entry before. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from iw_monitor.model.instants import from_microseconds
from iw_monitor.store.canonical import quoted

BEFORE_ALL = "0" * 64  # the hash before the first entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal as stored: ``recorded_us`` in microseconds since 1970, ``body`` canonical JSON."""

    sequence: int
    id: str
    kind: str
    pack: str
    recorded_us: int
    author: str
    via: str
    pack_hash: str
    body: str
    previous_hash: str
    hash: str

    @property
    def recorded_at(self) -> datetime:
        """When we learnt it, UTC."""
        return from_microseconds(self.recorded_us)

    @property
    def content(self) -> dict[str, Any]:
        """The body, read."""
        return dict(json.loads(self.body))

    def as_row(self) -> dict[str, Any]:
        """Return the columns of table ``entry``."""
        row = asdict(self)
        row["recorded_at"] = row.pop("recorded_us")
        return row


def entry_hash(row: Mapping[str, Any]) -> str:
    """Return SHA-256, in hexadecimal, over the hash before and the canonical JSON of all other columns of an entry."""
    said = (
        f'{row["previous_hash"]}{{"author":{quoted(row["author"])},"body":{quoted(row["body"])},"id":{quoted(row["id"])},'
        f'"kind":{quoted(row["kind"])},"pack":{quoted(row["pack"])},"pack_hash":{quoted(row["pack_hash"])},'
        f'"recorded_at":{row["recorded_at"]},"sequence":{row["sequence"]},"via":{quoted(row["via"])}}}'
    )
    return hashlib.sha256(said.encode()).hexdigest()
