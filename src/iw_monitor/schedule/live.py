"""The worker on the machine's clock: APScheduler wakes it when a job is to be looked at.

The scheduler only wakes. What is due, and what was done, stands in our own ledger, so nothing hangs on its memory: a
wake that comes late or twice does no harm.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.interval import IntervalTrigger

from iw_monitor.errors import StoreError
from iw_monitor.model.times import Times
from iw_monitor.schedule.jobs import Job
from iw_monitor.schedule.log import Say
from iw_monitor.schedule.worker import Worker

KEEPER = "lease and sign of life"  # our own job: renews the lease, and follows the pack
AT_ONCE = 8  # jobs beside each other; one job never beside itself
_RULES = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}


class Live:
    """A worker that a scheduler wakes."""

    def __init__(self, worker: Worker, *, clock: Callable[[], datetime], say: Say) -> None:
        """Wake a worker by a clock that runs as this machine's does."""
        self._worker, self._clock, self._say = worker, clock, say
        self._jobs: tuple[Job, ...] = ()
        self._acts = False
        self._seen_at = clock()
        executors = {"default": ThreadPoolExecutor(AT_ONCE), "keeper": ThreadPoolExecutor(1)}
        self._scheduler = BackgroundScheduler(timezone="UTC", executors=executors, job_defaults=_RULES)
        self._scheduler.add_listener(self._hear, EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_MISSED)

    def start(self) -> None:
        """Begin, and look at everything at once."""
        often = IntervalTrigger(seconds=max(1, int(self._worker.life.total_seconds() // 3)), timezone="UTC")
        self._scheduler.add_job(self._keep, often, id=KEEPER, executor="keeper", next_run_time=self._clock())
        self._scheduler.start()

    def stop(self, patience: timedelta) -> bool:
        """Begin nothing any more and wait a little for what runs; return whether all of it ended."""
        self._scheduler.pause()
        self._scheduler.remove_all_jobs()
        ended = self._worker.wait_until_idle(patience)
        self._scheduler.shutdown(wait=False)
        self._worker.stop()
        return ended

    def heed_clock(self) -> None:
        """Look at everything now if the clock was set back: the scheduler would sleep until it shows the old time.

        To be asked every few seconds, by a clock that nobody sets.
        """
        now = self._clock()
        before, self._seen_at = self._seen_at, now
        if now < before:
            self._say("clock_set_back", by=before - now)
            self._worker.is_behind = True
            self._scheduler.modify_job(KEEPER, next_run_time=now)

    def _keep(self) -> None:
        """Renew the lease, say that the worker is alive, and follow the pack. Trouble with the database may pass."""
        try:
            acts = self._worker.keep_lease()
            was_behind, self._worker.is_behind = self._worker.is_behind, False
            self._follow(self._worker.jobs, at_once=acts and (was_behind or not self._acts))
            self._acts = acts
        except StoreError as error:
            self._worker.is_behind = True  # what was due meanwhile must not wait until it is due again
            self._say("no_database", error=error)

    def _follow(self, jobs: tuple[Job, ...], *, at_once: bool) -> None:
        """Let the scheduler have these jobs; ``at_once`` looks at all of them now, for what was missed."""
        if jobs == self._jobs and not at_once:
            return
        for gone in {one.id for one in self._jobs} - {one.id for one in jobs}:
            self._scheduler.remove_job(gone)
        for job in jobs:
            self._scheduler.add_job(
                self._worker.run_due,
                OrTrigger([Wake(job.wake)], jitter=int(job.jitter.total_seconds())),
                args=[job],
                id=job.id,
                replace_existing=True,
                next_run_time=self._clock(),
            )
        self._jobs = jobs

    def _hear(self, event: Any) -> None:
        """Count what was passed over, and write down what broke."""
        job: str = event.job_id
        fault: BaseException | None = getattr(event, "exception", None)
        if fault is not None:
            self._say("job_broke", job=job, error=f"{type(fault).__name__}: {fault}", trace=event.traceback)
            self._note_fault(job, fault)
        elif any(one.id == job and one.wake == one.times for one in self._jobs):  # others are looked at again soon
            self._worker.note_missed()
            self._say("job_passed_over", job=job, error="it was still running")

    def _note_fault(self, job: str, fault: BaseException) -> None:
        try:
            self._worker.note_fault(job, fault)
        except StoreError as error:
            self._say("no_database", error=error)


class Wake(BaseTrigger):
    """Wakes at the times at which a job is to be looked at."""

    def __init__(self, times: Times) -> None:
        self._times = times

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return when to wake next."""
        return self._times.after(max(previous_fire_time, now) if previous_fire_time else now)


def own_name(host: str, number: str) -> str:
    """Return a name for the worker of this process that no other one ever had."""
    return f"{host}:{os.getpid()}:{number}"
