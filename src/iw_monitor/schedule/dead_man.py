"""So that a worker's death is noticed: others stand in for one that is dead, and one that lives calls outside."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import timedelta

from iw_monitor.errors import IwError
from iw_monitor.schedule.beside import beside
from iw_monitor.schedule.log import Say
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.pinging import ping
from iw_monitor.service.sites import Sites
from iw_monitor.service.standing_in import stand_in

STANDING_IN = "standing in"
STAND_IN_EVERY = timedelta(seconds=30)
PING_EVERY = timedelta(minutes=1)


def standing_in(sites: Sites, *, say: Say) -> AbstractContextManager[None]:
    """Stand in for the worker of each pack while the block runs, whenever it is dead."""

    def stand() -> None:
        for site in sites.usable():
            try:
                stand_in(site)
            except IwError as error:  # trouble of one pack; the next is stood in for all the same
                say("beside_failed", what=STANDING_IN, pack=site.pack.id, error=error)

    return beside(stand, every=STAND_IN_EVERY, name=STANDING_IN, say=say)


def pinging(sites: Sites, workers: Callable[[], Collection[Worker]], *, say: Say) -> AbstractContextManager[None]:
    """Call the operator's dead-man address while the block runs, as long as one of these workers is one that acts."""

    def call() -> None:
        acting = [one for one in workers() if one.lease is not None]
        trouble = ping(sites.held()) if acting else ""
        for one in workers():
            one.trouble = trouble if one in acting else ""

    return beside(call, every=PING_EVERY, name="dead-man ping", say=say)
