"""How the site is run: whether its worker is alive, what it has done, and what is late."""

from __future__ import annotations

from datetime import datetime, timedelta

from iw_monitor.model.running import FAR_AHEAD, Operation, Pulse, SignOfLife, WorkerHealth, WorkerState
from iw_monitor.service.site import Site
from iw_monitor.store.running import RunningStore

EVALUATION = "evaluation"  # the job that evaluates
OVERDUE_AFTER = timedelta(minutes=70)  # evaluations are an hour apart
CLOCKS_DIFFER = timedelta(seconds=5)  # between machines that share a journal; by more, one of them is wrong


def pulse_of(site: Site, now: datetime) -> Pulse:
    """Return whether a site is looked after at this moment."""
    store = RunningStore(site.journal, site.pack.id)
    workers = store.workers()
    evaluated = store.last_done(EVALUATION, upto=now)
    begun = min((one.started_at for one in workers), default=None)
    since = evaluated or begun
    recorded = site.journal.end()
    return Pulse(
        health=_health(workers, now),
        seen_at=workers[0].seen_at if workers else None,
        evaluated_at=evaluated,
        is_overdue=since is not None and now - since > OVERDUE_AFTER,
        recorded_at=recorded,
        is_clock_behind=recorded is not None and recorded - now > CLOCKS_DIFFER,
    )


def operation_of(site: Site, now: datetime, *, runs: int, job: str | None = None) -> Operation:
    """Return how a site is run, with so many of its runs, the newest first."""
    store = RunningStore(site.journal, site.pack.id)
    return Operation(
        pulse=pulse_of(site, now),
        workers=store.workers(),
        lease=store.lease(),
        runs=store.newest(limit=runs, job=job, upto=now + FAR_AHEAD),
    )


def _health(workers: tuple[SignOfLife, ...], now: datetime) -> WorkerHealth:
    if not workers:
        return WorkerHealth.NONE
    living = {one.state for one in workers if not one.is_silent(now)}
    if WorkerState.ACTIVE in living:
        return WorkerHealth.ALIVE
    if WorkerState.STANDBY in living:
        return WorkerHealth.WAITING
    return WorkerHealth.STOPPED if workers[0].state is WorkerState.STOPPED else WorkerHealth.SILENT
