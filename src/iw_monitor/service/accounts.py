"""The verbs of accounts: add, change, disable; sign in, sign out, and who a cookie stands for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property

from iw_monitor.access import lockout, sessions
from iw_monitor.access.codes import refused
from iw_monitor.access.hashing import Hasher
from iw_monitor.access.lockout import Counted, Place
from iw_monitor.access.names import checked_display_name, checked_name, is_name, plain_name
from iw_monitor.access.passwords import check_password
from iw_monitor.access.sessions import Signer
from iw_monitor.errors import AccessDeniedError, BusyDatabaseError, LockedOutError, ReadOnlyDatabaseError
from iw_monitor.model.accounts import Actor, Attempts, Role, User, Vouched
from iw_monitor.store.accounts import AccountStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.secret import is_shared, site_secret

WRONG = "The name or the password is wrong."
THE_SYSTEM = "sign-in"  # the author of what nobody did by hand
_PAUSE = timedelta(minutes=1)


class Accounts:
    """The accounts of one site and their sessions. Safe to share between threads."""

    def __init__(
        self,
        journal: Journal,
        *,
        clock: Callable[[], datetime],
        secret: Callable[[], bytes] | None = None,
        hasher: Hasher | None = None,
    ) -> None:
        """Use a journal's database.

        Args:
            journal: keeps the accounts, and an entry for each change of one.
            clock: says what time it is, aware. Not the demo's, which stands still.
            secret: returns what signs cookies; by default what the environment gives, or the file beside the journal,
                made when first needed.
            hasher: hashes passwords.
        """
        self._store = AccountStore(journal)
        self.journal = journal
        self._url = journal.url
        self._clock = clock
        self._secret = secret or (lambda: site_secret(self._url, os.environ))
        self._hasher = hasher or Hasher()
        self._notes_pause_until: datetime | None = None

    @cached_property
    def signer(self) -> Signer:
        """Signs cookies and forms.

        Raises:
            StoreError: the secret's file cannot be used.
        """
        return Signer(self._secret())

    @property
    def cookie_name(self) -> str:
        """The name of this site's session cookie."""
        return self.signer.cookie_name

    @property
    def are_known_everywhere(self) -> bool:
        """Whether who signs in at one web process of the site is known to all."""
        return is_shared(self._url, os.environ)

    def get_ready(self) -> None:
        """Do now what would make the first sign-in slower than the next.

        Raises:
            StoreError: the secret's file cannot be used.
        """
        _ = self.signer
        self._hasher.warm_up()

    # --- Accounts ---

    def users(self) -> tuple[User, ...]:
        """Return all users by name."""
        return self._store.users()

    def has_users(self) -> bool:
        """Say whether anybody can sign in with a password."""
        return self._store.has_enabled()

    def add_user(
        self, name: str, password: str, *, roles: Mapping[str, Role], author: str, via: str, display_name: str = ""
    ) -> User:
        """Add a user.

        Raises:
            InputError: there is one of that name, or the name or password cannot be used.
        """
        plain = self.check_new(name)
        shown = checked_display_name(display_name, name=plain)
        check_password(password, name=plain, display_name=shown)
        _check_packs(roles)
        kept = self._hasher.hash(password)
        added = self._store.add(plain, display_name=shown, roles=roles, password_hash=kept, author=author, via=via)
        if added is None:
            raise _taken(plain)
        return added

    def check_new(self, name: str) -> str:
        """Return the name of a user that may be added, as it is kept; asked before anybody types a password.

        Raises:
            InputError: it cannot be a name, or is taken.
        """
        plain = checked_name(name)
        if self._store.user(plain) is not None:
            raise _taken(plain)
        return plain

    def user(self, name: str) -> User:
        """Return a user.

        Raises:
            InputError: there is none of that name.
        """
        found = self._store.user(plain_name(name))
        if found is None:
            raise _unknown(name)
        return found

    def set_password(self, name: str, password: str, *, author: str, via: str) -> int:
        """Set another password, which signs the user out everywhere; return how many sessions that ended.

        Raises:
            InputError: there is no such user, or the password cannot be used.
        """
        one = self.user(name)
        if one.identity is not None:
            raise _is_vouched_for(one.name, one.identity.issuer, "Change the password there")
        check_password(password, name=one.name, display_name=one.display_name)
        kept = self._hasher.hash(password)
        return self._store.set_password(one.name, kept, author=author, via=via)

    def set_role(self, name: str, role: Role | None, *, pack: str, author: str, via: str) -> User:
        """Give a user one role on a pack in place of the one before; None takes it away.

        Raises:
            InputError: there is no such user, or no pack is named.
        """
        one = self.user(name)
        if one.identity is not None:
            raise _is_vouched_for(one.name, one.identity.issuer, "Put them into another group there")
        rest: Mapping[str, Role] = {} if role is None else {pack: role}
        _check_packs(rest)

        def changed(before: User) -> Mapping[str, Role]:
            return {where: held for where, held in before.roles.items() if where != pack} | dict(rest)

        with _known_user(name):
            return self._store.set_roles(plain_name(name), changed, author=author, via=via)

    def disable(self, name: str, *, author: str, via: str) -> User:
        """Let a user not sign in any more, and end all sessions. Nobody is ever removed: the journal names them.

        Raises:
            InputError: there is no such user.
        """
        with _known_user(name):
            return self._store.set_enabled(plain_name(name), False, author=author, via=via)

    def enable(self, name: str, *, author: str, via: str) -> User:
        """Let a user sign in again.

        Raises:
            InputError: there is no such user.
        """
        with _known_user(name):
            return self._store.set_enabled(plain_name(name), True, author=author, via=via)

    def sign_out_user(self, name: str, *, author: str, via: str) -> int:
        """End all sessions of somebody else and return how many there were.

        Raises:
            InputError: there is no such user.
        """
        with _known_user(name):
            return self._store.sign_out(plain_name(name), author=author, via=via)

    # --- Signing in and out ---

    def sign_in(self, name: str, password: str, *, address: str) -> str:
        """Return the value of a session cookie. Takes a tenth of a second and 64 MiB: not for an event loop.

        Args:
            name: as typed.
            password: as typed.
            address: of the browser, as far as known; failures are counted on it too.

        Raises:
            LockedOutError: too many attempts failed before; the password was not looked at.
            AccessDeniedError: the name or the password is wrong, or the account is disabled; it does not say which.
        """
        now, who = self._clock(), plain_name(name)
        account, network = lockout.places(name=who, address=address, secret=self.signer.derived("attempts"))
        held = self._count_in(account, network, now)
        kept = self._store.password_hash(who) if is_name(who) else None  # not every text can be asked for
        if not self._hasher.matches(password, kept) or kept is None:
            self._note_failure(who, held.get(account), now)
            raise AccessDeniedError(WRONG)
        cookie = self._begin(who, kept, now)
        self._forgive(account, network)
        if self._hasher.is_outdated(kept):
            self._store.renew_hash(who, self._hasher.hash(password))
        return cookie

    def admit(self, vouched: Vouched, *, ends_at: datetime) -> str:
        """Return the value of a session cookie for somebody for whom an identity provider vouches.

        Raises:
            AccessDeniedError: the person has no role here, or was disabled.
        """
        session_id = sessions.new_session_id()
        session = sessions.begin(session_id, "", self._clock(), ends_at=ends_at)
        if self._store.admit(vouched, session, author=THE_SYSTEM, via="page") is None:
            raise AccessDeniedError(
                f"{vouched.display_name} has no role on this monitor. Ask an administrator, who sees in the "
                "sign-in file what gives one."
            )
        return self.signer.cookie_value(session_id)

    def sign_out(self, cookie: str | None) -> None:
        """End the session that a cookie stands for, if it stands for one."""
        if (session_id := self.signer.session_id(cookie)) is not None:
            self._store.end_session(sessions.key_of(session_id), self._clock())

    def sign_out_everywhere(self, cookie: str | None) -> int:
        """End all sessions of the user whose living session a cookie stands for, and return how many there were."""
        actor = self.actor_of(cookie)
        return 0 if actor is None else self._store.end_sessions(actor.name, self._clock())

    def actor_of(self, cookie: str | None) -> Actor | None:
        """Return who a cookie stands for right now, or None: forged, signed out, expired, disabled."""
        session_id = self.signer.session_id(cookie)
        if session_id is None:
            return None
        now = self._clock()
        found = self._store.session(sessions.key_of(session_id))
        if found is None or not found[1].is_enabled or not sessions.is_alive(found[0], now):
            return None
        if sessions.is_due_for_note(found[0], now):
            self._note_use(found[0].key, now)
        return found[1].actor

    def _begin(self, who: str, kept: str, now: datetime) -> str:
        session_id = sessions.new_session_id()
        if not self._store.begin_session(sessions.begin(session_id, who, now), password_hash=kept):
            raise AccessDeniedError(WRONG)
        return self.signer.cookie_value(session_id)

    def _note_use(self, key: str, now: datetime) -> None:
        """Write down that a session is in use; a page is shown even when that has to wait."""
        if self._notes_pause_until is not None and now < self._notes_pause_until:
            return
        try:
            self._store.note_use(key, now)
        except (BusyDatabaseError, ReadOnlyDatabaseError):
            self._notes_pause_until = now + _PAUSE

    # --- Failed attempts ---

    def _count_in(self, account: Place, network: Place, now: datetime) -> dict[Place, Attempts]:
        """Count an attempt as failed before it is looked at, so that many at once do not all pass.

        Raises:
            LockedOutError: attempts are refused for now; this one is not counted.
        """
        both = {_row(place): place for place in (account, network)}

        def count(before: Mapping[tuple[str, int], Attempts]) -> dict[tuple[str, int], Attempts]:
            held = {both[row]: counted for row, counted in before.items()}
            if lockout.locked_until(held, now) is not None:
                return {}
            return {row: lockout.one_more(before.get(row), now) for row in both}

        found = self._store.count(both, count)
        held = {both[row]: counted for row, counted in found.items()}
        until = lockout.locked_until(held, now)
        if until is not None:
            raise LockedOutError(until)
        return held

    def _forgive(self, account: Place, network: Place) -> None:
        """Forget what was counted on the account; on the address only this attempt, or one account would open all."""
        there = _row(network)
        self._store.count((there,), lambda before: {_row(account): None, there: lockout.one_less(before.get(there))})

    def _note_failure(self, who: str, before: Attempts | None, now: datetime) -> None:
        """Write into the journal that an account is locked. Single failures are counted only: they could fill it."""
        failures = lockout.one_more(before, now).failures
        wait = lockout.wait_after(Counted.ACCOUNT, failures)
        if wait and is_name(who):
            self._store.note_lockout(who, now + wait, failures=failures, author=THE_SYSTEM, via="page")


