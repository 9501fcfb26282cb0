"""Checking the journal: that the chain holds, and that the typed tables say what the entries say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from iw_monitor.errors import BrokenChainError, CorruptDatabaseError
from iw_monitor.store.account_records import account_change_from
from iw_monitor.store.act_records import ACTS, act_columns
from iw_monitor.store.chain import BEFORE_ALL, entry_hash
from iw_monitor.store.records import EntryKind, observation_columns, observation_from, retraction_from
from iw_monitor.store.tables import act, entry, observation, retraction

_ROWS_AT_ONCE = 2_000

Row = Mapping[str, Any]


def verify(connection: Connection, where: str) -> tuple[int, str]:
    """Check every entry, from the first on, and return how many there are, with the hash of the newest.

    What a chain cannot tell: that its last entries were cut off. Keep the newest hash elsewhere to know (``head``).

    Raises:
        CorruptDatabaseError: the file itself is damaged.
        BrokenChainError: an entry is not what was written; names the first one.
    """
    _check_file(connection, where)
    previous: Row = {"sequence": 0, "hash": BEFORE_ALL, "recorded_at": 0}
    for page in _pages(connection):
        typed = _typed_rows(connection, after=previous["sequence"], upto=page[-1]["sequence"])
        for row in page:
            _check_link(row, previous)
            _check_typed(row, typed.pop(row["sequence"], {}))
            previous = row
        _refuse_rest(typed)
    _refuse_rest(_typed_rows(connection, after=previous["sequence"], upto=None))
    return int(previous["sequence"]), str(previous["hash"])


def _check_file(connection: Connection, where: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    said = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
    if said != "ok":
        raise CorruptDatabaseError(
            f"The journal {where} is damaged ({' '.join(said.split())}). "
            "Keep a copy of the file as it is, and restore the newest backup."
        )


def _pages(connection: Connection) -> Iterator[list[Row]]:
    after = -1  # also shows an entry 0, which must not be
    while True:
        rows = connection.execute(
            select(entry).where(entry.c.sequence > after).order_by(entry.c.sequence).limit(_ROWS_AT_ONCE)
        )
        page: list[Row] = [dict(row._mapping) for row in rows]
        if not page:
            return
        yield page
        after = page[-1]["sequence"]


def _typed_rows(connection: Connection, *, after: int, upto: int | None) -> dict[int, dict[str, Row]]:
    """Return the rows of the typed tables by sequence, then by table."""
    found: dict[int, dict[str, Row]] = {}
    for table, question in _TYPED.items():
        sequence = table.c.sequence
        bounded = question.where(sequence > after)
        if upto is not None:
            bounded = bounded.where(sequence <= upto)
        for row in connection.execute(bounded).mappings():
            found.setdefault(row["sequence"], {})[table.name] = dict(row)
    return found


_retracted_id = (
    select(observation.c.id).where(observation.c.sequence == retraction.c.observation_sequence).scalar_subquery()
)
_TYPED: dict[Table, Any] = {
    observation: select(observation),
    act: select(act),
    retraction: select(retraction.c.sequence, retraction.c.pack, retraction.c.recorded_at, _retracted_id.label("of")),
}


def _check_link(row: Row, previous: Row) -> None:
    expected = previous["sequence"] + 1
    if row["sequence"] != expected:
        raise BrokenChainError(sequence=expected, problem=f"is missing; the next one there is {row['sequence']}")
    if row["previous_hash"] != previous["hash"]:
        raise BrokenChainError(sequence=expected, problem="does not follow the entry before it")
    if row["hash"] != entry_hash(row):
        raise BrokenChainError(sequence=expected, problem="is not what was written: its hash does not fit")
    if row["recorded_at"] < previous["recorded_at"]:
        raise BrokenChainError(sequence=expected, problem="was recorded before the entry before it")


def _check_typed(row: Row, typed: Mapping[str, Row]) -> None:
    try:
        expected = typed_rows(row)
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenChainError(sequence=row["sequence"], problem=f"cannot be read: {error}") from error
    for table in expected.keys() | typed.keys():
        if expected.get(table) != typed.get(table):
            raise BrokenChainError(sequence=row["sequence"], problem=f"and its row in table {table!r} differ")


def typed_rows(row: Row) -> dict[str, Row]:
    """Return what the typed tables must say of an entry, by table; of a retraction, ``of`` is what it withdraws.

    Raises:
        ValueError: the body is not what the body of such an entry is.
        KeyError: something is missing in it.
    """
    kind = EntryKind(row["kind"])
    if kind is EntryKind.OBSERVATION:
        return {observation.name: observation_columns(observation_from(row), row["sequence"])}
    if kind is EntryKind.ACCOUNT:
        account_change_from(row)  # its tables hold what is, not what was: no row of theirs says the same
        return {}
    if kind in ACTS:
        return {act.name: act_columns(row)}
    one = retraction_from(row)
    said = {"sequence": row["sequence"], "pack": row["pack"], "recorded_at": row["recorded_at"], "of": one.observation}
    return {retraction.name: said}


def _refuse_rest(typed: Mapping[int, Mapping[str, Row]]) -> None:
    for sequence in sorted(typed):
        table = min(typed[sequence])
        raise BrokenChainError(sequence=sequence, problem=f"is missing, though table {table!r} has a row for it")
