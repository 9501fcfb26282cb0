"""A worker that is paused in the middle of a run, overtaken, and woken: it does nothing twice, on every engine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.store.journal import Journal
from iw_monitor.store.running import RunningStore
from tests.store.paused_child import LIFE

pytestmark = [
    pytest.mark.slow,  # processes of their own, and a lease that must run out
    pytest.mark.skipif(sys.platform == "win32", reason="nobody can be paused there"),
]

CHILD = Path(__file__).with_name("paused_child.py")
JOB, PACK = "look", "harbour"


class Watcher:
    """A worker in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def tell(self) -> None:
        """Say a line: begin, or go on."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def hear(self, *words: str) -> list[str]:
        """Wait until it says one of these words, and return what it said up to then."""
        assert self.process.stdout is not None
        said: list[str] = []
        while not said or said[-1] not in words:
            line = self.process.stdout.readline()
            assert line, f"it ended without saying {words}: {said}"
            said.append(line.strip())
        return said

    def takes_over(self) -> bool:
        """Let it try, and return whether it is in the middle of the run."""
        self.tell()
        return self.hear("looking", "over")[-1] == "looking"


@pytest.fixture
def hire(lasting_url: str, child_environment: dict[str, str]) -> Iterator[Callable[[str], Watcher]]:
    """Return a way to have one more worker."""
    with ExitStack() as stack:

        def hiring(name: str) -> Watcher:
            process = subprocess.Popen(
                [sys.executable, CHILD, lasting_url, name],
                env=child_environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return Watcher(process)

        yield hiring


@pytest.fixture
def store(lasting_url: str) -> Iterator[RunningStore]:
    """Return the ledger, in which the job has been known for two days."""
    with Journal.open(lasting_url, clock=lambda: datetime.now(UTC)) as journal:
        found = RunningStore(journal, PACK)
        first = found.take_lease("the one before", life=timedelta(minutes=1))
        assert first is not None
        found.begin(added(datetime.now(UTC) - timedelta(days=2), first.token), first.fence)
        found.give_back(first.fence)
        yield found


def added(at: datetime, token: int) -> Run:
    return Run(
        job=JOB,
        due_at=at,
        started_at=at,
        finished_at=at,
        outcome=RunOutcome.ADDED,
        attempt=1,
        covers=0,
        rows=0,
        note="",
        worker="the one before",
        token=token,
    )


def test_a_worker_that_was_paused_overtaken_and_woken_cannot_act_twice(
    hire: Callable[[str], Watcher], store: RunningStore, lasting_url: str
) -> None:
    first, second = hire("first"), hire("second")
    first.tell()
    first.hear("looking")
    os.kill(first.process.pid, signal.SIGSTOP)
    while not second.takes_over():
        time.sleep(LIFE.total_seconds() / 5)
    second.tell()
    second.hear("over")
    first.tell()
    os.kill(first.process.pid, signal.SIGCONT)
    assert "fenced_off" in first.hear("over")

    done = store.newest(limit=1)[0]
    assert (done.worker, done.attempt, done.outcome) == ("second", 2, RunOutcome.DONE)
    with Journal.open(lasting_url, clock=lambda: datetime.now(UTC)) as journal:
        assert len(journal.observations(PACK)) == 1
