"""How a site does: one look for load balancers, monitors and operators."""

from __future__ import annotations

import platform
from collections import Counter
from datetime import datetime
from importlib.metadata import version

from iw_monitor.model.status import Installation, SiteStatus
from iw_monitor.service.running import pulse_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.migrate import revisions
from iw_monitor.store.place import free_bytes
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
        installation=installation_of(site),
        is_pack_broken=bool(site.broken),
        entries=site.journal.position(),
        pulse=pulse_of(site, now),
        workers=Counter(one.state for one in running.workers() if not one.is_silent(now)),
        runs=running.latest(upto=now),
        assessment=site.assess(),
        alerts=Counter(one.state for one in alerting.look().standing.alerts),
        undelivered=alerting.in_trouble(),
    )


def installation_of(site: Site) -> Installation:
    """Return what a site stands on at this moment."""
    return Installation(
        program=version("iw-monitor"),
        python=platform.python_version(),
        tables=revisions()[-1],
        pack=site.pack.file.version,
        pack_hash=site.pack.hash,
        free_bytes=free_bytes(site.journal.folder),
    )


def check_ready(site: Site) -> None:
    """See that a site can serve: its pack is there, and its journal can be read.

    Raises:
        StoreError: the journal cannot be read.
    """
    site.journal.observations(site.pack.id, newest=1)
