"""Signing what is posted: HMAC-SHA256 over the time and the body, so that a receiver knows who sent it, and when."""

from __future__ import annotations

import hashlib
import hmac

SCHEME = "v1"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a body posted at a time (whole seconds since 1970), with its scheme.

    Formula: ``v1=`` and HMAC-SHA256 with the secret over ``timestamp.body``, in hexadecimal.

    Example:
        >>> signature("a secret of sixteen", 1700000000, b"{}")[:11]
        'v1=9e0f98fb'
    """
    signed = f"{timestamp}.".encode() + body
    return f"{SCHEME}={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def is_signed(secret: str, timestamp: int, body: bytes, given: str) -> bool:
    """Say whether a body bears the right signature; compared in constant time. This is what a receiver does."""
    return hmac.compare_digest(signature(secret, timestamp, body), given)
