"""Reports that a pack plans, made by a worker: each due time once, late if need be, and a failure that is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.model.observation import Grade
from iw_monitor.model.pack.reports import ReportsFile
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.model.snapshot import KeptSnapshot
from iw_monitor.pack.load import LoadedPack
from iw_monitor.pack.watch import WatchedPack
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.jobs import Job
from iw_monitor.schedule.reports import report_jobs
from iw_monitor.schedule.simulate import run_now, run_until
from iw_monitor.schedule.worker import LIFE, Worker
from iw_monitor.service import reporting
from iw_monitor.service.keeping import kept
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from iw_monitor.store.running import RunningStore
from tests.builders import DAY, HOUR, MONDAY, AClock, a_pack, a_submission

START = MONDAY + timedelta(minutes=20)


class KilledError(BaseException):
    """The worker ends at this moment, as if by a kill."""


@dataclass
class Still:
    loaded: LoadedPack

    def current(self) -> WatchedPack:
        return WatchedPack(loaded=self.loaded)


@dataclass
class Desk:
    """A site whose pack plans one report, and a worker that makes it."""

    site: Site
    clock: AClock
    folder: Path
    number: int = 0

    def plan(self, **changes: object) -> None:
        """Let the pack plan a report at six in the morning of Oslo, on working days; say what differs."""
        plan = {
            "id": "morning",
            "title": "Morning watch",
            "layout": "watch",
            "formats": ["md", "json"],
            "schedule": {"cron": "0 6 * * mon-fri", "zone": "Europe/Oslo"},
            "folder": "watch",
        }
        reports = ReportsFile.model_validate({"reports": [plan | changes]}, strict=False)
        loaded = LoadedPack(pack=a_pack(), folder=self.folder, issues=(), reports=reports)
        self.site = Site(Still(loaded), self.site.journal, self.clock)

    def hire(self, *others: Job) -> Worker:
        def jobs(site: Site) -> tuple[Job, ...]:
            return (*others, *report_jobs(site))

        self.number += 1
        return Worker(self.site, jobs, name=f"w:{self.number}:a", version="0")

    def live(self, worker: Worker, until: datetime) -> None:
        run_until(worker, until, now=self.clock, turn_to=lambda at: setattr(self.clock, "at", at))

    def kept(self) -> tuple[KeptSnapshot, ...]:
        return tuple(sorted(kept(self.site), key=lambda one: one.record.as_of))

    def runs(self) -> list[Run]:
        store = RunningStore(self.site.journal, "harbour")
        return [one for one in store.begun("report morning", since=MONDAY) if one.outcome is not RunOutcome.ADDED]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = AClock(START)
    with Journal.open(file_url(tmp_path / "journal.db"), clock=clock) as journal:
        loaded = LoadedPack(pack=a_pack(), folder=tmp_path, issues=())
        made = Desk(Site(Still(loaded), journal, clock), clock, tmp_path)
        made.plan()
        journal.append([a_submission(level=1)], via="page")
        yield made


def test_each_due_time_has_its_report_once_by_the_clocks_of_its_readers(desk: Desk) -> None:
    """Six in the morning of Oslo is four o'clock UTC in May; Saturday and Sunday are left out."""
    desk.live(desk.hire(), MONDAY + 8 * DAY)
    expected = [MONDAY + day * DAY + 4 * HOUR for day in (0, 1, 2, 3, 4, 7)]
    assert [one.record.as_of for one in desk.kept()] == expected
    assert [one.record.due_at for one in desk.kept()] == expected
    assert {one.record.late_by for one in desk.kept()} == {None}
    for one in desk.kept():
        assert {Path(one.record.folder, file.name).exists() for file in one.record.files} == {True}


def test_the_jobs_of_a_pack_that_did_not_change_are_the_same_jobs(desk: Desk) -> None:
    """A scheduler that follows the pack would otherwise begin anew with all of them at every look."""
    desk.plan(on_level_change=True)
    assert len(report_jobs(desk.site)) == 2
    assert report_jobs(desk.site) == report_jobs(desk.site)


def test_a_report_made_after_its_time_speaks_of_its_time_and_says_how_late_it_is(desk: Desk) -> None:
    worker = desk.hire()
    run_now(worker)
    desk.clock.at = MONDAY + 9 * HOUR
    run_now(worker)
    (one,) = desk.kept()
    assert (one.record.as_of, one.record.late_by) == (MONDAY + 4 * HOUR, 5 * HOUR)
    text = Path(one.record.folder, next(file.name for file in one.record.files if file.name.endswith(".md")))
    assert "late by 5\u202fh" in text.read_text(encoding="utf-8")


def test_a_worker_killed_after_the_report_was_kept_makes_no_second_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, keep = desk.hire(), reporting.__dict__["keep"]
    run_now(worker)
    desk.clock.at = MONDAY + 5 * HOUR

    def killed(*args: object, **named: object) -> None:
        keep(*args, **named)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(reporting, "keep", killed)
        with pytest.raises(KilledError):
            run_now(worker)
    desk.clock.at += 2 * LIFE
    run_now(desk.hire())
    assert len(desk.kept()) == 1
    assert [(one.outcome, one.note) for one in desk.runs()] == [
        (RunOutcome.DONE, "morning was made for that time before")
    ]


def test_a_report_that_cannot_be_written_is_a_failed_run_that_says_why(desk: Desk) -> None:
    (desk.folder / "reports").write_text("in the way", encoding="utf-8")
    worker = desk.hire()
    desk.live(worker, MONDAY + 5 * HOUR)
    (run,) = desk.runs()
    assert run.outcome is RunOutcome.FAILED
    assert "reports" in run.note
    assert desk.kept() == ()


def test_what_is_marked_above_its_target_is_not_given_away(desk: Desk) -> None:
    desk.plan(up_to="TLP:CLEAR", title="To everybody")
    desk.site.loaded.pack.file.__dict__["handling"] = "TLP:AMBER"
    desk.live(desk.hire(), MONDAY + 5 * HOUR)
    (run,) = desk.runs()
    assert run.outcome is RunOutcome.FAILED
    assert "TLP:AMBER" in run.note


def test_a_change_of_level_is_reported_at_the_instant_at_which_it_was_concluded(desk: Desk) -> None:
    desk.plan(schedule=None, on_level_change=True)
    worker = desk.hire(Evaluation(act=conclude))
    run_now(worker)
    desk.clock.at += HOUR
    run_now(worker)
    assert desk.kept() == ()
    desk.clock.at += timedelta(minutes=5)
    desk.site.journal.append(
        [
            a_submission(level=4, indicator=one, observed_at=MONDAY, grade=Grade(reliability="A", credibility=1))
            for one in ("port_traffic", "ferry_strikes")
        ],
        via="page",
    )
    for _ in range(9):
        run_now(worker)
        desk.clock.at += HOUR
    (one,) = desk.kept()
    assert one.record.as_of == MONDAY + 8 * HOUR  # six hours after 01:25 the level goes up, at the next full hour
    assert one.record.level is not None
    assert one.record.as_of.tzinfo is UTC
