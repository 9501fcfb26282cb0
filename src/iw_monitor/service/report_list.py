"""The list of reports: what was sent, late, skipped or failed, from the journal and the ledger of runs together."""

from __future__ import annotations

from collections.abc import Iterator

from iw_monitor.errors import ReportError
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.model.snapshot import Format, KeptSnapshot, ReportLine, ReportOutcome
from iw_monitor.service.facts import REPORT
from iw_monitor.service.keeping import kept, read_kept
from iw_monitor.service.site import Site
from iw_monitor.store.running import RunningStore
from iw_monitor.store.snapshots import SnapshotStore
from iw_monitor.telling import formats


def report_list(site: Site, *, limit: int) -> tuple[ReportLine, ...]:
    """Return what was made and what was not, the newest first.

    Raises:
        StoreError: the journal or the ledger cannot be read.
    """
    runs = RunningStore(site.journal, site.pack.id).newest(limit=limit, about=REPORT)
    lines = [*(_made(one) for one in kept(site)[:limit]), *(line for run in runs for line in _not_made(run))]
    return tuple(sorted(lines, key=lambda one: one.at, reverse=True)[:limit])


def kept_file(site: Site, name: str, form: Format) -> tuple[str, bytes]:
    """Return a file of a kept snapshot, with its name, after seeing that it is the one that was written.

    Raises:
        ReportError: there is no such snapshot or file, or it was changed.
        StoreError: the journal cannot be read.
    """
    found = SnapshotStore(site.journal).find(site.pack.id, name)
    if found is None:
        raise ReportError("There is no such snapshot.")
    content = read_kept(found, form)
    return found.by_format[form].name, content


def _made(one: KeptSnapshot) -> ReportLine:
    late = one.record.late_by
    return ReportLine(
        at=one.made_at,
        due_at=one.record.due_at,
        report=one.record.report,
        outcome=ReportOutcome.SENT if late is None else ReportOutcome.LATE,
        note="" if late is None else f"late by {formats.duration(late)}",
        kept=one,
    )


def _not_made(run: Run) -> Iterator[ReportLine]:
    """Give what a run did not make: it failed, found it made already, or came too late for the times before its own."""
    if run.is_broken:
        yield _missed(run, ReportOutcome.FAILED, run.note or run.outcome.value)
    elif run.outcome is RunOutcome.DONE and not run.rows:
        yield _missed(run, ReportOutcome.SKIPPED, run.note)
    if run.covers > 1:
        yield _missed(run, ReportOutcome.SKIPPED, f"{run.covers - 1} due times before this one had passed")


def _missed(run: Run, outcome: ReportOutcome, note: str) -> ReportLine:
    report = run.job.partition(" ")[2].partition(" ")[0]
    return ReportLine(at=run.started_at, due_at=run.due_at, report=report, outcome=outcome, note=note)
