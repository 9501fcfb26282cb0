"""A snapshot: what a report is made of, in what layout and files, and what the journal keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from iw_monitor.model.observation import Known


class Layout(StrEnum):
    """Whom a report is for, and so what it looks back on."""

    WATCH = "watch"  # the last day
    WEEKLY = "weekly"  # the last seven days, with their course
    HANDOVER = "handover"  # the shift that ends

    @property
    def heading(self) -> str:
        """Its name on the paper."""
        return {"watch": "Watch snapshot", "weekly": "Weekly brief", "handover": "Shift handover"}[self.value]

    @property
    def window(self) -> timedelta:
        """How far it looks back, unless it is told otherwise."""
        return {"watch": timedelta(days=1), "weekly": timedelta(days=7), "handover": timedelta(hours=12)}[self.value]


class Format(StrEnum):
    """In what form a snapshot is written; the value is the ending of its file."""

    HTML = "html"
    PDF = "pdf"
    PNG = "png"
    MD = "md"
    JSON = "json"
    CSV = "csv"
    STIX = "stix"
    CAP = "cap"

    @property
    def ending(self) -> str:
        """The end of the file's name."""
        return {"stix": "stix.json", "cap": "cap.xml"}.get(self.value, self.value)


class Standing(StrEnum):
    """Whether what is said is meant: the status of CAP 1.2."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    TEST = "Test"  # the demo, too

    @property
    def mark(self) -> str:
        """What stands on every page and file; nothing on those that are meant."""
        return {"Actual": "", "Exercise": "EXERCISE", "Test": "DEMO"}[self.value]


class Marking(StrEnum):
    """How far something may be passed on: the Traffic Light Protocol 2.0, rising."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"

    @property
    def rank(self) -> int:
        """Its place from the most open, 0, up."""
        return list(Marking).index(self)

    def allows(self, other: Marking) -> bool:
        """Say whether a target of this marking may be given what bears the other."""
        return other.rank <= self.rank


class ReportOutcome(StrEnum):
    """What came of a report that was to be made."""

    SENT = "sent"
    LATE = "late"  # made, and stamped with how late
    SKIPPED = "skipped"  # not made: it was there already, or its time had passed
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file of a kept snapshot."""

    name: str
    format: Format
    hash: str  # SHA-256 of its bytes, in hexadecimal
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRecord:
    """What the journal says of a snapshot: enough to prove, years later, that a file is the one that was sent."""

    report: str  # of reports.yml, or "" for one made by hand
    layout: Layout
    as_of: datetime
    known: Known
    marking: Marking
    standing: Standing
    content_hash: str  # over everything it says, without its looks
    position: int  # of the journal when it was made
    level: int | None
    word: str
    due_at: datetime | None  # when it should have been made, if on a schedule
    late_by: timedelta | None  # None: in time
    folder: str
    files: tuple[KeptFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSnapshot:
    """A snapshot as the journal keeps it."""

    id: str
    pack: str
    pack_hash: str
    author: str
    via: str
    made_at: datetime
    record: SnapshotRecord

    @property
    def by_format(self) -> Mapping[Format, KeptFile]:
        """Its files, by their format."""
        return {one.format: one for one in self.record.files}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One line of the list of reports: what was to be made, and what came of it."""

    at: datetime  # when it was made, or was tried
    due_at: datetime | None  # None: somebody asked for it
    report: str  # of reports.yml, or "" for one made by hand
    outcome: ReportOutcome
    note: str  # why not, or how late
    kept: KeptSnapshot | None = None
