"""Public links as everyone else sees them: in the journal's database, each change an entry of the journal too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from iw_monitor.model.accounts import User
from iw_monitor.model.links import PublicLink
from iw_monitor.model.snapshot import Marking
from iw_monitor.store import account_rows
from iw_monitor.store import link_rows as rows
from iw_monitor.store.account_records import AccountChange, Act
from iw_monitor.store.journal import Journal


class LinkStore:
    """Every public link of a pack there ever was. Safe to share between threads; a change and its entry are one."""

    def __init__(self, journal: Journal, pack: str) -> None:
        self._journal, self._pack = journal, pack

    def links(self) -> tuple[PublicLink, ...]:
        """Return all links, the newest last, those that are good no more too."""
        with self._journal._reading() as connection:
            return rows.links(connection, self._pack)

    def of_key(self, key: str) -> tuple[PublicLink, User] | None:
        """Return the link whose key has this hash, with its owner as the owner is now."""
        with self._journal._reading() as connection:
            found = rows.link_of_key(connection, key)
            owner = None if found is None else account_rows.user(connection, found.owner)
            return None if found is None or owner is None or found.pack != self._pack else (found, owner)

    def add(
        self,
        link_id: str,
        key: str,
        *,
        owner: str,
        name: str,
        up_to: Marking,
        snapshot: str,
        life: timedelta,
        author: str,
        via: str,
    ) -> PublicLink:
        """Add a link of a user who is there, and return it."""
        with self._journal._writing() as (connection, tail):
            one = PublicLink(
                id=link_id,
                key=key,
                owner=owner,
                name=name,
                pack=self._pack,
                up_to=up_to,
                snapshot=snapshot,
                created_at=tail.now,
                expires_at=tail.now + life,
            )
            rows.add_link(connection, one)
            change = AccountChange(act=Act.LINK_ADDED, name=owner, before=None, after=_said_of(one))
            account_rows.write_change(connection, tail, change, author=author, via=via)
            return one

    def revoke(self, link_id: str, *, author: str, via: str) -> PublicLink | None:
        """Let a link be good no more and return it as it was; None if there is none. Twice is written once."""
        with self._journal._writing() as (connection, tail):
            one = rows.link(connection, self._pack, link_id)
            if one is not None and one.revoked_at is None:
                rows.revoke_link(connection, link_id, tail.now)
                said = _said_of(one)
                after = {**said, "revoked": True}
                change = AccountChange(act=Act.LINK_REVOKED, name=one.owner, before=said, after=after)
                account_rows.write_change(connection, tail, change, author=author, via=via)
            return one

    def note_use(self, link_id: str, now: datetime) -> None:
        """Write down that a link is in use."""
        with self._journal._writing() as (connection, _):
            rows.note_link_use(connection, link_id, now)


def _said_of(one: PublicLink) -> dict[str, Any]:
    """Return what the journal says of a link: nothing by which it could be opened."""
    return {
        "link": one.id,
        "link_name": one.name,
        "pack": one.pack,
        "up_to": one.up_to.value,
        "snapshot": one.snapshot,
        "expires_at": one.expires_at.isoformat(),
    }
