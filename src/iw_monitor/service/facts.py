"""What only operation knows and alerts hang on: which sources are down, which reports failed, how full the disk is.

The first two are read in the ledger: a job about one of them is named ``source ID`` or ``report ID``, with more words
where several are about the same one.
"""

from __future__ import annotations

from collections.abc import Iterable

from iw_monitor.model.alert import Facts, Holds
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.service.site import Site
from iw_monitor.service.sources import silent_sources
from iw_monitor.store.place import free_bytes
from iw_monitor.store.running import RunningStore

SOURCE, REPORT = "source", "report"  # the first word of a job's name


def facts_of(site: Site) -> Facts:
    """Return what the last run of each job about a source or a report says of it, and the room that is left.

    A source that answers with nothing again and again fails in no run; it is down all the same once it is overdue.

    Raises:
        StoreError: the ledger cannot be read.
    """
    now = site.now()
    runs = RunningStore(site.journal, site.pack.id).latest(upto=now)
    silent = dict.fromkeys(silent_sources(site, now=now), Holds.YES)
    return Facts(
        sources=_named(runs, SOURCE) | silent,
        reports=_named(runs, REPORT),
        free_bytes=free_bytes(site.journal.folder),
    )


def _named(runs: Iterable[Run], kind: str) -> dict[str, Holds]:
    """Return whether each thing of a kind fails: it does as soon as one of its jobs does."""
    found: dict[str, Holds] = {}
    for run in runs:
        first, _, rest = run.job.partition(" ")
        name = rest.partition(" ")[0]
        if first == kind and name:
            failed = run.outcome is not RunOutcome.DONE
            found[name] = Holds.YES if failed or found.get(name) is Holds.YES else Holds.NO
    return found