def _row(place: Place) -> tuple[str, int]:
    return place.kind.value, place.number


def _check_packs(roles: Mapping[str, Role]) -> None:
    if not all(pack.strip() == pack and pack for pack in roles):
        raise refused("A203", "pack", "is not the id of a pack", remedy="Name the pack, or * for every pack")


def _taken(name: str) -> Exception:
    return refused("A201", "name", f"there is a user {name} already", remedy="Choose another name, or change that user")


def _is_vouched_for(name: str, issuer: str, remedy: str) -> Exception:
    return refused("A204", "name", f"{name} signs in at {issuer}, which says what they may do", remedy=remedy)


def _unknown(name: str) -> Exception:
    return refused("A202", "name", f"there is no user {name!r}", remedy="See who there is with: iw-monitor user list")


@contextmanager
def _known_user(name: str) -> Iterator[None]:
    try:
        yield
    except LookupError as error:
        raise _unknown(name) from error


@contextmanager
def open_accounts(
    url: str, *, clock: Callable[[], datetime], hasher: Hasher | None = None, read_only: bool = False
) -> Iterator[Accounts]:
    """Open the accounts of a journal's site for the length of a block.

    Raises:
        StoreError: the journal cannot be used.
    """
    with Journal.open(url, clock=clock, read_only=read_only) as journal:
        yield Accounts(journal, clock=clock, hasher=hasher)
