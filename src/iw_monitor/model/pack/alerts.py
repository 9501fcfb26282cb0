"""What is told to whom, and when: the rules of ``alerts.yml``. They say nothing of the score, so not in its hash."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from iw_monitor.model.pack.plain import CENTURY, Duration, Id, LevelNumber, Plain, Points, State, Text, read_duration

Span = Annotated[
    timedelta,
    BeforeValidator(read_duration),
    Field(ge=timedelta(0), le=CENTURY, description="ISO 8601, for example PT2H; PT0S is at once.", strict=True),
]
MIB: Final = 1 << 20  # bytes
LITTLE_ROOM: Final = 1024  # MiB that should be free where the journal lies
Channels = Annotated[tuple[Id, ...], Field(min_length=1)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Escalation(Plain):
    """The second step: who is told when nobody has acknowledged in time."""

    after: Duration
    channels: Channels


class Quiet(Plain):
    """Hours in which messages wait, except for levels that break through. Noticing goes on."""

    begin: ClockTime
    end: ClockTime
    time_zone: Text
    break_through: LevelNumber


class Flood(Plain):
    """How many messages a channel gets within a time before the rest is put together into one."""

    messages: Annotated[int, Field(ge=1, le=1000)] = 10
    within: Duration = timedelta(minutes=10)


class AlertRule(Plain):
    """What all rules share."""

    id: Id
    title: Text
    what: Text
    hold: Span = timedelta(0)
    keep: Span = timedelta(0)
    channels: Channels
    escalate: Escalation | None = None
    sunset: Duration = timedelta(days=30)
    breaks_quiet: bool = False
    runbook: Text


class LevelRule(AlertRule):
    """A problem's recommended level is high."""

    kind: Literal["level"]
    problems: tuple[Id, ...] = ()
    at_least: LevelNumber


class ChangeRule(AlertRule):
    """A problem's points moved far within a time."""

    kind: Literal["change"]
    problems: tuple[Id, ...] = ()
    points: Annotated[Points, Field(gt=0)]
    within: Duration
    direction: Literal["up", "down", "either"] = "up"


class IndicatorRule(AlertRule):
    """An indicator stands at a level. Give at_least or at_most."""

    kind: Literal["indicator"]
    indicators: Annotated[tuple[Id, ...], Field(min_length=1)]
    at_least: State | None = None
    at_most: State | None = None


class StaleRule(AlertRule):
    """An indicator is no longer current."""

    kind: Literal["stale"]
    indicators: tuple[Id, ...] = ()
    status: Literal["due", "stale", "unknown"] = "stale"


class TripwireRule(AlertRule):
    """A tripwire, or a table of counts, sets a floor under a problem's level."""

    kind: Literal["tripwire"]
    tripwires: tuple[Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")], ...] = ()


class SourceDownRule(AlertRule):
    """A source that is collected on a schedule fails."""

    kind: Literal["source_down"]
    sources: tuple[Id, ...] = ()


class ReportFailedRule(AlertRule):
    """A scheduled report could not be made or sent."""

    kind: Literal["report_failed"]
    reports: tuple[Id, ...] = ()


class WorkerDeadRule(AlertRule):
    """Nothing was evaluated for a time: the worker was dead, or stood still."""

    kind: Literal["worker_dead"]
    silent_for: Duration


class DiskLowRule(AlertRule):
    """The disk on which the journal lies is nearly full: before long nothing could be recorded."""

    kind: Literal["disk_low"]
    free_mib: Annotated[int, Field(ge=1)] = LITTLE_ROOM


class DeclaredGapRule(AlertRule):
    """The level that a person declared and the recommended one lie apart."""

    kind: Literal["declared_gap"]
    problems: tuple[Id, ...] = ()
    levels: Annotated[int, Field(ge=1, le=4)] = 1


AnyRule = Annotated[
    LevelRule
    | ChangeRule
    | IndicatorRule
    | StaleRule
    | TripwireRule
    | SourceDownRule
    | ReportFailedRule
    | WorkerDeadRule
    | DiskLowRule
    | DeclaredGapRule,
    Field(discriminator="kind"),
]


class AlertsFile(Plain):
    """``alerts.yml``: the rules, and what holds for all of them."""

    quiet: Quiet | None = None
    flood: Flood = Flood()
    rules: Annotated[tuple[AnyRule, ...], Field(min_length=1)]
