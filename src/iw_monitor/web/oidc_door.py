"""The door for OIDC: Streamlit's sign-in asks the identity provider, and what it learns becomes a session of ours.

Streamlit's cookie never reaches a browser, nor does one that a browser sends reach Streamlit: it would hold for thirty
days, and nobody could take it back. Our session is a row, asked again with every run; the gate knows nothing else.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iw_monitor.access.claims import UnusableClaimsError
from iw_monitor.access.local_path import HOME, local_path
from iw_monitor.access.sessions import LONGEST
from iw_monitor.errors import AccessDeniedError, StoreError
from iw_monitor.web import sign_in_page as pages
from iw_monitor.web import streamlit_sign_in as streamlits
from iw_monitor.web.admission import CALLBACK, LOGIN, START, Admission

_NO_STORE = {"cache-control": "no-store"}
_GOAL_AGE = 600  # seconds somebody may take at the identity provider
_LOG = logging.getLogger("iw_monitor.sign_in")


@dataclass(frozen=True, slots=True)
class OidcDoor:
    """ASGI middleware between the gate and Streamlit."""

    app: ASGIApp
    admission: Admission
    label: str  # of the identity provider
    address: str  # by which browsers reach this server, and to which the provider sends them back

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = _without_streamlits_cookies(scope)
        handle = {LOGIN: self._ask, START: self._start, CALLBACK: self._finish}.get(scope["path"])
        if handle is None or scope["type"] == "websocket":
            await self.app(scope, receive, send)
        elif scope["method"] != "GET":
            await PlainTextResponse("Only GET.\n", status_code=405)(scope, receive, send)
        else:
            answer = self._elsewhere(scope) or await handle(Request(scope, receive))
            await answer(scope, receive, send)

    def _elsewhere(self, scope: Scope) -> Response | None:
        """Send a browser to the one name by which the provider knows us: under another the sign-in would be lost."""
        asked, own = Headers(scope=scope).get("host", "").lower(), urlsplit(self.address).netloc.lower()
        if asked == own or scope["path"] == CALLBACK:
            return None
        query = scope["query_string"].decode("latin-1")
        return RedirectResponse(f"{self.address}{scope['path']}{'?' if query else ''}{query}", 303, _NO_STORE)

    # --- The three steps ---

    async def _ask(self, request: Request) -> Response:
        """Say where one signs in; who is signed in already goes on."""
        goal = local_path(request.query_params.get("next", HOME))
        try:
            actor = await run_in_threadpool(self.admission.actor, request)
        except StoreError as error:
            return pages.refused_page(self.admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE)
        if actor is not None:
            return RedirectResponse(goal, 303, _NO_STORE)
        return pages.elsewhere_page(self.label, f"{START}?next={quote(goal, safe='')}")

    async def _start(self, request: Request) -> Response:
        """Let Streamlit send the browser to the provider; keep where it wants to go afterwards."""
        goal = local_path(request.query_params.get("next", HOME))
        scope = {**request.scope, "path": LOGIN, "raw_path": LOGIN.encode(), "query_string": streamlits.login_query()}
        status, headers = await _answer_of(self.app, scope, request.receive)
        where = Headers(raw=headers).get("location")
        if status not in (302, 303, 307) or not where:
            _LOG.warning("The identity provider could not be asked (answer %s).", status)
            return pages.refused_page(pages.NO_PROVIDER, HTTPStatus.BAD_GATEWAY)
        answer = RedirectResponse(where, 303, _NO_STORE)
        _pass_on_cookies(headers, answer)
        self._set_cookie(answer, self._goal_cookie, quote(goal, safe=""), path=CALLBACK, age=_GOAL_AGE)
        return answer

    async def _finish(self, request: Request) -> Response:
        """Let Streamlit check what the provider sent; begin a session of ours for whom that names."""
        _, headers = await _answer_of(self.app, request.scope, request.receive)
        claims = streamlits.claims_in(Headers(raw=headers).getlist("set-cookie"))
        if claims is None:
            answer = pages.refused_page(pages.NOT_VOUCHED, HTTPStatus.FORBIDDEN)
            _pass_on_cookies(headers, answer)
            return answer
        try:
            cookie = await run_in_threadpool(self.admission.visitors.admit, claims)
            await run_in_threadpool(self.admission.accounts.sign_out, self.admission.cookie(request))  # the one before
        except AccessDeniedError as error:
            level = logging.WARNING if isinstance(error, UnusableClaimsError) else logging.INFO
            _LOG.log(level, "Refused %r of %r: %s", claims.get("sub"), claims.get("iss"), error)
            return pages.no_access_page(str(error))
        except StoreError as error:
            return pages.refused_page(self.admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE)
        goal = local_path(unquote(request.cookies.get(self._goal_cookie, "")) or HOME)
        answer = RedirectResponse(goal, 303, _NO_STORE)
        _pass_on_cookies(headers, answer)
        name = self.admission.accounts.cookie_name
        self._set_cookie(answer, name, cookie, path="/", age=int(LONGEST.total_seconds()))
        self._set_cookie(answer, self._goal_cookie, "", path=CALLBACK, age=0)
        return answer

    @property
    def _goal_cookie(self) -> str:
        return self.admission.accounts.cookie_name.replace("session", "goal")

    def _set_cookie(self, answer: Response, name: str, value: str, *, path: str, age: int) -> None:
        answer.set_cookie(
            name, value, max_age=age, path=path, httponly=True, samesite="lax", secure=self.admission.is_secure
        )


def _without_streamlits_cookies(scope: Scope) -> Scope:
    """Return a scope in which no browser can tell Streamlit who it is."""
    headers = [(name, _kept(value) if name == b"cookie" else value) for name, value in scope["headers"]]
    return {**scope, "headers": headers}


def _kept(cookies: bytes) -> bytes:
    pairs = (pair.strip() for pair in cookies.split(b";"))
    return b"; ".join(pair for pair in pairs if not streamlits.is_streamlits(pair.partition(b"=")[0].decode("latin-1")))


async def _answer_of(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Return what Streamlit answers, without its body: status and headers."""
    status, headers = 0, list[tuple[bytes, bytes]]()

    async def keep(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])

    await app(scope, receive, keep)
    return status, headers


def _pass_on_cookies(headers: list[tuple[bytes, bytes]], answer: Response) -> None:
    """Pass on the cookies of Streamlit's answer, all but those that say who somebody is."""
    for name, value in headers:
        if name.lower() == b"set-cookie" and not streamlits.is_streamlits(value.partition(b"=")[0].decode("latin-1")):
            answer.raw_headers.append((name, value))
