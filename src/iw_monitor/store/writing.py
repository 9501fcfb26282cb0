"""Writing entries: inside one transaction that holds the write lock, so that nobody comes in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, Self

import uuid_utils
from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

from iw_monitor.errors import ConflictError, Finding, InputError
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Observation, Retraction, Submission
from iw_monitor.store.chain import BEFORE_ALL, entry_hash
from iw_monitor.store.reading import is_held, latest_id, newest, retraction_of, sequence_of
from iw_monitor.store.records import OBSERVATION, EntryKind, Prepared, prepare, recorded, retraction_body
from iw_monitor.store.tables import entry, observation, retraction

BATCH = 1_000  # rows sent to the database at once: memory stays flat however long an import is


@dataclass(slots=True)
class Tail:
    """The end of the chain while a transaction writes on: where the next entry goes, and the instant of all of them."""

    sequence: int
    hash: str
    now: datetime  # one instant for everything in the transaction, never before the last entry's
    instant: int = field(init=False)  # the same in microseconds

    def __post_init__(self) -> None:
        self.instant = microseconds(self.now)

    @classmethod
    def of(cls, connection: Connection, now: datetime) -> Self:
        """Return the journal's end; a clock that was set back does not make it run backwards."""
        last = newest(connection)
        return cls(0, BEFORE_ALL, now) if last is None else cls(last.sequence, last.hash, max(now, last.recorded_at))

    def new_id(self) -> str:
        """Return a new UUIDv7 of this instant."""
        return str(uuid_utils.uuid7(nanoseconds=1000 * self.instant))

    def link(self, kind: EntryKind, *, body: str, **columns: str) -> dict[str, Any]:
        """Return the next row of ``entry``, chained to the one before; ``columns`` are those not made here."""
        row: dict[str, Any] = {
            "sequence": self.sequence + 1,
            "kind": kind.value,
            "recorded_at": self.instant,
            "body": body,
            "previous_hash": self.hash,
            **columns,
        }
        row["hash"] = entry_hash(row)
        self.sequence, self.hash = row["sequence"], row["hash"]
        return row


def write_observations(
    connection: Connection, tail: Tail, submissions: Iterable[Submission], *, via: str
) -> Iterator[list[Observation]]:
    """Write submissions and return what they became, batch by batch.

    Raises:
        InputError: at least one says something of the future, or cannot be stored. The caller rolls back.
    """
    findings: list[Finding] = []
    first = 1
    for batch in _batches(submissions):
        found = [finding for row, one in enumerate(batch, first) for finding in _findings(one, tail.now, row)]
        findings += found
        first += len(batch)
        if not findings:  # from the first finding on, the rest is only looked at, so that all of them can be named
            ids = write_prepared(connection, tail, [prepare(one) for one in batch], via=via)
            yield [
                recorded(one, observation_id=each, recorded_at=tail.now) for one, each in zip(batch, ids, strict=True)
            ]
    if findings:
        raise InputError(findings)


def write_staged(connection: Connection, tail: Tail, batches: Iterable[list[Prepared]], *, via: str) -> Iterator[int]:
    """Write what was set aside, batch by batch, and give the size of each.

    Raises:
        InputError: at least one says something of the future: the clock was set back since it was looked at.
    """
    findings: list[Finding] = []
    first = 1
    for batch in batches:
        late = [(row, one) for row, one in enumerate(batch, first) if one.observed_at > tail.instant]
        findings += [_future_finding(from_microseconds(one.observed_at), tail.now, row) for row, one in late]
        first += len(batch)
        if not findings:
            yield len(write_prepared(connection, tail, batch, via=via))
    if findings:
        raise InputError(findings)


def write_prepared(connection: Connection, tail: Tail, batch: Sequence[Prepared], *, via: str) -> list[str]:
    """Write a batch that was checked, and return the ids that were given."""
    entries: list[dict[str, Any]] = []
    rows: list[tuple[Any, ...]] = []
    for one in batch:
        row = tail.link(
            EntryKind.OBSERVATION,
            body=one.body,
            id=tail.new_id(),
            pack=one.pack,
            author=one.author,
            via=via,
            pack_hash=one.pack_hash,
        )
        entries.append(row)
        rows.append(one.row(sequence=tail.sequence, observation_id=row["id"], recorded_at=tail.instant))
    insert_rows(connection, entry, entries)
    _insert(connection, observation, OBSERVATION, rows)
    return [row["id"] for row in entries]


def _batches(submissions: Iterable[Submission]) -> Iterator[list[Submission]]:
    rest = iter(submissions)
    while batch := list(islice(rest, BATCH)):
        yield batch


