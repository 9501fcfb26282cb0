"""The process of the workers: begins, waits for a signal, and ends within seconds."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from iw_monitor.schedule.crew import Crew
from iw_monitor.schedule.log import say
from iw_monitor.schedule.worker import JobsOf
from iw_monitor.service.sites import Sites

PATIENCE = timedelta(seconds=3)  # for runs that are under way when it is to stop
_LOOK_EVERY = 0.2  # seconds; for a signal that came
_FOLLOW_EVERY = 5.0  # seconds; for a pack that was mended


def run_worker(sites: Sites, jobs_of: JobsOf, *, clock: Callable[[], datetime], life: timedelta) -> None:
    """Look after the packs that are held until somebody stops the process; return then, or end it where a run does not.

    Args:
        sites: to look after.
        jobs_of: returns the jobs of one of them.
        clock: this machine's.
        life: of each lease.
    """
    crew = Crew(sites, jobs_of, host=socket.gethostname(), clock=clock, life=life, say=say)
    stop = _Stop()
    crew.start()
    looked = time.monotonic()
    while not stop.is_wanted:
        time.sleep(_LOOK_EVERY)
        if time.monotonic() - looked >= _FOLLOW_EVERY:
            crew.follow()
            looked = time.monotonic()
    if not crew.stop(PATIENCE):  # Python would wait for its thread; what it still writes is fenced off
        logging.shutdown()
        os._exit(0)


class _Stop:
    """Whether somebody asked this process to stop."""

    def __init__(self) -> None:
        self.is_wanted = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_wanted = True
