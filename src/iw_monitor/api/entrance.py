"""Who is let in, and what the routes work on: one site, its tokens, and whether looking needs a token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from iw_monitor.api.limits import Limits
from iw_monitor.api.problems import refusal
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.tokens import Token
from iw_monitor.service.desk import Desk
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site
from iw_monitor.service.tokens import Bearer, Tokens

VIA = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What one process serves, and to whom."""

    site: Site
    tokens: Tokens
    clock: Callable[[], datetime]  # the world's, not the demo's
    limits: Limits
    looking_needs_token: bool  # as on the pages: never on this machine alone, always where others reach it


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who was let through the door: with a good token, or to look without one."""

    bearer: Bearer | None
    asked: str  # SHA-256 of the whole request

    @property
    def actor(self) -> Actor | None:
        return None if self.bearer is None else self.bearer.actor

    @property
    def token(self) -> Token | None:
        return None if self.bearer is None else self.bearer.token


def entrance_of(request: Request) -> Entrance:
    """Return what the door that this request came by leads to."""
    found: Entrance = request.state.entrance
    return found


def caller_of(request: Request) -> Caller:
    """Return who is asking, as the door found."""
    found: Caller = request.state.caller
    return found


def looking(request: Request) -> Site:
    """Return the site to somebody who may look.

    Raises:
        AccessDeniedError: the token is for another pack, or its owner may not look any more.
    """
    site, caller = entrance_of(request).site, caller_of(request)
    if caller.bearer is not None:
        require(caller.actor, Role.VIEWER, site.pack.id)
    return site


def writing(request: Request) -> Desk:
    """Return the desk of somebody who may record.

    Raises:
        RefusedError: there is no token; writing always needs one.
        AccessDeniedError: the token is for looking or for another pack, or its owner may not record any more.
    """
    site, actor = entrance_of(request).site, caller_of(request).actor
    if actor is None:
        raise no_token()
    require(actor, Role.EDITOR, site.pack.id)
    return Desk(site, actor, VIA)


def no_token() -> Exception:
    """Return the refusal of who came without a token and needs one."""
    return refusal(
        401,
        "R301",
        "this needs a token",
        "Send Authorization: Bearer TOKEN; an operator makes one with: iw-monitor token add",
        field="Authorization",
        headers={"www-authenticate": 'Bearer realm="iw_monitor"'},
    )
