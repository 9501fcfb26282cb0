"""The jobs of a site, derived from its pack: one place that says what runs by itself."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from iw_monitor.model.times import Every
from iw_monitor.schedule.collecting import Surroundings, source_jobs
from iw_monitor.schedule.delivery import Delivery
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.jobs import Job, Result, TimedJob, Turn
from iw_monitor.schedule.reports import report_jobs
from iw_monitor.service import archive
from iw_monitor.service.site import Site
from iw_monitor.store.retiring import Old, retire

RUNS_KEPT = timedelta(days=90)
MESSAGES_KEPT = timedelta(days=400)
TIDY_EVERY = Every(timedelta(days=1))


def jobs_of(site: Site, surroundings: Surroundings | None = None) -> tuple[Job, ...]:
    """Return the jobs that a site asks for now, in the order in which they run where they are due together.

    Args:
        site: whose pack it is.
        surroundings: what collecting may use; by default what this machine has.
    """
    tidying = TimedJob(id="tidying", times=TIDY_EVERY, act=tidy)
    collecting = source_jobs(site, surroundings)
    return (*collecting, Evaluation(act=conclude), *report_jobs(site), Delivery(), tidying)


def tidy(turn: Turn) -> Result:
    """Take out of the database what is long over, once it is in the archive. The journal is never tidied."""
    site = turn.site
    folder = archive.archive_of(site)
    keep = partial(archive.append, folder, site.pack.id, at=turn.now)
    old = Old(runs=turn.now - RUNS_KEPT, messages=turn.now - MESSAGES_KEPT)
    try:
        count = retire(site.journal, site.pack.id, turn.fence, old=old, keep=keep)
    except OSError as error:
        why = f"The archive {folder} cannot be written: {error.strerror or error}. Nothing was taken out."
        return Result(note=f"{why} See that the worker's user may write there, and that there is room.", failed=True)
    return Result(rows=count, note=f"{count} old runs, workers and messages went into the archive" if count else "")
