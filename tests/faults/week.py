"""A week of the shipped history, lived through by the worker hour for hour, on a clock that runs as fast as it can.

From the evening of 11 November 2023: the week in which most alerts came and went, and two levels rose. The jobs are
those of the product, the journal is a file, the sources say what they said then, and the channels are files that a
day's fault takes away.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from iw_monitor.collect.csv_file import read_observations
from iw_monitor.model.alert import LevelChange, Transition
from iw_monitor.model.notice import Message
from iw_monitor.model.observation import Method, Observation, Submission, published_known_at
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.model.snapshot import Format
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.load import LoadedPack, load_pack
from iw_monitor.pack.watch import WatchedPack
from iw_monitor.schedule.registry import jobs_of
from iw_monitor.schedule.reports import report_jobs
from iw_monitor.schedule.simulate import run_until
from iw_monitor.schedule.worker import LIFE, Worker
from iw_monitor.service.keeping import kept, read_kept
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from iw_monitor.store.running import RunningStore
from tests.builders import HOUR, AClock
from tests.faults.recorded import Recorded, is_recorded

BEGIN = datetime(2023, 11, 11, 18, tzinfo=UTC)
WEEK = 7 * 24  # hours
PACK = "multi-front"
LATER = datetime(2026, 1, 1, tzinfo=UTC)
WRITES = ("INSERT", "UPDATE", "DELETE")
CHANNELS = ("watch", "duty_officer", "editors", "operators")


class KilledError(BaseException):
    """The worker ends at this moment, as if by a kill."""


@dataclass
class Killer:
    """Counts what workers write into the database, and kills them before some of that."""

    at: frozenset[int] = frozenset()  # of the writing statements of all workers together
    written: int = 0
    killed: int = 0

    def _hear(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(WRITES):
            return
        self.written += 1
        if self.written in self.at:
            self.killed += 1
            raise KilledError

    @contextmanager
    def about(self) -> Iterator[None]:
        """Listen for a while."""
        event.listen(Engine, "before_cursor_execute", self._hear)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", self._hear)


@dataclass(frozen=True)
class Arrived:
    """What a channel's file holds of one alert."""

    channel: str
    rule: str
    subject: str
    news: str
    level: str
    since: str


