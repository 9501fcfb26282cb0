"""What the journal and the tables say of accounts: between the things of ``model`` and rows. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from iw_monitor.model.accounts import Identity, Role, Session, User
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.store.canonical import canonical_json


class Act(StrEnum):
    """What was done to an account."""

    CREATED = "created"
    PASSWORD = "password"  # set anew; neither it nor its hash stands in the journal
    ROLES = "roles"
    DISABLED = "disabled"
    ENABLED = "enabled"
    SIGNED_OUT = "signed out"  # everywhere, by somebody else
    LOCKED = "locked"  # by failed attempts to sign in
    VOUCHED = "vouched"  # an identity provider says something else of the person than before
    TOKEN_ADDED = "token added"
    TOKEN_REVOKED = "token revoked"
    LINK_ADDED = "public link added"
    LINK_REVOKED = "public link revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """One entry of kind ``account``: who was changed, how, from what, to what."""

    act: Act
    name: str
    before: Mapping[str, Any] | None  # None: there was no such account
    after: Mapping[str, Any]

    @property
    def body(self) -> str:
        """What stands in the journal, as canonical JSON."""
        before = None if self.before is None else dict(self.before)
        return canonical_json({"act": self.act.value, "name": self.name, "before": before, "after": dict(self.after)})


def account_change_from(row: Mapping[str, Any]) -> AccountChange:
    """Return the change that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what a change's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return AccountChange(act=Act(body["act"]), name=body["name"], before=body["before"], after=body["after"])


def said_of(user: User) -> dict[str, Any]:
    """Return what the journal says of a user: everything but the password's hash."""
    who = {} if user.identity is None else {"issuer": user.identity.issuer, "subject": user.identity.subject}
    return {
        "disabled": not user.is_enabled,
        "display_name": user.display_name,
        "roles": {pack: role.word for pack, role in user.roles.items()},
        **who,
    }


def user_from(row: Mapping[str, Any], roles: Iterable[tuple[str, str]]) -> User:
    """Return the user that a row of ``user_account`` holds, with the roles found for it."""
    return User(
        name=row["name"],
        display_name=row["display_name"],
        roles={pack: Role.named(word) for pack, word in roles},
        created_at=from_microseconds(row["created_at"]),
        password_set_at=from_microseconds(row["password_set_at"]),
        disabled_at=_instant(row["disabled_at"]),
        identity=None if row["issuer"] is None else Identity(row["issuer"], row["subject"]),
    )


def user_row(user: User, password_hash: str) -> dict[str, Any]:
    """Return the row of ``user_account``."""
    return {
        "name": user.name,
        "display_name": user.display_name,
        "password_hash": password_hash,
        "created_at": microseconds(user.created_at),
        "password_set_at": microseconds(user.password_set_at),
        "disabled_at": None if user.disabled_at is None else microseconds(user.disabled_at),
        "issuer": None if user.identity is None else user.identity.issuer,
        "subject": None if user.identity is None else user.identity.subject,
    }


def session_from(row: Mapping[str, Any]) -> Session:
    """Return the session that a row of ``user_session`` holds."""
    return Session(
        key=row["key"],
        user=row["name"],
        begun_at=from_microseconds(row["begun_at"]),
        used_at=from_microseconds(row["used_at"]),
        ends_at=from_microseconds(row["ends_at"]),
        ended_at=_instant(row["ended_at"]),
    )


def session_row(session: Session) -> dict[str, Any]:
    """Return the row of ``user_session``."""
    return {
        "key": session.key,
        "name": session.user,
        "begun_at": microseconds(session.begun_at),
        "used_at": microseconds(session.used_at),
        "ends_at": microseconds(session.ends_at),
        "ended_at": None if session.ended_at is None else microseconds(session.ended_at),
    }


def _instant(value: int | None) -> datetime | None:
    return None if value is None else from_microseconds(value)
