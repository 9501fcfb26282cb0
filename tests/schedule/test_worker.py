"""The worker on a clock of the test's own: each due time once, in order, late if need be, by one worker at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from iw_monitor.errors import ReportError, StoreError
from iw_monitor.model.running import MOST_ATTEMPTS, Run, RunOutcome, WorkerHealth, WorkerState
from iw_monitor.model.times import Every
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.jobs import Job, Result, TimedJob, Turn
from iw_monitor.schedule.simulate import run_now, run_until
from iw_monitor.schedule.worker import LIFE, Worker
from iw_monitor.service.running import operation_of, pulse_of
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from iw_monitor.store.running import RunningStore
from tests.builders import DAY, HOUR, MONDAY, AClock, AWatch, a_pack, a_submission

MINUTE = timedelta(minutes=1)


class KilledError(BaseException):
    """The worker ends at this moment, as if by a kill."""


@dataclass
class Counting:
    """A job's act that counts its turns and does what a test says."""

    turns: list[Turn] = field(default_factory=list)
    does: Callable[[Turn], Result] = lambda _: Result(rows=2, note="done")

    def __call__(self, turn: Turn) -> Result:
        self.turns.append(turn)
        return self.does(turn)


@pytest.fixture
def clock() -> AClock:
    return AClock(MONDAY + 20 * MINUTE)


@pytest.fixture
def site(clock: AClock) -> Iterator[Site]:
    with Journal.open("sqlite://", clock=clock) as journal:
        yield Site(AWatch(a_pack()), journal, clock)


@pytest.fixture
def act() -> Counting:
    return Counting()


@pytest.fixture
def store(site: Site) -> RunningStore:
    return RunningStore(site.journal, site.pack.id)


Hiring = Callable[..., Worker]


@pytest.fixture
def hire(site: Site, act: Counting) -> Hiring:
    """Return a way to have another worker, by default with one job that is due every ten minutes."""
    job = TimedJob(id="count", times=Every(10 * MINUTE), act=act)

    def hiring(name: str = "first", *jobs: Job) -> Worker:
        return Worker(site, lambda _: jobs or (job,), name=name, version="1")

    return hiring


def until(worker: Worker, clock: AClock, end: timedelta) -> int:
    return run_until(worker, MONDAY + end, now=clock, turn_to=lambda at: setattr(clock, "at", at))


def dues(store: RunningStore, job: str) -> list[timedelta]:
    return [one.due_at - MONDAY for one in store.begun(job, since=MONDAY - DAY) if one.outcome is not RunOutcome.ADDED]


# --- Due times ---


def test_each_due_time_is_run_once_and_nothing_from_before_the_job_was_known(
    hire: Hiring, clock: AClock, store: RunningStore, act: Counting
) -> None:
    assert until(hire(), clock, HOUR) == 4
    assert dues(store, "count") == [30 * MINUTE, 40 * MINUTE, 50 * MINUTE, 60 * MINUTE]
    assert [turn.late_by for turn in act.turns] == [timedelta(0)] * 4
    newest = store.newest(limit=1)[0]
    assert (newest.outcome, newest.rows, newest.note, newest.covers) == (RunOutcome.DONE, 2, "done", 1)


def test_what_was_missed_is_caught_up_once_and_stamped_with_how_late_it_was(
    hire: Hiring, clock: AClock, store: RunningStore
) -> None:
    until(hire(), clock, 30 * MINUTE)
    clock.at = MONDAY + 3 * HOUR + 5 * MINUTE
    run_now(hire("second"))
    assert dues(store, "count") == [30 * MINUTE, 3 * HOUR]
    late = store.newest(limit=1)[0]
    assert late.late_by == 5 * MINUTE
    assert late.covers == 15  # 0:40 to 3:00


def test_a_failure_on_purpose_is_a_failed_run_and_the_next_one_comes_all_the_same(
    hire: Hiring, clock: AClock, store: RunningStore, act: Counting
) -> None:
    def fails(_: Turn) -> Result:
        raise ReportError("no room left\non the disk")

    act.does = fails
    assert until(hire(), clock, 40 * MINUTE) == 2
    assert [(one.outcome, one.note) for one in store.newest(limit=2)] == [
        (RunOutcome.FAILED, "no room left on the disk")
    ] * 2


def test_a_disk_that_is_full_or_a_folder_that_is_shut_fails_the_run_in_words(
    hire: Hiring, clock: AClock, store: RunningStore, act: Counting
) -> None:
    def fails(_: Turn) -> Result:
        raise OSError(28, "No space left on device", "/srv/reports")

    act.does = fails
    assert until(hire(), clock, 40 * MINUTE) == 2
    newest = store.newest(limit=1)[0]
    assert newest.outcome is RunOutcome.FAILED
    assert newest.note.startswith("/srv/reports: No space left on device. See that ")


