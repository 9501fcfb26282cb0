"""What goes out: a notice with everything in it that whoever reads it needs, and how its sending goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """What a notice says of one alert."""

    rule: str
    subject: str
    title: str  # of the rule
    subject_title: str
    news: str  # what is new about it
    reason: str  # of what is resolved; else empty
    level: int | None
    word: str
    says: str
    since: datetime
    what: str
    runbook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report behind what moved, as it is cited."""

    title: str  # of the indicator
    statement: str
    source: str
    url: str
    grade: str
    observed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one channel is told by one evaluation. Made once, and the same at every attempt to send it."""

    key: str  # who gets it twice, alone and then together with others, can tell
    pack: str
    title: str
    handling: str
    mark: str  # EXERCISE, DEMO, TEST, or nothing
    as_of: datetime  # what was evaluated
    made_at: datetime
    headline: str
    set_by: str
    likelihood: str  # a sentence of its own
    confidence: str  # and another one
    lines: tuple[NoticeLine, ...]
    movers: tuple[str, ...]
    sources: tuple[Source, ...]
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A notice on its way to a channel, before it is kept. ``key`` is the same however often it is tried."""

    channel: str
    key: str
    not_before: datetime
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetResult:
    """What came of the last attempt to reach one target of a channel; the target's name holds no secret."""

    target: str
    is_done: bool
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Outgoing):
    """A notice in the outbox: what was tried, and what came of it."""

    id: str
    pack: str
    created_at: datetime
    attempts: int
    next_at: datetime
    delivered_at: datetime | None
    failed_at: datetime | None  # given up
    last_error: str
    results: Mapping[str, TargetResult]
    joined: str  # id of the message that it went into, or nothing

    @property
    def may_join(self) -> bool:
        """Say whether nobody can have got it yet: never tried, or in vain at every target, and not lost in between."""
        return not any(one.is_done for one in self.results.values()) and (not self.attempts or bool(self.last_error))

    @property
    def is_waiting(self) -> bool:
        """Say whether it is still to be sent."""
        return self.delivered_at is None and self.failed_at is None and not self.joined