def insert_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert complete rows of the right types."""
    if rows:
        names = tuple(rows[0])
        _insert(connection, table, names, list(map(itemgetter(*names), rows)))


def _insert(connection: Connection, table: Table, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Insert rows straight through the driver: there may be a million."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, rows)
    else:
        places = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})", rows)


def _copy(connection: Connection, table: Table, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Insert by COPY, three times as fast as INSERT and once over the network."""
    statement = f"COPY {table.name} ({', '.join(names)}) FROM STDIN"
    dialect: Any = connection.dialect
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor().copy(statement) as sink:
            for row in rows:
                sink.write_row(row)
    except dialect.loaded_dbapi.Error as error:  # SQLAlchemy knows no COPY: what it does with errors is done here
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError(statement, None, error) from error


def refuse_if_changed(connection: Connection, packs: Iterable[str], seen: Mapping[str, str | None]) -> None:
    """Refuse to write over what the author has not seen (compare-and-set).

    Args:
        connection: holds the write lock.
        packs: whose indicators are meant.
        seen: indicator to the id of the newest live observation the author saw, None for "there was none".

    Raises:
        ConflictError: the journal's newest one is another.
    """
    for pack in packs:
        for indicator, id_seen in seen.items():
            theirs = latest_id(connection, pack, indicator)
            if theirs != id_seen:
                raise ConflictError(indicator=indicator, seen=id_seen, theirs=theirs)


def not_yet_held(connection: Connection, submissions: Iterable[Submission]) -> list[Submission]:
    """Return the submissions that the journal does not hold; asked under the write lock, nobody adds one in between."""
    return [one for one in submissions if not is_held(connection, one)]


def write_retraction(
    connection: Connection, tail: Tail, *, observation_id: str, pack: str, reason: str, author: str, via: str
) -> Retraction:
    """Write that a named person withdraws an observation.

    Raises:
        InputError: there is no such observation, it was withdrawn before, or reason or author is missing.
    """
    _require_words(reason=reason, author=author)
    target = sequence_of(connection, pack, observation_id)
    if target is None:
        raise _refused(
            "J201",
            "observation",
            f"pack {pack!r} holds no observation {observation_id!r}",
            "Look its id up among the indicator's observations",
        )
    before = retraction_of(connection, target)
    if before is not None:
        raise _refused(
            "J202",
            "observation",
            f"{observation_id!r} was already retracted by {before.author} at {before.recorded_at:%Y-%m-%d %H:%MZ}",
            "Nothing more is needed",
        )
    one = Retraction(id=tail.new_id(), observation=observation_id, reason=reason, author=author, recorded_at=tail.now)
    body = retraction_body(observation=observation_id, reason=reason)
    row = tail.link(EntryKind.RETRACTION, body=body, id=one.id, pack=pack, author=author, via=via, pack_hash="")
    connection.execute(insert(entry), row)
    connection.execute(
        insert(retraction),
        {
            "sequence": row["sequence"],
            "pack": pack,
            "observation_sequence": target,
            "recorded_at": row["recorded_at"],
        },
    )
    return one


def _require_words(*, reason: str, author: str) -> None:
    findings: list[Finding] = []
    for name, said in {"reason": reason, "author": author}.items():
        if not said.strip():
            findings.append(_finding("J203", name, "is missing", "A retraction needs a named person and a reason"))
        elif is_unstorable(said):
            findings.append(_unstorable_finding(0, name))
    if findings:
        raise InputError(findings)


def _findings(submission: Submission, now: datetime, row: int) -> Iterator[Finding]:
    if submission.observed_at > now:
        yield _future_finding(submission.observed_at, now, row)
    yield from unstorable_findings(submission, row=row)


def _future_finding(observed_at: datetime, now: datetime, row: int) -> Finding:
    return _finding(
        "J101",
        "observed_at",
        f"{observed_at:%Y-%m-%d %H:%M:%SZ} is in the future: the clock says {now:%Y-%m-%d %H:%M:%SZ}",
        "Give the time at which it was true in the world, or set this machine's clock right",
        row=row,
    )


def unstorable_findings(submission: Submission, *, row: int) -> list[Finding]:
    """Return which of a submission's texts no database can keep."""
    if not is_unstorable("".join(_said(submission))):
        return []
    texts = zip(_TEXTS, _said(submission), strict=True)
    return [_unstorable_finding(row, name) for name, said in texts if is_unstorable(said)]


_TEXTS = (
    "pack",
    "indicator",
    "statement",
    "author",
    "source_name",
    "source_url",
    "originator",
    "unit",
    "note",
    "pack_hash",
)
_said = attrgetter(*_TEXTS)


def is_unstorable(said: str) -> bool:
    """Say whether a text holds what a database cannot keep: a zero character, or half of one (a lone surrogate)."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return True
    return "\x00" in said


def _unstorable_finding(row: int, field: str) -> Finding:
    return _finding(
        "J102", field, "holds a character that cannot be stored", "Remove zero characters and broken letters", row=row
    )


def _refused(code: str, field: str, problem: str, remedy: str) -> InputError:
    return InputError([_finding(code, field, problem, remedy)])


def _finding(code: str, field: str, problem: str, remedy: str, *, row: int = 0) -> Finding:
    return Finding(code=code, file="journal", line=row, field=field, problem=problem, remedy=remedy)
