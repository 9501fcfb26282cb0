"""Making the reports that a pack plans: by name, when they are due, and when a level changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from iw_monitor.errors import ReportError
from iw_monitor.model.pack.reports import ReportPlan
from iw_monitor.model.snapshot import KeptSnapshot, ReportOutcome
from iw_monitor.model.times import Crontab
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.service.codes import refused
from iw_monitor.service.keeping import keep, kept, refuse_above, reports_folder
from iw_monitor.service.site import Site
from iw_monitor.service.snapshots import Wanted, snapshot_of
from iw_monitor.telling import formats

LATE_AFTER = timedelta(minutes=10)  # sooner than that, nobody would call it late


@dataclass(frozen=True, slots=True, kw_only=True)
class Produced:
    """What came of one report, in a sentence, and what was kept of it."""

    report: str
    outcome: ReportOutcome
    note: str
    kept: KeptSnapshot | None = None


def plans(site: Site) -> tuple[ReportPlan, ...]:
    """Return the reports that the site's pack plans."""
    planned = site.loaded.reports
    return () if planned is None else planned.reports


@dataclass(frozen=True, slots=True)
class Planned:
    """A report that the pack plans, and when it is due next; None: not by the clock, or never again."""

    plan: ReportPlan
    next_at: datetime | None


def planned(site: Site) -> tuple[Planned, ...]:
    """Return the reports that the site's pack plans, each with its next due time; in the demo nothing is due."""
    return tuple(Planned(one, None if site.demo else _next(one, site.now())) for one in plans(site))


def _next(plan: ReportPlan, now: datetime) -> datetime | None:
    due = plan.schedule
    return None if due is None else Crontab(due.cron, ZoneInfo(due.zone)).after(now)


def plan_named(site: Site, name: str) -> ReportPlan:
    """Return the plan of this name.

    Raises:
        InputError: the pack plans no such report.
    """
    listed = {one.id: one for one in plans(site)}
    if name not in listed:
        known = ", ".join(listed) or "none"
        raise refused("S119", "report", f"the pack plans no report {name!r}", remedy=f"It plans: {known}")
    return listed[name]


def produce(
    site: Site, plan: ReportPlan, *, due_at: datetime | None, author: str, via: str, below: Path | None = None
) -> Produced:
    """Make a report, once for each due time, and say what came of it; a failure is an outcome, not an exception.

    Args:
        site: whose pack plans it.
        plan: what is planned.
        due_at: the time for which it is made, and as of which it speaks; None: now, by a person.
        author: who makes it.
        via: the way in.
        below: the folder in which the plan's own folder lies; by default beside the journal.

    Raises:
        StoreError: the journal cannot be used.
    """
    if due_at is not None and any(one.record.due_at == due_at for one in kept(site) if one.record.report == plan.id):
        return Produced(report=plan.id, outcome=ReportOutcome.SKIPPED, note=f"{plan.id} was made for that time before")
    try:
        snapshot = snapshot_of(site, _wanted(site, plan, due_at), author=author, via=via)
        _refuse_above(site, plan, snapshot)
        made = keep(site, snapshot, formats=plan.files, folder=(below or reports_folder(site)) / plan.folder)
    except (ReportError, OSError) as error:
        return Produced(report=plan.id, outcome=ReportOutcome.FAILED, note=str(error))
    late = made.record.late_by
    said = "" if late is None else f", late by {formats.duration(late)}"
    return Produced(
        report=plan.id,
        outcome=ReportOutcome.SENT if late is None else ReportOutcome.LATE,
        note=f"{plan.id}: {len(made.record.files)} files in {plan.folder}{said}",
        kept=made,
    )


def _wanted(site: Site, plan: ReportPlan, due_at: datetime | None) -> Wanted:
    late = _late(site, due_at)
    return Wanted(layout=plan.shape, as_of=due_at, report=plan.id, title=plan.title, due_at=due_at, late_by=late)


def _refuse_above(site: Site, plan: ReportPlan, snapshot: Snapshot) -> None:
    """Refuse what is marked above its target, or above what one of its formats may bear.

    Raises:
        ReportError: it is.
    """
    refuse_above(snapshot.marking, plan.ceiling, f"the folder {plan.folder}")
    ceilings = {} if site.loaded.reports is None else site.loaded.reports.ceilings()
    for form in plan.files:
        if form in ceilings:
            refuse_above(snapshot.marking, ceilings[form], form.value)


def _late(site: Site, due_at: datetime | None) -> timedelta | None:
    late = timedelta(0) if due_at is None else site.now() - due_at
    return late if late >= LATE_AFTER else None
