"""Addresses that last: each names its pack, so that it leads to the same page whatever else is held beside it."""

from __future__ import annotations

from urllib.parse import urlencode

PACK = "pack"


def lasting(page: str, *, pack: str, **params: str) -> str:
    """Return the address of a page below that of the site; ``""`` is its first page.

    Example:
        >>> lasting("why", pack="harbour", problem="blockade", as_of="2024-05-06T00:00Z")
        'why?pack=harbour&problem=blockade&as_of=2024-05-06T00:00Z'
    """
    return f"{page}?{urlencode({PACK: pack, **params}, safe=':')}"
