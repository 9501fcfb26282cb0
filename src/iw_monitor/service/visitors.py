"""Visitors: who somebody is, told from what a browser or a proxy sent. Every way of signing in ends in an actor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from iw_monitor.access import passes
from iw_monitor.access.claims import read_claims
from iw_monitor.access.proxy_headers import Headers, is_listed, read_headers
from iw_monitor.errors import AccessDeniedError
from iw_monitor.model.accounts import Actor, Way
from iw_monitor.service.accounts import Accounts
from iw_monitor.service.sign_in_settings import SignIn

PASS_HEADER = passes.HEADER


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitors:
    """Those who come to one site, by the one way in which it lets people sign in."""

    accounts: Accounts
    clock: Callable[[], datetime]
    sign_in: SignIn = field(default_factory=SignIn)

    def actor(self, *, cookie: str | None, vouched: str | None) -> Actor | None:
        """Return who somebody is right now, or None. What belongs to another way of signing in counts for nothing.

        Args:
            cookie: the session cookie.
            vouched: the pass that the server wrote for itself because a listed proxy named somebody.
        """
        if self.sign_in.way is Way.PROXY:
            return passes.read_pass(vouched, self.accounts.signer, self.clock())
        actor = self.accounts.actor_of(cookie)
        return actor if actor is not None and actor.via == self.sign_in.way else None

    def can_sign_in(self) -> bool:
        """Say whether anybody can sign in; where others vouch, the sign-in file was refused if nobody could."""
        return self.sign_in.way is not Way.LOCAL or self.accounts.has_users()

    def admit(self, claims: Mapping[str, Any]) -> str:
        """Return the value of a session cookie for whom an ID token vouches.

        Raises:
            UnusableClaimsError: the token says what cannot be meant, or is too old.
            AccessDeniedError: the person has no role here, or was disabled.
        """
        if self.sign_in.oidc is None:
            raise AccessDeniedError("This monitor knows no identity provider.")
        rules = self.sign_in.oidc.rules
        vouched = read_claims(claims, rules, self.clock())
        return self.accounts.admit(vouched, ends_at=vouched.said_at + rules.longest)

    def write_pass(self, headers: Headers, *, peer: str | None) -> str | None:
        """Return a pass for whom a listed proxy names in a request's headers, or None.

        Args:
            headers: as they came.
            peer: the address at the other end of the connection itself, never one that a header tells.
        """
        rules = self.sign_in.proxy
        if rules is None or not is_listed(peer, rules.peers):
            return None
        vouched = read_headers(headers, rules, self.clock())
        return None if vouched is None else passes.write_pass(vouched, self.accounts.signer, longest=rules.longest)
