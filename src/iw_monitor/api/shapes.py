"""What reports look like coming in and going out: one shape each, from which the OpenAPI document is made."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from iw_monitor.collect.validate import RawReport
from iw_monitor.model.observation import Basis, Method, Observation, Retraction
from iw_monitor.publish.times import iso

Instant = Annotated[str, Field(description="ISO 8601 in UTC.", examples=["2024-03-31T23:59:00Z"])]
Id = Annotated[str, Field(description="A UUIDv7.", examples=["018f0000-0000-7000-8000-000000000001"])]


class Sent(BaseModel):
    """What is sent to us: nothing is guessed, and nothing is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Told(BaseModel):
    """What we answer."""

    model_config = ConfigDict(extra="forbid")


# --- Coming in ---


class Report(Sent):
    """A report to record. What is in it is checked as on the page and the command line, every finding at once."""

    model_config = ConfigDict(title="Report")

    indicator: str = Field(description="The id of an indicator of the pack.", examples=["port_traffic"])
    level: int = Field(description="0 to 4, by the indicator's anchors.", examples=[2])
    statement: str = Field(description="What was reported, in a sentence.", examples=["A third fewer ships left."])
    observed_at: str = Field(
        description="When it was true: a time with its zone, or a date.", examples=["2024-03-31T10:00Z", "2024-03-31"]
    )
    reliability: str = Field(description="Of the source, A to F.", examples=["B"])
    credibility: int = Field(description="Of what it says, 1 to 6.", examples=[2])
    source_name: str = Field(default="", description="Asked for from the level the pack names.", examples=["Port log"])
    source_url: str = Field(default="", examples=["https://port.example/log"])
    originator: str = Field(default="", description="Who said it first; by default the source itself.")
    basis: Basis = Field(default=Basis.SEEN, strict=False)
    published_at: str | None = Field(default=None, description="When the source said it.")
    reading: float | None = Field(default=None, description="A measured value.")
    unit: str = ""
    note: str = ""

    def typed(self) -> RawReport:
        """Return it as somebody would have typed it: the one validation path takes texts."""
        return RawReport(
            indicator=self.indicator,
            level=str(self.level),
            statement=self.statement,
            observed_at=self.observed_at,
            reliability=self.reliability,
            credibility=str(self.credibility),
            source_name=self.source_name,
            source_url=self.source_url,
            originator=self.originator,
            basis=self.basis.value,
            published_at=self.published_at or "",
            reading="" if self.reading is None else repr(self.reading),
            unit=self.unit,
            note=self.note,
        )


Seen = Annotated[
    str | None,
    Field(
        description="Compare-and-set: the id of the newest report on the indicator that its author saw, or an empty "
        "text for none. Left out, nothing is compared.",
        examples=["018f0000-0000-7000-8000-000000000001"],
    ),
]


class NewReport(Report):
    """A report to record, with what its author saw."""

    seen: Seen = None


class Confirmation(Sent):
    """Says of what stands on an indicator: reviewed, no change."""

    note: str = Field(default="", examples=["Checked the berth list."])
    seen: Seen = None


class Reason(Sent):
    """Why something is taken back."""

    reason: str = Field(examples=["The log was of another port."])


class Regrading(Sent):
    """Another grade for a report, and why."""

    reliability: str = Field(description="Of the source, A to F.", examples=["B"])
    credibility: int = Field(description="Of what it says, 1 to 6.", examples=[3])
    reason: str = Field(examples=["A second source says the same."])


# --- Going out ---


class RetractionShape(Told):
    """That a report was withdrawn: by whom, when and why."""

    model_config = ConfigDict(title="Retraction")

    id: Id
    observation: Id
    reason: str
    author: str
    recorded_at: Instant

    @classmethod
    def of(cls, one: Retraction) -> RetractionShape:
        """Return a retraction as it is answered."""
        return cls(
            id=one.id,
            observation=one.observation,
            reason=one.reason,
            author=one.author,
            recorded_at=iso(one.recorded_at),
        )


class ObservationShape(Told):
    """A report as the journal keeps it."""

    model_config = ConfigDict(title="Observation")

    id: Id
    indicator: str = Field(examples=["port_traffic"])
    level: int = Field(ge=0, le=4, examples=[2])
    statement: str
    observed_at: Instant
    published_at: Instant | None
    recorded_at: Instant
    reliability: str = Field(pattern="^[A-F]$", examples=["B"])
    credibility: int = Field(ge=1, le=6, examples=[2])
    source_name: str
    source_url: str
    originator: str
    basis: Basis
    reading: float | None
    unit: str
    note: str
    author: str
    method: Method
    pack_hash: str
    retraction: RetractionShape | None = Field(description="Null while the report stands.")

    @classmethod
    def of(cls, one: Observation, retraction: Retraction | None = None) -> ObservationShape:
        """Return an observation as it is answered, with its retraction if it was withdrawn."""
        return cls(
            id=one.id,
            indicator=one.indicator,
            level=one.level,
            statement=one.statement,
            observed_at=iso(one.observed_at),
            published_at=iso_or_null(one.published_at),
            recorded_at=iso(one.recorded_at),
            reliability=one.grade.reliability,
            credibility=one.grade.credibility,
            source_name=one.source_name,
            source_url=one.source_url,
            originator=one.originator,
            basis=one.basis,
            reading=one.reading,
            unit=one.unit,
            note=one.note,
            author=one.author,
            method=one.method,
            pack_hash=one.pack_hash,
            retraction=None if retraction is None else RetractionShape.of(retraction),
        )


class ObservationPage(Told):
    """Some observations, and where the rest goes on."""

    total: int = Field(description="How many fit the question, on all pages.")
    observations: list[ObservationShape]
    next: Id | None = Field(description="Ask again with after= this; null on the last page.")


class TrayShape(Told):
    """The reports that wait for a person, newest first."""

    model_config = ConfigDict(title="Tray")

    observations: list[ObservationShape]


def iso_or_null(instant: datetime | None) -> str | None:
    """Return an instant as it is answered, or null."""
    return None if instant is None else iso(instant)
