"""Accounts under test: a journal in memory, a clock that is moved by hand, and a hash that costs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import argon2

from iw_monitor.access.hashing import Hasher
from iw_monitor.model.accounts import Role
from iw_monitor.service.accounts import Accounts
from iw_monitor.service.public_links import PublicLinks
from iw_monitor.service.sign_in_settings import SignIn
from iw_monitor.service.visitors import Visitors
from iw_monitor.store.journal import Journal
from iw_monitor.web import Admission
from tests.builders import MONDAY

PASSWORD = "seven grey herons"
OTHER_PASSWORD = "four loud kettles"
SECRET = bytes(range(32))
QUICK = Hasher(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
HERE = "192.0.2.7"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default=MONDAY)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def accounts_on(journal: Journal, clock: Clock, secret: bytes = SECRET) -> Accounts:
    """Return the accounts of a journal, as one process would open them."""
    return Accounts(journal, clock=clock, secret=lambda: secret, hasher=QUICK)


def add(accounts: Accounts, name: str, role: Role = Role.EDITOR, *, pack: str = "*", shown: str = "") -> None:
    """Add a user with the usual password."""
    accounts.add_user(name, PASSWORD, roles={pack: role}, display_name=shown, author="root", via="cli")


def admission_of(
    accounts: Accounts,
    *,
    pack: str,
    bound_to: str,
    public_url: str = "",
    sign_in: SignIn | None = None,
    clock: Clock | None = None,
) -> Admission:
    """Return who is let in, by accounts unless another way is given."""
    clock = clock or Clock()
    visitors = Visitors(accounts=accounts, clock=clock, sign_in=sign_in or SignIn())
    links = PublicLinks(accounts.journal, pack, clock=clock)
    return Admission(visitors=visitors, links=links, packs=lambda: [pack], bound_to=bound_to, public_url=public_url)
