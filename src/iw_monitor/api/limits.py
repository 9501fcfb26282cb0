"""Rate limits: how many requests a caller may make, counted in the memory of this process and in a bounded place.

A caller may save up a burst and then goes at a steady rate (the "generic cell rate algorithm": of each caller only the
instant is kept at which all of it would be paid off). Addresses share a fixed number of places, so that trying many of
them fills nothing; tokens are counted only once they are known to be good, so there are no more of them than were made.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from iw_monitor.access import lockout
from iw_monitor.access.lockout import Place
from iw_monitor.model.accounts import Attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """So many requests within so many seconds."""

    requests: int
    seconds: float = 60.0

    def __post_init__(self) -> None:
        if self.requests < 1 or self.seconds <= 0:
            raise ValueError("an allowance lets somebody do something")

    @property
    def price(self) -> float:
        """The seconds after which one more request is allowed."""
        return self.seconds / self.requests


PER_TOKEN = Allowance(requests=600)
PER_ADDRESS = Allowance(requests=1200)  # several tokens, and several people, may share one


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a caller stands after a request."""

    allowance: Allowance
    is_allowed: bool
    remaining: int  # requests that could be made at once
    resets_in: float  # seconds until all of the allowance is there again
    retry_in: float  # seconds until one more is allowed; 0 when it is now

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say so (draft-ietf-httpapi-ratelimit-headers)."""
        asked = self.allowance
        return {
            "ratelimit-policy": f'"requests";q={asked.requests};w={asked.seconds:.0f}',
            "ratelimit": f'"requests";r={self.remaining};t={_whole(self.resets_in)}',
        }


@dataclass(slots=True)
class Counter:
    """What each caller has spent. For one thread: the event loop's."""

    allowance: Allowance
    paid_off_at: dict[str, float] = field(default_factory=dict)

    def spend(self, caller: str, now: float) -> Standing:
        """Count one request at an instant of a clock that never goes back; one that is refused costs nothing."""
        asked = self.allowance
        due = max(self.paid_off_at.get(caller, now), now) + asked.price
        if due - now > asked.seconds + 1e-9:
            waits = due - now - asked.seconds
            return self._standing(due - asked.price - now, is_allowed=False, retry_in=waits)
        self.paid_off_at[caller] = due
        return self._standing(due - now, is_allowed=True, retry_in=0.0)

    def _standing(self, owed: float, *, is_allowed: bool, retry_in: float) -> Standing:
        left = int((self.allowance.seconds - owed) / self.allowance.price + 1e-6)
        return Standing(
            allowance=self.allowance,
            is_allowed=is_allowed,
            remaining=max(left, 0),
            resets_in=owed,
            retry_in=retry_in,
        )


@dataclass(slots=True)
class Guesses:
    """Tokens that were not good, counted by address as failed sign-ins are: a few are free, then each costs a wait.

    A token that is good is not kept waiting: others behind the same address may be guessing.
    """

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    held: dict[Place, Attempts] = field(default_factory=dict)

    def place(self, address: str) -> Place:
        """Return where an address is counted, one of a fixed number of places."""
        return lockout.places(name="", address=address, secret=self.secret)[1]

    def failed(self, address: str, now: datetime) -> timedelta:
        """Count a token that was not good, and return how long the next one from there is not looked at."""
        there = self.place(address)
        if (wait := self._wait(there, now)) > timedelta(0):
            return wait
        self.held[there] = lockout.one_more(self.held.get(there), now)
        return timedelta(0)

    def _wait(self, there: Place, now: datetime) -> timedelta:
        until = lockout.locked_until({there: self.held[there]}, now) if there in self.held else None
        return timedelta(0) if until is None else until - now


@dataclass(slots=True, kw_only=True)
class Limits:
    """All limits of one process."""

    steady_clock: Callable[[], float]  # seconds, never going back
    per_token: Allowance = PER_TOKEN
    per_address: Allowance = PER_ADDRESS
    guesses: Guesses = field(default_factory=Guesses)
    _tokens: Counter = field(init=False)
    _addresses: Counter = field(init=False)

    def __post_init__(self) -> None:
        self._tokens, self._addresses = Counter(self.per_token), Counter(self.per_address)

    def of_address(self, address: str) -> Standing:
        """Count a request from an address."""
        return self._addresses.spend(str(self.guesses.place(address).number), self.steady_clock())

    def of_token(self, token_id: str) -> Standing:
        """Count a request by a good token."""
        return self._tokens.spend(token_id, self.steady_clock())


def _whole(seconds: float) -> int:
    """Return whole seconds, rounded up: who waits so long has waited long enough."""
    return int(-(-seconds // 1))
