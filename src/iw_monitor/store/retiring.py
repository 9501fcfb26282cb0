"""What may go once it is long over: ended runs, workers that are gone, messages dealt with. Never the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, tuple_

from iw_monitor.model.instants import microseconds
from iw_monitor.model.running import Fence
from iw_monitor.store.canonical import canonical_json
from iw_monitor.store.journal import Journal
from iw_monitor.store.tables import job_run, outbox, worker
from iw_monitor.store.writing import BATCH

_DELETES = {job_run: delete(job_run), worker: delete(worker), outbox: delete(outbox)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """What counts as long over."""

    runs: datetime  # that ended before this, and workers last seen before it
    messages: datetime  # that were put into the outbox before this


def retire(journal: Journal, pack: str, fence: Fence, *, old: Old, keep: Callable[[list[str]], None]) -> int:
    """Hand over every row of a pack that is long over, then delete these very rows, and return how many.

    Args:
        journal: where they are; entries are never touched.
        pack: whose rows.
        fence: of the worker that does it.
        old: what counts as long over.
        keep: gets the rows as lines of JSON with the name of their table, before one is deleted; if it raises, none is.

    Raises:
        FencedOffError: another worker took over.
        StoreError: the journal cannot be written.
    """
    with journal.fenced(fence)._writing() as (connection, _):
        found = [(table, _rows(connection, table, over)) for table, over in _over(pack, old)]
        lines = [canonical_json({"table": table.name, **row}) for table, rows in found for row in rows]
        if lines:
            keep(lines)
        for table, rows in found:
            _drop(connection, table, rows)
    return len(lines)


def _over(pack: str, old: Old) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Give each table with what is over in it. The latest run of a job stays: catching up begins after it."""
    other = job_run.alias()
    latest = select(func.max(other.c.due_at)).where(other.c.pack == job_run.c.pack, other.c.job == job_run.c.job)
    ended = job_run.c.finished_at < microseconds(old.runs)
    yield job_run, (job_run.c.pack == pack) & ended & (job_run.c.due_at < latest.scalar_subquery())
    yield worker, (worker.c.pack == pack) & (worker.c.seen_at < microseconds(old.runs))
    dealt_with = outbox.c.delivered_at.is_not(None) | outbox.c.failed_at.is_not(None) | (outbox.c.joined != "")
    yield outbox, (outbox.c.pack == pack) & dealt_with & (outbox.c.created_at < microseconds(old.messages))


def _rows(connection: Connection, table: Table, over: ColumnElement[bool]) -> list[dict[str, Any]]:
    chosen = select(table).where(over).order_by(*table.primary_key.columns)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _drop(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    key = list(table.primary_key.columns)
    for start in range(0, len(rows), BATCH):
        these = [tuple(row[one.name] for one in key) for row in rows[start : start + BATCH]]
        connection.execute(_DELETES[table].where(tuple_(*key).in_(these)))
