"""Moving a whole journal: every entry as it stands, with its hashes, as lines of JSON, into an empty journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from iw_monitor.errors import Finding, InputError
from iw_monitor.model.instants import microseconds
from iw_monitor.store.canonical import canonical_json
from iw_monitor.store.chain import BEFORE_ALL, Entry, entry_hash
from iw_monitor.store.reading import position, retraction_of, sequence_of
from iw_monitor.store.tables import act, entry, observation, retraction
from iw_monitor.store.verify import typed_rows
from iw_monitor.store.writing import BATCH, insert_rows, is_unstorable

FORMAT = "iw-monitor journal"
VERSION = 1

_NUMBERS = frozenset({"sequence", "recorded_at"})
_COLUMNS = frozenset(column.name for column in entry.columns)
_UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The first line: what the others must add up to. A file that was cut off shows by it."""

    entries: int
    hash: str  # of the last entry

    @property
    def line(self) -> str:
        """The line, without its end."""
        return canonical_json({"entries": self.entries, "format": FORMAT, "hash": self.hash, "version": VERSION})


def line_of(one: Entry) -> str:
    """Return an entry as one line, without its end."""
    return canonical_json(one.as_row())


# --- Reading ---


class MovedJournal:
    """A journal as lines: its head at once, its entries as they are asked for, each checked against the one before."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        """Read the first line.

        Args:
            lines: of the file, from its beginning.
            name: of the file, for findings.

        Raises:
            InputError: it is not the beginning of a journal, or of one of a newer version.
        """
        self._lines = iter(lines)
        self._name = name
        self.head = self._read_head(next(self._lines, b""))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give each entry as a row of table ``entry``, and at the end see that none is missing.

        Raises:
            InputError: a line is no entry, does not follow the one before, or lines are missing.
        """
        before: Mapping[str, Any] = {"sequence": 0, "hash": BEFORE_ALL, "recorded_at": 0}
        for number, line in enumerate(self._lines, 2):
            row = self._read_row(line, number)
            if problem := _link_problem(row, before):
                raise self.refused("J304", number, problem, "Export the journal again; this file was changed")
            yield row
            before = row
        if (before["sequence"], before["hash"]) != (self.head.entries, self.head.hash):
            problem = f"holds {before['sequence']:,} entries and not the {self.head.entries:,} of its first line"
            raise self.refused("J305", 0, problem, "Export the journal again; this file is cut off or was changed")

    def refused(self, code: str, line: int, problem: str, remedy: str) -> InputError:
        """Return what is wrong with a line of this file."""
        finding = Finding(code=code, file=self._name, line=line, field="", problem=problem, remedy=remedy)
        return InputError([finding])

    def _read_head(self, line: bytes) -> Head:
        try:
            said = json.loads(line.decode())
            if said["format"] == FORMAT and said["version"] == VERSION:
                return Head(entries=int(said["entries"]), hash=str(said["hash"]))
            is_newer = said["format"] == FORMAT
        except _UNREADABLE:
            is_newer = False
        if is_newer:
            problem, remedy = "was written by another version", "Import it with that version or a newer one"
            raise self.refused("J302", 1, problem, remedy)
        problem, remedy = "is not a journal", "Give a file that 'iw-monitor export --journal' wrote"
        raise self.refused("J301", 1, problem, remedy)

    def _read_row(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            row = json.loads(line.decode())
        except _UNREADABLE as error:
            raise self._no_entry(number) from error
        if not isinstance(row, dict) or row.keys() != _COLUMNS:
            raise self._no_entry(number)
        if any(type(value) is not (int if name in _NUMBERS else str) for name, value in row.items()):
            raise self._no_entry(number)
        return row

    def _no_entry(self, number: int) -> InputError:
        return self.refused("J303", number, "is not an entry of a journal", "Export the journal again")


def _link_problem(row: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    if is_unstorable("".join(value for value in row.values() if isinstance(value, str))):
        return "holds a character that cannot be stored"
    if row["sequence"] != before["sequence"] + 1 or row["previous_hash"] != before["hash"]:
        return "does not follow the entry before it"
    if row["hash"] != entry_hash(row):
        return "is not what was written: its hash does not fit"
    if row["recorded_at"] < before["recorded_at"]:
        return "was recorded before the entry before it"
    return ""


# --- Writing ---


def write_moved(
    connection: Connection, moved: MovedJournal, *, now: datetime, on_progress: Callable[[int], None] | None
) -> int:
    """Write every entry into an empty journal, in the caller's transaction, and return how many.

    Raises:
        InputError: the journal is not empty, or the file is not a whole journal. The caller rolls back.
    """
    if held := position(connection):
        problem = f"cannot be brought in: the journal there holds {held:,} entries already"
        raise moved.refused("J306", 0, problem, "Name an empty database with --db, or import observations as CSV")
    count = 0
    rows = moved.rows()
    while batch := list(islice(rows, BATCH)):
        _write_batch(connection, moved, batch, now)
        count += len(batch)
        if on_progress is not None:
            on_progress(count)
    return count


def _write_batch(connection: Connection, moved: MovedJournal, batch: list[dict[str, Any]], now: datetime) -> None:
    typed = [_typed(moved, row, now) for row in batch]
    insert_rows(connection, entry, batch)
    for table in (observation, act):
        insert_rows(connection, table, [dict(one[table.name]) for one in typed if table.name in one])
    for row, one in zip(batch, typed, strict=True):
        if retraction.name in one:  # seldom: one by one, after the observations they may mean
            insert_rows(connection, retraction, [_retraction_row(connection, moved, row, one[retraction.name])])


def _typed(moved: MovedJournal, row: dict[str, Any], now: datetime) -> Mapping[str, Mapping[str, Any]]:
    """Return what the typed tables say of an entry."""
    line = row["sequence"] + 1
    if row["recorded_at"] > microseconds(now):
        raise moved.refused("J307", line, "was recorded in the future", "Set this machine's clock right")
    try:
        typed = typed_rows(row)
        broken = any(is_unstorable(value) for said in typed.values() for value in said.values() if _is_text(value))
    except _UNREADABLE as error:
        problem, remedy = "cannot be read by this version", "Import it with the version that exported it, or a newer"
        raise moved.refused("J308", line, problem, remedy) from error
    if broken:
        raise moved.refused("J304", line, "holds a character that cannot be stored", "This file was changed")
    return typed


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _retraction_row(
    connection: Connection, moved: MovedJournal, row: dict[str, Any], said: Mapping[str, Any]
) -> dict[str, Any]:
    place = sequence_of(connection, row["pack"], said["of"])
    if place is None or retraction_of(connection, place) is not None:
        problem = "retracts an observation that is not there before it, or was retracted already"
        raise moved.refused("J304", row["sequence"] + 1, problem, "Export the journal again; this file was changed")
    return {name: value for name, value in said.items() if name != "of"} | {"observation_sequence": place}
