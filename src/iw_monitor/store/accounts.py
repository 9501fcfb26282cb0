"""Accounts as everyone else sees them: in the journal's database, each change an entry of the journal too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count

from sqlalchemy import Connection

from iw_monitor.model.accounts import Attempts, Role, Session, User, Vouched
from iw_monitor.store import account_rows as rows
from iw_monitor.store.account_records import AccountChange, Act, said_of
from iw_monitor.store.account_rows import Place
from iw_monitor.store.journal import Journal
from iw_monitor.store.writing import Tail

Counted = Mapping[Place, Attempts]


class AccountStore:
    """Users, roles, sessions and failed attempts. Safe to share between threads; writes take turns with the journal's.

    Every change of an account and the entry that tells of it are one transaction. Those that name a user who is not
    there raise ``LookupError``.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- Reading ---

    def user(self, name: str) -> User | None:
        """Return a user, disabled or not."""
        with self._journal._reading() as connection:
            return rows.user(connection, name)

    def users(self) -> tuple[User, ...]:
        """Return all users by name."""
        with self._journal._reading() as connection:
            return rows.users(connection)

    def has_enabled(self) -> bool:
        """Say whether anybody can sign in with a password."""
        with self._journal._reading() as connection:
            return rows.count_enabled(connection) > 0

    def password_hash(self, name: str) -> str | None:
        """Return the hash of the password of a user who is not disabled, or None."""
        with self._journal._reading() as connection:
            return rows.password_hash(connection, name)

    def session(self, key: str) -> tuple[Session, User] | None:
        """Return a session with its user as the user is now, or None."""
        with self._journal._reading() as connection:
            found = rows.session(connection, key)
            owner = None if found is None else rows.user(connection, found.user)
            return None if found is None or owner is None else (found, owner)

    def sessions(self, name: str) -> tuple[Session, ...]:
        """Return all sessions of a user that are kept, ended ones too."""
        with self._journal._reading() as connection:
            return rows.sessions(connection, name)

    # --- Changing accounts ---

    def add(
        self, name: str, *, display_name: str, roles: Mapping[str, Role], password_hash: str, author: str, via: str
    ) -> User | None:
        """Add a user and return it, or None if there is one of that name."""
        with self._journal._writing() as (connection, tail):
            if rows.user(connection, name) is not None:
                return None
            now = tail.now
            one = User(name=name, display_name=display_name, roles=roles, created_at=now, password_set_at=now)
            rows.add_user(connection, one, password_hash)
            change = AccountChange(act=Act.CREATED, name=name, before=None, after=said_of(one))
            rows.write_change(connection, tail, change, author=author, via=via)
            return one

    def set_roles(self, name: str, change: Callable[[User], Mapping[str, Role]], *, author: str, via: str) -> User:
        """Let a user have the roles that ``change`` returns; nothing is written if they are the same."""
        with self._journal._writing() as (connection, tail):
            before = _known(rows.user(connection, name), name)
            after = replace(before, roles=change(before))
            if after != before:
                rows.set_roles(connection, name, after.roles)
                told = AccountChange(act=Act.ROLES, name=name, before=said_of(before), after=said_of(after))
                rows.write_change(connection, tail, told, author=author, via=via)
            return after

    def set_password(self, name: str, password_hash: str, *, author: str, via: str) -> int:
        """Keep another password, end all sessions of the user, and return how many there were."""
        with self._journal._writing() as (connection, tail):
            one = _known(rows.user(connection, name), name)
            rows.set_password(connection, name, password_hash, tail.now)
            ended = rows.end_sessions(connection, name, tail.now)
            said = said_of(one)
            change = AccountChange(act=Act.PASSWORD, name=name, before=said, after={**said, "sessions_ended": ended})
            rows.write_change(connection, tail, change, author=author, via=via)
            return ended

    def renew_hash(self, name: str, password_hash: str) -> None:
        """Keep the same password under a hash with other parameters."""
        with self._journal._writing() as (connection, _):
            rows.set_password(connection, name, password_hash, None)

    def set_enabled(self, name: str, enabled: bool, *, author: str, via: str) -> User:
        """Disable a user, which ends all sessions, or enable again; nothing is written if that is so already."""
        with self._journal._writing() as (connection, tail):
            before = _known(rows.user(connection, name), name)
            if before.is_enabled is enabled:
                return before
            after = replace(before, disabled_at=None if enabled else tail.now)
            rows.set_disabled(connection, name, after.disabled_at)
            rows.end_sessions(connection, name, tail.now)
            act = Act.ENABLED if enabled else Act.DISABLED
            change = AccountChange(act=act, name=name, before=said_of(before), after=said_of(after))
            rows.write_change(connection, tail, change, author=author, via=via)
            return after

    # --- Sessions ---

    def begin_session(self, session: Session, *, password_hash: str) -> bool:
        """Keep a new session if the user may still sign in with this password; forget those that are long over."""
        with self._journal._writing() as (connection, _):
            if rows.password_hash(connection, session.user) != password_hash:
                return False  # changed or disabled while the password was looked at
            rows.add_session(connection, session)
            return True

    def admit(self, vouched: Vouched, session: Session, *, author: str, via: str) -> User | None:
        """Keep a new session for whom an identity provider vouches, and return who that is here.

        The session has no user as yet. Whoever comes for the first time gets an account. Who has no role, or is
        disabled, gets nothing, and keeps no session either; of a stranger without a role nothing is written, since an
        outsider could fill the journal so.
        """
        with self._journal._writing() as (connection, tail):
            known = rows.user_who_is(connection, vouched.identity)
            if known is None and not vouched.roles:
                return None

            def taken(name: str) -> bool:
                return name == author or rows.user(connection, name) is not None

            one = _as_vouched(known, vouched, tail.now, taken=taken)
            _keep(connection, tail, known, one, author=author, via=via)
            if not one.is_enabled or not one.roles:
                rows.end_sessions(connection, one.name, tail.now)
                return None
            rows.add_session(connection, replace(session, user=one.name))
            return one

    def note_use(self, key: str, now: datetime) -> None:
        """Write down that a session is in use."""
        with self._journal._writing() as (connection, _):
            rows.note_use(connection, key, now)

    def end_session(self, key: str, now: datetime) -> None:
        """End a session."""
        with self._journal._writing() as (connection, _):
            rows.end_session(connection, key, now)

    def end_sessions(self, name: str, now: datetime) -> int:
        """End all sessions of a user, who asked for it, and return how many there were."""
        with self._journal._writing() as (connection, _):
            return rows.end_sessions(connection, name, now)

    def sign_out(self, name: str, *, author: str, via: str) -> int:
        """End all sessions of a user, as somebody else ordered, and return how many there were."""
        with self._journal._writing() as (connection, tail):
            said = said_of(_known(rows.user(connection, name), name))
            ended = rows.end_sessions(connection, name, tail.now)
            change = AccountChange(act=Act.SIGNED_OUT, name=name, before=said, after={**said, "sessions_ended": ended})
            rows.write_change(connection, tail, change, author=author, via=via)
            return ended

    # --- Failed attempts ---

    def count(self, places: Iterable[Place], change: Callable[[Counted], Mapping[Place, Attempts | None]]) -> Counted:
        """Change what is counted in these places, in one transaction, and return what was counted before."""
        with self._journal._writing() as (connection, _):
            before = {place: held for place in places if (held := rows.attempts(connection, place)) is not None}
            for place, counted in change(before).items():
                rows.set_attempts(connection, place, counted)
            return before

    def note_lockout(self, name: str, until: datetime, *, failures: int, author: str, via: str) -> None:
        """Write into the journal that failed attempts locked an account. Of nobody's account nothing is written."""
        with self._journal._writing() as (connection, tail):
            if rows.user(connection, name) is None:
                return
            told = {"failures": failures, "locked_until": until.isoformat()}
            change = AccountChange(act=Act.LOCKED, name=name, before={}, after=told)
            rows.write_change(connection, tail, change, author=author, via=via)


