"""What a proxy in front says of somebody, in headers that count only from its own address."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.access.names import LONGEST_DISPLAY_NAME, is_name, plain_name
from iw_monitor.access.role_table import RoleTable
from iw_monitor.model.accounts import Identity, Vouched

ISSUER = "proxy"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyRules:
    """Who may say who somebody is, and how."""

    peers: tuple[Network, ...]
    user_header: str
    roles_header: str
    display_name_header: str  # "": the name is shown
    separator: str
    secret_header: str  # "": the address is enough
    secret: str
    longest: timedelta  # that what was said counts in a page that stays open
    sign_out_url: str  # "": nobody can sign out here
    table: RoleTable

    @property
    def headers(self) -> frozenset[bytes]:
        """The headers that nobody else may send, as ASGI names them."""
        named = (self.user_header, self.roles_header, self.display_name_header, self.secret_header)
        return frozenset(one.lower().encode("latin-1") for one in named if one)


def is_listed(peer: str | None, peers: Sequence[Network]) -> bool:
    """Say whether the other end of a connection is a proxy that may say who somebody is."""
    try:
        address = ipaddress.ip_address((peer or "").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in peers)


def read_headers(headers: Headers, rules: ProxyRules, now: datetime) -> Vouched | None:
    """Return for whom a listed proxy vouches, or None: it names nobody, or nobody that can be named, or twice."""
    if rules.secret_header and not _is_secret(headers, rules):
        return None
    name = plain_name(_only(headers, rules.user_header))
    if not is_name(name):
        return None
    shown = _only(headers, rules.display_name_header).strip()[:LONGEST_DISPLAY_NAME]
    values = [one.strip() for text in _all(headers, rules.roles_header) for one in text.split(rules.separator)]
    return Vouched(
        identity=Identity(ISSUER, name),
        name=name,
        display_name=shown if shown and shown.isprintable() else name,
        roles=rules.table.roles_of(values),
        said_at=now,
    )


def _is_secret(headers: Headers, rules: ProxyRules) -> bool:
    sent = _only(headers, rules.secret_header)
    return bool(rules.secret) and hmac.compare_digest(sent.encode(), rules.secret.encode())


def _only(headers: Headers, name: str) -> str:
    """Return the one value of a header; sent twice it says nothing, since it is not known who said which."""
    found = _all(headers, name)
    return found[0] if len(found) == 1 else ""


def _all(headers: Headers, name: str) -> list[str]:
    wanted = name.lower().encode("latin-1")
    return [value.decode("utf-8", "replace") for key, value in headers if wanted and key.lower() == wanted]
