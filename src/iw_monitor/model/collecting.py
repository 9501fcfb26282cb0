"""What came of collecting a source: five outcomes that are never mixed up, and what is remembered of the last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MOST_SEEN = 500  # items that are remembered, the newest


class FetchOutcome(StrEnum):
    """How a fetch ended. Only the first two are news of the world; none of the others says that it is calm."""

    NEW = "new"  # it said something that had not been said before
    UNCHANGED = "unchanged"  # it answered, and said what it said before
    EMPTY = "empty"  # it answered, and said nothing at all
    FAILED = "failed"  # it did not answer, or with something that cannot be made out
    UNCONFIGURED = "unconfigured"  # something is missing where this program runs


ANSWERED = frozenset({FetchOutcome.NEW, FetchOutcome.UNCHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a rule of a source said last."""

    level: int | None
    value: float | None
    at: datetime  # when it was true
    told_at: datetime | None = None  # when it was last put before a person


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadSource:
    """A source that should speak for indicators and does not, as of an instant."""

    id: str
    title: str
    indicators: tuple[str, ...]
    outcome: FetchOutcome  # of its last run
    failures: int  # in a row
    run_at: datetime
    answered_at: datetime | None  # when it last said something


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source from its last runs. Both clocks: when it was fetched, and when it was true."""

    pack: str
    source: str
    outcome: FetchOutcome
    detail: str  # one sentence
    run_at: datetime
    answered_at: datetime | None = None  # the last time it was new or unchanged
    newest_at: datetime | None = None  # when the newest thing it ever said was true
    failures: int = 0  # in a row, up to now
    not_before: datetime | None = None  # it asked to be left alone until then
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)  # by rule
    seen: tuple[str, ...] = ()  # keys of items, oldest first

    @property
    def is_answering(self) -> bool:
        return self.outcome in ANSWERED
