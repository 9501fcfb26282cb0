"""Where a site stands: one pack that people edit, one journal, one clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Protocol, Self

from iw_monitor.errors import Finding
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.model.running import Fence
from iw_monitor.pack.load import LoadedPack
from iw_monitor.pack.watch import WatchedPack
from iw_monitor.service.conclusions import Conclusions
from iw_monitor.service.drafts import Drafts
from iw_monitor.store.acts import ActStore
from iw_monitor.store.journal import Journal

Clock = Callable[[], datetime]


class Watched(Protocol):
    """Knows the newest pack that can be used."""

    def current(self) -> WatchedPack:
        """Return it, with what is wrong with a newer edit."""


class Standpoint:
    """One pack, one journal, one clock. Safe to share between threads."""

    def __init__(
        self,
        pack_watch: Watched,
        journal: Journal,
        clock: Clock,
        *,
        known: Known = Known.RECORDED,
        demo: bool = False,
    ) -> None:
        self.journal = journal
        self.known = known  # the reading that is meant when none is named
        self.demo = demo
        self._watch, self._clock = pack_watch, clock
        self._conclusions = Conclusions(journal)
        self.acts = ActStore(journal)  # what people state, propose and decide beside reports
        self.drafts = Drafts(clock)  # what editors have typed and not recorded yet

    def close(self) -> None:
        """Let go of the journal."""
        self.journal.close()

    def over(self, journal: Journal) -> Self:
        """Return a site of the same pack and clock over another journal; it has concluded nothing yet."""
        return type(self)(self._watch, journal, self._clock, known=self.known, demo=self.demo)

    def fenced(self, fence: Fence) -> Self:
        """Return the same site for a worker: nothing can be written through it once another worker has taken over."""
        one = copy(self)
        one.journal = self.journal.fenced(fence)
        one.acts = ActStore(one.journal)
        return one

    def now(self) -> datetime:
        """Return the site's clock; in the demo it stands still."""
        return self._clock()

    @property
    def pack(self) -> Pack:
        """The newest pack that can be used."""
        return self.loaded.pack

    @property
    def loaded(self) -> LoadedPack:
        """The newest pack that can be used, with its folder."""
        return self._watch.current().loaded

    @property
    def issues(self) -> tuple[Finding, ...]:
        """What should be mended in the pack."""
        return self.loaded.issues

    @property
    def broken(self) -> tuple[Finding, ...]:
        """What is wrong with an edit that could not be used; the last good pack is in use meanwhile."""
        return self._watch.current().broken

    def revision(self) -> str:
        """Return a short key that changes when the pack, a broken edit of it, or the journal changes."""
        watched = self._watch.current()
        broken = hashlib.sha256("\n".join(str(one) for one in watched.broken).encode()).hexdigest()[:8]
        return f"{watched.loaded.pack.hash[:12]}-{self.journal.position()}-{broken}"
