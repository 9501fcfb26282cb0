"""What lets a program in: a token that somebody owns, which may never do more than its owner may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iw_monitor.model.accounts import EVERY_PACK, Actor, Role, User, highest


class Scope(StrEnum):
    """What a token is for. Ordered by what it lets do: each may do all that the ones before it may."""

    READ = "read"
    WRITE = "write"
    APPROVE = "approve"

    @property
    def role(self) -> Role:
        """The highest role in which the token acts."""
        return {Scope.READ: Role.VIEWER, Scope.WRITE: Role.EDITOR, Scope.APPROVE: Role.APPROVER}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as it is kept: known by a hash, so that who reads the database cannot use it."""

    id: str  # short and public: what it is called by in lists, in the journal and when it is revoked
    key: str  # SHA-256 of the token, in hexadecimal
    owner: str  # the user in whose name it acts
    name: str  # what it is for, in its owner's words
    pack: str  # the id of the pack it is good for, or EVERY_PACK
    scope: Scope
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None  # noted now and then
    revoked_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.created_at >= self.expires_at:
            raise ValueError("a token expires after it was made")

    def is_good(self, now: datetime) -> bool:
        """Say whether it still lets anybody in."""
        return self.revoked_at is None and now < self.expires_at

    def actor(self, owner: User) -> Actor:
        """Return who acts by it: its owner, in no role that is higher than the owner's is now."""
        return Actor(name=owner.name, display_name=owner.display_name, roles=self._roles(owner.roles), via="token")

    def _roles(self, held: Mapping[str, Role]) -> Mapping[str, Role]:
        if self.pack == EVERY_PACK:
            return {pack: min(role, self.scope.role) for pack, role in held.items()}
        role = highest(held, self.pack)
        return {} if role is None else {self.pack: min(role, self.scope.role)}
