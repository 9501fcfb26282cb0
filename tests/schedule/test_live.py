"""The worker on the machine's clock: woken when something is due, beside itself never, and faults written down."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import Self

import pytest

from iw_monitor.errors import StoreError
from iw_monitor.model.running import Run, RunOutcome, WorkerState
from iw_monitor.model.times import Every
from iw_monitor.schedule.jobs import Job, Result, TimedJob, Turn
from iw_monitor.schedule.live import Live
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from iw_monitor.store.running import RunningStore
from tests.builders import AWatch, a_pack

pytestmark = pytest.mark.slow  # seconds of the machine's clock

SECOND = timedelta(seconds=1)


SET_BACK = [timedelta(0)]  # by how much somebody set the machine's clock back


class MachineClock(datetime):
    """The machine's clock as the scheduler reads it."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) - SET_BACK[0]


def now() -> datetime:
    return MachineClock.now(UTC)


@dataclass
class Crew:
    """A worker that runs, and what it has done."""

    store: RunningStore
    live: Live
    events: list[str]

    def runs(self) -> list[Run]:
        return [one for one in self.store.newest(limit=99) if one.outcome is not RunOutcome.ADDED]

    def wait_for(self, what: Callable[[], bool]) -> None:
        until = time.monotonic() + 20
        while not what():
            assert time.monotonic() < until, (self.runs(), self.events)
            time.sleep(0.1)


Working = Callable[[Job], Crew]


@pytest.fixture
def working(tmp_path: Path) -> Iterator[Working]:
    """Return a way to let a worker work at one job."""
    with Journal.open(file_url(tmp_path / "journal.db"), clock=now) as journal:
        site, events, crews = Site(AWatch(a_pack()), journal, now), list[str](), list[Crew]()

        def say(event: str, /, **_facts: object) -> None:
            events.append(event)

        def start(job: Job) -> Crew:
            worker = Worker(site, lambda _: (job,), name="one", version="1", life=3 * SECOND, say=say)
            crew = Crew(RunningStore(journal, site.pack.id), Live(worker, clock=now, say=say), events)
            crew.live.start()
            crews.append(crew)
            return crew

        yield start
        for crew in crews:
            assert crew.live.stop(5 * SECOND)


def test_a_job_is_run_at_each_of_its_times_until_the_worker_is_stopped(working: Working) -> None:
    crew = working(TimedJob(id="tick", times=Every(SECOND), act=lambda _: Result(rows=1)))
    crew.wait_for(lambda: len(crew.runs()) >= 2)
    assert {one.outcome for one in crew.runs()} == {RunOutcome.DONE}
    assert all(one.late_by < SECOND for one in crew.runs())
    assert crew.store.workers()[0].state is WorkerState.ACTIVE


def test_a_job_that_takes_longer_than_its_distance_runs_once_at_a_time_and_what_it_passed_over_is_counted(
    working: Working,
) -> None:
    def takes_long(_: Turn) -> Result:
        time.sleep(2.2)
        return Result()

    crew = working(TimedJob(id="slow", times=Every(SECOND), act=takes_long))
    crew.wait_for(lambda: any(one.covers > 1 for one in crew.runs()))
    assert "job_passed_over" in crew.events
    crew.wait_for(lambda: crew.store.workers()[0].missed > 0)
    ordered = sorted(crew.runs(), key=lambda one: one.due_at)
    assert all(
        before.finished_at is not None and before.finished_at <= after.started_at for before, after in pairwise(ordered)
    )


def test_a_fault_of_the_program_stands_in_the_ledger_and_the_next_time_comes_all_the_same(working: Working) -> None:
    def is_faulty(_: Turn) -> Result:
        raise ZeroDivisionError("by zero")

    crew = working(TimedJob(id="faulty", times=Every(SECOND), act=is_faulty))
    crew.wait_for(lambda: sum(one.outcome is RunOutcome.FAILED for one in crew.runs()) >= 2)
    assert "ZeroDivisionError: by zero" in crew.runs()[-1].note
    assert "job_broke" in crew.events


@dataclass(frozen=True)
class Daily:
    """Due at an instant, and then a day later."""

    at: datetime

    def after(self, instant: datetime) -> datetime:
        return self.at if instant < self.at else self.at + 86_400 * SECOND


def test_a_run_whose_journal_could_not_be_used_is_begun_again_as_soon_as_it_can_not_when_it_is_due_next(
    working: Working,
) -> None:
    lost = [StoreError("the server was lost")]

    def loses_its_server_once(_: Turn) -> Result:
        if lost:
            raise lost.pop()
        return Result()

    crew = working(TimedJob(id="report", times=Daily(now() + 2 * SECOND), act=loses_its_server_once))
    crew.wait_for(lambda: [(one.attempt, one.outcome) for one in crew.runs()] == [(2, RunOutcome.DONE)])
    assert "no_database" in crew.events
    assert "job_broke" not in crew.events


def test_a_worker_whose_clock_was_set_back_works_on_and_does_not_wait_until_it_shows_the_old_time_again(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", MachineClock)
    crew = working(TimedJob(id="tick", times=Every(SECOND), act=lambda _: Result(rows=1)))
    crew.wait_for(lambda: len(crew.runs()) >= 2)
    SET_BACK[0] = 3600 * SECOND
    try:
        crew.live.heed_clock()
        crew.wait_for(lambda: crew.store.workers()[0].seen_at < now() + SECOND)
        assert "clock_set_back" in crew.events
    finally:
        SET_BACK[0] = timedelta(0)
