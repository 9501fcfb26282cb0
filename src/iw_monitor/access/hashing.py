"""Hashing passwords with argon2id. The one place that knows how; slow on purpose, so never on an event loop."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from iw_monitor.access.passwords import LONGEST, normal_form


@dataclass(frozen=True)
class Hasher:
    """Argon2id with the parameters of RFC 9106's second recommendation: 64 MiB, three passes, four lanes."""

    argon: argon2.PasswordHasher = field(default_factory=argon2.PasswordHasher)

    @cached_property
    def _decoy(self) -> str:
        """A hash of what nobody knows: what the password of an unknown user is compared with."""
        return self.argon.hash(secrets.token_urlsafe(32))

    def hash(self, password: str) -> str:
        """Return the hash to keep, with its salt and parameters in it."""
        return self.argon.hash(_bytes(normal_form(password)))

    def matches(self, password: str, kept: str | None) -> bool:
        """Say whether a password is the one that was hashed; no hash costs the same time and never matches."""
        usable = len(password) <= LONGEST
        try:
            same = self.argon.verify(kept or self._decoy, _bytes(normal_form(password if usable else "")))
        except (VerificationError, InvalidHashError):
            return False
        return same and usable and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Say whether a hash was made with other parameters than today's, and is to be made again at sign-in."""
        try:
            return self.argon.check_needs_rehash(kept)
        except InvalidHashError:
            return True

    def warm_up(self) -> None:
        """Make the decoy now, so that the first unknown user does not wait longer than others."""
        _ = self._decoy


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a letter is no reason to fail, and matches nothing
