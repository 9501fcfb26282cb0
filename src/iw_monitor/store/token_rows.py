"""Reading and changing the table of tokens: statements and nothing else, inside a transaction of the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.tokens import Scope, Token
from iw_monitor.store.tables import api_token


def token_of_key(connection: Connection, key: str) -> Token | None:
    """Return the token that is kept under a hash, good or not."""
    row = connection.execute(select(api_token).where(api_token.c.key == key)).mappings().first()
    return None if row is None else _token_from(dict(row))


def token(connection: Connection, token_id: str) -> Token | None:
    """Return a token by what it is called, good or not."""
    row = connection.execute(select(api_token).where(api_token.c.id == token_id)).mappings().first()
    return None if row is None else _token_from(dict(row))


def tokens(connection: Connection) -> tuple[Token, ...]:
    """Return all tokens, the newest last."""
    rows = connection.execute(select(api_token).order_by(api_token.c.created_at, api_token.c.id)).mappings()
    return tuple(_token_from(dict(row)) for row in rows)


def add_token(connection: Connection, one: Token) -> None:
    """Add a token."""
    connection.execute(insert(api_token), _row(one))


def revoke_token(connection: Connection, token_id: str, now: datetime) -> None:
    """Let a token be good no more."""
    connection.execute(update(api_token).where(api_token.c.id == token_id).values(revoked_at=microseconds(now)))


def note_token_use(connection: Connection, token_id: str, now: datetime) -> None:
    """Write down that a token is in use."""
    connection.execute(update(api_token).where(api_token.c.id == token_id).values(used_at=microseconds(now)))


def _token_from(row: Mapping[str, Any]) -> Token:
    return Token(
        id=row["id"],
        key=row["key"],
        owner=row["owner"],
        name=row["name"],
        pack=row["pack"],
        scope=Scope(row["scope"]),
        created_at=from_microseconds(row["created_at"]),
        expires_at=from_microseconds(row["expires_at"]),
        used_at=_instant(row["used_at"]),
        revoked_at=_instant(row["revoked_at"]),
    )


def _row(one: Token) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": one.key,
        "owner": one.owner,
        "name": one.name,
        "pack": one.pack,
        "scope": one.scope.value,
        "created_at": microseconds(one.created_at),
        "expires_at": microseconds(one.expires_at),
        "used_at": None,
        "revoked_at": None,
    }


def _instant(value: int | None) -> datetime | None:
    return None if value is None else from_microseconds(value)
