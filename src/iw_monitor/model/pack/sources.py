"""Where readings come from by machine, what a machine makes of them, and how far it may go without a person."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from iw_monitor.model.pack.plain import Day, Duration, Finite, Id, Plain, State, Text

Path = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z_@][A-Za-z0-9_]*(\[\d*\])*(\.[A-Za-z_][A-Za-z0-9_]*(\[\d*\])*)*$",
        max_length=200,
        description="Where a value stands, from outside to inside, like data.days[].killed; @ is all of it.",
    ),
]
ReadingName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=80)]
Url = Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=2000)]
DataFile = Annotated[
    str, Field(pattern=r"^data/[A-Za-z0-9_-]+\.[a-z]{1,8}$", description="A file in the pack's folder data/.")
]
Column = Annotated[str, Field(min_length=1, max_length=200)]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,60}$")]
HeaderText = Annotated[str, Field(pattern=r"^[ -~]{1,500}$")]
Variable = Annotated[str, Field(pattern=r"^IW_SECRET_[A-Z0-9_]{1,60}$")]
Cron = Annotated[
    str,
    Field(
        pattern=r"^([0-9*/,-]+ ){4}[0-9a-z*/,-]+$",
        max_length=100,
        description="Minute, hour, day, month, day of the week (by name: mon-fri), as in 15 4 * * *.",
    ),
]
GradeText = Annotated[str, Field(pattern=r"^[A-F][1-6]$")]


ALERT_MEASURES = ("alerts", "minutes", "zones", "zones_at_once")  # by region, or nationwide


class Accept(StrEnum):
    """What a machine may record without a person; everything else waits for one."""

    AUTO = "auto"
    WITHIN_ONE = "within_one"
    REVIEW = "review"


class Take(StrEnum):
    """How the values of a window become one."""

    LAST = "last"
    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    COUNT = "count"
    CHANGE = "change"


class Schedule(Plain):
    """When a source is asked: by cron, or every so often."""

    cron: Cron | None = None
    every: Duration | None = None
    zone: str = "UTC"
    jitter: Duration | None = None


class ReadingRule(Plain):
    """What the readings of a window mean for an indicator."""

    indicator: Id
    readings: Annotated[tuple[ReadingName, ...], Field(min_length=1)]
    take: Take
    over: Duration | None = None
    at_least: Finite | None = None
    divided_by: Annotated[float, Field(gt=0)] = 1.0
    levels: dict[State, Finite] = Field(default={}, strict=False)
    since: dict[State, Day] = Field(default={}, strict=False)
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    says: Text
    accept: Accept | None = None
    may_lower: bool = False


class Picks(Plain):
    """Which rows of a table count, and where in a row its time and its readings stand."""

    at: Path
    form: Literal["iso", "epoch_seconds", "epoch_milliseconds"] = "iso"
    published: Path | None = None
    readings: Annotated[dict[ReadingName, Path], Field(min_length=1)]
    only: dict[Path, tuple[str, ...]] = Field(default={})
    skip: dict[Path, tuple[str, ...]] = Field(default={})
    never_falls: tuple[ReadingName, ...] = ()


class SourceFields(Plain):
    """What every source says of itself, whatever its kind."""

    id: Id
    title: Text
    publisher: Text
    originator: Text
    licence: Text
    page: Url | None = None
    grade: GradeText
    lag: Duration | None = None
    zone: str = "UTC"
    schedule: Schedule
    accept: Accept = Accept.REVIEW
    headers: dict[HeaderName, HeaderText] = Field(default={})
    secrets: dict[HeaderName, Variable] = Field(default={})
    compare_with: Id | None = None
    rules: tuple[ReadingRule, ...] = ()


class JsonSource(SourceFields):
    """Rows of a JSON document."""

    kind: Literal["json"]
    url: Url | None = None
    file: DataFile | None = None
    rows: Path = "@"
    picks: Picks


class CsvSource(SourceFields):
    """Rows of a CSV table."""

    kind: Literal["csv"]
    url: Url | None = None
    file: DataFile | None = None
    picks: Picks


class ArcGisSource(SourceFields):
    """Rows of an ArcGIS feature layer, page by page."""

    kind: Literal["arcgis"]
    url: Url
    where: Annotated[str, Field(min_length=1, max_length=1000)] = "1=1"
    picks: Picks


class FeedSource(SourceFields):
    """Items of an RSS, Atom or JSON feed: evidence for people, never a level."""

    kind: Literal["feed"]
    url: Url
    evidence_for: Id
    words: tuple[Annotated[str, Field(pattern=r"^\w[\w '-]*$", max_length=60)], ...] = ()


class FolderSource(SourceFields):
    """Rows of files that somebody puts into this source's folder on the operator's machine."""

    kind: Literal["folder"]
    rows: Path = "@"
    picks: Picks


class WebhookSource(SourceFields):
    """Rows that somebody sends to this site."""

    kind: Literal["webhook"]
    rows: Path = "@"
    picks: Picks


class AlertsSource(SourceFields):
    """Sirens of Israel's Home Front Command, counted by day and region."""

    kind: Literal["home_front_alerts"]
    layout: Literal["official", "tzevaadom"]
    url: Url | None = None
    file: DataFile | None = None
    localities: Url | None = None
    places: DataFile
    regions: DataFile


class PluginSource(SourceFields):
    """Whatever an installed plug-in collects."""

    kind: Literal["plugin"]
    plugin: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,62}$")]
    options: dict[str, str | bool | int | float] = Field(default={})


RowSource = JsonSource | CsvSource | ArcGisSource | FolderSource | WebhookSource
Source = JsonSource | CsvSource | ArcGisSource | FeedSource | FolderSource | WebhookSource | AlertsSource | PluginSource


class SourcesFile(Plain):
    """``sources.yml``: what machines may collect for a pack."""

    sources: Annotated[tuple[Annotated[Source, Field(discriminator="kind")], ...], Field(min_length=1)]
