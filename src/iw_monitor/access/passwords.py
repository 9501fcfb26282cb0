"""Rules for passwords: long, not one's own name, not what everybody tries first. Nothing about signs and digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from iw_monitor.access.codes import finding
from iw_monitor.errors import Finding, InputError

SHORTEST = 12
LONGEST = 256  # characters; hashing must not become a way to keep the server busy

# What is tried first, of the kinds that are long enough; "the same again" and rows of keys are found by rule.
_COMMON = frozenset(
    {
        "adminpassword", "changethispassword", "correcthorsebatterystaple", "defaultpassword", "footballfootball",
        "iloveyouforever", "indicatorsandwarnings", "letmeinplease", "masterpassword", "monkeymonkey",
        "mypasswordispassword", "newpassword", "princessprincess", "qwertypassword", "secretpassword",
        "sunshinesunshine", "superadministrator", "supersecret", "temporarypassword", "thisismypassword",
        "threatmonitor", "trustnoonetrustnoone", "warningmonitor", "whateverwhatever",
    }
)  # fmt: skip
_COMMON_STEMS = (
    "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "welcome", "letmein", "changeme", "administrator",
    "iwmonitor", "iw-monitor", "iw_monitor", "qwertyuiop", "qwerty", "azerty", "admin", "secret", "iloveyou",
)  # fmt: skip
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "01234567890123456789",
)
_PADDING = re.compile(r"[\d\W_]*")
_LEAST_DIFFERENT = 5
_LEAST_NAME = 4  # letters of a name that must not stand in a password


def normal_form(password: str) -> str:
    """Return a password as it is hashed: the same however a keyboard composes its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, name: str, display_name: str = "") -> None:
    """Refuse a password that is easily guessed.

    Raises:
        InputError: with everything that is wrong with it; the password itself is never in the message.
    """
    if found := tuple(_findings(password, (name, *display_name.split()))):
        raise InputError(found)


def _findings(password: str, names: tuple[str, ...]) -> Iterator[Finding]:
    if any(unicodedata.category(one) in ("Cc", "Cs", "Cn") for one in password):
        yield finding("A115", "password", "holds a character that cannot be typed again", "Use letters, digits, signs")
        return
    plain = normal_form(password)
    folded = plain.casefold()
    if len(plain) < SHORTEST:
        yield finding(
            "A111",
            "password",
            f"has fewer than {SHORTEST} characters",
            "Use a longer one, such as four unrelated words",
        )
    if len(plain) > LONGEST:
        yield finding("A112", "password", f"has more than {LONGEST} characters", "Use a shorter one")
    if any(len(one) >= _LEAST_NAME and one.casefold() in folded for one in names) or folded in map(str.casefold, names):
        yield finding("A113", "password", "holds the name of the user", "Use one that has nothing to do with the name")
    if len(plain) >= SHORTEST and _is_common(folded):
        yield finding("A114", "password", "is one that is tried first", "Use four unrelated words, or a random one")


def _is_common(folded: str) -> bool:
    if folded in _COMMON or len(set(folded)) < _LEAST_DIFFERENT:
        return True
    if any(folded in row or folded in row[::-1] for row in _ROWS):
        return True
    if any(len(folded) % size == 0 and folded == folded[:size] * (len(folded) // size) for size in range(1, 9)):
        return True
    return any(_PADDING.fullmatch(folded.replace(stem, "")) for stem in _COMMON_STEMS if stem in folded)
