"""Who is let in: which accounts, for which pack, and whether looking needs signing in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from iw_monitor.access.bound import is_loopback
from iw_monitor.errors import StoreError
from iw_monitor.model.accounts import Actor, Role, Way
from iw_monitor.model.links import PublicLink
from iw_monitor.service.accounts import Accounts
from iw_monitor.service.unusable import said_to_strangers
from iw_monitor.service.visitors import PASS_HEADER, Visitors

LOGIN, LOGOUT, LOGOUT_EVERYWHERE = "/auth/login", "/auth/logout", "/auth/logout-everywhere"
STYLE = "/auth/style.css"
START = "/auth/oidc"  # to the identity provider
CALLBACK = "/oauth2callback"  # and back; Streamlit's name for it
_OPEN = frozenset({"/healthz", "/readyz", LOGIN, LOGOUT, LOGOUT_EVERYWHERE, STYLE})  # whole paths, not their beginnings


class OpensLinks(Protocol):
    """Knows the public links of what is shown."""

    def opened_by(self, key: str) -> PublicLink | None:
        """Return the link that a key opens right now, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """How visitors become actors. Decided by what the server was told, never by a visitor's address.

    A proxy in front hides who asks, and everybody behind it would seem to be on this machine.
    """

    visitors: Visitors
    links: OpensLinks  # what shows a little to who does not sign in
    packs: Callable[[], Collection[str]]  # the ids of the packs that are shown
    bound_to: str  # the address the server listens on
    public_url: str = ""  # how browsers reach it through a proxy, such as https://watch.example

    @property
    def accounts(self) -> Accounts:
        """The accounts of the site."""
        return self.visitors.accounts

    @property
    def way(self) -> Way:
        """How people sign in."""
        return self.visitors.sign_in.way

    @property
    def is_required(self) -> bool:
        """Whether looking needs signing in: whenever more than this machine can reach the server, or a proxy does."""
        return bool(self.public_url) or not is_loopback(self.bound_to) or self.way is Way.PROXY

    @property
    def open_paths(self) -> frozenset[str]:
        """What is served to everybody: where one signs in, and whether the process is alive and can serve."""
        return _OPEN | {START, CALLBACK} if self.way is Way.OIDC else _OPEN

    @property
    def mode(self) -> str:
        """What the dashboard is told: sign-in is required, or offered."""
        return "required" if self.is_required else "offered"

    @property
    def is_secure(self) -> bool:
        """Whether browsers come by TLS: cookies are then never sent without."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def known_as(self) -> str:
        """The name of the server in the address that browsers use."""
        return urlsplit(self.public_url).hostname or ""

    def cookie(self, connection: HTTPConnection) -> str | None:
        """Return the value of the session cookie that a browser sent."""
        return connection.cookies.get(self.accounts.cookie_name)

    def actor(self, connection: HTTPConnection) -> Actor | None:
        """Return who sent a request. Reads the database: not for an event loop."""
        vouched = connection.headers.get(PASS_HEADER)
        return self.visitors.actor(cookie=self.cookie(connection), vouched=vouched)

    @property
    def link_cookie(self) -> str:
        """The name of the cookie by which a browser that opened a public link is known."""
        return self.accounts.signer.link_cookie

    def guest(self, connection: HTTPConnection) -> PublicLink | None:
        """Return the public link that a browser opened, if it is still good. Reads the database, too."""
        key = connection.cookies.get(self.link_cookie)
        return None if key is None else self.links.opened_by(key)

    def told(self, error: StoreError) -> str:
        """Return what is told of an unusable journal to who asks: nobody can say then who that is.

        All of it only where everybody who can reach the server may look.
        """
        return said_to_strangers(error) if self.is_required else str(error)

    def may_look(self, actor: Actor) -> bool:
        """Say whether somebody who signed in may see any of the packs; which, is asked where one is shown."""
        return any(actor.may(Role.VIEWER, pack) for pack in self.packs())
