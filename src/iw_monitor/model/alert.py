"""What alerting knows: what was seen, which alerts there are and what became of them, and what people said to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Holds(StrEnum):
    """What a rule's condition says of a subject. What cannot be seen is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AlertState(StrEnum):
    """Where an alert is."""

    PENDING = "pending"  # the condition holds, not yet for long enough
    FIRING = "firing"
    BLIND = "blind"  # it fired, and can no longer be seen: still an alert
    RESOLVED = "resolved"


class Reason(StrEnum):
    """Why an alert changed its state."""

    BEGAN = "the condition began to hold"
    HELD = "the condition held"
    LAPSED = "the condition did not last"
    ROSE = "the level rose"
    WENT_BLIND = "it can no longer be seen"
    SEEN_AGAIN = "it can be seen again"
    ENDED = "the condition ended"
    RECOVERED = "recovered after a blind period"
    SUNSET = "its time ran out and nobody renewed it"
    GONE = "the rule or its subject is no longer in the pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one rule's condition says of one subject at an instant."""

    rule: str
    subject: str  # id of a problem, indicator, tripwire, source or report; "worker"
    holds: Holds
    level: int | None = None  # the warning level at stake, where there is one
    says: str = ""  # what was seen, in a few words

    @property
    def key(self) -> tuple[str, str]:
        """Which alert it is about."""
        return self.rule, self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One rule and one subject, from when the condition began to hold until it is resolved."""

    rule: str
    subject: str
    state: AlertState
    since: datetime  # when the condition began to hold
    level: int | None = None
    says: str = ""
    fired_at: datetime | None = None
    calm_since: datetime | None = None  # it fires on, though the condition no longer holds
    blind_since: datetime | None = None  # until the condition is seen to hold again
    sunset_at: datetime | None = None
    told: bool = False  # somebody was told that it fires
    told_level: int | None = None  # the highest level told
    asked_at: datetime | None = None  # since when it waits for somebody to acknowledge it
    escalated: bool = False
    owner: str = ""
    owned_until: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Rule and subject: there is one alert of each pair."""
        return self.rule, self.subject

    @property
    def is_active(self) -> bool:
        """Say whether it is an alert to people: firing, seen or not."""
        return self.state in (AlertState.FIRING, AlertState.BLIND)

    def taken_back_to(self, at: datetime) -> Alert:
        """Return it as if what was seen of it after an instant, by a clock that was ahead, had been seen then."""
        return replace(
            self,
            since=min(self.since, at),
            fired_at=_not_after(self.fired_at, at),
            calm_since=_not_after(self.calm_since, at),
            blind_since=_not_after(self.blind_since, at),
            asked_at=_not_after(self.asked_at, at),
        )

    def is_owned(self, at: datetime) -> bool:
        """Say whether somebody has acknowledged it and is still at it."""
        return self.owned_until is not None and at < self.owned_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """An alert changed its state: noticed. Whether anybody is told is another matter."""

    at: datetime
    rule: str
    subject: str
    before: AlertState | None
    after: AlertState
    reason: Reason
    level: int | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """A problem's recommended level changed; None is NO ASSESSMENT."""

    at: datetime
    problem: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A named person keeps an alert, or all of a rule, from being told until an end, and says why."""

    id: str
    rule: str
    subject: str  # "" for all of the rule
    author: str
    comment: str
    begun_at: datetime
    until: datetime

    def covers(self, rule: str, subject: str, at: datetime) -> bool:
        """Say whether it keeps this alert quiet at an instant."""
        return rule == self.rule and self.subject in ("", subject) and self.begun_at <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A time in which everything is marked EXERCISE, begun by a named person and with an end."""

    title: str
    author: str
    begun_at: datetime
    until: datetime

    def is_on(self, at: datetime) -> bool:
        """Say whether it goes on at an instant."""
        return self.begun_at <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What only operation knows. What is left out is not known, which is not the same as good."""

    sources: Mapping[str, Holds] = field(default_factory=dict)  # is it down?
    reports: Mapping[str, Holds] = field(default_factory=dict)  # did it fail?
    silent_for: timedelta | None = None  # how long nothing had been evaluated before this
    free_bytes: int | None = None  # room left where the journal lies


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that alerting must remember from one evaluation to the next."""

    evaluated_at: datetime | None = None
    levels: Mapping[str, int | None] = field(default_factory=dict)  # recommended, by problem
    alerts: tuple[Alert, ...] = ()  # by rule and subject; resolved ones are forgotten
    silences: tuple[Silence, ...] = ()
    exercise: Exercise | None = None

    def taken_back_to(self, at: datetime) -> Standing:
        """Return it as if it had last been evaluated at an instant, where a clock that was ahead had gone further."""
        if self.evaluated_at is None or self.evaluated_at <= at:
            return self
        return replace(self, evaluated_at=at, alerts=tuple(one.taken_back_to(at) for one in self.alerts))

    def alert(self, rule: str, subject: str) -> Alert | None:
        """Return the alert of a rule and a subject, or None."""
        return next((one for one in self.alerts if one.key == (rule, subject)), None)

    def silence_of(self, alert: Alert, at: datetime) -> Silence | None:
        """Return the silence that keeps an alert quiet for longest, or None."""
        found = [one for one in self.silences if one.covers(alert.rule, alert.subject, at)]
        return max(found, key=lambda one: one.until, default=None)

    def exercise_at(self, at: datetime) -> Exercise | None:
        """Return the exercise that goes on at an instant, or None."""
        return self.exercise if self.exercise is not None and self.exercise.is_on(at) else None


def _not_after(instant: datetime | None, at: datetime) -> datetime | None:
    return None if instant is None else min(instant, at)


class AnswerKind(StrEnum):
    """What somebody answers to an alert, or orders about alerting."""

    ACKNOWLEDGE = "acknowledge"
    SILENCE = "silence"
    END_SILENCE = "end silence"
    RENEW = "renew"
    EXERCISE = "exercise"
    END_EXERCISE = "end exercise"
    TRY_CHANNEL = "try channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One act of a named person about an alert, as the journal keeps it."""

    id: str
    kind: AnswerKind
    subject: str  # rule/subject, a rule, a channel, or "exercise"
    until: datetime | None  # of what ends something, None
    reason: str
    owner: str  # who is at it, of an acknowledgement
    author: str
    recorded_at: datetime
