"""What can be asked about: an instant, a series, some observations. A name that is not known is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from iw_monitor.api.entrance import OF_PACK
from iw_monitor.collect.asked import as_of_asked, duration_asked, start_asked
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.observation import Known, Method, Observation
from iw_monitor.service.codes import refused

_INSTANTS = ["2024-03-31", "2024-03-31T10:00Z"]
MOST_INSTANTS = 5_000  # of a replay in one answer: thirteen years of days


class Asked(BaseModel):
    """The part of an address after the question mark."""

    model_config = ConfigDict(extra="forbid")

    pack: str | None = Field(default=None, description=OF_PACK, examples=["multi-front"])  # read by the entrance


class InstantAsked(Asked):
    """One instant, and in which reading it was known."""

    as_of: str | None = Field(
        default=None,
        description="The instant; a bare date means 23:59 UTC of that day. By default now.",
        examples=_INSTANTS,
    )
    known: Known | None = Field(
        default=None,
        description="What was known: as we recorded it (the usual), or as the sources published it.",
    )

    def instant(self, now: datetime) -> datetime | None:
        """Return the instant, or None for now.

        Raises:
            InputError: it cannot be read.
        """
        return None if self.as_of is None else as_of_asked(self.as_of, now=now)


class Form(StrEnum):
    """In what form a replay is answered."""

    CSV = "csv"
    JSON = "json"


class SeriesAsked(Asked):
    """A series of instants."""

    start: str = Field(alias="from", description="The first; a bare date means 00:00 UTC.", examples=_INSTANTS)
    end: str = Field(alias="to", description="The last; a bare date means 00:00 UTC.", examples=_INSTANTS)
    every: str = Field(default="1d", description="The step: 1d, 6h, 30m or P1D.", examples=["1d"])
    known: Known | None = Field(default=None, description="As recorded (the usual) or as published.")
    format: Form = Field(default=Form.JSON, description="As JSON, or as the CSV that the command line prints.")

    def series(self) -> tuple[datetime, datetime, timedelta]:
        """Return first, last and step.

        Raises:
            InputError: with all that cannot be read.
        """
        read: list[datetime | timedelta] = []
        findings: list[Finding] = []
        for reader, text, name in (
            (start_asked, self.start, "from"),
            (start_asked, self.end, "to"),
            (duration_asked, self.every, "every"),
        ):
            try:
                read.append(reader(text, field=name))
            except InputError as error:
                findings += error.findings
        match read:
            case [datetime() as first, datetime() as last, timedelta() as step]:
                _refuse_many(first, last, step)
                return first, last, step
        raise InputError(findings)


def _refuse_many(first: datetime, last: datetime, step: timedelta) -> None:
    if (last - first) // step >= MOST_INSTANTS:
        problem = f"more than {MOST_INSTANTS:,} instants lie between {first:%Y-%m-%d} and {last:%Y-%m-%d}"
        raise refused("S104", "every", problem, remedy="Take a longer step, or ask in several parts")


class Retracted(StrEnum):
    """Whether withdrawn reports are wanted."""

    WITH = "with"
    WITHOUT = "without"
    ONLY = "only"


class Order(StrEnum):
    """In which order."""

    NEWEST = "newest"  # recorded last, first
    OLDEST = "oldest"


class ObservationsAsked(Asked):
    """Which observations."""

    indicator: str | None = Field(default=None, description="On this indicator only.")
    author: str | None = Field(default=None, description="By this author only.")
    method: Method | None = Field(default=None, description="That came in this way only.")
    recorded_from: str | None = Field(default=None, description="Recorded at or after.", examples=_INSTANTS)
    recorded_to: str | None = Field(default=None, description="Recorded at or before.", examples=_INSTANTS)
    retracted: Retracted = Field(default=Retracted.WITH, description="With, without or only the withdrawn ones.")
    order: Order = Field(default=Order.NEWEST, description="By when they were recorded: newest or oldest first.")
    limit: int = Field(default=100, ge=1, le=500, description="So many on a page.")
    after: str | None = Field(default=None, description="`next` of the page before.")

    def chosen(self, rows: tuple[Observation, ...], gone: set[str]) -> Iterator[Observation]:
        """Yield those that are meant, in the order asked for.

        Raises:
            InputError: an instant cannot be read.
        """
        first = None if self.recorded_from is None else start_asked(self.recorded_from, field="recorded_from")
        last = None if self.recorded_to is None else start_asked(self.recorded_to, field="recorded_to")
        for one in reversed(rows) if self.order is Order.NEWEST else rows:
            if (
                self.author in (None, one.author)
                and self.method in (None, one.method)
                and (first is None or one.recorded_at >= first)
                and (last is None or one.recorded_at <= last)
                and (self.retracted is Retracted.WITH or (one.id in gone) is (self.retracted is Retracted.ONLY))
            ):
                yield one


class ExportAsked(Asked):
    """In which form observations are exported."""

    full: bool = Field(default=False, description="Every observation ever made, with the columns of an audit.")
    spreadsheet: bool = Field(default=False, description="Harmless in a spreadsheet; not for importing again.")


class ImportAsked(Asked):
    """How a file is imported."""

    dry_run: bool = Field(default=False, description="Only say what would be added.")


AskedInstant = Annotated[InstantAsked, Query()]
AskedSeries = Annotated[SeriesAsked, Query()]
AskedObservations = Annotated[ObservationsAsked, Query()]
AskedExport = Annotated[ExportAsked, Query()]
AskedImport = Annotated[ImportAsked, Query()]
