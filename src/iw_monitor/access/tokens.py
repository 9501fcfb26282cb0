"""Tokens: how one looks, what is kept of it, how long it may last, and when it was last used."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from iw_monitor.access.codes import refused

USUAL_LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=366)
NOTED_EVERY = timedelta(minutes=5)  # the use of a token is written down no more often
LONGEST_NAME = 80
PREFIX = "iwm_"  # by which scanners for leaked secrets know one

_BYTES = 32
_TOKEN = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def new_token() -> str:
    """Return 256 random bits as text that says what it is."""
    return f"{PREFIX}{secrets.token_urlsafe(_BYTES)}"


def new_token_id() -> str:
    """Return what a token is called by: 48 random bits, which tell nothing of it."""
    return secrets.token_hex(6)


def is_token(text: str) -> bool:
    """Say whether a text has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def key_of(token: str) -> str:
    """Return what is kept of a token. A plain hash will do: nobody can try 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_due_for_note(used_at: datetime | None, now: datetime) -> bool:
    """Say whether a use is to be written down after the one that was."""
    return used_at is None or now - used_at >= NOTED_EVERY


def checked_life(life: timedelta, *, kind: str = "a token") -> timedelta:
    """Return how long a token, or what is one of its kind, is to last.

    Raises:
        InputError: it would never have been good, or would last too long.
    """
    if not timedelta(0) < life <= LONGEST_LIFE:
        problem = f"{kind} lasts from a moment to {LONGEST_LIFE.days} days"
        raise refused("A302", "expires", problem, remedy=f"Leave it out for {USUAL_LIFE.days} days, or say 30d")
    return life


def checked_token_name(text: str, *, kind: str = "a token") -> str:
    """Return what a token, or what is one of its kind, is for.

    Raises:
        InputError: nothing is said, or too much, or something that does not print.
    """
    name = text.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        problem = f"it is not said what {kind} is for, or not in plain words"
        raise refused(
            "A301", "name", problem, remedy=f"Say it in at most {LONGEST_NAME} characters, such as: port feed"
        )
    return name