def test_a_run_whose_journal_could_not_be_used_is_begun_again_and_at_last_says_why_it_failed(
    hire: Hiring, clock: AClock, store: RunningStore, act: Counting
) -> None:
    def fails(_: Turn) -> Result:
        raise StoreError("the server was lost")

    worker = hire()
    run_now(worker)
    act.does, clock.at = fails, MONDAY + 30 * MINUTE
    run_now(worker)
    assert worker.is_behind
    act.does = lambda _: Result()
    run_now(worker)
    again = store.newest(limit=1)[0]
    assert (again.due_at, again.attempt, again.outcome) == (MONDAY + 30 * MINUTE, 2, RunOutcome.DONE)
    act.does, clock.at = fails, MONDAY + 40 * MINUTE
    for _ in range(MOST_ATTEMPTS + 1):
        run_now(worker)
    given_up = store.newest(limit=1)[0]
    assert (given_up.attempt, given_up.outcome, given_up.note) == (
        MOST_ATTEMPTS,
        RunOutcome.FAILED,
        "the server was lost",
    )


def test_a_run_whose_worker_was_killed_is_marked_and_done_again_and_at_last_given_up(
    hire: Hiring, clock: AClock, store: RunningStore, act: Counting
) -> None:
    def dies(_: Turn) -> Result:
        raise KilledError

    run_now(hire())
    act.does = dies
    for number in range(MOST_ATTEMPTS):
        clock.at += LIFE + 10 * MINUTE * (number == 0)
        with pytest.raises(KilledError):
            run_now(hire(f"worker {number}"))
    act.does = lambda _: Result()
    clock.at += LIFE
    last = hire("last")
    run_now(last)
    assert [(one.due_at - MONDAY, one.outcome, one.attempt) for one in store.newest(limit=1)] == [
        (30 * MINUTE, RunOutcome.INTERRUPTED, MOST_ATTEMPTS)
    ]
    until(last, clock, 40 * MINUTE)
    assert dues(store, "count") == [30 * MINUTE, 40 * MINUTE]


def test_a_run_that_was_interrupted_is_done_again_under_its_own_due_time(
    hire: Hiring, clock: AClock, store: RunningStore, act: Counting
) -> None:
    def dies(_: Turn) -> Result:
        raise KilledError

    run_now(hire())
    act.does, clock.at = dies, MONDAY + 30 * MINUTE
    with pytest.raises(KilledError):
        run_now(hire())
    act.does = lambda _: Result()
    clock.at += 2 * MINUTE
    run_now(hire("second"))
    again = store.newest(limit=1)[0]
    assert (again.due_at, again.attempt, again.outcome) == (MONDAY + 30 * MINUTE, 2, RunOutcome.DONE)
    assert again.late_by == 2 * MINUTE


def test_a_fault_of_the_program_is_told_apart_from_an_interruption(
    hire: Hiring, clock: AClock, store: RunningStore, act: Counting
) -> None:
    def is_faulty(_: Turn) -> Result:
        raise ZeroDivisionError("by zero")

    worker = hire()
    run_now(worker)
    act.does, clock.at = is_faulty, MONDAY + 30 * MINUTE
    with pytest.raises(ZeroDivisionError) as caught:
        run_now(worker)
    worker.note_fault("count", caught.value)
    newest = store.newest(limit=1)[0]
    assert (newest.outcome, newest.note) == (RunOutcome.FAILED, "fault of the program: ZeroDivisionError: by zero")


# --- One worker at a time ---


def test_a_second_worker_stands_by_and_says_so_until_the_lease_runs_out(
    hire: Hiring, clock: AClock, site: Site, act: Counting
) -> None:
    first, second = hire("first"), hire("second")
    assert first.keep_lease()
    clock.at += 10 * MINUTE
    first.keep_lease()
    assert run_now(second) == ()
    workers = {one.worker: one.state for one in operation_of(site, clock.at, runs=9).workers}
    assert workers == {"first": WorkerState.ACTIVE, "second": WorkerState.STANDBY}
    clock.at += LIFE
    assert second.keep_lease()
    assert second.lease is not None
    assert first.lease is None  # it was not renewed in time, and it knows


