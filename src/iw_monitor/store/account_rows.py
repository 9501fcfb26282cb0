"""Reading and changing the tables of accounts: statements and nothing else, inside a transaction of the caller.

Few files of the store have statements that change or remove; here sessions end and attempts are forgotten. The
journal's own tables do not occur here but for adding an entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from iw_monitor.model.accounts import Attempts, Identity, Role, Session, User
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.store.account_records import AccountChange, session_from, session_row, user_from, user_row
from iw_monitor.store.records import EntryKind
from iw_monitor.store.tables import entry, sign_in_attempt, user_account, user_role, user_session
from iw_monitor.store.writing import Tail

Place = tuple[str, int]  # kind and number


# --- Users ---


def user(connection: Connection, name: str) -> User | None:
    """Return a user, disabled or not."""
    row = connection.execute(select(user_account).where(user_account.c.name == name)).mappings().first()
    return None if row is None else user_from(dict(row), _roles(connection, name))


def user_who_is(connection: Connection, identity: Identity) -> User | None:
    """Return the user who is this person at an identity provider, disabled or not."""
    name = connection.execute(
        select(user_account.c.name).where(
            user_account.c.issuer == identity.issuer, user_account.c.subject == identity.subject
        )
    ).scalar()
    return None if name is None else user(connection, str(name))


def users(connection: Connection) -> tuple[User, ...]:
    """Return all users by name."""
    rows = connection.execute(select(user_account).order_by(user_account.c.name)).mappings().all()
    return tuple(user_from(dict(row), _roles(connection, row["name"])) for row in rows)


def count_enabled(connection: Connection) -> int:
    """Return how many users with a password are not disabled."""
    question = (
        select(func.count())
        .select_from(user_account)
        .where(user_account.c.disabled_at.is_(None), user_account.c.issuer.is_(None))
    )
    return int(connection.execute(question).scalar_one())


def password_hash(connection: Connection, name: str) -> str | None:
    """Return the hash of the password of a user who has one and is not disabled."""
    kept = connection.execute(
        select(user_account.c.password_hash).where(
            user_account.c.name == name, user_account.c.disabled_at.is_(None), user_account.c.issuer.is_(None)
        )
    ).scalar()
    return None if kept is None else str(kept)


def _roles(connection: Connection, name: str) -> list[tuple[str, str]]:
    rows = connection.execute(select(user_role.c.pack, user_role.c.role).where(user_role.c.name == name))
    return [(str(pack), str(word)) for pack, word in rows]


def add_user(connection: Connection, one: User, kept: str) -> None:
    """Add a user with the hash of the password."""
    connection.execute(insert(user_account), user_row(one, kept))
    set_roles(connection, one.name, one.roles)


def set_roles(connection: Connection, name: str, roles: Mapping[str, Role]) -> None:
    """Let these be all roles of a user."""
    connection.execute(delete(user_role).where(user_role.c.name == name))
    rows = [{"name": name, "pack": pack, "role": role.word} for pack, role in roles.items()]
    if rows:
        connection.execute(insert(user_role), rows)


def set_password(connection: Connection, name: str, kept: str, now: datetime | None) -> None:
    """Keep another hash; ``now`` is None when only its parameters are others and the password is the same."""
    values: dict[str, Any] = {"password_hash": kept}
    if now is not None:
        values["password_set_at"] = microseconds(now)
    connection.execute(update(user_account).where(user_account.c.name == name).values(values))


def set_display_name(connection: Connection, name: str, shown: str) -> None:
    """Let this be what is shown of a user."""
    connection.execute(update(user_account).where(user_account.c.name == name).values(display_name=shown))


def set_disabled(connection: Connection, name: str, since: datetime | None) -> None:
    """Disable a user since an instant, or enable again."""
    instant = None if since is None else microseconds(since)
    connection.execute(update(user_account).where(user_account.c.name == name).values(disabled_at=instant))


def write_change(connection: Connection, tail: Tail, change: AccountChange, *, author: str, via: str) -> None:
    """Write an entry about an account into the journal."""
    row = tail.link(
        EntryKind.ACCOUNT, body=change.body, id=tail.new_id(), pack="", author=author, via=via, pack_hash=""
    )
    connection.execute(insert(entry), row)


# --- Sessions ---


def session(connection: Connection, key: str) -> Session | None:
    """Return a session, ended or not."""
    row = connection.execute(select(user_session).where(user_session.c.key == key)).mappings().first()
    return None if row is None else session_from(dict(row))


def sessions(connection: Connection, name: str) -> tuple[Session, ...]:
    """Return all sessions of a user that are kept, the newest last."""
    rows = connection.execute(
        select(user_session).where(user_session.c.name == name).order_by(user_session.c.begun_at, user_session.c.key)
    ).mappings()
    return tuple(session_from(dict(row)) for row in rows)


def add_session(connection: Connection, one: Session) -> None:
    """Add a session, and forget those of everybody that are over: the table does not grow for ever."""
    begun = microseconds(one.begun_at)
    connection.execute(delete(user_session).where(user_session.c.ends_at < begun))
    connection.execute(insert(user_session), session_row(one))


def note_use(connection: Connection, key: str, now: datetime) -> None:
    """Write down that a session is in use; it never seems used earlier than before."""
    instant = microseconds(now)
    connection.execute(
        update(user_session).where(user_session.c.key == key, user_session.c.used_at < instant).values(used_at=instant)
    )


def end_session(connection: Connection, key: str, now: datetime) -> None:
    """End a session, if it has not ended."""
    connection.execute(
        update(user_session)
        .where(user_session.c.key == key, user_session.c.ended_at.is_(None))
        .values(ended_at=microseconds(now))
    )


def end_sessions(connection: Connection, name: str, now: datetime) -> int:
    """End all sessions of a user and return how many there were."""
    done = connection.execute(
        update(user_session)
        .where(user_session.c.name == name, user_session.c.ended_at.is_(None))
        .values(ended_at=microseconds(now))
    )
    return int(done.rowcount)


# --- Failed attempts ---


def attempts(connection: Connection, place: Place) -> Attempts | None:
    """Return what is counted in a place."""
    row = connection.execute(
        select(sign_in_attempt.c.failures, sign_in_attempt.c.last_at).where(*_at(place))
    ).one_or_none()
    return None if row is None else Attempts(failures=row.failures, last_at=from_microseconds(row.last_at))


def set_attempts(connection: Connection, place: Place, counted: Attempts | None) -> None:
    """Let this be what is counted in a place; None forgets it."""
    connection.execute(delete(sign_in_attempt).where(*_at(place)))
    if counted is not None:
        kind, number = place
        held = {"failures": counted.failures, "last_at": microseconds(counted.last_at)}
        connection.execute(insert(sign_in_attempt), {"kind": kind, "place": number, **held})


def _at(place: Place) -> tuple[Any, Any]:
    kind, number = place
    return sign_in_attempt.c.kind == kind, sign_in_attempt.c.place == number
