"""A clock that was far ahead and is right again: what it had done too early stands in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from iw_monitor.model.running import FAR_AHEAD, Run, RunOutcome, WorkerHealth
from iw_monitor.model.times import Every
from iw_monitor.schedule.delivery import Delivery
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.jobs import Result, TimedJob, Turn
from iw_monitor.schedule.simulate import run_now, run_until
from iw_monitor.schedule.worker import LIFE, Worker
from iw_monitor.service.delivering import deliver, has_work
from iw_monitor.service.running import operation_of, pulse_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.running import RunningStore
from tests.alerts import OUTLETS, Receiver, an_alerting_site, report
from tests.builders import DAY, HOUR, MONDAY, AClock

MINUTE = timedelta(minutes=1)
AHEAD = 2 * DAY
DAILY = Every(DAY)
Alerting = tuple[Site, AClock]


@pytest.fixture(autouse=True)
def with_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IW_CHANNELS", str(OUTLETS.channels))


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def alerting() -> Alerting:
    site, clock = an_alerting_site()
    clock.at = MONDAY + 20 * MINUTE
    return site, clock


@pytest.fixture
def hire(alerting: Alerting, receiver: Receiver) -> Callable[[str], Worker]:
    site, _ = alerting

    def tells(turn: Turn) -> Result:
        deliver(turn.site, outlets=OUTLETS, send_by=receiver)
        return Result()

    jobs = (
        Evaluation(act=conclude),
        TimedJob(id="daily", times=DAILY, act=lambda _: Result(rows=1)),
        Delivery(act=tells),
    )
    return lambda name: Worker(site, lambda _: jobs, name=name, version="1")


def until(worker: Worker, clock: AClock, end: datetime) -> None:
    run_until(worker, end, now=clock, turn_to=lambda at: setattr(clock, "at", at))


def runs(site: Site, job: str = "evaluation") -> list[Run]:
    found = RunningStore(site.journal, site.pack.id).begun(job, since=MONDAY - DAY)
    return [one for one in found if one.outcome is not RunOutcome.ADDED]


@pytest.fixture
def worker(alerting: Alerting, hire: Callable[[str], Worker]) -> Worker:
    """Return a worker that worked until three, then for an hour two days ahead, and whose clock is right again."""
    _, clock = alerting
    found = hire("first")
    until(found, clock, MONDAY + 3 * HOUR)
    clock.at = MONDAY + AHEAD
    until(found, clock, MONDAY + AHEAD + HOUR)
    clock.at = MONDAY + 3 * HOUR + MINUTE
    return found


def test_every_hour_that_comes_is_evaluated_and_what_was_evaluated_early_a_second_time(
    alerting: Alerting, worker: Worker
) -> None:
    site, clock = alerting
    until(worker, clock, MONDAY + 6 * HOUR)
    by_now = [one for one in runs(site) if one.due_at <= clock.at]
    assert [(one.due_at - MONDAY, one.attempt) for one in by_now] == [
        *((n * HOUR, 1) for n in range(4)),
        *((n * HOUR, 2) for n in range(4, 7)),
    ]
    assert {(one.outcome, one.late_by) for one in by_now[1:]} == {(RunOutcome.DONE, timedelta(0))}
    early = [one for one in runs(site) if one.due_at > clock.at]
    assert len(early) == 2 * 24 + 1 - 6
    assert {(one.outcome, one.attempt) for one in early} == {(RunOutcome.INTERRUPTED, 1)}
    assert {one.note for one in early} == {"It was run by a clock that was ahead"}


def test_an_alert_fires_at_once_and_is_told(alerting: Alerting, worker: Worker, receiver: Receiver) -> None:
    site, clock = alerting
    report(site, 4)
    run_now(worker)
    assert [(one.at, one.subject) for one in AlertStore(site.journal, site.pack.id).transitions()] == [
        (clock.at, "port_traffic")
    ]
    assert receiver.news == ["firing port_traffic"]


def test_what_is_due_once_a_day_is_run_when_it_is_due(alerting: Alerting, worker: Worker) -> None:
    site, clock = alerting
    until(worker, clock, MONDAY + DAY + HOUR)
    expected = DAILY.after(MONDAY)
    assert [(one.due_at, one.late_by) for one in runs(site, "daily") if one.due_at <= clock.at] == [
        (expected, timedelta(0))
    ]


def test_who_looks_is_told_when_nobody_evaluates_and_of_no_trouble_that_was_set_aside(
    alerting: Alerting, worker: Worker
) -> None:
    site, clock = alerting
    assert pulse_of(site, clock.at).evaluated_at == MONDAY + 3 * HOUR
    assert pulse_of(site, clock.at).health is WorkerHealth.SILENT  # it said last that it lives in two days
    assert pulse_of(site, clock.at + 2 * HOUR).is_overdue
    run_now(worker)
    assert pulse_of(site, clock.at).health is WorkerHealth.ALIVE
    assert {one.outcome for one in operation_of(site, clock.at, runs=99).runs} <= {RunOutcome.DONE, RunOutcome.ADDED}
    latest = RunningStore(site.journal, site.pack.id).latest(upto=clock.at)
    assert {one.outcome for one in latest} == {RunOutcome.DONE}


def test_a_worker_that_died_ahead_leaves_its_lease_to_the_next_after_one_life(
    alerting: Alerting, hire: Callable[[str], Worker]
) -> None:
    _, clock = alerting
    clock.at = MONDAY + AHEAD
    assert hire("first").keep_lease()
    clock.at = MONDAY
    second = hire("second")
    waited = timedelta(0)
    while not second.keep_lease():
        waited += LIFE / 3
        clock.at = MONDAY + waited
    assert LIFE <= waited <= 2 * LIFE


def test_a_worker_that_lives_on_is_not_overtaken_because_its_clock_was_ahead(
    alerting: Alerting, hire: Callable[[str], Worker]
) -> None:
    _, clock = alerting
    first, second = hire("first"), hire("second")
    clock.at = MONDAY + AHEAD
    assert first.keep_lease()
    clock.at = MONDAY
    for _ in range(12):
        assert not second.keep_lease()
        assert first.keep_lease()
        clock.at += LIFE / 3


@pytest.mark.parametrize("ahead", [HOUR, 3 * DAY, 30 * DAY])
def test_a_message_that_was_tried_by_a_clock_ahead_does_not_wait_until_then(
    alerting: Alerting, receiver: Receiver, worker: Worker, ahead: timedelta
) -> None:
    site, clock = alerting
    receiver.fails = True
    report(site, 4)
    run_now(worker)
    clock.at += ahead
    deliver(site, outlets=OUTLETS, send_by=receiver)
    clock.at -= ahead
    receiver.fails = False
    for _ in range(6 * 26):  # for a day and two hours at most
        clock.at += 10 * MINUTE
        if has_work(site, outlets=OUTLETS):
            deliver(site, outlets=OUTLETS, send_by=receiver)
    assert receiver.news == ["firing port_traffic"]


def test_what_a_channel_got_from_a_clock_ahead_is_no_flood_of_now(
    alerting: Alerting, receiver: Receiver, worker: Worker
) -> None:
    site, clock = alerting
    store = AlertStore(site.journal, site.pack.id)
    clock.at += AHEAD
    report(site, 4)
    run_now(worker)
    assert len(receiver.got) == 1
    assert store.delivered_between("desk", clock.at - HOUR, clock.at) == [clock.at]
    clock.at -= AHEAD
    assert store.delivered_between("desk", clock.at - HOUR, clock.at) == []


def test_clocks_that_differ_by_a_little_set_nothing_aside(alerting: Alerting, hire: Callable[[str], Worker]) -> None:
    site, clock = alerting
    first = hire("first")
    until(first, clock, MONDAY + 3 * HOUR)
    first.stop()
    clock.at -= FAR_AHEAD - MINUTE
    run_now(hire("second"))
    assert {(one.outcome, one.attempt) for one in runs(site)} == {(RunOutcome.DONE, 1)}
