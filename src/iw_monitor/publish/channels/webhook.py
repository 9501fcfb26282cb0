"""Posting a notice to a web address: signed, with its key, and guarded against one's own network."""

from __future__ import annotations

import ipaddress
import socket
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

import httpx2

from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.publish.channels.settings import WebhookChannel
from iw_monitor.publish.channels.signing import signature
from iw_monitor.publish.of_notices import webhook_body

_SECONDS = 10.0
_DEFAULT_PORTS = {"http": 80, "https": 443}


def post(channel: WebhookChannel, message: Message, *, now: datetime) -> TargetResult:
    """Post a message once, and return what came of it; an answer of 200 to 299 is a delivery."""
    parts = urlsplit(channel.url.get_secret_value())
    host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
    name = f"{parts.scheme}://{host}"
    try:
        address = _address(host, port, allow_private=channel.allow_private)
    except (OSError, UnicodeError):
        return TargetResult(target=name, is_done=False, error="its name leads nowhere")
    if address is None:
        problem = "leads into a private network; the operator may allow that with allow_private"
        return TargetResult(target=name, is_done=False, error=problem)
    body = webhook_body(message)
    timestamp = int(now.timestamp())
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json",
        "User-Agent": "iw-monitor",
        "Idempotency-Key": message.key,
        "X-IW-Timestamp": str(timestamp),
        "X-IW-Signature": signature(channel.secret.get_secret_value(), timestamp, body),
    }
    # The address that was looked at is the one that is called: a name cannot lead elsewhere in between.
    there = urlunsplit((parts.scheme, _netloc(address, port), parts.path or "/", parts.query, ""))
    try:
        with httpx2.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client:
            answer = client.post(there, content=body, headers=headers, extensions={"sni_hostname": host})
    except httpx2.HTTPError as error:
        return TargetResult(target=name, is_done=False, error=f"no answer ({type(error).__name__})")
    if answer.is_success:
        return TargetResult(target=name, is_done=True)
    return TargetResult(target=name, is_done=False, error=f"answered {answer.status_code}")


def _address(host: str, port: int, *, allow_private: bool) -> str | None:
    """Return an address of a host; None if one of its addresses is private and that is not allowed.

    Raises:
        OSError: the name leads nowhere.
    """
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if allow_private or all(ipaddress.ip_address(one).is_global for one in found):
        return found[0]
    return None


def _netloc(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
