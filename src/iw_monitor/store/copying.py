"""Copying a whole journal's database, table by table, into an empty one on any engine: backups are made of it."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import Connection, Table, select

from iw_monitor.store import verify
from iw_monitor.store.journal import Journal
from iw_monitor.store.tables import lease, metadata, sign_in_attempt, user_session, worker
from iw_monitor.store.writing import BATCH, insert_rows

# What is true of this moment alone: who is signed in, who is guessing, and which worker lives.
LEFT_OUT = frozenset({user_session, sign_in_attempt, lease, worker})
COPIED = tuple(table for table in metadata.sorted_tables if table not in LEFT_OUT)


def copy_journal(source: Journal, target: Journal) -> int:
    """Copy everything into an empty journal, verify it there, and return how many entries it has. All or nothing.

    The source is seen as it is at one moment, however much is written to it meanwhile.

    Raises:
        ValueError: the target is not empty.
        BrokenChainError: the source is not what was written.
        StoreError: one of them cannot be used.
    """
    with source._reading() as connection, target._writing() as (there, tail):
        if not all(_is_empty(there, table) for table in COPIED):
            raise ValueError(f"{target.where} is not empty")
        for table in COPIED:
            _copy(connection, there, table)
        tail.sequence, tail.hash = verify.verify(there, target.where)
        return tail.sequence


def _is_empty(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is None


def _copy(source: Connection, target: Connection, table: Table) -> None:
    chosen = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    with closing(source.execute(chosen)) as found:
        for batch in found.mappings().partitions(BATCH):
            insert_rows(target, table, [dict(row) for row in batch])
