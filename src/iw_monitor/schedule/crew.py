"""The workers of one process: one for each pack it holds, each on its own lease, none stopped by another's pack."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version

from iw_monitor.errors import StoreError
from iw_monitor.schedule.dead_man import pinging, standing_in
from iw_monitor.schedule.live import Live, own_name
from iw_monitor.schedule.log import Say
from iw_monitor.schedule.worker import JobsOf, Worker
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Held, Sites


class Crew:
    """Looks after every pack that a process holds, from when it can be used; says loudly which cannot."""

    def __init__(
        self, sites: Sites, jobs_of: JobsOf, *, host: str, clock: Callable[[], datetime], life: timedelta, say: Say
    ) -> None:
        """Have nobody at work yet.

        Args:
            sites: to look after.
            jobs_of: returns the jobs of one of them.
            host: on which this process runs.
            clock: this machine's.
            life: of each lease.
            say: told what happens.
        """
        self._sites, self._jobs_of = sites, jobs_of
        self._host, self._clock, self._life, self._say = host, clock, life, say
        self._members: dict[Site, tuple[Worker, Live]] = {}
        self._said: dict[str, Held] = {}
        self._beside = ExitStack()

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Those at work, in the order in which they began."""
        return tuple(worker for worker, _ in self._members.values())

    def start(self) -> None:
        """Begin to look after what can be used, and see to it that a death is noticed: of others, and of these."""
        self.follow()
        self._beside.enter_context(standing_in(self._sites, say=self._say))
        self._beside.enter_context(pinging(self._sites, lambda: self.workers, say=self._say))

    def follow(self) -> None:
        """Look after packs that were mended, and heed a clock that was set. Trouble with the database may pass."""
        for _, live in self._members.values():
            live.heed_clock()
        try:
            held = self._sites.held()
        except StoreError as error:
            self._say("no_database", error=error)
            return
        for one in held:
            if one.site is None:
                self._say_broken(one)
            elif one.site not in self._members:
                self._begin(one.site)

    def _say_broken(self, one: Held) -> None:
        if self._said.get(one.name) != one:
            self._say("pack_left_out", pack=one.name, error="\n".join(str(finding) for finding in one.findings))
        self._said[one.name] = one

    def _begin(self, site: Site) -> None:
        name, say = own_name(self._host, uuid.uuid4().hex[:6]), partial(self._say, pack=site.pack.id)
        worker = Worker(site, self._jobs_of, name=name, version=version("iw-monitor"), life=self._life, say=say)
        live = Live(worker, clock=self._clock, say=say)
        say("worker_started", worker=name, journal=site.journal.where, lease=self._life)
        live.start()
        self._members[site] = worker, live

    def stop(self, patience: timedelta) -> bool:
        """Begin nothing any more and wait a little for what runs; return whether all of it ended."""
        self._beside.close()
        with ThreadPoolExecutor(len(self._members) or 1) as at_once:
            return all(at_once.map(partial(_stop, patience=patience, say=self._say), self._members.values()))


def _stop(member: tuple[Worker, Live], *, patience: timedelta, say: Say) -> bool:
    worker, live = member
    ended = False
    with suppress(StoreError):  # a database that is gone must not keep the process from ending
        ended = live.stop(patience)
    say("worker_stopped", worker=worker.name, interrupted="" if ended else "a run that took too long")
    return ended
