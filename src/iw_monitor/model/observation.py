"""What was reported: observations, retractions, and the grades they carry."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from iw_monitor.model.instants import as_utc, end_of_day

LEVELS = range(5)  # of an indicator
RELIABILITIES = "ABCDEF"
CREDIBILITIES = range(1, 7)

# The columns of a CSV of observations, as import reads and export writes it: those it must have, and those it may have.
REQUIRED_COLUMNS = (
    "observed_at",
    "indicator",
    "level",
    "statement",
    "source_name",
    "source_url",
    "originator",
    "reliability",
    "credibility",
    "basis",
)
OPTIONAL_COLUMNS = ("published_at", "reading", "unit", "note")


class Method(StrEnum):
    """How an observation came in."""

    EDITOR = "editor"
    COLLECTOR = "collector"
    IMPORT = "import"
    API = "api"
    CONFIRM = "confirm"  # "reviewed, no change"


class Basis(StrEnum):
    """What the author had before them."""

    SEEN = "seen"
    MEMORY = "memory"


class Known(StrEnum):
    """Two readings of "known at t": by our own record, or by the source's publication."""

    RECORDED = "recorded"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """An Admiralty grade: reliability of the source (A to F) and credibility of what it says (1 to 6), never merged."""

    reliability: str
    credibility: int

    def __post_init__(self) -> None:
        if len(self.reliability) != 1 or self.reliability not in RELIABILITIES:
            raise ValueError(f"reliability must be one of A to F, got {self.reliability!r}")
        if isinstance(self.credibility, bool) or self.credibility not in CREDIBILITIES:
            raise ValueError(f"credibility must be 1 to 6, got {self.credibility!r}")

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody wants to record: an observation before the store gives it an id and a time of recording."""

    pack: str
    indicator: str
    level: int  # 0 to 4, by the indicator's anchors
    grade: Grade
    observed_at: datetime  # when it was true in the world, UTC
    statement: str
    author: str
    method: Method
    published_at: datetime | None = None  # when the source said it, UTC
    source_name: str = ""
    source_url: str = ""
    originator: str = ""  # first publisher; empty means the source itself
    basis: Basis = Basis.SEEN
    reading: float | None = None  # raw measured value
    unit: str = ""
    note: str = ""
    pack_hash: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.level, bool) or self.level not in LEVELS:
            raise ValueError(f"level must be 0 to 4, got {self.level!r}")
        if self.reading is not None and not math.isfinite(self.reading):
            raise ValueError(f"reading must be a finite number, got {self.reading}")
        if not self.statement.strip():
            raise ValueError("statement must not be empty")
        if not self.author.strip():
            raise ValueError("author must not be empty")
        object.__setattr__(self, "observed_at", as_utc(self.observed_at))
        if self.published_at is not None:
            object.__setattr__(self, "published_at", as_utc(self.published_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Submission):
    """One graded report on one indicator. Never edited: a mistake is retracted, a correction is a new one."""

    id: str  # UUIDv7
    recorded_at: datetime  # when we learnt it, UTC; set by the store alone

    def __post_init__(self) -> None:
        # Named in full: a slotted dataclass is a new class, which zero-argument super() does not know.
        Submission.__post_init__(self)
        object.__setattr__(self, "recorded_at", as_utc(self.recorded_at))
        if self.recorded_at < self.observed_at:
            raise ValueError(f"recorded_at {self.recorded_at} is before observed_at {self.observed_at}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """A named person withdraws an observation, with a reason. The observation stays in the journal."""

    id: str
    observation: str
    reason: str
    author: str
    recorded_at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("reason must not be empty")
        if not self.author.strip():
            raise ValueError("author must not be empty")
        object.__setattr__(self, "recorded_at", as_utc(self.recorded_at))


def originator_of(submission: Submission) -> str:
    """Return the report's one origin: trimmed, case-folded, NFKC; the source's name when none is stated."""
    name = submission.originator.strip() or submission.source_name
    return unicodedata.normalize("NFKC", name).strip().casefold()


def published_known_at(observed_at: datetime, published_at: datetime | None) -> datetime:
    """Return when a report was known *as published*: the later of both; without one, the end of its day."""
    if published_at is not None:
        return max(observed_at, published_at)
    return max(observed_at, end_of_day(observed_at.date()))


def parse_instant(text: str) -> datetime:
    """Read an ISO instant with a zone, or a bare date as 23:59 UTC of that day.

    Raises:
        ValueError: the text is neither, or has a time but no zone.
    """
    text = text.strip()
    if len(text) == len("2024-01-31"):
        return end_of_day(date.fromisoformat(text))
    return as_utc(datetime.fromisoformat(text))
