"""What a week left behind: its journal, the files of its channels, and its reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from iw_monitor.model.alert import LevelChange, Transition
from iw_monitor.model.notice import Message
from iw_monitor.model.observation import Method, Observation
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.model.snapshot import Format
from iw_monitor.schedule.reports import report_jobs
from iw_monitor.service.keeping import kept, read_kept
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from iw_monitor.store.running import RunningStore
from tests.builders import AClock
from tests.faults.living import Lived, Plan
from tests.faults.story import BEGIN, PACK, Still, formats_of, loaded

CHANNELS = ("watch", "duty_officer", "editors", "operators")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Arrived:
    """What a channel's file holds of one alert."""

    channel: str
    rule: str
    subject: str
    news: str
    level: str
    since: str


def begin(folder: Path, plan: Plan) -> subprocess.Popen[bytes]:
    """Begin to live through a week in a new folder, in a process of its own."""
    folder.mkdir()
    for name in CHANNELS:
        (folder / name).mkdir()
    said = (f'[channels.{one}]\nkind = "file"\npath = "{_far_end(folder, one).as_posix()}"\n' for one in CHANNELS)
    channels = folder / "channels.toml"
    channels.write_text("\n".join(said), encoding="utf-8")
    channels.chmod(0o600)
    (folder / "plan.json").write_text(json.dumps(asdict(plan)), encoding="utf-8")
    environment = os.environ | {"IW_CHANNELS": str(channels)}
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "tests.faults.living", str(folder)]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)


@dataclass
class Week:
    """A week that was lived through in a folder."""

    folder: Path

    @cached_property
    def plan(self) -> Plan:
        """What went wrong in it."""
        return Plan.read(self.folder)

    @cached_property
    def lived(self) -> Lived:
        """What became of its workers."""
        return Lived(**json.loads((self.folder / "lived.json").read_text(encoding="utf-8")))

    @cached_property
    def journal(self) -> Journal:
        """Its journal."""
        return Journal.open(file_url(self.folder / "journal.db"), clock=AClock(self.plan.end))

    def site(self) -> Site:
        """Return a site that looks at the journal and remembers nothing."""
        return Site(Still(loaded()), self.journal, AClock(self.plan.end))

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
        assert all(read_kept(one, Format(said)) for one in found for said in formats_of(one.record.report))
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
        for one in (file for name in CHANNELS if (file := _far_end(self.folder, name)).exists()):
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


def _far_end(folder: Path, channel: str) -> Path:
    return folder / channel / "alerts.jsonl"
