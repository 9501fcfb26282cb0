"""The door: every request passes it before any route. Who is it, how often, how much, and what it may not do.

Only the header ``Authorization: Bearer`` counts. A browser's cookie is not looked at, so no page can act in somebody's
name; a token in an address is refused, since addresses are written into logs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iw_monitor.access import tokens
from iw_monitor.api.entrance import Caller, Entrance, no_token
from iw_monitor.api.limits import Standing
from iw_monitor.api.problems import RefusedError, refusal
from iw_monitor.errors import StoreError
from iw_monitor.model.accounts import VISITOR
from iw_monitor.service.tokens import Bearer
from iw_monitor.service.unusable import said_to_strangers

LARGEST_BODY = 1_048_576  # bytes of JSON
LARGEST_FILE = 10_485_760  # bytes of a file to import, as on the page
IMPORTS = "/imports"
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
_NAMES_OF_TOKENS = frozenset({"token", "access_token", "api_key", "apikey", "key", "authorization", "bearer"})


@dataclass(slots=True)
class Door:
    """ASGI middleware around the API."""

    app: ASGIApp
    entrance: Entrance
    root: str  # the path under which the API is mounted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = _Visit(scope, self.entrance, scope["path"].removeprefix(self.root))
        try:
            visit.count_address()
            visit.refuse_token_in_address()
            bearer = await visit.bearer()
            body = await _whole_body(scope, receive, visit.largest)
        except RefusedError as refused:
            await refused.answer(scope, receive, visit.with_headers(send))
            return
        state = scope.get("state", {})
        caller = Caller(bearer=bearer, asked=_digest(scope, body), visitor=state.get(VISITOR))
        carried = {**state, "entrance": self.entrance, "caller": caller, "body": body}
        inside = {**scope, "state": carried}
        await self.app(inside, _given(body, receive), visit.with_headers(send))


@dataclass(slots=True)
class _Visit:
    """One request at the door."""

    scope: Scope
    entrance: Entrance
    path: str  # inside the API
    standings: list[Standing] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it comes from, as the server saw it."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def largest(self) -> int:
        """The bytes that its body may have."""
        return LARGEST_FILE if self.path == IMPORTS else LARGEST_BODY

    def count_address(self) -> None:
        """Count it on its address.

        Raises:
            RefusedError: there were too many.
        """
        self._count(self.entrance.limits.of_address(self.address))

    def refuse_token_in_address(self) -> None:
        """Refuse a token that stands where it is written into logs.

        Raises:
            RefusedError: there is one.
        """
        query = self.scope["query_string"].decode("latin-1")
        for name, value in parse_qsl(query, keep_blank_values=True):
            if name.lower() in _NAMES_OF_TOKENS or tokens.PREFIX in value:
                raise refusal(
                    400,
                    "R303",
                    "a token must not stand in an address, which is written into logs",
                    "Send it as Authorization: Bearer TOKEN, and revoke this one with: iw-monitor token revoke",
                    field="token",
                )

    async def bearer(self) -> Bearer | None:
        """Return who it is, or None for somebody without a token where looking is free.

        Raises:
            RefusedError: the token is not good, or there is none and one is needed, or it was used too often.
        """
        given = Headers(scope=self.scope).getlist("authorization")
        if not given:
            if self.entrance.looking_needs_token or self.scope["method"] not in _LOOKING:
                raise no_token()
            return None
        found = await self._known(given)
        if found is None:
            raise self._not_good()
        self._count(self.entrance.limits.of_token(found.token.id))
        return found

    async def _known(self, given: list[str]) -> Bearer | None:
        kind, _, secret = given[0].partition(" ")
        if len(given) > 1 or kind.lower() != "bearer":
            return None
        try:
            return await run_in_threadpool(self.entrance.tokens.bearer, secret.strip())
        except StoreError as error:
            said = said_to_strangers(error) if self.entrance.looking_needs_token else str(error)
            raise refusal(503, "R501", said.rstrip("."), "Try again in a moment", headers=_SOON) from error

    def _not_good(self) -> RefusedError:
        wait = self.entrance.limits.guesses.failed(self.address, self.entrance.clock())
        if wait:
            return refusal(
                429,
                "R302",
                "too many tokens that were not good came from this address",
                "Wait, and look which token is meant with: iw-monitor token list",
                field="Authorization",
                headers={"retry-after": str(int(wait.total_seconds()) + 1)},
            )
        return refusal(
            401,
            "R302",
            "the token is not good: it is unknown, has expired or was revoked",
            "See which are good with: iw-monitor token list",
            field="Authorization",
            headers={"www-authenticate": 'Bearer realm="iw_monitor", error="invalid_token"'},
        )

    def _count(self, standing: Standing) -> None:
        self.standings.append(standing)
        if not standing.is_allowed:
            waits = int(standing.retry_in) + 1
            raise refusal(
                429,
                "R401",
                f"more than {standing.allowance.requests} requests in {standing.allowance.seconds:.0f} seconds",
                f"Wait {waits} seconds",
                headers={"retry-after": str(waits)},
            )

    def with_headers(self, send: Send) -> Send:
        """Return a way to answer that says where the caller stands, and that nothing is to be kept."""
        narrowest = min(self.standings, key=lambda one: (one.is_allowed, one.remaining))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({"cache-control": "no-store", "vary": "authorization", **narrowest.headers})
            await send(message)

        return send_with_headers


_SOON = {"retry-after": "5"}


async def _whole_body(scope: Scope, receive: Receive, largest: int) -> bytes:
    """Read a body to its end.

    Raises:
        RefusedError: it is larger than it may be, or its sender left.
    """
    stated = Headers(scope=scope).get("content-length", "")
    if stated.isdecimal() and int(stated[:20]) > largest:
        raise _too_large(largest)
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise refusal(400, "R105", "the body ended in the middle", "Send it again")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
        if size > largest:
            raise _too_large(largest)
    return b"".join(pieces)


def _too_large(largest: int) -> RefusedError:
    return refusal(413, "R104", f"the body has more than {largest:,} bytes", "Send it in parts")


def _given(body: bytes, receive: Receive) -> Receive:
    """Return a way to receive a body that was read already."""
    messages: Iterator[Message] = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive_again() -> Message:
        return next(messages, None) or await receive()

    return receive_again


def _digest(scope: Scope, body: bytes) -> str:
    """Return the SHA-256 of all that is asked."""
    head = f"{scope['method']}\n{scope['path']}\n".encode() + bytes(scope["query_string"]) + b"\n"
    return hashlib.sha256(head + body).hexdigest()
