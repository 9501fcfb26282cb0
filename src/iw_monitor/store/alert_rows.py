"""Reading and changing how alerts stand, and the outbox: statements only, inside a transaction of the caller.

Both hold what is now and change, as accounts do; what happened stands in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.notice import Message, Outgoing, TargetResult
from iw_monitor.store.alert_records import message_from, message_row, results_text
from iw_monitor.store.tables import alert_standing, outbox


def standing(connection: Connection, pack: str) -> str:
    """Return how the alerts of a pack stand, as text; empty before the first evaluation."""
    return str(connection.execute(select(alert_standing.c.body).where(alert_standing.c.pack == pack)).scalar() or "")


def set_standing(connection: Connection, pack: str, body: str) -> None:
    """Let this be how the alerts of a pack stand."""
    done = connection.execute(update(alert_standing).where(alert_standing.c.pack == pack).values(body=body))
    if not done.rowcount:
        connection.execute(insert(alert_standing), {"pack": pack, "body": body})


def add_message(connection: Connection, one: Outgoing, *, message_id: str, pack: str, now: datetime) -> None:
    """Put a message into the outbox."""
    connection.execute(insert(outbox), message_row(one, message_id=message_id, pack=pack, now=now))


def has_message(connection: Connection, key: str) -> bool:
    """Say whether a message of a key is in the outbox, or was."""
    return connection.execute(select(outbox.c.id).where(outbox.c.key == key)).first() is not None


_WAITING = (outbox.c.delivered_at.is_(None), outbox.c.failed_at.is_(None), outbox.c.joined == "")


def due(connection: Connection, pack: str, now: datetime) -> list[Message]:
    """Return what waits and may be tried now, the oldest first."""
    question = select(outbox).where(outbox.c.pack == pack, outbox.c.next_at <= microseconds(now), *_WAITING)
    rows = connection.execute(question.order_by(outbox.c.created_at, outbox.c.id)).mappings()
    return [message_from(dict(row)) for row in rows]


def take_back(connection: Connection, pack: str, *, ahead: datetime, longest: datetime, now: datetime) -> int:
    """Let wait until now what a clock that was ahead gave up, or told to wait for longer than anything does."""
    strayed = update(outbox).where(*_strayed(pack, ahead=ahead, longest=longest))
    return connection.execute(strayed.values(next_at=microseconds(now), failed_at=None)).rowcount


def has_strayed(connection: Connection, pack: str, *, ahead: datetime, longest: datetime) -> bool:
    """Say whether ``take_back`` would change anything."""
    question = select(outbox.c.id).where(*_strayed(pack, ahead=ahead, longest=longest)).limit(1)
    return connection.execute(question).first() is not None


def _strayed(pack: str, *, ahead: datetime, longest: datetime) -> tuple[ColumnElement[bool], ...]:
    given_up, waits = outbox.c.failed_at > microseconds(ahead), outbox.c.next_at > microseconds(longest)
    waits_in_vain = given_up | (outbox.c.failed_at.is_(None) & waits)
    return outbox.c.pack == pack, outbox.c.delivered_at.is_(None), outbox.c.joined == "", waits_in_vain


def newest(connection: Connection, pack: str, limit: int) -> list[Message]:
    """Return the newest messages, those that went into others left out."""
    question = select(outbox).where(outbox.c.pack == pack, outbox.c.joined == "")
    rows = connection.execute(question.order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit)).mappings()
    return [message_from(dict(row)) for row in rows]


def count_in_trouble(connection: Connection, pack: str) -> int:
    """Return how many messages were tried in vain and are not delivered."""
    tried = (outbox.c.pack == pack, outbox.c.delivered_at.is_(None), outbox.c.joined == "")
    vain = (outbox.c.last_error != "") | (outbox.c.attempts > 1)
    return int(connection.execute(select(func.count()).select_from(outbox).where(*tried, vain)).scalar_one())


def delivered(connection: Connection, pack: str, channel: str, since: datetime, until: datetime) -> list[datetime]:
    """Return when a channel got messages after an instant and up to another, in order."""
    span = outbox.c.delivered_at > microseconds(since), outbox.c.delivered_at <= microseconds(until)
    got = (outbox.c.pack == pack, outbox.c.channel == channel, *span)
    question = select(outbox.c.delivered_at).where(*got).order_by(outbox.c.delivered_at)
    return [from_microseconds(at) for at in connection.execute(question).scalars()]


def claim(connection: Connection, one: Message, *, next_at: datetime) -> bool:
    """Count an attempt before it is made, and say whether it is ours: of two that claim the same one, one gets it."""
    done = connection.execute(
        update(outbox)
        .where(outbox.c.id == one.id, outbox.c.attempts == one.attempts, *_WAITING)
        .values(attempts=one.attempts + 1, next_at=microseconds(next_at), last_error="")
    )
    return bool(done.rowcount)


def postpone(connection: Connection, one: Message, *, next_at: datetime) -> None:
    """Let a message wait; that is no attempt."""
    connection.execute(update(outbox).where(outbox.c.id == one.id, *_WAITING).values(next_at=microseconds(next_at)))


def join(connection: Connection, parts: list[Message], into: str) -> None:
    """Mark messages as gone into another one."""
    connection.execute(update(outbox).where(outbox.c.id.in_([one.id for one in parts]), *_WAITING).values(joined=into))


def note_results(
    connection: Connection,
    message_id: str,
    results: Mapping[str, TargetResult],
    *,
    error: str,
    delivered_at: datetime | None,
    failed_at: datetime | None,
) -> None:
    """Write down what came of an attempt."""
    values: dict[str, Any] = {
        "results": results_text(results),
        "last_error": error,
        "delivered_at": None if delivered_at is None else microseconds(delivered_at),
        "failed_at": None if failed_at is None else microseconds(failed_at),
    }
    connection.execute(update(outbox).where(outbox.c.id == message_id).values(values))
