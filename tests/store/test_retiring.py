"""What is long over leaves the database once it was handed over, on every engine, and nothing else does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from iw_monitor.errors import FencedOffError
from iw_monitor.model.instants import microseconds
from iw_monitor.model.running import Fence, Run, RunOutcome, SignOfLife, WorkerState
from iw_monitor.service import archive
from iw_monitor.store.journal import Journal
from iw_monitor.store.retiring import Old, retire
from iw_monitor.store.running import RunningStore
from iw_monitor.store.tables import outbox
from tests.builders import DAY, HOUR, MONDAY, a_submission

LATER = MONDAY + 30 * DAY
EVERYTHING = Old(runs=LATER, messages=LATER)
LIFE = timedelta(seconds=30)


@pytest.fixture
def store(journal: Journal) -> RunningStore:
    return RunningStore(journal, "harbour")


@pytest.fixture
def fence(store: RunningStore) -> Fence:
    lease = store.take_lease("first", life=LIFE)
    assert lease is not None
    return lease.fence


def ran(store: RunningStore, fence: Fence, job: str, due: datetime) -> None:
    run = Run(
        job=job,
        due_at=due,
        started_at=due,
        finished_at=None,
        outcome=RunOutcome.RUNNING,
        attempt=1,
        covers=1,
        rows=0,
        note="",
        worker="first",
        token=fence.token,
    )
    store.begin(run, fence)
    store.finish(run, fence, at=due, outcome=RunOutcome.DONE)


def message(name: str, *, created: datetime = MONDAY, **changes: Any) -> dict[str, Any]:
    ordinary = {
        "id": name,
        "key": name,
        "pack": "harbour",
        "channel": "mail",
        "payload": "{}",
        "created_at": microseconds(created),
        "attempts": 1,
        "next_at": microseconds(created),
        "delivered_at": None,
        "failed_at": None,
        "last_error": "",
        "results": "{}",
        "joined": "",
    }
    return {**ordinary, **changes}


def messages(journal: Journal) -> set[str]:
    with journal._reading() as connection:
        return set(connection.execute(select(outbox.c.id)).scalars())


def test_old_runs_go_but_never_the_latest_of_a_job(journal: Journal, store: RunningStore, fence: Fence) -> None:
    for job in ("evaluation", "collect"):
        for day in (1, 2, 3):
            ran(store, fence, job, MONDAY + day * DAY)
    kept: list[str] = []
    assert retire(journal, "harbour", fence, old=EVERYTHING, keep=kept.extend) == 4
    assert [one.due_at for one in store.newest(limit=9)] == [MONDAY + 3 * DAY] * 2
    rows = [json.loads(one) for one in kept]
    assert {(one["table"], one["job"], one["due_at"]) for one in rows} == {
        ("job_run", job, microseconds(MONDAY + day * DAY)) for job in ("evaluation", "collect") for day in (1, 2)
    }


def test_workers_that_were_not_seen_for_long_go(journal: Journal, store: RunningStore, fence: Fence) -> None:
    gone = SignOfLife(
        worker="first",
        state=WorkerState.STOPPED,
        version="1",
        started_at=MONDAY,
        seen_at=MONDAY,
        position=0,
        next_job="",
        next_due_at=None,
        missed=0,
        note="",
    )
    here = replace(gone, worker="second", seen_at=MONDAY + HOUR)
    for one in (gone, here):
        store.say_alive(one)
    old = Old(runs=MONDAY + timedelta(minutes=1), messages=MONDAY)
    assert retire(journal, "harbour", fence, old=old, keep=lambda _: None) == 1
    assert store.workers() == (here,)


def test_messages_go_once_dealt_with_and_never_while_they_wait(journal: Journal, fence: Fence) -> None:
    done = microseconds(MONDAY)
    rows = [
        message("delivered", delivered_at=done),
        message("given up", failed_at=done),
        message("went into another", joined="delivered"),
        message("waits"),
        message("new", created=LATER, delivered_at=done),
        message("of another pack", pack="volcano", delivered_at=done),
    ]
    with journal._writing() as (connection, _):
        connection.execute(insert(outbox), rows)
    assert retire(journal, "harbour", fence, old=EVERYTHING, keep=lambda _: None) == 3
    assert messages(journal) == {"waits", "new", "of another pack"}


def test_what_could_not_be_kept_stays_and_the_journal_always_does(
    journal: Journal, store: RunningStore, fence: Fence
) -> None:
    journal.append([a_submission()], via="page")
    for day in (1, 2):
        ran(store, fence, "evaluation", MONDAY + day * DAY)

    def full(_: list[str]) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        retire(journal, "harbour", fence, old=EVERYTHING, keep=full)
    assert len(store.newest(limit=9)) == 2
    assert retire(journal, "harbour", fence, old=EVERYTHING, keep=lambda _: None) == 1
    assert journal.position() == journal.verify() == 1


def test_a_worker_that_was_overtaken_takes_nothing_out(journal: Journal, store: RunningStore, fence: Fence) -> None:
    store.give_back(fence)
    assert store.take_lease("second", life=LIFE) is not None
    with pytest.raises(FencedOffError):
        retire(journal, "harbour", fence, old=EVERYTHING, keep=lambda _: None)


def test_the_archive_adds_to_the_file_of_the_month_and_outlives_a_torn_line(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    archive.append(folder, "harbour", ["first"], at=MONDAY)
    (file,) = folder.iterdir()
    with file.open("a") as torn:
        torn.write("tor")
    archive.append(folder, "harbour", ["second", "third"], at=MONDAY + DAY)
    assert file.name == f"harbour-{MONDAY:%Y-%m}.jsonl"
    assert file.read_text().splitlines() == ["first", "tor", "second", "third"]
    assert file.stat().st_mode & 0o077 == 0
