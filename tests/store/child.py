"""What a child process does to a journal; run by tests that need more than one process, or one that may be killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from iw_monitor.errors import ConflictError, StoreError
from iw_monitor.store import migrate
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.builders import MONDAY, a_submission

NOBODY = 65534


def append(file: str, count: str) -> None:
    """Append one by one, saying the id of each as soon as it is acknowledged."""
    with Journal.open(file_url(Path(file)), clock=lambda: MONDAY) as journal:
        print("open", flush=True)
        for _ in range(int(count)):
            (one,) = journal.append([a_submission()], via="child")
            print(one.id, flush=True)


def append_batch(file: str, count: str) -> None:
    """Append all at once, saying how far it is."""
    with Journal.open(file_url(Path(file)), clock=lambda: MONDAY) as journal:
        rows = (a_submission() for _ in range(int(count)))
        journal.append_stream(rows, via="child", on_progress=lambda done: print(done, flush=True))
        print("done", flush=True)


def open_together(file: str, count: str) -> None:
    """Make new journals, each at the moment the parent says, so that several processes do so at once."""
    for number in range(int(count)):
        print("ready", flush=True)
        sys.stdin.readline()
        with Journal.open(file_url(Path(file).with_name(f"{number}.db")), clock=lambda: MONDAY) as journal:
            journal.append([a_submission()], via="child")


def compare_and_set(file: str, count: str) -> None:
    """Raise the reading by one, again and again, each time on what was seen; tell how often somebody was faster."""
    lost = 0
    with Journal.open(file_url(Path(file)), clock=lambda: MONDAY) as journal:
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


ACTS: dict[str, Callable[..., None]] = {
    "append": append,
    "append-batch": append_batch,
    "open-together": open_together,
    "compare-and-set": compare_and_set,
    "as-somebody": as_somebody,
}

if __name__ == "__main__":
    ACTS[sys.argv[1]](*sys.argv[2:])