def test_a_worker_that_slept_past_its_lease_in_the_middle_of_a_run_cannot_finish_it(
    hire: Hiring, clock: AClock, site: Site, store: RunningStore, act: Counting
) -> None:
    first, second = hire("first"), hire("second")

    def sleeps_and_writes(turn: Turn) -> Result:
        if turn.fence.token == 1:
            clock.at += LIFE
            run_now(second)
        turn.site.journal.append([a_submission()], via="worker")
        return Result(rows=1)

    run_now(first)
    act.does, clock.at = sleeps_and_writes, MONDAY + 30 * MINUTE
    first.keep_lease()
    assert first.run_due(first.jobs[0]) == ()
    assert len(site.observations()) == 1
    done = store.newest(limit=1)[0]
    assert (done.worker, done.attempt, done.outcome) == ("second", 2, RunOutcome.DONE)


def test_a_worker_that_stops_leaves_the_lease_to_the_next_at_once(hire: Hiring, clock: AClock, site: Site) -> None:
    first = hire("first")
    run_now(first)
    first.stop()
    assert pulse_of(site, clock.at).health is WorkerHealth.STOPPED
    assert hire("second").keep_lease()
    assert pulse_of(site, clock.at).health is WorkerHealth.ALIVE


# --- Evaluation ---


@pytest.fixture
def evaluating(hire: Hiring) -> Callable[[str], Worker]:
    return lambda name: hire(name, Evaluation(act=conclude))


def test_every_full_hour_and_every_report_is_evaluated_once(
    evaluating: Callable[[str], Worker], clock: AClock, site: Site, store: RunningStore
) -> None:
    worker = evaluating("first")
    run_now(worker)
    clock.at = MONDAY + 40 * MINUTE
    site.journal.append([a_submission(), a_submission(level=3)], via="page")  # at one instant
    until(worker, clock, 2 * HOUR)
    assert dues(store, "evaluation") == [timedelta(0), 40 * MINUTE, HOUR, 2 * HOUR]
    assert until(worker, clock, 2 * HOUR) == 0


def test_hours_and_reports_while_no_worker_ran_are_evaluated_in_order_and_stamped_late(
    evaluating: Callable[[str], Worker], clock: AClock, site: Site, store: RunningStore
) -> None:
    run_now(evaluating("first"))
    clock.at = MONDAY + 90 * MINUTE
    site.journal.append([a_submission()], via="page")
    clock.at = MONDAY + 3 * HOUR
    ran = run_now(evaluating("second"))
    assert [(one.due_at - MONDAY, one.late_by) for one in ran] == [
        (HOUR, 2 * HOUR),
        (90 * MINUTE, 90 * MINUTE),
        (2 * HOUR, HOUR),
        (3 * HOUR, timedelta(0)),
    ]


def test_a_first_worker_does_not_evaluate_the_past_of_an_old_site(
    evaluating: Callable[[str], Worker], clock: AClock, site: Site, store: RunningStore
) -> None:
    site.journal.append([a_submission()], via="page")
    clock.at = MONDAY + 30 * DAY + 5 * MINUTE
    run_now(evaluating("first"))
    assert dues(store, "evaluation") == [30 * DAY]


def test_a_report_with_the_clock_of_another_host_is_evaluated_although_a_later_instant_was(
    evaluating: Callable[[str], Worker], clock: AClock, site: Site, store: RunningStore
) -> None:
    worker = evaluating("first")
    until(worker, clock, HOUR)
    clock.at = MONDAY + HOUR - 3 * MINUTE  # as the other host has it
    site.journal.append([a_submission()], via="page")
    until(worker, clock, HOUR)
    assert dues(store, "evaluation")[-2:] == [HOUR - 3 * MINUTE, HOUR]


def test_the_site_says_since_when_nobody_evaluated(
    evaluating: Callable[[str], Worker], clock: AClock, site: Site
) -> None:
    assert pulse_of(site, clock.at).health is WorkerHealth.NONE
    assert not pulse_of(site, clock.at + DAY).is_overdue  # run without a worker by choice
    run_now(evaluating("first"))
    fine = pulse_of(site, clock.at)
    assert (fine.health, fine.evaluated_at, fine.is_overdue) == (WorkerHealth.ALIVE, MONDAY, False)
    late = pulse_of(site, MONDAY + 71 * MINUTE)
    assert (late.health, late.is_overdue) == (WorkerHealth.SILENT, True)
    assert late.seen_at == clock.at


def test_the_ledger_is_what_the_worker_says_it_did(hire: Hiring, clock: AClock, store: RunningStore) -> None:
    worker = hire()
    run_now(worker)
    clock.at = MONDAY + 30 * MINUTE
    worker.keep_lease()
    ran: tuple[Run, ...] = worker.run_due(worker.jobs[0])
    assert ran == store.newest(limit=1)
