"""Who is let in, and what the routes work on: the packs that are held, the tokens, and whether looking needs one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request

from iw_monitor.api.limits import Limits
from iw_monitor.api.problems import refusal
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.tokens import Token
from iw_monitor.service.desk import Desk
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Held, Sites
from iw_monitor.service.tokens import Bearer, Tokens

VIA = "api"
OF_PACK = "Of which pack, by its id; by default the first that is held here."
AskedPack = Annotated[str | None, Query(description=OF_PACK, examples=["multi-front"])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What one process serves, and to whom."""

    sites: Sites
    tokens: Tokens
    clock: Callable[[], datetime]  # the world's, not the demo's
    limits: Limits
    looking_needs_token: bool  # as on the pages: never on this machine alone, always where others reach it


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who was let through the door: with a good token, or to look without one."""

    bearer: Bearer | None
    asked: str  # SHA-256 of the whole request
    visitor: Actor | None = None  # whom the gate in front let in, for what people look at as well

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


def viewer_of(request: Request) -> Actor | None:
    """Return who looks, by a token or by the gate in front; None where looking is free."""
    caller = caller_of(request)
    return caller.visitor if caller.bearer is None else caller.actor


def visible(request: Request) -> tuple[Held, ...]:
    """Return the packs that whoever asks may look at, in order."""
    viewer = viewer_of(request)
    held = entrance_of(request).sites.held()
    return tuple(one for one in held if viewer is None or viewer.may(Role.VIEWER, one.name))


def looking(request: Request, pack: AskedPack = None) -> Site:
    """Return the site of the pack that is asked about to somebody who may look.

    Raises:
        RefusedError: there is no such pack here, or it cannot be used.
        AccessDeniedError: the token is for another pack, or its owner may not look any more.
    """
    held, viewer = _asked_about(request, pack), viewer_of(request)
    if viewer is not None:
        require(viewer, Role.VIEWER, held.name)
    return _opened(request, held)


def writing(request: Request, pack: AskedPack = None) -> Desk:
    """Return the desk of somebody who may record.

    Raises:
        RefusedError: there is no token; writing always needs one. Or there is no such pack here, or it cannot be used.
        AccessDeniedError: the token is for looking or for another pack, or its owner may not record any more.
    """
    actor = caller_of(request).actor
    if actor is None:
        raise no_token()
    held = _asked_about(request, pack)
    require(actor, Role.EDITOR, held.name)
    return Desk(_opened(request, held), actor, VIA)


def site_of(request: Request) -> Site:
    """Return the site that this request is about, once it is known."""
    found: Site = request.state.site
    return found


def _asked_about(request: Request, pack: str | None) -> Held:
    """Return the pack that an address names, by default the usual one.

    Raises:
        RefusedError: it is not here, or whoever asks may not look at it: nobody learns which of the two.
    """
    if pack is None:
        return entrance_of(request).sites.held()[0]
    there = visible(request)
    found = next((one for one in there if one.name == pack), None)
    if found is None:
        names = ", ".join(one.name for one in there) or "none that you may look at"
        raise refusal(404, "R201", f"there is no pack {pack!r} here", f"Use one of: {names}", field="pack")
    return found


def _opened(request: Request, held: Held) -> Site:
    if held.site is None:
        problem = f"the pack {held.name} cannot be used: {len(held.findings)} things are wrong with it"
        raise refusal(503, "R504", problem, "Look at them with: iw-monitor check", field="pack")
    request.state.site = held.site
    return held.site


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
