"""How a site does at one moment: what it rests on, who looks after it, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from iw_monitor.errors import Finding
from iw_monitor.model.alert import AlertState
from iw_monitor.model.assessment import Assessment, Freshness, Headline
from iw_monitor.model.pack.alerts import LITTLE_ROOM, MIB
from iw_monitor.model.running import Pulse, Run, WorkerState

STALE_BELOW = 0.5  # of the evidence by weight: with less of it current, a level says more of the past than of now
UNSEEN = 3.5  # how grave it is not to know: graver than ELEVATED, less so than what is known to be HIGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What a site stands on: which versions of what, and how much room there is."""

    program: str  # its version
    python: str
    tables: str  # the revision of the journal's tables that the program works with
    pack: str  # its version
    pack_hash: str
    free_bytes: int | None  # where the journal lies; None for one in memory or on a server

    @property
    def has_little_room(self) -> bool:
        """Whether the disk is nearly full: then nothing can be recorded before long."""
        return self.free_bytes is not None and self.free_bytes < LITTLE_ROOM * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    """Everything that a monitor of monitors looks at. Data that is stale is told apart from a site that is down."""

    at: datetime
    installation: Installation
    is_pack_broken: bool  # an edit cannot be used; the last good pack is
    entries: int  # of the journal
    pulse: Pulse
    workers: Mapping[WorkerState, int]  # that are heard of
    runs: tuple[Run, ...]  # the last one of each job
    assessment: Assessment
    alerts: Mapping[AlertState, int]
    undelivered: int  # messages that were tried in vain

    @property
    def freshness(self) -> Mapping[Freshness, int]:
        """How many indicators are how current."""
        states = [one.status for one in self.assessment.indicators]
        return {each: states.count(each) for each in Freshness}

    @property
    def is_stale(self) -> bool:
        """Whether what is shown may no longer be so: nobody evaluates, or too little of the evidence is current."""
        return self.pulse.is_overdue or not self.pulse.is_well or self.assessment.coverage < STALE_BELOW

    @property
    def troubles(self) -> tuple[str, ...]:
        """What somebody should look at, in words."""
        old = self.freshness[Freshness.STALE] + self.freshness[Freshness.UNKNOWN]
        broken = [run.job for run in self.runs if run.is_broken]
        found = {
            "NO ASSESSMENT: too little is covered": not self.assessment.headline.assessed,
            f"{old} of {len(self.assessment.indicators)} indicators are stale or unknown": old > 0,
            f"the worker is {self.pulse.health}": not self.pulse.is_well,
            "nothing was evaluated for too long": self.pulse.is_overdue,
            "the clock is behind the journal: what is recorded now is not seen yet": self.pulse.is_clock_behind,
            f"did not end well: {', '.join(broken)}": bool(broken),
            f"{self.undelivered} messages were tried in vain": self.undelivered > 0,
            "an edit of the pack cannot be used": self.is_pack_broken,
            "the disk is nearly full": self.installation.has_little_room,
        }
        return tuple(words for words, is_so in found.items() if is_so)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One of the packs that a process holds, at a glance: its level, how sure and how fresh; or why there is none."""

    name: str
    title: str
    handling: str
    status: SiteStatus | None  # None: the pack cannot be used
    findings: tuple[Finding, ...]  # what is wrong with it, or with an edit of it

    @property
    def headline(self) -> Headline | None:
        """What it says; None where there is no assessment, or no pack."""
        found = None if self.status is None else self.status.assessment.headline
        return found if found is not None and found.assessed else None

    @property
    def gravity(self) -> float:
        """How far up it belongs: its level; what cannot be seen stands among them and never below as if it were low."""
        return UNSEEN if self.headline is None else float(self.headline.level or 0)

    @property
    def newest(self) -> datetime | None:
        """When the newest report that counts was true in the world."""
        indicators = () if self.status is None else self.status.assessment.indicators
        return max((one.observed_at for one in indicators if one.observed_at), default=None)

    @property
    def troubles(self) -> tuple[str, ...]:
        """What somebody should look at, in words."""
        if self.status is None:
            return (f"the pack cannot be used: {len(self.findings)} things are wrong with it",)
        return self.status.troubles
