"""Who somebody is and what they may do: roles, actors, users, sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType

EVERY_PACK = "*"  # in place of a pack's id: the role holds for all of them
VISITOR = "visitor"  # under which a request carries the actor whom the gate let in


class Role(IntEnum):
    """What somebody may do. Ordered: each role may do all that the ones before it may."""

    VIEWER = 1  # look
    EDITOR = 2  # record, confirm, retract, import
    APPROVER = 3  # say yes to what another person drafted
    ADMIN = 4  # accounts and settings

    def __str__(self) -> str:
        return self.word

    @property
    def word(self) -> str:
        """The role as people write it."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> Role:
        """Return the role of this word.

        Raises:
            ValueError: there is no such role.
        """
        try:
            return cls[word.strip().upper()]
        except KeyError as error:
            raise ValueError(f"{word!r} is not a role; use one of {', '.join(one.word for one in cls)}") from error


class Way(StrEnum):
    """How a site lets people sign in. One for each site; every way ends in an actor."""

    LOCAL = "local"  # accounts kept here, with passwords
    OIDC = "oidc"  # an identity provider says who somebody is
    PROXY = "proxy"  # a proxy in front says it, with every request


def highest(roles: Mapping[str, Role], pack: str) -> Role | None:
    """Return the highest of the roles that hold for a pack, or None."""
    return max((role for where, role in roles.items() if where in (pack, EVERY_PACK)), default=None)


def _frozen(roles: Mapping[str, Role]) -> Mapping[str, Role]:
    return MappingProxyType(dict(sorted(roles.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who was let in, by whatever way: every way of signing in ends in one of these."""

    name: str  # what stands as author in the journal
    display_name: str
    roles: Mapping[str, Role]  # by pack id, or EVERY_PACK
    via: str  # the way of signing in: one of Way, or token

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", _frozen(self.roles))

    def may(self, role: Role, pack: str) -> bool:
        """Say whether this person may do on a pack what the role may do.

        Example:
            >>> ada = Actor(name="ada", display_name="Ada", roles={"harbour": Role.EDITOR}, via="local")
            >>> ada.may(Role.VIEWER, "harbour"), ada.may(Role.ADMIN, "harbour"), ada.may(Role.VIEWER, "desert")
            (True, False, False)
        """
        held = highest(self.roles, pack)
        return held is not None and held >= role


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at an identity provider, which gives neither of the two to anybody else, ever."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What an identity provider or a proxy says of somebody, with the roles that it means here."""

    identity: Identity
    name: str  # what it calls them; what stands in the journal may have to differ
    display_name: str
    roles: Mapping[str, Role]
    said_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", _frozen(self.roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account. Never removed, since the journal names it; an account that is not wanted is disabled."""

    name: str
    display_name: str
    roles: Mapping[str, Role] = field(default_factory=dict)
    created_at: datetime
    password_set_at: datetime
    disabled_at: datetime | None = None
    identity: Identity | None = None  # None: signs in here, with a password

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", _frozen(self.roles))

    @property
    def is_enabled(self) -> bool:
        return self.disabled_at is None

    @property
    def actor(self) -> Actor:
        """This user, signed in."""
        via = Way.LOCAL if self.identity is None else Way.OIDC
        return Actor(name=self.name, display_name=self.display_name, roles=self.roles, via=via)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in of one user in one browser. Known by a hash: who reads the database cannot become the user."""

    key: str  # SHA-256 of the session's id, in hexadecimal
    user: str
    begun_at: datetime
    used_at: datetime
    ends_at: datetime  # whatever happens
    ended_at: datetime | None = None  # signed out

    def __post_init__(self) -> None:
        if not self.begun_at <= self.used_at or self.begun_at >= self.ends_at:
            raise ValueError("a session is used after it began, and ends after that")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Failed attempts to sign in, on one account or from one address."""

    failures: int
    last_at: datetime

    def __post_init__(self) -> None:
        if self.failures < 1:
            raise ValueError("no failure is the absence of attempts")
