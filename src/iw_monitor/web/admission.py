"""Who is let in: which accounts, for which pack, and whether looking needs signing in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from iw_monitor.access.bound import is_loopback
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.service.accounts import Accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """How visitors become actors. Decided by what the server was told, never by a visitor's address.

    A proxy in front hides who asks, and everybody behind it would seem to be on this machine.
    """

    accounts: Accounts
    pack: str  # the id of the pack that is shown
    bound_to: str  # the address the server listens on
    public_url: str = ""  # how browsers reach it through a proxy, such as https://watch.example

    @property
    def is_required(self) -> bool:
        """Whether looking needs signing in: whenever more than this machine can reach the server."""
        return bool(self.public_url) or not is_loopback(self.bound_to)

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
        return self.accounts.actor_of(self.cookie(connection))

    def may_look(self, actor: Actor) -> bool:
        """Say whether somebody who signed in may see the pack."""
        return actor.may(Role.VIEWER, self.pack)
