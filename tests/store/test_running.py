"""Leases, the ledger of runs and signs of life, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from iw_monitor.errors import FencedOffError
from iw_monitor.model.running import MOST_ATTEMPTS, Fence, Lease, Run, RunOutcome, SignOfLife, WorkerState
from iw_monitor.store.journal import Journal
from iw_monitor.store.running import RunningStore
from tests.builders import DAY, HOUR, MONDAY, a_submission
from tests.store.conftest import Clock

LIFE = timedelta(seconds=30)


@pytest.fixture
def store(journal: Journal) -> RunningStore:
    return RunningStore(journal, "harbour")


def taken(store: RunningStore, holder: str, life: timedelta = LIFE) -> Lease:
    held = store.take_lease(holder, life=life)
    assert held is not None
    return held


def overtaken(store: RunningStore) -> tuple[Fence, Fence]:
    """Return the fence of a worker that was overtaken, and that of the one who overtook it."""
    first = taken(store, "first")
    store.give_back(first.fence)
    return first.fence, taken(store, "second").fence


def a_run(**changes: Any) -> Run:
    ordinary = Run(
        job="evaluation",
        due_at=MONDAY,
        started_at=MONDAY + HOUR,
        finished_at=None,
        outcome=RunOutcome.RUNNING,
        attempt=1,
        covers=1,
        rows=0,
        note="",
        worker="first",
        token=1,
    )
    return replace(ordinary, **changes)


# --- The lease ---


def test_one_holder_at_a_time_and_renewing_keeps_the_token(store: RunningStore, journal: Journal) -> None:
    first = taken(store, "first")
    assert store.take_lease("second", life=LIFE) is None
    assert taken(store, "first").token == first.token
    assert store.lease() is not None
    assert RunningStore(journal, "desert").take_lease("second", life=LIFE) is not None  # another pack's


def test_a_lease_that_ran_out_goes_to_the_next_with_a_higher_token(store: RunningStore) -> None:
    first = taken(store, "first", life=timedelta(0))
    second = taken(store, "second")
    assert second.token == first.token + 1
    assert store.take_lease("first", life=LIFE) is None


def test_a_lease_that_was_given_back_is_free_at_once_and_its_holder_fenced_off(store: RunningStore) -> None:
    first = taken(store, "first")
    store.give_back(first.fence)
    with pytest.raises(FencedOffError):
        store.begin(a_run(), first.fence)
    assert taken(store, "second").token > first.token
    store.give_back(first.fence)  # too late: it is another's now
    held = store.lease()
    assert held is not None
    assert held.holder == "second"


def test_without_a_server_the_lease_runs_by_the_clock_that_was_given(clock: Clock) -> None:
    with Journal.open("sqlite://", clock=clock) as journal:
        store = RunningStore(journal, "harbour")
        taken(store, "first")
        clock.move(LIFE - timedelta(microseconds=1))
        assert store.take_lease("second", life=LIFE) is None
        clock.move(timedelta(microseconds=1))
        assert taken(store, "second").until == clock.now + LIFE


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_on_a_server_the_lease_runs_by_the_servers_clock_whatever_this_machine_thinks(
    store: RunningStore, clock: Clock
) -> None:
    held = taken(store, "first")
    assert abs(held.until - LIFE - datetime.now(UTC)) < timedelta(minutes=1)
    clock.move(365 * DAY)
    assert store.take_lease("second", life=LIFE) is None


# --- The fence ---


def test_everything_a_worker_writes_is_refused_once_it_was_overtaken(store: RunningStore, journal: Journal) -> None:
    old, new = overtaken(store)
    run = a_run(token=new.token)
    for write in (
        lambda: journal.fenced(old).append([a_submission()], via="worker"),
        lambda: store.begin(run, old),
        lambda: store.finish(run, old, at=MONDAY, outcome=RunOutcome.DONE),
        lambda: store.interrupt("evaluation", old),
    ):
        with pytest.raises(FencedOffError, match="Nothing was written"):
            write()
    assert journal.position() == 0
    assert store.newest(limit=9) == ()
    assert len(journal.fenced(new).append([a_submission()], via="worker")) == 1
    assert len(journal.append([a_submission()], via="page")) == 1  # people are not fenced


# --- The ledger ---


def test_a_due_time_is_dealt_with_once(store: RunningStore) -> None:
    fence = taken(store, "first").fence
    run = a_run()
    assert store.begin(run, fence) == run
    assert store.begin(run, fence) is None
    ended = store.finish(run, fence, at=MONDAY + 2 * HOUR, outcome=RunOutcome.DONE, rows=3, note="three")
    assert store.begin(run, fence) is None
    assert store.newest(limit=9) == (ended,)
    assert ended.late_by == HOUR
    assert store.last_due("evaluation", upto=MONDAY + 2 * HOUR) == MONDAY
    assert store.last_due("evaluation", RunOutcome.FAILED, upto=MONDAY + 2 * HOUR) is None


def test_an_interrupted_run_is_begun_again_as_the_next_attempt_and_at_last_no_more(store: RunningStore) -> None:
    fence = taken(store, "first").fence
    for attempt in range(1, MOST_ATTEMPTS + 1):
        begun = store.begin(a_run(started_at=MONDAY + attempt * HOUR), fence)
        assert begun is not None
        assert begun.attempt == attempt
        store.interrupt("evaluation", fence)
    assert store.begin(a_run(), fence) is None
    assert store.unfinished("evaluation") == ()
    assert [one.outcome for one in store.newest(limit=9)] == [RunOutcome.INTERRUPTED]


# --- Signs of life ---


def test_a_worker_says_what_it_is_about_in_place_of_what_it_said_before(store: RunningStore, clock: Clock) -> None:
    sign = SignOfLife(
        worker="first",
        state=WorkerState.STANDBY,
        version="1",
        started_at=MONDAY,
        seen_at=MONDAY,
        position=0,
        next_job="",
        next_due_at=None,
        missed=0,
        note="",
    )
    later = replace(sign, state=WorkerState.ACTIVE, seen_at=MONDAY + HOUR, next_due_at=MONDAY + DAY, position=7)
    other = replace(sign, worker="second")
    for one in (sign, other, later):
        store.say_alive(one)
    assert store.workers() == (later, other)
