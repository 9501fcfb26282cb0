"""What shows the wall and a report to who does not sign in: a public link, good until it ends or is revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iw_monitor.model.accounts import Role, User
from iw_monitor.model.snapshot import Marking

MAKER = Role.APPROVER  # who lets others look without asking who they are


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLink:
    """A public link as it is kept: its key by a hash, so that who reads the database cannot open it."""

    id: str  # short and public: what it is called by in lists, in the journal and when it is revoked
    key: str  # SHA-256 of the key behind the # of its address, in hexadecimal
    owner: str  # the user who answers for it
    name: str  # where it hangs, in its owner's words
    pack: str  # the id of the one pack that it shows
    up_to: Marking  # the highest marking of what it shows
    snapshot: str  # the one report that it shows, or "" for the newest
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None  # noted now and then
    revoked_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.created_at >= self.expires_at:
            raise ValueError("a public link expires after it was made")

    def is_good(self, now: datetime, owner: User) -> bool:
        """Say whether it still shows anything: its owner must be one who could make it today."""
        stands = self.revoked_at is None and now < self.expires_at
        return stands and owner.is_enabled and owner.actor.may(MAKER, self.pack)
