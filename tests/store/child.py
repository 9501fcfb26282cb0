"""What a child process does to a journal; run by tests that need more than one process, or one that may be killed."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from iw_monitor.errors import ConflictError, StoreError
from iw_monitor.store import migrate
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.builders import MONDAY, a_submission

NOBODY = 65534


def append(url: str, count: str) -> None:
    """Append one by one, saying the id of each as soon as it is acknowledged."""
    with Journal.open(url, clock=lambda: MONDAY) as journal:
        print("open", flush=True)
        for _ in range(int(count)):
            (one,) = journal.append([a_submission()], via="child")
            print(one.id, flush=True)


def append_batch(url: str, count: str) -> None:
    """Append all at once, saying how far it is."""
    with Journal.open(url, clock=lambda: MONDAY) as journal:
        rows = (a_submission() for _ in range(int(count)))
        journal.append_stream(rows, via="child", on_progress=lambda done: print(done, flush=True))
        print("done", flush=True)


def open_together(_: str, count: str) -> None:
    """Make new journals, each where and when the parent says, so that several processes do so at once."""
    for _number in range(int(count)):
        print("ready", flush=True)
        with Journal.open(sys.stdin.readline().strip(), clock=lambda: MONDAY) as journal:
            journal.append([a_submission()], via="child")


def compare_and_set(url: str, count: str) -> None:
    """Raise the reading by one, again and again, each time on what was seen; tell how often somebody was faster."""
    lost = 0
    with Journal.open(url, clock=lambda: MONDAY) as journal:
        for _ in range(int(count)):
            while True:
                seen = journal.latest("harbour", "port_traffic")
                reading = 0.0 if seen is None else (seen.reading or 0.0)
                try:
                    journal.append(
                        [a_submission(reading=reading + 1)],
                        via="child",
                        seen={"port_traffic": None if seen is None else seen.id},
                    )
                    break
                except ConflictError:
                    lost += 1
    print(lost, flush=True)


def as_somebody(act: str, file: str) -> None:
    """Open a journal as a user who is not root, and say what came of it."""
    Journal.open("sqlite://", clock=lambda: MONDAY).close()  # loads what Python might not be let read afterwards
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    if not os.access(Path(migrate.__file__).parent / "migrations" / "env.py", os.R_OK):
        print("cannot read the program")
        return
    try:
        read_only = act == "verify"
        url = file_url(Path(file))
        with Journal.open(url, clock=lambda: MONDAY, read_only=read_only, patience=timedelta(seconds=1)) as journal:
            print(journal.verify() if read_only else len(journal.append([a_submission()], via="child")))
    except StoreError as error:
        print(type(error).__name__, error)


def look_at_site(url: str, pack: str) -> None:
    """Poll a site's revision as a page does; say what is assessed once the journal is as long as the parent says."""
    from iw_monitor.model.observation import Known  # the other acts start faster without
    from iw_monitor.service.site import open_site

    with closing(open_site(clock=lambda: MONDAY, pack=pack, url=url)) as site:
        print("open", flush=True)
        for line in sys.stdin:
            seen: list[str] = []
            while not seen or int(seen[-1].split("-")[1]) < int(line):
                if (revision := site.revision()) not in seen:
                    seen.append(revision)
                time.sleep(0.02)
            assessment = repr(site.assess(MONDAY, Known.PUBLISHED))
            print(*seen, hashlib.sha256(assessment.encode()).hexdigest(), flush=True)


ACTS: dict[str, Callable[..., None]] = {
    "append": append,
    "append-batch": append_batch,
    "open-together": open_together,
    "compare-and-set": compare_and_set,
    "as-somebody": as_somebody,
    "look-at-site": look_at_site,
}

if __name__ == "__main__":
    ACTS[sys.argv[1]](*sys.argv[2:])
