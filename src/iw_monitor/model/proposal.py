"""What waits for a person: reports that a machine or a first officer proposes, and what was decided on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iw_monitor.model.judgement import Stated


class Waits(StrEnum):
    """Why a proposal waits."""

    FOUR_EYES = "four eyes"  # the pack asks for a second person, who is not its author
    REVIEW = "review"  # a machine proposes, and the pack wants a person to look
    EVIDENCE = "evidence"  # an item without a level: somebody has to say what it means


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed: a report as typed, or a judgement; never both."""

    pack: str
    subject: str  # id of the indicator, or of the judgement's subject
    waits: Waits
    report: Mapping[str, str] | None = None  # the fields of a report as text; level may be empty
    judgement: Stated | None = None
    source: str = ""  # id of the pack's source, where a collector proposes
    author: str
    pack_hash: str = ""

    def __post_init__(self) -> None:
        if (self.report is None) == (self.judgement is None):
            raise ValueError("a proposal is a report or a judgement")
        if not self.author.strip():
            raise ValueError("author must not be empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A named person accepted or rejected a proposal, with a reason. ``result`` is the id of what was recorded."""

    id: str
    proposal: str
    accepted: bool
    reason: str
    result: str = ""
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Proposed):
    """One proposal, as the journal keeps it, with what was decided on it so far."""

    id: str  # UUIDv7
    via: str
    recorded_at: datetime
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.decision is None
