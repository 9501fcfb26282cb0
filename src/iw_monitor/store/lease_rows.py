"""Leases and signs of life in the tables: statements and nothing else, inside a transaction of the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    case,
    delete,
    false,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from iw_monitor.errors import FencedOffError
from iw_monitor.model.instants import duration_microseconds, from_microseconds, microseconds
from iw_monitor.model.running import Fence, Lease, SignOfLife, WorkerState
from iw_monitor.store.tables import lease, worker

# Several hosts have several clocks: on a server, its own decides who is late.
_CLOCK_OF_SERVER = literal_column("CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)", BigInteger)


def require(connection: Connection, fence: Fence) -> None:
    """Refuse to go on for a worker that was overtaken; asked under the write lock, nobody overtakes in between.

    Raises:
        FencedOffError: the lease has been given to somebody since.
    """
    held = connection.execute(select(lease.c.token).where(lease.c.name == fence.lease)).scalar()
    if held != fence.token:
        raise FencedOffError(
            f"Another worker has taken over {fence.lease} (its token is {held}, this one's {fence.token}). "
            "Nothing was written."
        )


def take(
    connection: Connection, name: str, holder: str, *, life: timedelta, now: datetime, abandoned: Lease | None = None
) -> Lease | None:
    """Give a lease to a holder for a while, if it is free, has run out, or is the holder's already; None if not.

    A holder who renews keeps its token; a new one gets the next. What is ``abandoned`` counts as run out if it still
    stands as it was seen.
    """
    moment = _moment(connection, now)
    is_abandoned: ColumnElement[bool] = false()
    if abandoned is not None:
        is_abandoned = (lease.c.token == abandoned.token) & (lease.c.until == microseconds(abandoned.until))
    taken = connection.execute(
        update(lease)
        .where(lease.c.name == name, (lease.c.holder == holder) | (lease.c.until <= moment) | is_abandoned)
        .values(
            holder=holder,
            until=moment + duration_microseconds(life),
            token=case((lease.c.holder == holder, lease.c.token), else_=lease.c.token + 1),
        )
    )
    if taken.rowcount == 0 and current(connection, name) is None:
        until = moment + duration_microseconds(life)
        connection.execute(insert(lease).values(name=name, holder=holder, until=until, token=1))
    held = current(connection, name)
    return held if held is not None and held.holder == holder else None


def give_back(connection: Connection, fence: Fence) -> None:
    """Give a lease back, if it is still held under this token; whatever the holder still tries is fenced off."""
    connection.execute(
        update(lease)
        .where(lease.c.name == fence.lease, lease.c.token == fence.token)
        .values(holder="", until=0, token=lease.c.token + 1)
    )


def current(connection: Connection, name: str) -> Lease | None:
    """Return who holds a lease, or held it last."""
    row = connection.execute(select(lease).where(lease.c.name == name)).mappings().first()
    if row is None:
        return None
    return Lease(name=name, holder=row["holder"], until=from_microseconds(row["until"]), token=row["token"])


def _moment(connection: Connection, now: datetime) -> ColumnElement[int]:
    return _CLOCK_OF_SERVER if connection.dialect.name == "postgresql" else literal(microseconds(now), BigInteger)


# --- Signs of life ---


def say_alive(connection: Connection, pack: str, sign: SignOfLife) -> None:
    """Keep what a worker says of itself in place of what it said before."""
    connection.execute(delete(worker).where(worker.c.id == sign.worker))
    connection.execute(insert(worker), _row(pack, sign))


def workers(connection: Connection, pack: str) -> tuple[SignOfLife, ...]:
    """Return what each worker of a pack last said, the one seen last first."""
    rows = connection.execute(
        select(worker).where(worker.c.pack == pack).order_by(worker.c.seen_at.desc(), worker.c.id)
    )
    return tuple(_sign(dict(row)) for row in rows.mappings())


def _row(pack: str, sign: SignOfLife) -> dict[str, Any]:
    return {
        "id": sign.worker,
        "pack": pack,
        "state": sign.state.value,
        "version": sign.version,
        "started_at": microseconds(sign.started_at),
        "seen_at": microseconds(sign.seen_at),
        "position": sign.position,
        "next_job": sign.next_job,
        "next_due_at": None if sign.next_due_at is None else microseconds(sign.next_due_at),
        "missed": sign.missed,
        "note": sign.note,
    }


def _sign(row: Mapping[str, Any]) -> SignOfLife:
    due = row["next_due_at"]
    return SignOfLife(
        worker=row["id"],
        state=WorkerState(row["state"]),
        version=row["version"],
        started_at=from_microseconds(row["started_at"]),
        seen_at=from_microseconds(row["seen_at"]),
        position=row["position"],
        next_job=row["next_job"],
        next_due_at=None if due is None else from_microseconds(due),
        missed=row["missed"],
        note=row["note"],
    )
