"""Names of users: what they sign in with, and what is shown of them."""

from __future__ import annotations

import re
import unicodedata

from iw_monitor.access.codes import refused

LONGEST_NAME = 64
LONGEST_DISPLAY_NAME = 80

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?")


def plain_name(text: str) -> str:
    """Return a name as it is compared: without blanks around it and in lower case. May still be no name at all."""
    return unicodedata.normalize("NFKC", text[: 4 * LONGEST_NAME]).strip().casefold()


def is_name(text: str) -> bool:
    """Say whether a text is a name as it is kept."""
    return _NAME.fullmatch(text) is not None


def checked_name(text: str) -> str:
    """Return the name of a user.

    Raises:
        InputError: it holds something else than letters a to z, digits and ``. _ @ -``, or is too long.
    """
    name = plain_name(text)
    if len(text) > LONGEST_NAME or not is_name(name):
        problem = f"{text[:LONGEST_NAME]!r} cannot be the name of a user"
        remedy = "Use letters a to z, digits, and . _ @ - between them; at most 64"
        raise refused("A101", "name", problem, remedy=remedy)
    return name


def checked_display_name(text: str, *, name: str) -> str:
    """Return what is shown of a user; nothing given means the name itself.

    Raises:
        InputError: it is too long, or holds something that does not print.
    """
    shown = unicodedata.normalize("NFC", text).strip() or name
    if len(shown) > LONGEST_DISPLAY_NAME or not shown.isprintable():
        problem = "is too long or holds a character that cannot be shown"
        raise refused("A102", "display name", problem, remedy=f"Use at most {LONGEST_DISPLAY_NAME} plain characters")
    return shown
