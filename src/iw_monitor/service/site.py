"""The site: one pack, one journal, one clock. Pages, command line and API ask it, and all get the same Assessment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, Self

from iw_monitor.assess.alerting.sightings import Scene
from iw_monitor.assess.priorities import Priority
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.supposing import Supposition, WhatIf
from iw_monitor.collect.csv_file import read_observations
from iw_monitor.collect.validate import Examined, RawReport, examine, known_indicator
from iw_monitor.errors import Finding
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.judgement import Judgement, standing
from iw_monitor.model.observation import Known, Method, Observation, Retraction, Submission
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.alerts import AlertsFile
from iw_monitor.model.running import Fence
from iw_monitor.pack.find import DEFAULT_PACK, find_pack
from iw_monitor.pack.load import LoadedPack
from iw_monitor.pack.watch import PackWatch, WatchedPack
from iw_monitor.service.conclusions import Conclusions
from iw_monitor.service.drafts import Drafts
from iw_monitor.service.editing import Editing
from iw_monitor.service.importing import ImportResult, Progress, import_file
from iw_monitor.service.instants import checked, series
from iw_monitor.store.acts import ActStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import default_url
from iw_monitor.store.records import recorded

Clock = Callable[[], datetime]


class Watched(Protocol):
    """Knows the newest pack that can be used."""

    def current(self) -> WatchedPack:
        """Return it, with what is wrong with a newer edit."""


SUPPOSED = "supposed-"  # begins the id of a report that was never recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is concluded at one instant, and what would be; ``added`` are the reports supposed."""

    before: Assessment
    after: Assessment
    added: tuple[Observation, ...]


