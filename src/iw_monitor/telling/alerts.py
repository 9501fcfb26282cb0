"""Alerts as people read them on page and terminal: how they stand, how the alerting does, and what was sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from iw_monitor.assess.alerting.rates import Rates
from iw_monitor.model.alert import Alert, AlertState, Exercise, Silence, Transition
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.notice import Message
from iw_monitor.model.pack import Pack
from iw_monitor.telling import formats, sentences

STATE_WORDS = {
    AlertState.PENDING: "pending",
    AlertState.FIRING: "FIRING",
    AlertState.BLIND: "FIRING, not seen",
    AlertState.RESOLVED: "resolved",
}
NO_RULES = "The pack has no alerts.yml: nothing is told to anybody."
NOT_EVALUATED = "Nothing was evaluated yet. Run a worker: iw-monitor up"
NONE_FIRES = "No alert fires."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One alert, with what its rule says and who keeps it quiet."""

    alert: Alert
    title: str
    subject_title: str
    word: str  # of its level
    what: str
    runbook: str
    silence: Silence | None
    is_owned: bool

    @property
    def name(self) -> str:
        """How people name it to answer it."""
        return f"{self.alert.rule}/{self.alert.subject}"

    @property
    def rank(self) -> tuple[bool, bool, int, datetime, str]:
        """What stands first: what fires and is not kept quiet, the highest level, what waits longest."""
        one = self.alert
        return not one.is_active, self.silence is not None, -(one.level or 0), one.fired_at or one.since, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything about alerting at one moment."""

    now: datetime
    has_rules: bool
    evaluated_at: datetime | None
    alerts: tuple[Told, ...]  # by rank
    silences: tuple[Silence, ...]  # that have not ended
    exercise: Exercise | None
    rates: Rates
    log: tuple[Transition, ...]  # newest first
    messages: tuple[Message, ...]  # newest first
    in_trouble: int  # messages tried in vain and not delivered
    has_channels: bool

    @property
    def firing(self) -> tuple[Told, ...]:
        """The alerts that fire, seen or not, silenced ones included."""
        return tuple(one for one in self.alerts if one.alert.is_active)

    @property
    def loud(self) -> tuple[Told, ...]:
        """The alerts that fire and that nobody keeps quiet."""
        return tuple(one for one in self.firing if one.silence is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What every page says of alerts."""

    loud: tuple[Told, ...]  # what fires and nobody keeps quiet, by rank
    exercise: Exercise | None  # that goes on


def subject_title(pack: Pack, subject: str) -> str:
    """Return the title of what an alert is about; of what the pack does not name, its id."""
    problems = {one.id: one.title for one in pack.file.problems}
    return {**sentences.titles(pack), **problems}.get(subject, subject)


def state_words(one: Told) -> str:
    """Return the state of an alert in words: ``FIRING``, or ``silenced, would be FIRING at 4 HIGH``."""
    said = STATE_WORDS[one.alert.state]
    if one.silence is None:
        return said
    return f"silenced, would be {said}" + (f" at {one.alert.level} {one.word}" if one.alert.level else "")


def answer_words(one: Told) -> str:
    """Return who is at an alert until when, or that nobody is."""
    if one.silence is not None:
        return f"silenced by {one.silence.author} until {day_time_group(one.silence.until)}: {one.silence.comment}"
    alert = one.alert
    if one.is_owned and alert.owned_until is not None:
        return f"acknowledged by {alert.owner} until {day_time_group(alert.owned_until)}"
    if not alert.is_active:
        return ""
    return "not acknowledged, escalated" if alert.escalated else "not acknowledged"


def silence_words(one: Silence) -> str:
    """Return what is kept quiet, by whom, until when and why, with the name by which it is ended."""
    about = f"{one.rule}/{one.subject}".rstrip("/")
    return f"Silence {one.id}: {about}, by {one.author} until {day_time_group(one.until)}: {one.comment}"


def overview_text(one: Overview) -> str:
    """Return everything as lines for a terminal, what fires first."""
    return "\n".join(_lines(one))


def _lines(one: Overview) -> Iterator[str]:
    if not one.has_rules:
        yield NO_RULES
    if one.evaluated_at is None:
        yield NOT_EVALUATED
        return
    if one.exercise is not None:
        yield f"EXERCISE until {day_time_group(one.exercise.until)}: {one.exercise.title} ({one.exercise.author})"
    yield f"As of {day_time_group(one.evaluated_at)}: {len(one.firing)} firing, {len(one.alerts)} in all."
    if not one.firing:
        yield NONE_FIRES
    for each in one.alerts:
        yield from _alert_lines(each, one.now)
    for silence in one.silences:
        yield silence_words(silence)
    yield _rates_line(one.rates)
    if one.in_trouble:
        yield f"{one.in_trouble} messages were tried in vain and are not delivered."


def _alert_lines(one: Told, now: datetime) -> Iterator[str]:
    alert = one.alert
    yield f"{state_words(one)}: {one.title} · {one.subject_title}: {alert.says}  [{one.name}]"
    since = alert.fired_at or alert.since
    said = f"since {day_time_group(since)} ({formats.age(since, now)})"
    yield "  " + "; ".join(filter(None, [said, answer_words(one)]))


def _rates_line(rates: Rates) -> str:
    return (
        f"Fired in ten minutes: {rates.last_ten_minutes} (at most {rates.most_in_ten_minutes}); "
        f"in a shift of eight hours: {rates.last_shift}; not acknowledged: {len(rates.unacknowledged)}."
    )
