"""Lock-out against guessing: after a few failures each further one costs a wait that doubles.

Attempts are counted on the account, which nobody can disguise, and on the address. Counts are kept in a fixed number of
places, chosen by a keyed hash: however many names are tried, memory does not grow, and nobody outside can tell which
names share a place.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from iw_monitor.model.accounts import Attempts

PLACES = 65_536  # of each kind
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)  # without a further failure


class Counted(StrEnum):
    """What failures are counted on."""

    ACCOUNT = "account"
    ADDRESS = "address"


FREE = {Counted.ACCOUNT: 5, Counted.ADDRESS: 20}  # failures that cost nothing; many people may share one address


@dataclass(frozen=True, slots=True)
class Place:
    """Where failures are counted."""

    kind: Counted
    number: int


def places(*, name: str, address: str, secret: bytes) -> tuple[Place, Place]:
    """Return where an attempt to sign in with a name from an address is counted."""
    return (
        Place(Counted.ACCOUNT, _number(secret, f"account:{name}")),
        Place(Counted.ADDRESS, _number(secret, f"address:{_network(address)}")),
    )


def _number(secret: bytes, text: str) -> int:
    digest = hmac.digest(secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return int.from_bytes(digest[:8], "big") % PLACES


def _network(address: str) -> str:
    """Return who an address belongs to: of IPv6, one subscriber has a whole /64."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def wait_after(kind: Counted, failures: int) -> timedelta:
    """Return how long nobody may try again after so many failures."""
    over = failures - FREE[kind]
    return timedelta(0) if over < 0 else min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT)


def locked_until(held: Mapping[Place, Attempts], now: datetime) -> datetime | None:
    """Return until when an attempt counted in these places is refused, or None."""
    ends = [one.last_at + wait_after(place.kind, one.failures) for place, one in held.items()]
    # A clock that was set back must not lock anybody out for longer than the longest wait.
    latest = min(max(ends, default=now), now + LONGEST_WAIT)
    return latest if latest > now else None


def one_more(before: Attempts | None, now: datetime) -> Attempts:
    """Return the count after one more attempt; what is long past is forgotten."""
    if before is None or now - before.last_at >= FORGOTTEN_AFTER:
        return Attempts(failures=1, last_at=now)
    return Attempts(failures=before.failures + 1, last_at=now)


def one_less(before: Attempts | None) -> Attempts | None:
    """Return the count without the attempt that turned out well."""
    if before is None or before.failures == 1:
        return None
    return Attempts(failures=before.failures - 1, last_at=before.last_at)
