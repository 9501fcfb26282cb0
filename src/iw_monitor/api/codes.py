"""The codes of what can be wrong with a request to the API, each with its meaning in one line."""

from __future__ import annotations

from iw_monitor.errors import Finding

MEANINGS = {
    "R101": "a value of the request is missing or of the wrong kind",
    "R102": "the body is not JSON",
    "R103": "the body is of another kind than is taken here",
    "R104": "the body is too large",
    "R105": "the request is not well formed",
    "R106": "what was sent for a source cannot be made out",
    "R201": "there is no such thing here",
    "R202": "that cannot be done with it",
    "R301": "there is no token",
    "R302": "the token is not good: unknown, expired or revoked",
    "R303": "a token stands in the address",
    "R304": "the token or its owner may not do this",
    "R305": "what was sent for a source does not bear its signature",
    "R306": "what was sent for a source was taken before",
    "R307": "somebody else closed the window in between",
    "R401": "too many requests",
    "R501": "the journal cannot be used just now",
    "R502": "something went wrong that should not have",
    "R503": "what is needed for this is not set where the program runs",
    "R504": "the pack that is asked about cannot be used",
}


def finding(code: str, field: str, problem: str, remedy: str) -> Finding:
    """Return a finding about a request; it stands in no file."""
    return Finding(code=code, file="", line=0, field=field, problem=problem, remedy=remedy)