@dataclass
class Week:
    """A week in a folder of its own, with what goes wrong in it."""

    folder: Path
    killer: Killer = field(default_factory=Killer)
    down: range = range(0)  # hours in which the channel of the watch is away
    failing: Mapping[str, range] = field(default_factory=dict)  # by source: hours in which it does not answer
    hours: int = WEEK
    clock: AClock = field(default_factory=AClock)
    hired: int = 0
    worker: Worker | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir()
        for name in CHANNELS:
            (self.folder / name).mkdir()
        said = (f'[channels.{one}]\nkind = "file"\npath = "{self._far_end(one).as_posix()}"\n' for one in CHANNELS)
        self.channels.write_text("\n".join(said), encoding="utf-8")
        self.channels.chmod(0o600)
        self.sources = Recorded(self.folder / "sources", BEGIN, self.failing)
        self.journal = Journal.open(file_url(self.folder / "journal.db"), clock=self.clock)

    @property
    def channels(self) -> Path:
        """The operator's file."""
        return self.folder / "channels.toml"

    @property
    def end(self) -> datetime:
        """The last instant."""
        return BEGIN + self.hours * HOUR

    # --- Living through it ---

    def live(self) -> None:
        """Fill the journal with what was known before, then let workers live through all that happens."""
        for at, happens in self._happenings():
            self._work_until(at)
            self.clock.at = at
            happens()
        self._work_until(self.end)

    def _happenings(self) -> list[tuple[datetime, Callable[[], object]]]:
        """Return what comes from outside: reports, and a channel that goes away and comes back."""
        found: list[tuple[datetime, Callable[[], object]]] = [
            (at, partial(self.journal.append, reports, via="import")) for at, reports in history() if at <= self.end
        ]
        if self.down:
            here, away = self.folder / "watch", self.folder / "watch that is away"
            found.append((BEGIN + self.down.start * HOUR, partial(here.rename, away)))
            found.append((BEGIN + self.down.stop * HOUR, partial(away.rename, here)))
        return sorted(found, key=lambda one: one[0])

    def _work_until(self, instant: datetime) -> None:
        """Do what is due; where a worker is killed, the next one comes when the lease has run out."""
        if instant < BEGIN:
            return
        self.clock.at = max(self.clock.at, BEGIN)
        while True:
            try:
                with self.killer.about():
                    self.worker = self.worker or self._hire()
                    run_until(self.worker, instant, now=self.clock, turn_to=self._turn_to)
            except KilledError:
                self.worker = None
                self.clock.at += LIFE
            else:
                return

    def _hire(self) -> Worker:
        self.hired += 1
        jobs = partial(jobs_of, surroundings=self.sources.around)
        return Worker(self.site(), jobs, name=f"worker {self.hired}", version="1")

    def _turn_to(self, at: datetime) -> None:
        self.clock.at = max(at, self.clock.at)  # never back: who was killed at the end leaves it behind it

    # --- What it left behind ---

    def site(self) -> Site:
        """Return a site that looks at the journal and remembers nothing."""
        return Site(Still(loaded()), self.journal, self.clock)

    def runs(self, job: str) -> dict[datetime, Run]:
        """Return the runs of a job by their due times."""
        found = RunningStore(self.journal, PACK).begun(job, since=BEGIN)
        return {run.due_at: run for run in found if run.outcome is not RunOutcome.ADDED}

    def source_jobs(self) -> list[str]:
        """Return the names of the jobs that ask sources."""
        return [f"source {one.id}" for one in loaded().sources]

    def collected(self) -> list[Observation]:
        """Return what machines recorded."""
        return [one for one in self.site().observations() if one.method is Method.COLLECTOR]

    def report_jobs(self) -> list[str]:
        """Return the names of the jobs that make reports."""
        return [job.id for job in report_jobs(self.site())]

    def snapshots(self) -> list[tuple[str, datetime | None]]:
        """Return every snapshot that was kept and can be read: of which report, and due when."""
        found = kept(self.site())
        assert all(read_kept(one, Format.JSON) for one in found)
        return [(one.record.report, one.record.due_at) for one in reversed(found)]

    def level_changes(self) -> tuple[LevelChange, ...]:
        """Return what was noticed of levels."""
        return AlertStore(self.journal, PACK).level_changes()

    def transitions(self) -> tuple[Transition, ...]:
        """Return what was noticed of alerts."""
        return AlertStore(self.journal, PACK).transitions()

    def messages(self) -> list[Message]:
        """Return everything that ever was in the outbox."""
        return AlertStore(self.journal, PACK).messages(limit=10_000)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield what is in the files of the channels."""
        for one in (file for name in CHANNELS if (file := self._far_end(name)).exists()):
            yield from map(json.loads, one.read_text(encoding="utf-8").splitlines())

    def arrived(self) -> set[Arrived]:
        """Return every alert that was told to anybody, however often."""
        return {
            Arrived(
                channel=line["receiver"],
                rule=alert["labels"]["alertname"],
                subject=alert["labels"]["subject"],
                news=alert["annotations"]["news"],
                level=alert["labels"]["level"],
                since=alert["startsAt"],
            )
            for line in self.lines()
            for alert in line["alerts"]
        }

    def _far_end(self, channel: str) -> Path:
        return self.folder / channel / "alerts.jsonl"


@dataclass(frozen=True)
class Still:
    """A pack that nobody edits."""

    loaded: LoadedPack

    def current(self) -> WatchedPack:
        """Return it."""
        return WatchedPack(loaded=self.loaded)


@cache
def loaded() -> LoadedPack:
    """Return the shipped pack with the sources that something was recorded of, and reports of one quick format."""
    whole = load_pack(find_pack(PACK))
    assert whole.reports is not None
    plans = tuple(one.model_copy(update={"formats": (Format.JSON.value,)}) for one in whole.reports.reports)
    return replace(
        whole,
        sources=tuple(one for one in whole.sources if is_recorded(one)),
        reports=whole.reports.model_copy(update={"reports": plans}),
    )


@cache
def history() -> tuple[tuple[datetime, tuple[Submission, ...]], ...]:
    """Return what was reported, by the instant at which it became known."""
    file = loaded().folder / "history" / "observations.csv"
    reports = read_observations(file, loaded().pack, now=LATER, author="ada").submissions
    return tuple((at, tuple(group)) for at, group in groupby(sorted(reports, key=_known_at), key=_known_at))


def _known_at(one: Submission) -> datetime:
    return published_known_at(one.observed_at, one.published_at)
