"""A worker with one job that reports what it saw; run by the test that pauses it in the middle, and wakes it again.

It says what it is about on its standard output, and waits in a run until the parent says a line.
"""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

from iw_monitor.model.times import Every
from iw_monitor.schedule.jobs import Result, TimedJob, Turn
from iw_monitor.schedule.simulate import run_now
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from tests.builders import AWatch, a_pack, a_submission

LIFE = timedelta(seconds=1.5)


def now() -> datetime:
    return datetime.now(UTC)


def say(event: str, /, **_facts: object) -> None:
    print(event, flush=True)


def watch(url: str, name: str) -> None:
    """Look after a site, a line from the parent at a time."""
    with closing(Site(AWatch(a_pack()), Journal.open(url, clock=now), now)) as site:
        job = TimedJob(id="look", times=Every(timedelta(days=1)), act=look)
        worker = Worker(site, lambda _: (job,), name=name, version="1", life=LIFE, say=say)
        while sys.stdin.readline():
            run_now(worker)
            print("over", flush=True)


def look(turn: Turn) -> Result:
    """Wait for the parent, then report."""
    print("looking", flush=True)
    sys.stdin.readline()
    turn.site.journal.append([a_submission(observed_at=turn.due_at)], via="worker")
    return Result(rows=1)


if __name__ == "__main__":
    watch(*sys.argv[1:])
