"""The process of a worker: begins, waits for a signal, and ends within seconds."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import version
from types import FrameType

from iw_monitor.errors import StoreError
from iw_monitor.schedule.dead_man import pinging, standing_in
from iw_monitor.schedule.live import Live, own_name
from iw_monitor.schedule.log import say
from iw_monitor.schedule.worker import JobsOf, Worker
from iw_monitor.service.site import Site

PATIENCE = timedelta(seconds=3)  # for runs that are under way when it is to stop
_LOOK_EVERY = 0.2  # seconds; for a signal that came


def run_worker(site: Site, jobs_of: JobsOf, *, clock: Callable[[], datetime], life: timedelta) -> None:
    """Look after a site until somebody stops the process; return then, or end it where a run does not.

    Args:
        site: to look after.
        jobs_of: returns its jobs.
        clock: this machine's.
        life: of the lease.
    """
    name = own_name(socket.gethostname(), uuid.uuid4().hex[:6])
    worker = Worker(site, jobs_of, name=name, version=version("iw-monitor"), life=life, say=say)
    live = Live(worker, clock=clock, say=say)
    stop = _Stop()
    say("worker_started", worker=name, pack=site.pack.id, journal=site.journal.where, lease=life)
    live.start()
    with standing_in(site, say=say), pinging(site, worker, say=say):
        while not stop.is_wanted:
            time.sleep(_LOOK_EVERY)
    ended = False
    with suppress(StoreError):  # a database that is gone must not keep the process from ending
        ended = live.stop(PATIENCE)
    say("worker_stopped", worker=name, interrupted="" if ended else "a run that took too long")
    if not ended:  # Python would wait for its thread; what it still writes is fenced off
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
