"""Passes: what the server tells its own pages of whom a proxy named. Signed, and never in a browser."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta
from typing import Any

from iw_monitor.access.sessions import Signer
from iw_monitor.model.accounts import Actor, Role, Vouched, Way
from iw_monitor.model.instants import from_microseconds, microseconds

HEADER = "x-iw-pass"
_FORM = "pass"


def write_pass(vouched: Vouched, signer: Signer, *, longest: timedelta) -> str:
    """Return a pass for whom a proxy vouches."""
    said = {
        "name": vouched.name,
        "display_name": vouched.display_name,
        "roles": {pack: role.word for pack, role in vouched.roles.items()},
        "until": microseconds(vouched.said_at + longest),
    }
    text = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    return f"{text}.{signer.token(_FORM, text)}"


def read_pass(text: str | None, signer: Signer, now: datetime) -> Actor | None:
    """Return whom a pass that we signed stands for, or None: forged, or too old."""
    said, dot, signature = (text or "").partition(".")
    if not dot or not signer.is_token(signature, _FORM, said):
        return None
    try:
        held: dict[str, Any] = json.loads(base64.urlsafe_b64decode(said))
    except (binascii.Error, ValueError):
        return None
    if now >= from_microseconds(held["until"]):
        return None
    roles = {pack: Role.named(word) for pack, word in held["roles"].items()}
    return Actor(name=held["name"], display_name=held["display_name"], roles=roles, via=Way.PROXY)
