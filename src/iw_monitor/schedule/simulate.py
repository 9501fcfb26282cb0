"""A worker on a clock that somebody else turns: a week in seconds, without sleeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from iw_monitor.model.running import Run
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
    count = len(run_now(worker))
    while (due := _next(worker, now())) <= end:
        turn_to(due)
        count += len(run_now(worker))
    turn_to(end)
    return count


def run_now(worker: Worker) -> tuple[Run, ...]:
    """Let a worker do what is due at this instant, and what follows from that.

    Raises:
        RuntimeError: the jobs never come to rest.
    """
    done: list[Run] = []
    if not worker.keep_lease():
        return ()
    for _ in range(_ROUNDS):
        ran = [run for job in worker.jobs for run in worker.run_due(job)]
        if not ran:
            return tuple(done)
        done += ran
    raise RuntimeError("the jobs never come to rest")


def _next(worker: Worker, now: datetime) -> datetime:
    """Return when something is due by the clock."""
    return min((at for job in worker.jobs if (at := job.times.after(now))), default=now + timedelta(days=1))
