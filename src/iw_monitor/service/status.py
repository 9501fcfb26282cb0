"""How a site does: one look for load balancers, monitors and operators."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from iw_monitor.model.status import SiteStatus
from iw_monitor.service.running import pulse_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.running import RunningStore


def status_of(site: Site, now: datetime) -> SiteStatus:
    """Return how a site does at this moment.

    Args:
        site: what it is about; in the demo its own clock stands.
        now: the world's clock, by which workers are judged.

    Raises:
        StoreError: the journal cannot be read.
    """
    running, alerting = RunningStore(site.journal, site.pack.id), AlertStore(site.journal, site.pack.id)
    return SiteStatus(
        at=now,
        pack_version=site.pack.file.version,
        is_pack_broken=bool(site.broken),
        entries=site.journal.position(),
        free_bytes=_free(site.journal.folder),
        pulse=pulse_of(site, now),
        workers=Counter(one.state for one in running.workers() if not one.is_silent(now)),
        runs=running.latest(),
        assessment=site.assess(),
        alerts=Counter(one.state for one in alerting.look().standing.alerts),
        undelivered=alerting.in_trouble(),
    )


def check_ready(site: Site) -> None:
    """See that a site can serve: its pack is there, and its journal can be read.

    Raises:
        StoreError: the journal cannot be read.
    """
    site.journal.observations(site.pack.id, newest=1)


def _free(folder: Path | None) -> int | None:
    with suppress(OSError):
        return None if folder is None else shutil.disk_usage(folder).free
    return None