class Site:
    """One pack, one journal, one clock. Safe to share between threads."""

    def __init__(
        self,
        pack_watch: Watched,
        journal: Journal,
        clock: Clock,
        *,
        known: Known = Known.RECORDED,
        demo: bool = False,
    ) -> None:
        self.journal = journal
        self.known = known  # the reading that is meant when none is named
        self.demo = demo
        self._watch, self._clock = pack_watch, clock
        self._conclusions = Conclusions(journal)
        self.acts = ActStore(journal)  # what people state, propose and decide beside reports
        self.drafts = Drafts(clock)  # what editors have typed and not recorded yet

    def close(self) -> None:
        """Let go of the journal."""
        self.journal.close()

    def fenced(self, fence: Fence) -> Self:
        """Return the same site for a worker: nothing can be written through it once another worker has taken over."""
        one = copy(self)
        one.journal = self.journal.fenced(fence)
        return one

    # --- What it is ---

    def now(self) -> datetime:
        """Return the site's clock; in the demo it stands still."""
        return self._clock()

    @property
    def pack(self) -> Pack:
        """The newest pack that can be used."""
        return self.loaded.pack

    @property
    def loaded(self) -> LoadedPack:
        """The newest pack that can be used, with its folder."""
        return self._watch.current().loaded

    @property
    def issues(self) -> tuple[Finding, ...]:
        """What should be mended in the pack."""
        return self.loaded.issues

    @property
    def broken(self) -> tuple[Finding, ...]:
        """What is wrong with an edit that could not be used; the last good pack is in use meanwhile."""
        return self._watch.current().broken

    def revision(self) -> str:
        """Return a short key that changes when the pack, a broken edit of it, or the journal changes."""
        watched = self._watch.current()
        broken = hashlib.sha256("\n".join(str(one) for one in watched.broken).encode()).hexdigest()[:8]
        return f"{watched.loaded.pack.hash[:12]}-{self.journal.position()}-{broken}"

    # --- What was reported ---

    def observations(self, indicator: str | None = None) -> tuple[Observation, ...]:
        """Return what was reported, in journal order, retracted reports included."""
        return self.journal.observations(self.pack.id, indicator=indicator)

    def retractions(self) -> tuple[Retraction, ...]:
        """Return what was withdrawn, in journal order."""
        return self.journal.retractions(self.pack.id)

    def reports(self) -> Reports:
        """Return everything reported, as columns for the engine."""
        return self._conclusions.reports(self.pack)

    def is_scored(self, observation: Observation) -> bool:
        """Say whether a report is worth enough to be scored, or waits in the tray (METHOD 4.2)."""
        return bool(Reports.of(self.pack, [observation]).scored.all())

    # --- What people state ---

    def judgements(self) -> tuple[Judgement, ...]:
        """Return everything ever stated, in journal order: declarations, dissents, overrides, estimates."""
        return self._conclusions.judgements(self.pack)

    def standing(self, as_of: datetime | None = None) -> tuple[Judgement, ...]:
        """Return the judgements that stand at an instant, by default now, oldest first."""
        return standing(self.judgements(), as_of or self.now())

    def examine(self, raw: RawReport, *, author: str, via: str = "page") -> Examined:
        """Look at a report as typed and say everything there is to say, without recording it."""
        method = Method.API if via == "api" else Method.EDITOR
        return examine(self.pack, raw, now=self.now(), author=author, method=method)

    # --- The editor's verbs ---

    def record(self, raw: RawReport, *, author: str, via: str, seen: str | None = None) -> Observation:
        """Add one report. ``seen`` is the id of the newest report the author saw, ``""`` for none, None for unchecked.

        Raises:
            InputError: with everything that is wrong with it, at once.
            ConflictError: ``seen`` is given and somebody else reported in between.
        """
        return self._editing().record(raw, author=author, via=via, seen=seen)

    def confirm(self, indicator: str, *, author: str, via: str, note: str = "", seen: str | None = None) -> Observation:
        """Say "reviewed, no change" of what stands on an indicator: refreshes its age, adds no weight.

        ``seen`` is the id of the newest report the author saw, None for unchecked.

        Raises:
            InputError: the pack does not have the indicator, it takes no reports, or nothing stands.
            ConflictError: somebody else reported in between.
        """
        editing = self._editing()
        known_indicator(editing.pack, indicator)  # before anything is computed
        return editing.confirm(indicator, self.assess(), author=author, via=via, note=note, seen=seen)

    def retract(self, observation: str, *, reason: str, author: str, via: str) -> Retraction:
        """Withdraw a report, by a named person with a reason; it stays in the journal.

        Raises:
            InputError: it is unknown, already retracted, or the reason or author is empty.
        """
        return self._editing().retract(observation, reason=reason, author=author, via=via)

    def regrade(
        self, observation: str, *, reliability: str, credibility: str, reason: str, author: str, via: str
    ) -> Observation:
        """Give a report another grade: recorded anew, the old one withdrawn with the reason, both or neither.

        Raises:
            InputError: it is unknown, already retracted, or the grade, reason or author is missing or wrong.
        """
        return self._editing().regrade(
            observation, reliability=reliability, credibility=credibility, reason=reason, author=author, via=via
        )

    def import_csv(
        self,
        path: Path,
        *,
        author: str,
        dry_run: bool = False,
        ignore_extra: bool = False,
        on_progress: Progress | None = None,
    ) -> ImportResult:
        """Add what a file holds and the journal does not, all or nothing.

        Raises:
            InputError: with everything that is wrong with the file, at once.
            StoreError: the journal cannot be written; nothing was.
        """
        pack = self.pack
        tell = on_progress or _silent
        read = read_observations(
            path,
            pack,
            now=self.now(),
            author=author,
            ignore_extra=ignore_extra,
            on_progress=lambda rows: tell("read", rows, None),
        )
        total = len(read.submissions)
        return import_file(
            path,
            read,
            self.journal,
            pack=pack.id,
            order=[one.id for one in pack.indicators],
            dry_run=dry_run,
            on_progress=lambda rows: tell("write", rows, total),
        )

    def _editing(self) -> Editing:
        return Editing(pack=self.pack, journal=self.journal, now=self.now())

    # --- What is concluded ---

    def assess(self, as_of: datetime | None = None, known: Known | None = None) -> Assessment:
        """Return the assessment of an instant, by default of now; nothing is used that became known later.

        Raises:
            InputError: the instant lies in the future.
            ValueError: the instant has no zone.
        """
        pack, now = self.pack, self.now()
        when = self._conclusions.live(pack, now) if as_of is None else checked(as_of, now=now)
        return self._conclusions.assess(pack, when, known or self.known, now=now)

    def canonical_instants(self, after: datetime, until: datetime) -> tuple[datetime, ...]:
        """Return the instants of a stretch of the past at which the recommendation is made (METHOD 4.10)."""
        return self._conclusions.canonical_instants(self.pack, self.known, after=after, until=until, now=self.now())

    def suppose(self, added: Sequence[Submission] = (), withdrawn: Collection[str] = ()) -> Supposed:
        """Return what is concluded now, and what would be had some reports been added and others withdrawn.

        Nothing is written. The added ones count as recorded at this instant, as they would be.
        """
        pack, now = self.pack, self.now()
        rows = [recorded(one, observation_id=f"{SUPPOSED}{n}", recorded_at=now) for n, one in enumerate(added)]
        before, after = self._conclusions.supposing(pack, self.known, now=now, added=rows, withdrawn=withdrawn)
        return Supposed(before=before, after=after, added=tuple(rows))

    def what_if(self, supposed: Supposition, as_of: datetime | None = None, known: Known | None = None) -> WhatIf:
        """Return what would be concluded at an instant, by default now, if levels, ages or weights were others.

        Raises:
            InputError: the instant lies in the future.
            KeyError: the pack does not watch an indicator that is named.
            ValueError: the instant has no zone.
        """
        pack, now = self.pack, self.now()
        when = self._conclusions.live(pack, now) if as_of is None else checked(as_of, now=now)
        return self._conclusions.what_if(pack, when, known or self.known, now=now, supposed=supposed)

    def priorities(self, current: Assessment) -> tuple[Priority, ...]:
        """Return what re-checking each scored indicator could do, the most rewarding first (FEATURES 15.7)."""
        worst = max(current.problems, key=lambda one: one.points).id
        headline = current.headline.problem or worst
        return self._conclusions.priorities(self.pack, current.as_of, current.known, now=self.now(), headline=headline)

    def scene(self, file: AlertsFile, at: datetime) -> Scene:
        """Return what rules of alerts look at, at an instant.

        Raises:
            InputError: the instant lies in the future.
        """
        now = self.now()
        return self._conclusions.scene(self.pack, file, checked(at, now=now), self.known, now=now)

    def replay(
        self, start: datetime, end: datetime, *, every: timedelta, known: Known | None = None
    ) -> tuple[Assessment, ...]:
        """Return the assessments from start to end, both included where the step meets them.

        Raises:
            InputError: the range is empty, too long or in the future, or the step is not positive.
            ValueError: an instant has no zone.
        """
        now = self.now()
        return self._conclusions.replay(self.pack, series(start, end, every, now=now), known or self.known, now=now)


def open_site(
    *,
    clock: Clock,
    pack: str | None = None,
    url: str | None = None,
    read_only: bool = False,
) -> Site:
    """Open the site of a pack and a database.

    Args:
        clock: says what time it is, aware.
        pack: its folder, or the name of a shipped one; by default the first that is shipped.
        url: the address of the journal; by default a file in the user's data folder.
        read_only: create and change nothing.

    Raises:
        InputError: the pack cannot be used; with everything that is wrong.
        StoreError: the journal cannot be used; nothing was changed.
    """
    watch = PackWatch(find_pack(pack or DEFAULT_PACK))
    return Site(watch, Journal.open(url or default_url(), clock=clock, read_only=read_only), clock)


def _silent(_stage: str, _rows: int, _total: int | None) -> None:
    """Tell nobody."""
