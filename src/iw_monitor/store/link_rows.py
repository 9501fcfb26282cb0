"""Reading and changing the table of public links: statements and nothing else, inside a transaction of the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.links import PublicLink
from iw_monitor.model.snapshot import Marking
from iw_monitor.store.tables import public_link


def link_of_key(connection: Connection, key: str) -> PublicLink | None:
    """Return the link whose key has this hash, good or not."""
    row = connection.execute(select(public_link).where(public_link.c.key == key)).mappings().first()
    return None if row is None else _link_from(dict(row))


def link(connection: Connection, pack: str, link_id: str) -> PublicLink | None:
    """Return a pack's link by what it is called, good or not."""
    asked = select(public_link).where(public_link.c.pack == pack, public_link.c.id == link_id)
    row = connection.execute(asked).mappings().first()
    return None if row is None else _link_from(dict(row))


def links(connection: Connection, pack: str) -> tuple[PublicLink, ...]:
    """Return all links of a pack, the newest last."""
    asked = select(public_link).where(public_link.c.pack == pack)
    rows = connection.execute(asked.order_by(public_link.c.created_at, public_link.c.id)).mappings()
    return tuple(_link_from(dict(row)) for row in rows)


def add_link(connection: Connection, one: PublicLink) -> None:
    """Add a link."""
    connection.execute(insert(public_link), _row(one))


def revoke_link(connection: Connection, link_id: str, now: datetime) -> None:
    """Let a link be good no more."""
    connection.execute(update(public_link).where(public_link.c.id == link_id).values(revoked_at=microseconds(now)))


def note_link_use(connection: Connection, link_id: str, now: datetime) -> None:
    """Write down that a link is in use."""
    connection.execute(update(public_link).where(public_link.c.id == link_id).values(used_at=microseconds(now)))


def _link_from(row: Mapping[str, Any]) -> PublicLink:
    return PublicLink(
        id=row["id"],
        key=row["key"],
        owner=row["owner"],
        name=row["name"],
        pack=row["pack"],
        up_to=Marking(row["up_to"]),
        snapshot=row["snapshot"],
        created_at=from_microseconds(row["created_at"]),
        expires_at=from_microseconds(row["expires_at"]),
        used_at=_instant(row["used_at"]),
        revoked_at=_instant(row["revoked_at"]),
    )


def _row(one: PublicLink) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": one.key,
        "owner": one.owner,
        "name": one.name,
        "pack": one.pack,
        "up_to": one.up_to.value,
        "snapshot": one.snapshot,
        "created_at": microseconds(one.created_at),
        "expires_at": microseconds(one.expires_at),
        "used_at": None,
        "revoked_at": None,
    }


def _instant(value: int | None) -> datetime | None:
    return None if value is None else from_microseconds(value)
