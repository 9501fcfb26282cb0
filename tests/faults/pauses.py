"""Two hosts look after one site: the one that acts is paused at random instants, overtaken by the other, and woken.

As where a virtual machine is frozen, or its disk answers no more for a while: the host does not know that it was away.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from iw_monitor.errors import StoreError
from iw_monitor.model.observation import Grade, Method, Submission
from iw_monitor.service.site import Site, open_site
from iw_monitor.store.journal import Journal
from iw_monitor.store.running import RunningStore
from tests.faults.ledger import missing_runs
from tests.faults.running import Command
from tests.faults.storm import PACK, now, write_telling_pack

SEED = 20260315
LEASE = "2s"
IN_A_RUN = 0.5  # the share of pauses that begin shortly after a run did; the others at any instant
LONGEST_RUN, LONGEST_CALM = 0.1, 2.0  # seconds until the pause, after a run began or from any instant
STUCK = 6.0  # seconds without another holder, after which who is paused is woken all the same
MOST_STUCK = 3  # times as many as are wanted
OFTEN = (0.1, 0.5)  # seconds between two reports
PATIENCE = 120.0  # seconds, for what takes a second or two on a machine that has nothing else to do
NOTICES = ("fenced_off", "lease_lost")  # how a worker says that it was overtaken


@dataclass
class Host(Command):
    """A worker in a process of its own, as on a host of its own."""

    def start(self) -> None:
        """Start it."""
        self._start("worker")

    def tell(self, number: signal.Signals) -> None:
        """Pause or wake it."""
        self.process.send_signal(number)

    def is_named_in(self, worker: str) -> bool:
        """Say whether a name of a worker is its own."""
        return f":{self.process.pid}:" in worker

    def count(self, *events: str) -> int:
        """Return how often it logged one of these."""
        return sum(len(self.events(name)) for name in events)


@dataclass
class Pauses:
    """A site in a folder of its own, its two hosts, and what is done to them."""

    folder: Path
    url: str
    wanted: int  # pauses in which the other host gets the lease and acts
    overtaken: int = 0  # such pauses
    stuck: int = 0  # others: who was paused held the lock of the database, so that nobody could write
    noticed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NOTICES, 0))  # after how many pauses
    sent: set[str] = field(default_factory=set)  # reports, by their statements
    acknowledged: set[str] = field(default_factory=set)
    refused: int = 0

    def __post_init__(self) -> None:
        self.begin, self.chance = now(), Random(SEED)
        self.pack = self.folder / PACK
        self.indicators = write_telling_pack(self.pack)
        options, environment = ("--pack", str(self.pack), "--lease", LEASE), {"IW_DATABASE_URL": self.url}
        self.hosts = tuple(Host(self.folder / f"host {n}", options, environment) for n in (1, 2))
        self._is_over = threading.Event()

    # --- Living through it ---

    def live(self) -> None:
        """Let somebody report while host after host is paused, then see that nothing is left to do, and stop both."""
        with Journal.open(self.url, clock=now) as journal:
            self.store = RunningStore(journal, PACK)
            reporter = threading.Thread(target=self._report, args=(journal,))
            try:
                for host in self.hosts:
                    host.start()
                self._wait_until(lambda: len(self.store.workers()) == len(self.hosts))
                reporter.start()
                while self.overtaken < self.wanted:
                    self._pause()
                    assert self.stuck <= MOST_STUCK * self.wanted
                self._is_over.set()
                self._wait_until(self._is_done)
                for host in self.hosts:
                    host.seconds_to_stop(signal.SIGTERM)
            finally:
                self._is_over.set()
                for host in self.hosts:
                    host.end()
                if reporter.is_alive():
                    reporter.join()

    def _pause(self) -> None:
        """Pause the host that acts, let the other one take over and act, wake it, and hear that it noticed."""
        self._wait_until(lambda: self._acting() is not None)
        host = self.hosts[self._acting() or 0]
        other = next(one for one in self.hosts if one is not host)
        before = {name: host.count(name) for name in NOTICES}
        self._bide(host)
        host.tell(signal.SIGSTOP)
        try:
            is_overtaken = _comes_true(lambda: self._holds(other), patience=STUCK)
            if is_overtaken:
                done = other.count("run_done")
                self._wait_until(lambda: other.count("run_done") > done)
        finally:
            host.tell(signal.SIGCONT)
        if not is_overtaken:
            self.stuck += 1
            return
        self.overtaken += 1
        self._wait_until(lambda: any(host.count(name) > before[name] for name in NOTICES))
        for name in NOTICES:
            self.noticed[name] += host.count(name) > before[name]

    def _bide(self, host: Host) -> None:
        """Wait for the instant of the next pause."""
        if self.chance.random() < IN_A_RUN:
            begun = host.count("run_begun")
            _comes_true(lambda: host.count("run_begun") > begun, patience=2 * LONGEST_CALM, step=0.002)
            time.sleep(self.chance.uniform(0, LONGEST_RUN))
        else:
            time.sleep(self.chance.uniform(0, LONGEST_CALM))

    def _acting(self) -> int | None:
        return next((n for n, host in enumerate(self.hosts) if self._holds(host)), None)

    def _holds(self, host: Host) -> bool:
        lease = self.store.lease()
        return lease is not None and host.is_named_in(lease.holder)

    def _wait_until(self, what: Callable[[], bool]) -> None:
        assert _comes_true(what, patience=PATIENCE), "\n".join(host.said()[-10_000:] for host in self.hosts)
        assert all(host.process.poll() is None for host in self.hosts)

    def _is_done(self) -> bool:
        with closing(self.site()) as site:
            return not missing_runs(site, self.begin)

    def _report(self, journal: Journal) -> None:
        """Report in this process, as a third host would, until it is over."""
        chance, count = Random(SEED + 1), 0
        while not self._is_over.wait(chance.uniform(*OFTEN)):
            count += 1
            at = self.begin - timedelta(hours=12) + timedelta(seconds=count)
            one = self._submission(chance, at, f"Report {count}")
            self.sent.add(one.statement)
            try:
                journal.append([one], via="import")
            except StoreError:  # who is paused holds the lock
                self.refused += 1
            else:
                self.acknowledged.add(one.statement)

    def _submission(self, chance: Random, observed_at: datetime, statement: str) -> Submission:
        return Submission(
            pack=PACK,
            indicator=chance.choice(self.indicators),
            level=chance.randint(0, 4),
            grade=Grade(reliability="B", credibility=2),
            observed_at=observed_at,
            statement=statement,
            author="ada",
            method=Method.IMPORT,
            source_name="Observatory",
            originator="Observatory",
        )

    # --- What it left behind ---

    def site(self) -> Site:
        """Return a site that looks at the journal and remembers nothing."""
        return open_site(clock=now, pack=str(self.pack), url=self.url, read_only=True)

    def begun(self) -> list[dict[str, str]]:
        """Return every run that a host logged that it began."""
        return [one for host in self.hosts for one in host.events("run_begun")]


def _comes_true(what: Callable[[], bool], *, patience: float, step: float = 0.05) -> bool:
    until = time.monotonic() + patience
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(step)
    return True
