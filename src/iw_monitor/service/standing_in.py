"""Standing in for a worker that is dead: somebody else tells that it is, and delivers what waits.

The processes of the pages and the workers that stand by all do it. Who comes first writes; the others find it written.
"""

from __future__ import annotations

from iw_monitor.model.pack.alerts import WorkerDeadRule
from iw_monitor.service.alerting import rules_of
from iw_monitor.service.delivering import Delivered, Send, deliver
from iw_monitor.service.outlets import Outlets
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore


def is_left_alone(site: Site) -> bool:
    """Say whether nothing was evaluated for so long that the pack calls the worker dead.

    A site that was never evaluated has no worker that could be.

    Raises:
        StoreError: the journal cannot be read.
    """
    patience = min((one.silent_for for one in rules_of(site).rules if isinstance(one, WorkerDeadRule)), default=None)
    evaluated_at = AlertStore(site.journal, site.pack.id).look().standing.evaluated_at
    return patience is not None and evaluated_at is not None and site.now() - evaluated_at >= patience


def stand_in(site: Site, *, outlets: Outlets | None = None, send_by: Send | None = None) -> Delivered:
    """Do what a worker does between evaluations, where the pack calls the site's own one dead; otherwise nothing.

    Args:
        site: what it is about; it may write.
        outlets: where notices leave; by default as the environment says.
        send_by: sends one message; for tests.

    Raises:
        StoreError: the journal cannot be used.
    """
    return deliver(site, outlets=outlets, send_by=send_by) if is_left_alone(site) else Delivered()
