"""The sources of a pack as jobs: each is asked when it is due, and left alone for a while after it failed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.collect.due import is_resting, times_of
from iw_monitor.collect.fetching import Around
from iw_monitor.model.collecting import FetchOutcome
from iw_monitor.model.instants import MICROSECOND
from iw_monitor.model.pack.sources import Source
from iw_monitor.model.times import Times
from iw_monitor.schedule.jobs import Due, Result, TimedJob, Turn
from iw_monitor.service.collecting import Collected, collect
from iw_monitor.service.site import Site
from iw_monitor.service.sources import around, is_sent, sources
from iw_monitor.store.running import RunningStore
from iw_monitor.store.source_states import SourceStates

Surroundings = Callable[[Site], Around]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceJob:
    """Asks one source: at once when the pack first names it, then when it is due."""

    source: Source
    surroundings: Surroundings

    @property
    def id(self) -> str:
        """Its name in the ledger, where alerts read which sources fail."""
        return f"source {self.source.id}"

    @property
    def times(self) -> Times:
        """When it is due by the clock."""
        return times_of(self.source.schedule)

    @property
    def wake(self) -> Times:
        """When it is due."""
        return self.times

    @property
    def jitter(self) -> timedelta:
        """As the pack says."""
        return self.source.schedule.jitter or timedelta(0)

    def known_since(self, now: datetime) -> datetime:
        """Return a moment ago: a source that was never asked is due now."""
        return now - MICROSECOND

    def pending(self, site: Site, store: RunningStore, now: datetime) -> tuple[Due, ...]:
        """Return the last due time after those in the ledger, unless the source is to be left alone."""
        since = store.last_due(self.id, upto=now)
        state = SourceStates(site.journal).get(site.pack.id, self.source.id)
        if since is None or (state is not None and is_resting(state, now)):
            return ()
        if state is None:
            return (Due(since + MICROSECOND),)
        return TimedJob(id=self.id, times=self.times, act=self.run).pending(site, store, now)

    def run(self, turn: Turn) -> Result:
        """Ask it once, and take what it says as far as the pack lets a machine."""
        return told(collect(turn.site, self.source.id, now=turn.now, around=self.surroundings(turn.site)))


def source_jobs(site: Site, surroundings: Surroundings | None = None) -> tuple[SourceJob, ...]:
    """Return a job for each source of the pack that is asked; what is sent here needs none."""
    use = surroundings or _of_this_machine
    return tuple(SourceJob(source=one, surroundings=use) for one in sources(site) if not is_sent(one))


def told(done: Collected) -> Result:
    """Return what came of a run as the ledger tells it. A source that is not configured yet has not failed."""
    note = f"{done.outcome.value}: {done.detail}"
    rows = len(done.accepted) + len(done.proposed)
    return Result(rows=rows, note=note, failed=done.outcome is FetchOutcome.FAILED)


def _of_this_machine(site: Site) -> Around:
    return around(site, os.environ)
