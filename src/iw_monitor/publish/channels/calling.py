"""Calling a web address of the operator's, once, guarded against one's own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

import httpx2

from iw_monitor.model.notice import TargetResult

_SECONDS = 10.0
_DEFAULT_PORTS = {"http": 80, "https": 443}


def call(url: str, body: bytes = b"", *, headers: Mapping[str, str], allow_private: bool) -> TargetResult:
    """Post to an address once, and return what came of it; an answer of 200 to 299 is good.

    What came of it names the host alone: paths of such addresses are often secrets.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
    name = f"{parts.scheme}://{host}"
    try:
        address = _address(host, port, allow_private=allow_private)
    except (OSError, UnicodeError):
        return TargetResult(target=name, is_done=False, error="its name leads nowhere")
    if address is None:
        problem = "leads into a private network; the operator may allow that with allow_private"
        return TargetResult(target=name, is_done=False, error=problem)
    # The address that was looked at is the one that is called: a name cannot lead elsewhere in between.
    there = urlunsplit((parts.scheme, _netloc(address, port), parts.path or "/", parts.query, ""))
    said = {"Host": parts.netloc, "User-Agent": "iw-monitor", **headers}
    try:
        with httpx2.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client:
            answer = client.post(there, content=body, headers=said, extensions={"sni_hostname": host})
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
