"""A worker on a clock that somebody else turns: a week in seconds, without sleeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from iw_monitor.model.running import Run
from iw_monitor.schedule.jobs import Job
from iw_monitor.schedule.worker import Worker

_ROUNDS = 100  # in one instant; jobs that go on for longer wake each other without end


def run_until(
    worker: Worker, end: datetime, *, now: Callable[[], datetime], turn_to: Callable[[datetime], None]
) -> int:
    """Let a worker do everything that is due until an instant, and return how many runs that were.

    Args:
        worker: acts.
        end: the last instant.
        now: the clock of the worker's site.
        turn_to: turns that clock.

    Raises:
        RuntimeError: the jobs never come to rest.
    """
    count, looked_at = len(run_now(worker)), now()
    while (due := _next(worker, now())) <= end:
        turn_to(due)
        count += len(_run(worker, tuple(job for job in worker.jobs if _is_woken(job, looked_at, now()))))
        looked_at = now()
    turn_to(end)
    return count


def run_now(worker: Worker) -> tuple[Run, ...]:
    """Let a worker do what is due at this instant, and what follows from that.

    Raises:
        RuntimeError: the jobs never come to rest.
    """
    return _run(worker, worker.jobs)


def _run(worker: Worker, jobs: tuple[Job, ...]) -> tuple[Run, ...]:
    """Look at some jobs until none of them has anything to do any more."""
    done: list[Run] = []
    if not worker.keep_lease():
        return ()
    for _ in range(_ROUNDS):
        ran = [run for job in jobs for run in worker.run_due(job)]
        if not ran:
            return tuple(done)
        done += ran
    raise RuntimeError("the jobs never come to rest")


def _is_woken(job: Job, after: datetime, now: datetime) -> bool:
    """Say whether a scheduler would have looked at a job since an instant."""
    at = job.wake.after(after)
    return at is not None and at <= now


def _next(worker: Worker, now: datetime) -> datetime:
    """Return when something is due by the clock."""
    return min((at for job in worker.jobs if (at := job.times.after(now))), default=now + timedelta(days=1))