def _known(found: User | None, name: str) -> User:
    if found is None:
        raise LookupError(f"there is no user {name!r}")
    return found


def _as_vouched(known: User | None, vouched: Vouched, now: datetime, *, taken: Callable[[str], bool]) -> User:
    """Return a user as an identity provider describes the person now; the name once given in the journal stays."""
    if known is not None:
        return replace(known, display_name=vouched.display_name, roles=vouched.roles)
    names = (vouched.name if number == 1 else f"{vouched.name}-{number}" for number in count(1))
    return User(
        name=next(name for name in names if not taken(name)),
        display_name=vouched.display_name,
        roles=vouched.roles,
        created_at=now,
        password_set_at=now,
        identity=vouched.identity,
    )


def _keep(connection: Connection, tail: Tail, before: User | None, after: User, *, author: str, via: str) -> None:
    """Write what is new of somebody, and that it is, if anything is."""
    if before == after:
        return
    if before is None:
        rows.add_user(connection, after, "")
    else:
        rows.set_roles(connection, after.name, after.roles)
        rows.set_display_name(connection, after.name, after.display_name)
    act, was = (Act.CREATED, None) if before is None else (Act.VOUCHED, said_of(before))
    change = AccountChange(act=act, name=after.name, before=was, after=said_of(after))
    rows.write_change(connection, tail, change, author=author, via=via)
