"""The verbs of tokens: add, list, revoke; and who one stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.access import tokens as rules
from iw_monitor.access.codes import refused
from iw_monitor.access.names import plain_name
from iw_monitor.errors import InputError
from iw_monitor.model.accounts import Actor, Role, User
from iw_monitor.model.tokens import Scope, Token
from iw_monitor.service.noting import UseNotes
from iw_monitor.store.accounts import AccountStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.tokens import TokenStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who came with a good token, and by which."""

    actor: Actor
    token: Token


class Tokens:
    """The tokens of one site. Safe to share between threads."""

    def __init__(self, journal: Journal, *, clock: Callable[[], datetime]) -> None:
        """Use a journal's database.

        Args:
            journal: keeps the tokens, and an entry for each change of one.
            clock: says what time it is, aware. Not the demo's, which stands still.
        """
        self._store, self._accounts = TokenStore(journal), AccountStore(journal)
        self._clock = clock
        self._notes = UseNotes(self._store.note_use)

    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens, the newest last, those that are good no more too."""
        return self._store.tokens()

    def add(
        self, owner: str, *, name: str, scope: Scope, pack: str, life: timedelta, author: str, via: str
    ) -> tuple[str, Token]:
        """Add a token and return it with what is kept of it. It is not shown again: only its hash is kept.

        Raises:
            InputError: there is no such user, or they may not themselves do what it is for; or the name or the life
                cannot be used.
        """
        user = owner_of(self._accounts, owner)
        what, lasting = rules.checked_token_name(name), rules.checked_life(life)
        _check_owner_may(user, scope, pack)
        secret = rules.new_token()
        kept = self._store.add(
            rules.new_token_id(),
            rules.key_of(secret),
            owner=user.name,
            name=what,
            pack=pack,
            scope=scope,
            life=lasting,
            author=author,
            via=via,
        )
        return secret, kept

    def revoke(self, token_id: str, *, author: str, via: str) -> Token:
        """Let a token be good no more, at once and for ever, and return it.

        Raises:
            InputError: there is none that is called so.
        """
        found = self._store.revoke(token_id.strip(), author=author, via=via)
        if found is None:
            problem = f"there is no token {token_id[: rules.LONGEST_NAME]!r}"
            raise refused("A303", "token", problem, remedy="See which there are with: iw-monitor token list")
        return found

    def bearer(self, secret: str) -> Bearer | None:
        """Return who a token stands for right now, or None: unknown, expired, revoked, its owner disabled."""
        if not rules.is_token(secret):
            return None
        now = self._clock()
        found = self._store.of_key(rules.key_of(secret))
        if found is None:
            return None
        token, owner = found
        if not token.is_good(now) or not owner.is_enabled:
            return None
        self._notes.note(token.id, token.used_at, now)
        return Bearer(actor=token.actor(owner), token=token)


def owner_of(accounts: AccountStore, name: str) -> User:
    """Return the user who is to answer for something that lets others in.

    Raises:
        InputError: there is no such user, or they are disabled.
    """
    user = accounts.user(plain_name(name))
    if user is None or not user.is_enabled:
        problem = f"there is no user {name[: rules.LONGEST_NAME]!r} who can sign in"
        raise refused("A202", "owner", problem, remedy="See who there is with: iw-monitor user list")
    return user


def _check_owner_may(user: User, scope: Scope, pack: str) -> None:
    if not pack.strip() or pack != pack.strip():
        raise refused("A203", "pack", "is not the id of a pack", remedy="Name the pack, or * for every pack")
    if not user.actor.may(scope.role, pack):
        raise _may_not(user, scope.role, pack)


def _may_not(user: User, role: Role, pack: str) -> InputError:
    where = "every pack" if pack == "*" else pack
    problem = f"{user.name} does not have the role {role} on {where}, so no token of theirs can"
    return refused("A304", "scope", problem, remedy="Choose a lower scope or another pack, or raise the role first")


@contextmanager
def open_tokens(url: str, *, clock: Callable[[], datetime], read_only: bool = False) -> Iterator[Tokens]:
    """Open the tokens of a journal's site for the length of a block.

    Raises:
        StoreError: the journal cannot be used.
    """
    with Journal.open(url, clock=clock, read_only=read_only) as journal:
        yield Tokens(journal, clock=clock)
