"""So that a worker's death is noticed: others stand in for one that is dead, and one that lives calls outside."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

from iw_monitor.schedule.beside import beside
from iw_monitor.schedule.log import Say
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.pinging import ping
from iw_monitor.service.site import Site
from iw_monitor.service.standing_in import stand_in

STAND_IN_EVERY = timedelta(seconds=30)
PING_EVERY = timedelta(minutes=1)


def standing_in(site: Site, *, say: Say) -> AbstractContextManager[None]:
    """Stand in for the site's worker while the block runs, whenever it is dead."""
    return beside(lambda: stand_in(site), every=STAND_IN_EVERY, name="standing in", say=say)


def pinging(site: Site, worker: Worker, *, say: Say) -> AbstractContextManager[None]:
    """Call the operator's dead-man address while the block runs, as long as this worker is the one that acts."""

    def call() -> None:
        worker.trouble = ping(site) if worker.lease is not None else ""

    return beside(call, every=PING_EVERY, name="dead-man ping", say=say)
