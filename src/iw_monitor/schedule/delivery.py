"""The delivery: whatever waits in the outbox is tried when its time has come, and what the clock alone brings is told.

Unlike other jobs it is due when there is something to do: the ledger holds no rounds in which nothing was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.model.times import Every, Times
from iw_monitor.schedule.evaluation import LOOK_EVERY
from iw_monitor.schedule.jobs import Due, Result, Turn
from iw_monitor.service.delivering import deliver, has_work
from iw_monitor.service.site import Site
from iw_monitor.store.running import RunningStore

DELIVERY = "delivery"
LOOK_IDLY = Every(timedelta(minutes=15))  # of a clock that somebody else turns


def deliver_now(turn: Turn) -> Result:
    """Deliver what waits; what failed is tried again later and is no failure of this run."""
    done = deliver(turn.site)
    return Result(rows=done.delivered, note=f"delivered {done.delivered}, in vain {done.failed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Delivers what waits, as soon as it may."""

    act: Callable[[Turn], Result] = deliver_now
    id: str = DELIVERY
    times: Times = LOOK_IDLY
    wake: Times = LOOK_EVERY
    jitter: timedelta = timedelta(0)

    def known_since(self, now: datetime) -> datetime:
        """Return now: what waits is in the outbox, whenever somebody first asks for it."""
        return now

    def pending(self, site: Site, store: RunningStore, now: datetime) -> tuple[Due, ...]:
        """Return this instant if anything may be sent or told now."""
        return (Due(now),) if store.last_due(self.id, upto=now) != now and has_work(site) else ()

    def run(self, turn: Turn) -> Result:
        """Deliver once."""
        return self.act(turn)
