"""The codes of what can be wrong with an account, each with its meaning in one line."""

from __future__ import annotations

from iw_monitor.errors import Finding, InputError

MEANINGS = {
    "A101": "the name cannot be one of a user",
    "A102": "the displayed name cannot be shown",
    "A111": "the password is too short",
    "A112": "the password is too long",
    "A113": "the password holds the name",
    "A114": "the password is one of the commonest",
    "A115": "the password holds a character that cannot be typed again",
    "A201": "there is a user of that name already",
    "A202": "there is no user of that name",
    "A203": "the pack of a role is not named",
    "A204": "the user signs in elsewhere, and has neither password nor roles of this monitor's own",
    "A301": "what a token is for is not said",
    "A302": "a token would not last, or for too long",
    "A303": "there is no such token",
    "A304": "the owner of a token may not do what it is for",
    "A305": "the owner of a public link may not make one",
    "A306": "there is no such public link",
    "A401": "the sign-in file cannot be read",
    "A402": "the sign-in file is not TOML",
    "A403": "the sign-in file has a key that there is none of",
    "A404": "something is missing in the sign-in file",
    "A405": "a value of the sign-in file cannot be meant",
    "A406": "a secret of the sign-in file is not there, or is open to others",
    "A407": "nobody could come in with this sign-in file",
}


def finding(code: str, field: str, problem: str, remedy: str) -> Finding:
    """Return a finding about an account; it stands in no file."""
    return Finding(code=code, file="", line=0, field=field, problem=problem, remedy=remedy)


def refused(code: str, field: str, problem: str, *, remedy: str) -> InputError:
    """Return the error that says why something cannot be done to an account."""
    return InputError([finding(code, field, problem, remedy)])
