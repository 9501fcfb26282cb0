"""The door for a trusted proxy: its headers count from its own address alone, and reach nobody as they came.

The address is that of the connection itself. ``X-Forwarded-For`` would let everybody who reaches this machine claim it;
the server is therefore told to believe no forwarded address at all (``run_web``).
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from iw_monitor.access.proxy_headers import ProxyRules
from iw_monitor.errors import StoreError
from iw_monitor.service.visitors import PASS_HEADER
from iw_monitor.web import sign_in_page as pages
from iw_monitor.web.admission import LOGIN, LOGOUT, STYLE, Admission

_PASS = PASS_HEADER.encode("latin-1")


@dataclass(frozen=True, slots=True)
class ProxyDoor:
    """ASGI middleware before the gate: takes the headers away, and puts a pass in the place of a listed proxy's."""

    app: ASGIApp
    admission: Admission
    rules: ProxyRules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        peer = scope["client"][0] if scope.get("client") else None
        try:
            given = await run_in_threadpool(self.admission.visitors.write_pass, scope["headers"], peer=peer)
        except StoreError as error:
            await _unusable(scope, self.admission.told(error))(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if not self._is_taken(name.lower())]
        vouched = [] if given is None else [(_PASS, given.encode("ascii"))]
        await self.app({**scope, "headers": [*headers, *vouched]}, receive, send)

    def _is_taken(self, name: bytes) -> bool:
        return name == _PASS or name in self.rules.headers


def _unusable(scope: Scope, why: str) -> ASGIApp:
    if scope["type"] == "websocket":
        return WebSocketClose(code=1011, reason="no database")
    return PlainTextResponse(f"{why}\n", status_code=503)


def proxy_routes(rules: ProxyRules) -> list[Route]:
    """Return the routes of signing in and out where a proxy does both: they say so."""

    async def login(_request: Request) -> Response:
        return pages.refused_page(pages.NO_PROXY, HTTPStatus.UNAUTHORIZED, way_back=False)

    async def logout(_request: Request) -> Response:
        if rules.sign_out_url:
            return RedirectResponse(rules.sign_out_url, 303)
        return pages.refused_page(pages.PROXY_KEEPS, HTTPStatus.OK, way_back=False)

    return [
        Route(LOGIN, login, methods=["GET"]),
        Route(LOGOUT, logout, methods=["GET"]),
        Route(STYLE, pages.style_sheet, methods=["GET"]),
    ]
