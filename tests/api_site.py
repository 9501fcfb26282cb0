"""The API under test: a small site in memory, its door, and somebody who asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from iw_monitor.api import entrance_to, mounted
from iw_monitor.api.limits import Allowance, Limits
from iw_monitor.model.accounts import Role
from iw_monitor.model.tokens import Scope
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Sites
from tests.accounts_site import Clock, accounts_on, add
from tests.builders import a_site

REPORT: Mapping[str, Any] = {
    "indicator": "port_traffic",
    "level": 2,
    "statement": "A third fewer ships than usual left the northern port.",
    "observed_at": "2024-05-05T06:00Z",
    "reliability": "B",
    "credibility": 2,
    "source_name": "Harbour log",
    "originator": "Port authority",
}


def sites_of(*sites: Site) -> Sites:
    """Return what a process holds that opened these sites."""
    opened = {f"no folder {number}": site for number, site in enumerate(sites)}
    return Sites([*opened], opened.__getitem__)


@dataclass
class House:
    """A site with an API in front, and its users ada (editor) and eve (viewer)."""

    site: Site = field(default_factory=a_site)
    clock: Clock = field(default_factory=Clock)
    seconds: float = 0.0  # on the steady clock
    per_token: Allowance = field(default_factory=lambda: Allowance(requests=1_000_000))
    per_address: Allowance = field(default_factory=lambda: Allowance(requests=1_000_000))
    looking_needs_token: bool = True
    beside: tuple[Site, ...] = ()  # more packs

    def __post_init__(self) -> None:
        self.accounts = accounts_on(self.site.journal, self.clock)
        add(self.accounts, "ada", Role.EDITOR, pack="harbour")
        add(self.accounts, "eve", Role.VIEWER, pack="harbour")
        limits = Limits(steady_clock=lambda: self.seconds, per_token=self.per_token, per_address=self.per_address)
        self.entrance = entrance_to(
            sites_of(self.site, *self.beside),
            clock=self.clock,
            looking_needs_token=self.looking_needs_token,
            limits=limits,
        )
        self.tokens = self.entrance.tokens
        self.app = Starlette(routes=[mounted(self.entrance)])

    def token(self, scope: Scope = Scope.WRITE, *, owner: str = "ada", pack: str = "harbour") -> str:
        """Return a new token."""
        life = timedelta(days=30)
        secret, _ = self.tokens.add(owner, name="test", scope=scope, pack=pack, life=life, author="root", via="cli")
        return secret

    def caller(self, token: str | None = None, **headers: str) -> TestClient:
        """Return somebody who asks, with a token or without."""
        sent = headers if token is None else {"authorization": f"Bearer {token}", **headers}
        return TestClient(self.app, "http://127.0.0.1/api/v1", raise_server_exceptions=False, headers=sent)

    def writer(self) -> TestClient:
        """Return somebody who may write."""
        return self.caller(self.token())

    def vias(self) -> list[tuple[str, str, str]]:
        """Return kind, author and way in of every entry that is not of an account."""
        return [(one.kind, one.author, one.via) for one in self.site.journal.entries() if one.kind != "account"]


@contextmanager
def a_house(**how: Any) -> Iterator[House]:
    """Open a house and let go of its journal at the end."""
    house = House(**how)
    try:
        yield house
    finally:
        house.site.close()


def findings(answer: Any) -> list[tuple[str, str]]:
    """Return code and field of all findings of a problem, after seeing that it is one."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    said = answer.json()
    assert said["status"] == answer.status_code
    assert set(said) - {"conflict"} == {"type", "title", "status", "detail", "findings"}
    assert all(one["problem"] and one["remedy"] for one in said["findings"])
    return [(one["code"], one["field"]) for one in said["findings"]]
