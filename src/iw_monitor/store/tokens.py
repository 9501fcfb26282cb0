"""Tokens as everyone else sees them: in the journal's database, each change an entry of the journal too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from iw_monitor.model.accounts import User
from iw_monitor.model.tokens import Scope, Token
from iw_monitor.store import account_rows
from iw_monitor.store import token_rows as rows
from iw_monitor.store.account_records import AccountChange, Act
from iw_monitor.store.journal import Journal


class TokenStore:
    """Every token there ever was. Safe to share between threads; a change and its entry are one transaction."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens, the newest last, those that are good no more too."""
        with self._journal._reading() as connection:
            return rows.tokens(connection)

    def token(self, token_id: str) -> Token | None:
        """Return a token by what it is called, good or not."""
        with self._journal._reading() as connection:
            return rows.token(connection, token_id)

    def of_key(self, key: str) -> tuple[Token, User] | None:
        """Return the token that is kept under a hash, with its owner as the owner is now."""
        with self._journal._reading() as connection:
            found = rows.token_of_key(connection, key)
            owner = None if found is None else account_rows.user(connection, found.owner)
            return None if found is None or owner is None else (found, owner)

    def add(
        self,
        token_id: str,
        key: str,
        *,
        owner: str,
        name: str,
        pack: str,
        scope: Scope,
        life: timedelta,
        author: str,
        via: str,
    ) -> Token:
        """Add a token of a user who is there, and return it."""
        with self._journal._writing() as (connection, tail):
            one = Token(
                id=token_id,
                key=key,
                owner=owner,
                name=name,
                pack=pack,
                scope=scope,
                created_at=tail.now,
                expires_at=tail.now + life,
            )
            rows.add_token(connection, one)
            change = AccountChange(act=Act.TOKEN_ADDED, name=owner, before=None, after=_said_of(one))
            account_rows.write_change(connection, tail, change, author=author, via=via)
            return one

    def revoke(self, token_id: str, *, author: str, via: str) -> Token | None:
        """Let a token be good no more and return it as it was; None if there is none. Twice is written once."""
        with self._journal._writing() as (connection, tail):
            one = rows.token(connection, token_id)
            if one is not None and one.revoked_at is None:
                rows.revoke_token(connection, token_id, tail.now)
                said = _said_of(one)
                change = AccountChange(
                    act=Act.TOKEN_REVOKED, name=one.owner, before=said, after={**said, "revoked": True}
                )
                account_rows.write_change(connection, tail, change, author=author, via=via)
            return one

    def note_use(self, token_id: str, now: datetime) -> None:
        """Write down that a token is in use."""
        with self._journal._writing() as (connection, _):
            rows.note_token_use(connection, token_id, now)


def _said_of(one: Token) -> dict[str, Any]:
    """Return what the journal says of a token: nothing by which it could be guessed."""
    return {
        "token": one.id,
        "token_name": one.name,
        "pack": one.pack,
        "scope": one.scope.value,
        "expires_at": one.expires_at.isoformat(),
    }
