"""Reading and writing acts: statements and nothing else, inside a transaction of the caller."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from iw_monitor.errors import Finding, InputError
from iw_monitor.store.act_records import act_columns
from iw_monitor.store.canonical import canonical_json
from iw_monitor.store.records import EntryKind
from iw_monitor.store.tables import act, entry
from iw_monitor.store.writing import Tail, insert_rows, is_unstorable

Row = dict[str, Any]


def write_act(
    connection: Connection,
    tail: Tail,
    kind: EntryKind,
    said: Mapping[str, Any],
    *,
    pack: str,
    author: str,
    via: str,
    pack_hash: str = "",
) -> Row:
    """Write an act and return its entry; ``said`` holds its ``subject``.

    Raises:
        InputError: it holds text that cannot be stored.
    """
    body = canonical_json(said)
    if is_unstorable(body + author) or "\\u0000" in body:
        raise InputError([_unstorable(kind)])
    row = tail.link(kind, body=body, id=tail.new_id(), pack=pack, author=author, via=via, pack_hash=pack_hash)
    connection.execute(insert(entry), row)
    insert_rows(connection, act, [act_columns(row)])
    return row


def _unstorable(kind: EntryKind) -> Finding:
    problem, remedy = "holds a character that cannot be stored", "Remove zero characters and broken letters"
    return Finding(code="J102", file="journal", line=0, field=kind.value, problem=problem, remedy=remedy)


def entries_of(
    connection: Connection, pack: str, kinds: Collection[EntryKind], *, subject: str | None = None, after: int = 0
) -> list[Row]:
    """Return the entries of some kinds of acts, in journal order; with ``subject``, those about it only."""
    question = (
        select(entry)
        .join(act, act.c.sequence == entry.c.sequence)
        .where(act.c.pack == pack, act.c.kind.in_(sorted(kinds)), act.c.sequence > after)
        .order_by(entry.c.sequence)
    )
    if subject is not None:
        question = question.where(act.c.subject == subject)
    return [dict(row) for row in connection.execute(question).mappings()]


def entry_of(connection: Connection, pack: str, kinds: Collection[EntryKind], act_id: str) -> Row | None:
    """Return the entry of the act of this id, or None if the pack has none of these kinds."""
    question = select(entry).where(entry.c.id == act_id, entry.c.pack == pack, entry.c.kind.in_(sorted(kinds)))
    row = connection.execute(question).mappings().first()
    return None if row is None else dict(row)
