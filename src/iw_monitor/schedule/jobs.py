"""Jobs: what is to be done, when it is due, and what came of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from iw_monitor.model.running import Fence
from iw_monitor.model.times import Times, due_between
from iw_monitor.service.site import Site
from iw_monitor.store.running import RunningStore


@dataclass(frozen=True, slots=True)
class Due:
    """A due time nobody has dealt with; ``covers`` counts it and the earlier ones that one run makes up for."""

    at: datetime
    covers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One run as its job sees it. What is written through ``site`` is refused once another worker has taken over."""

    site: Site
    fence: Fence
    due_at: datetime
    now: datetime

    @property
    def late_by(self) -> timedelta:
        """How long after its due time it began."""
        return max(self.now - self.due_at, timedelta(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a run: how much it wrote, in the job's own measure, and a sentence about it."""

    rows: int = 0
    note: str = ""
    failed: bool = False


class Job(Protocol):
    """Something that is done again and again."""

    @property
    def id(self) -> str:
        """Its name in the ledger; the same for ever.

        A job about a source begins ``source ID``, one about a report ``report ID``: alerts read there which fail.
        """

    @property
    def times(self) -> Times:
        """When it is due by the clock."""

    @property
    def wake(self) -> Times:
        """When to look whether it is due."""

    @property
    def jitter(self) -> timedelta:
        """By how much at most a look comes later, so that not everybody asks a source in the same second."""

    def known_since(self, now: datetime) -> datetime:
        """Return since when it counts as known if the ledger has never heard of it; nothing earlier was missed."""

    def pending(self, site: Site, store: RunningStore, now: datetime) -> tuple[Due, ...]:
        """Return what is due by now and not in the ledger, in order."""

    def run(self, turn: Turn) -> Result:
        """Do it once. An error on purpose (``IwError``) is a failed run; anything else is a fault of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedJob:
    """A job with times of its own. However many were missed, it runs once, for the last of them."""

    id: str
    times: Times
    act: Callable[[Turn], Result]
    jitter: timedelta = timedelta(0)

    @property
    def wake(self) -> Times:
        """When it is due."""
        return self.times

    def known_since(self, now: datetime) -> datetime:
        """Return now: what was due before somebody wanted it is nobody's loss."""
        return now

    def pending(self, site: Site, store: RunningStore, now: datetime) -> tuple[Due, ...]:
        """Return the last due time after those in the ledger."""
        since = store.last_due(self.id, upto=now)
        if since is None:
            return ()
        count, last = 0, deque[datetime](maxlen=1)
        for at in due_between(self.times, since, now):
            count += 1
            last.append(at)
        return tuple(Due(at, count) for at in last)

    def run(self, turn: Turn) -> Result:
        """Do it once."""
        return self.act(turn)
