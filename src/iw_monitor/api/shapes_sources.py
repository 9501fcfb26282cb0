"""What sources look like as they are answered."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from iw_monitor.api.shapes import Id, Instant, Told, iso_or_null
from iw_monitor.model.collecting import FetchOutcome
from iw_monitor.model.pack.sources import Accept
from iw_monitor.service.collecting import Collected
from iw_monitor.service.sources import SourceHealth


class SourceShape(Told):
    """A source, and how it was last seen."""

    model_config = ConfigDict(title="Source")

    id: str
    kind: str
    title: str
    publisher: str
    originator: str
    accept: Accept = Field(description="What a machine may record without a person.")
    indicators: list[str] = Field(description="What it speaks for, and what ages while it is silent.")
    outcome: FetchOutcome | None = Field(description="Of the last run; null before the first.")
    detail: str
    run_at: Instant | None
    answered_at: Instant | None = Field(description="When it last said something, new or not.")
    newest_at: Instant | None = Field(description="When the newest thing that it ever said was true.")
    next_due: Instant | None = Field(description="Null for one that waits for what is sent.")
    failures: int = Field(description="In a row, up to now.")
    overdue: bool = Field(description="Something should have come, and has not.")
    waiting: int = Field(description="Of what it proposed, how many wait for a person.")

    @classmethod
    def of(cls, one: SourceHealth) -> SourceShape:
        """Return a source as it is answered."""
        source, state = one.source, one.state
        return cls(
            id=source.id,
            kind=source.kind,
            title=source.title,
            publisher=source.publisher,
            originator=source.originator,
            accept=source.accept,
            indicators=list(one.indicators),
            outcome=None if state is None else state.outcome,
            detail="" if state is None else state.detail,
            run_at=None if state is None else iso_or_null(state.run_at),
            answered_at=None if state is None else iso_or_null(state.answered_at),
            newest_at=None if state is None else iso_or_null(state.newest_at),
            next_due=iso_or_null(one.next_due),
            failures=0 if state is None else state.failures,
            overdue=one.overdue,
            waiting=one.waiting,
        )


class SourceList(Told):
    """The sources of the pack, in its order."""

    as_of: Instant
    sources: list[SourceShape]


class SentShape(Told):
    """What came of what was sent for a source."""

    model_config = ConfigDict(title="Sent")

    source: str
    outcome: FetchOutcome
    detail: str
    rows: int
    recorded: list[Id] = Field(description="The reports that were recorded without a person.")
    proposed: list[Id] = Field(description="The proposals that wait for one.")
    damage: list[str] = Field(description="What could not be read of it.")

    @classmethod
    def of(cls, done: Collected) -> SentShape:
        """Return what came of it as it is answered."""
        return cls(
            source=done.source,
            outcome=done.outcome,
            detail=done.detail,
            rows=done.rows,
            recorded=[one.id for one in done.accepted],
            proposed=[one.id for one in done.proposed],
            damage=list(done.damage),
        )
