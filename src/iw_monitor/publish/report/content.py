"""What a snapshot holds: everything its files say, frozen before the first of them is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from iw_monitor.assess.sensitivity import ProblemSensitivity
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.collecting import DeadSource
from iw_monitor.model.instants import as_utc
from iw_monitor.model.observation import Observation
from iw_monitor.model.pack import Pack
from iw_monitor.model.snapshot import Layout, Marking, Standing
from iw_monitor.publish.as_json import assessment_dict
from iw_monitor.publish.times import iso
from iw_monitor.telling.changes import Change, Since

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What a shift hands over beside the gauge, in sentences."""

    firing: tuple[str, ...]
    questions: tuple[str, ...]  # that nobody has answered
    notes: tuple[str, ...]  # of this shift


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One moment, frozen. Everything in it is known by then; nothing of it is computed again."""

    pack: Pack
    at: Assessment
    layout: Layout
    title: str  # of the report; by default the layout's
    standing: Standing
    marking: Marking
    author: str
    via: str
    made_at: datetime
    position: int  # of the journal when it was made
    head: str  # the journal's newest hash then
    start: datetime  # since when changes are told
    since: Since | None  # None: nothing was known at the start
    changes: Mapping[str, tuple[Change, ...]]  # by problem: 24 hours and 7 days
    sensitivity: tuple[ProblemSensitivity, ...]
    evidence: tuple[Observation, ...]  # behind what moved and what counts most, newest first
    frames: tuple[Assessment, ...] = ()  # the course, for layouts that draw it
    due_at: datetime | None = None
    late_by: timedelta | None = None
    report: str = ""  # its id in reports.yml
    dissent: tuple[str, ...] = field(default=())  # sentences, one for each standing dissent
    declared: tuple[str, ...] = field(default=())  # and for each standing declaration
    shift: Shift | None = None  # for the layout that hands over
    dead: tuple[DeadSource, ...] = ()  # sources

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over everything the snapshot says: the same content has the same hash, whatever it looks like."""
        text = json.dumps(self._said(), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def name(self) -> str:
        """The beginning of the names of its files: sorted by name, they are in order of time."""
        what = self.report or self.layout.value
        return f"{self.at.pack}-{as_utc(self.at.as_of):%Y%m%dT%H%M%SZ}-{what}-{self.content_hash[:8]}"

    def metadata(self) -> dict[str, Any]:
        """Return what stands beside the assessment in the JSON."""
        return {**self._said()["report"], "content_hash": self.content_hash}

    def _said(self) -> dict[str, Any]:
        return {
            **assessment_dict(self.at),
            "report": {
                "schema_version": SCHEMA_VERSION,
                "id": self.report,
                "layout": self.layout.value,
                "title": self.title,
                "marking": self.marking.value,
                "status": self.standing.value,
                "author": self.author,
                "via": self.via,
                "made_at": iso(self.made_at),
                "due_at": None if self.due_at is None else iso(self.due_at),
                "late_by_seconds": None if self.late_by is None else round(self.late_by.total_seconds()),
                "pack_version": self.pack.file.version,
                "journal_position": self.position,
                "journal_hash": self.head,
                "since": iso(self.start),
                "movers": [] if self.since is None else [_mover(one) for one in self.since.movers],
                "declared": list(self.declared),
                "dissent": list(self.dissent),
                "dead_sources": [_dead(one) for one in self.dead],
                "shift": None
                if self.shift is None
                else {name: list(said) for name, said in asdict(self.shift).items()},
            },
        }


def _dead(one: DeadSource) -> dict[str, Any]:
    return {
        "source": one.id,
        "title": one.title,
        "outcome": one.outcome.value,
        "failures": one.failures,
        "last_run_at": iso(one.run_at),
        "last_good_at": None if one.answered_at is None else iso(one.answered_at),
        "indicators": list(one.indicators),
    }


def _mover(one: Any) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "title": one.title,
        "problem": one.problem_title,
        "change": one.change,
        "level_before": one.before,
        "level_after": one.after,
    }
