"""Which addresses a source may be fetched from: public ones, and private ones that the operator named."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from iw_monitor.errors import CollectError

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def refuse_scheme(url: str, *, allowed: frozenset[str]) -> str:
    """Return the host of an address that may be asked for.

    Raises:
        CollectError: it is no web address, names a user, or is not encrypted and its host is none that was allowed.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("https", "http") or not host:
        raise CollectError(f"{url} is not an address of the web")
    if parts.username is not None or parts.password is not None:
        raise CollectError(f"the address of {host} names a user; put what is secret into a header")
    if parts.scheme == "http" and host not in allowed:
        raise CollectError(f"{host} is asked without encryption; use https")
    return host


def resolve(host: str, port: int, *, allowed: frozenset[str]) -> str:
    """Return the one address to connect to, so that it cannot be another by the time of connecting.

    Raises:
        CollectError: the name is not known, or any of its addresses is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CollectError(f"the name {host} is not known") from error
    addresses = [str(one[4][0]) for one in found]
    if host not in allowed:
        refuse_private(host, addresses)
    if not addresses:
        raise CollectError(f"the name {host} has no address")
    return addresses[0]


def refuse_private(host: str, addresses: Iterable[str]) -> None:
    """Refuse a host of which one address, if only one of several, is not public.

    Raises:
        CollectError: one is of this machine, its network, or of no use for the web.
    """
    for text in addresses:
        if not is_public(text):
            raise CollectError(
                f"{host} leads to {text}, which is not a public address; the operator may allow it by name"
            )


def is_public(text: str) -> bool:
    """Say whether an address is one that anybody on the internet can be asked at."""
    one = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if one in _NAT64:
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if one.is_site_local:
            return False
    return one.is_global and not one.is_multicast and not one.is_reserved
