"""Doing something small again and again beside what a process is there for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from iw_monitor.errors import IwError
from iw_monitor.schedule.log import Say

ENDS_WITHIN = 0.3  # seconds; a call to the network that takes longer is left behind


@contextmanager
def beside(act: Callable[[], object], *, every: timedelta, name: str, say: Say) -> Iterator[None]:
    """Do something at once and then at even distances, on a thread of its own, while the block runs.

    Trouble with what it is given is logged and may pass; a fault of the program ends it, with its trace in the log.
    """
    is_over = threading.Event()

    def again_and_again() -> None:
        while True:
            try:
                act()
            except IwError as error:
                say("beside_failed", what=name, error=error)
            if is_over.wait(every.total_seconds()):
                return

    thread = threading.Thread(target=again_and_again, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(ENDS_WITHIN)
