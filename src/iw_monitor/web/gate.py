"""The gate: where looking needs signing in, nothing is served to who did not, be it a page, a file or a socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from iw_monitor.errors import StoreError
from iw_monitor.model.accounts import VISITOR, Actor
from iw_monitor.model.links import PublicLink
from iw_monitor.service.public_links import PLACE
from iw_monitor.web.admission import LOGIN, Admission
from iw_monitor.web.sign_in_page import no_journal_page, no_role_page

# Streamlit's own scripts, styles and fonts, the same in every installation. A page that is being drawn fetches more
# of them, and would fall to pieces in place of saying that it was signed out.
OPEN_FOLDER = "/static/"
API = "/api/v1/"  # has a door of its own, where a token counts and a cookie does not
BEHIND_A_DOOR = frozenset({"/status", "/metrics"})  # and so have these
# Read by people, who signed in here, and by programs: whoever shows a token is judged by it alone, at the door behind.
BEHIND_BOTH = ("/feed.atom", "/feed.json", "/badge.svg", "/snapshots/")
# A public link opens one page of Streamlit's, what that page asks its server, and its socket. Which pages there are
# behind the socket, the dashboard decides: it offers a guest no other. What lies below PLACE asks for the link itself.
_PAGES = frozenset({"/wall", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/favicon.png"})
# Streamlit asks below a page's own address first whether its server is there: it is not, and that is no secret.
_PROBES = frozenset({"/wall/_stcore/health", "/wall/_stcore/host-config"})
_FOR_GUESTS = _PAGES | _PROBES
_NO_STORE = {"cache-control": "no-store"}
_AGAIN = {"refresh": "5", "retry-after": "5"}  # browsers ask again by themselves: it may be mended by then


@dataclass(frozen=True, slots=True)
class Gate:
    """ASGI middleware behind the guard: lets in who signed in and may see a pack, and tells who that is."""

    app: ASGIApp
    admission: Admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one socket."""
        kind = scope["type"]
        if kind not in ("http", "websocket") or not self.admission.is_required:
            await self.app(scope, receive, send)
            return
        if kind == "http" and self._is_open(scope):
            await self.app(scope, receive, send)
            return
        visitor = await self._visitor(scope)
        if isinstance(visitor, Actor):
            await self.app({**scope, "state": {**scope.get("state", {}), VISITOR: visitor}}, receive, send)
        elif isinstance(visitor, PublicLink):
            await self.app(scope, receive, send)
        elif kind == "websocket":
            await WebSocketClose(code=1008, reason="sign in first")(scope, receive, send)
        else:
            await visitor(scope, receive, send)

    def _is_open(self, scope: Scope) -> bool:
        path = scope["path"]
        if path in self.admission.open_paths or path in BEHIND_A_DOOR:
            return True
        if path == PLACE or path.startswith(f"{PLACE}/"):
            return True
        if path.startswith(BEHIND_BOTH) and HTTPConnection(scope).headers.get("authorization"):
            return True
        return path.startswith((OPEN_FOLDER, API)) and ".." not in path

    async def _visitor(self, scope: Scope) -> Actor | PublicLink | Response:
        """Return who asks and may come in, by name or by a public link; or why somebody may not."""
        connection = HTTPConnection(scope)
        try:
            actor = await run_in_threadpool(self.admission.actor, connection)
            if _is_for_guests(scope):
                link = await run_in_threadpool(self.admission.guest, connection)
                if link is not None:
                    return link
        except StoreError as error:
            return _no_journal(scope, self.admission.told(error))
        if actor is None:
            return _to_sign_in(scope)
        return actor if self.admission.may_look(actor) else no_role_page(actor, self.admission.packs())


def _no_journal(scope: Scope, why: str) -> Response:
    answer = no_journal_page(why) if _wants_page(scope) else PlainTextResponse(f"{why}\n", 503)
    answer.headers.update(_NO_STORE | _AGAIN)
    return answer


def _is_for_guests(scope: Scope) -> bool:
    return scope["path"] in _FOR_GUESTS and scope.get("method", "GET") in ("GET", "HEAD")  # a socket has no method


def _to_sign_in(scope: Scope) -> Response:
    """Send a person to the form; tell a program that it may not."""
    if not _wants_page(scope):
        return PlainTextResponse("Sign in first.\n", status_code=401, headers=_NO_STORE)
    return RedirectResponse(f"{LOGIN}?next={quote(_asked(scope), safe='')}", status_code=303, headers=_NO_STORE)


def _wants_page(scope: Scope) -> bool:
    wants = HTTPConnection(scope).headers.get("accept", "")
    return scope.get("method") in ("GET", "HEAD") and "text/html" in wants  # a socket has no method


def _asked(scope: Scope) -> str:
    query: Any = scope.get("query_string", b"")
    return quote(scope["path"]) + (f"?{query.decode('latin-1')}" if query else "")
