"""Sessions: a random id in a signed cookie, its hash in the table, and three ways to end."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.model.accounts import Session

IDLE = timedelta(hours=12)  # one watch; an open page counts as use
LONGEST = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=5)  # the use of a session is written down no more often

_ID_BYTES = 32
_VALUE = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-f]{64})")


def new_session_id() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(_ID_BYTES)


def key_of(session_id: str) -> str:
    """Return what is kept of a session's id."""
    return hashlib.sha256(session_id.encode()).hexdigest()


def begin(session_id: str, user: str, now: datetime, *, ends_at: datetime | None = None) -> Session:
    """Return a new session, which ends after the longest time or before it."""
    latest = now + LONGEST
    ends = latest if ends_at is None else min(ends_at, latest)
    return Session(key=key_of(session_id), user=user, begun_at=now, used_at=now, ends_at=ends)


def is_alive(session: Session, now: datetime) -> bool:
    """Say whether a session still holds: not signed out, not idle for too long, not too old."""
    return session.ended_at is None and now < session.ends_at and now - session.used_at < IDLE


def is_due_for_note(session: Session, now: datetime) -> bool:
    """Say whether the use of a session is to be written down again."""
    return now - session.used_at >= NOTED_EVERY


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """Signs what leaves for a browser, with one secret of the site."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) < _ID_BYTES:
            raise ValueError("the secret of a site has at least 32 bytes")

    def derived(self, purpose: str) -> bytes:
        """Return a secret for one purpose; none tells anything about another."""
        return hmac.digest(self.secret, f"iw-monitor {purpose}".encode(), hashlib.sha256)

    @property
    def cookie_name(self) -> str:
        """The session cookie's name: one for each site, since cookies do not tell the ports of a machine apart."""
        return f"iw_session_{self.derived('cookie name').hex()[:8]}"

    @property
    def link_cookie(self) -> str:
        """The name of the cookie that holds the key of a public link: one for each site, too."""
        return self.cookie_name.replace("session", "link")

    def cookie_value(self, session_id: str) -> str:
        """Return a session's id, signed."""
        return f"{session_id}.{self._signature('session', session_id)}"

    def session_id(self, cookie: str | None) -> str | None:
        """Return the session's id from a cookie that we signed, else None."""
        found = _VALUE.fullmatch(cookie or "")
        if found is None or not hmac.compare_digest(found[2], self._signature("session", found[1])):
            return None
        return found[1]

    def token(self, form: str, bound_to: str) -> str:
        """Return the token that a form carries; it holds for one form and one browser."""
        return self._signature(f"form {form}", bound_to)

    def is_token(self, token: str, form: str, bound_to: str) -> bool:
        """Say whether a form's token is ours, in constant time."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token(form, bound_to).encode())

    def _signature(self, purpose: str, text: str) -> str:
        return hmac.new(self.derived(purpose), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
