"""The reports that a pack plans, as jobs of the worker: on the clock, and when the headline level changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from iw_monitor.model.pack.reports import ReportPlan
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.model.snapshot import ReportOutcome
from iw_monitor.model.times import Crontab, Every, Times
from iw_monitor.schedule.jobs import Due, Job, Result, TimedJob, Turn
from iw_monitor.service.reporting import plans, produce
from iw_monitor.service.running import EVALUATION
from iw_monitor.service.site import Site
from iw_monitor.store.running import RunningStore

AUTHOR = VIA = "schedule"
LOOK_EVERY = Every(timedelta(seconds=10))
LOOK_IDLY = Every(timedelta(minutes=15))  # of a clock that somebody else turns
BEFORE = timedelta(days=1)  # how far back the evaluation before the last known change may lie


def report_jobs(site: Site) -> tuple[Job, ...]:
    """Return a job for each schedule, and one for each report that follows a change of level."""
    return tuple(job for plan in plans(site) for job in _jobs(plan))


def _jobs(plan: ReportPlan) -> Iterator[Job]:
    if plan.schedule is not None:
        times = Crontab(plan.schedule.cron, ZoneInfo(plan.schedule.zone))
        yield TimedJob(id=f"report {plan.id}", times=times, act=Making(plan))
    if plan.on_level_change:
        yield ChangeReport(id=f"report {plan.id} on change", act=Making(plan))


@dataclass(frozen=True, slots=True)
class Making:
    """Makes one report. Equal for equal plans, so that nothing is scheduled anew while the pack stays as it is."""

    plan: ReportPlan

    def __call__(self, turn: Turn) -> Result:
        """Make it for the time at which it was due."""
        done = produce(turn.site, self.plan, due_at=turn.due_at, author=AUTHOR, via=VIA)
        return Result(rows=int(done.kept is not None), note=done.note, failed=done.outcome is ReportOutcome.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """A report for each canonical instant at which an evaluation concluded another level of some problem."""

    id: str
    act: Making
    times: Times = LOOK_IDLY
    wake: Times = LOOK_EVERY
    jitter: timedelta = timedelta(0)

    def known_since(self, now: datetime) -> datetime:
        """Return now: a level that changed before somebody wanted the report is nobody's loss."""
        return now

    def pending(self, site: Site, store: RunningStore, now: datetime) -> tuple[Due, ...]:
        """Return the evaluated instants at which a level is another than at the one before."""
        since = store.last_due(self.id, upto=now)
        if since is None:
            return ()
        done = [one for one in store.begun(EVALUATION, since=since - BEFORE) if one.outcome is RunOutcome.DONE]
        return tuple(Due(one.due_at) for one in _changed(done) if since < one.due_at <= now)

    def run(self, turn: Turn) -> Result:
        """Make the report."""
        return self.act(turn)


def _changed(evaluations: list[Run]) -> Iterator[Run]:
    """Give the evaluations whose levels, which their note holds, are others than those before."""
    for before, after in pairwise(evaluations):
        if before.note != after.note:
            yield after
