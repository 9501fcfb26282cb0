"""What stands before Streamlit: who may come in, and what a visitor's browser may load.

Whose name a request came to (against DNS rebinding) and which page it came from (against foreign pages on the same
machine) is looked at before Streamlit sees anything; every answer carries a strict Content-Security-Policy, and what
is ours alone a stricter one, since nothing of ours is written into a page.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

# --- What a browser may do ---


def content_security_policy(host: str, scripts: tuple[str, ...]) -> str:
    """Return what a page under ``host`` may load: its own server. Streamlit writes styles inline."""
    # Older browsers do not count a socket of the same server as 'self'; none takes an IPv6 address as a source.
    sockets = () if host.startswith("[") else (f"ws://{host}", f"wss://{host}")
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            " ".join(("connect-src 'self'", *sockets)),
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


# For what is served beside Streamlit, forms to sign in and answers to programs: nothing inline, nothing from elsewhere.
OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
POLICY = "content-security-policy"
_UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone")
_UNUSED_TOO = ("midi", "payment", "usb")

FIXED_HEADERS = MappingProxyType(
    {
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": ", ".join(f"{one}=()" for one in (*_UNUSED, *_UNUSED_TOO)),
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
)
# A browser that came by TLS once comes by TLS for a year, whoever is in between and says otherwise.
BY_TLS = MappingProxyType({"strict-transport-security": "max-age=31536000"})


# --- Who may come in ---


def _name_of(host: str) -> str:
    """Return the name in a ``Host`` header: without port and brackets; empty when it is not one."""
    found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?", host)
    return found.group(1).strip("[]").rstrip(".").lower() if found else ""


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _is_loopback(name: str) -> bool:
    address = _address(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def is_own_host(host: str, bound_to: str, known_as: str = "") -> bool:
    """Tell whether a ``Host`` header names this server.

    On loopback only loopback names do: a foreign name that resolves to this machine (DNS rebinding) does not. Told to
    listen elsewhere, plain addresses, the given name and the machine's own name do too; and always the name by which
    it is known to browsers that come through a proxy.
    """
    name = _name_of(host)
    if _is_loopback(name) or (name and name == known_as.lower()):
        return True
    if not name or _is_loopback(bound_to):
        return False
    return _address(name) is not None or name in (bound_to.lower(), socket.gethostname().lower())


def is_same_origin(origin: str | None, host: str) -> bool:
    """Tell whether a request comes from one of our own pages, or from no page at all."""
    return origin is None or origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware around Streamlit: refuses foreign names and foreign pages, adds the security headers."""

    app: ASGIApp
    bound_to: str
    scripts: tuple[str, ...]
    known_as: str = ""
    own: frozenset[str] = frozenset()  # what the paths begin with that Streamlit does not serve
    by_tls: bool = False  # whether browsers reach the server by TLS
    ahead: tuple[str, ...] = ()  # scripts that a browser is told of with the page, by their path beside it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        refused = self._refusal(host, headers.get("origin"))
        if refused is None:
            is_own = beginning(scope["path"]) in self.own
            policy = OWN_POLICY if is_own else content_security_policy(host, self.scripts)
            answer = self._with_headers(send, policy, () if is_own else self.ahead)
            await self.app(_with_known_origin(scope), receive, answer)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason="refused")(scope, receive, send)
        else:
            await refused(scope, receive, self._with_headers(send, OWN_POLICY))

    def _refusal(self, host: str, origin: str | None) -> Response | None:
        if not is_own_host(host, self.bound_to, self.known_as):
            return PlainTextResponse("This server does not go by that name.\n", status_code=400)
        if not is_same_origin(origin, host):
            return PlainTextResponse("Pages of other sites have no access.\n", status_code=403)
        return None

    def _with_headers(self, send: Send, policy: str, ahead: tuple[str, ...] = ()) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**FIXED_HEADERS, **(BY_TLS if self.by_tls else {})})
                headers.setdefault(POLICY, policy)  # what is stricter still says so itself
                if ahead and headers.get("content-type", "").startswith("text/html"):
                    headers["link"] = ", ".join(f"<./{path}>; rel=modulepreload" for path in ahead)
            await send(message)

        return send_with_headers


def beginning(path: str) -> str:
    """Return the first part of a path."""
    return path.split("/")[1] if path.startswith("/") else ""


def _with_known_origin(scope: Scope) -> Scope:
    """Return a socket's scope with an origin that Streamlit knows.

    It has been checked already. For one that Streamlit does not know, it asks a host on the internet for this machine's
    address, and every session waits for the answer.
    """
    if scope["type"] != "websocket":
        return scope
    known = [(name, b"http://localhost" if name == b"origin" else value) for name, value in scope["headers"]]
    return {**scope, "headers": known}
