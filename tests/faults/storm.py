"""A storm: the processes of a site are killed at random instants, while many write and everything it does goes on.

Everything is as operators run it: ``iw-monitor up`` on a real database, on the machine's clock, an alert for every
indicator that rises, and a channel that is a file.
"""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from iw_monitor.model.accounts import Role
from iw_monitor.model.tokens import Scope
from iw_monitor.pack.find import find_pack
from iw_monitor.service.accounts import Accounts
from iw_monitor.service.site import Site, open_site
from iw_monitor.service.tokens import Tokens
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.journal import Journal
from tests.accounts_site import QUICK, SECRET
from tests.faults.ledger import missing_runs
from tests.faults.running import Up
from tests.faults.writers import Writers

PACK = "volcano-unrest"
VICTIMS = ("supervisor", "web", "worker")
ROUND = (*VICTIMS, "web", "worker", "worker")  # of six kills, in another order each time: who does most, most often
SEED = 20260102
LEASE = "3s"
EARLY = 0.35  # the share of kills of somebody who may not be at work yet
WRITES_AT_ONCE = 10  # so many begin shortly before each kill, however slow the machine is
LONGEST_CALM = 4.0  # seconds before a kill
PATIENCE = 180.0  # seconds, for what takes a second or two on a machine that has nothing else to do


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How much is to happen at least, and how fast."""

    kills: int
    writes: int
    jobs: int
    notices: int
    calm: float  # seconds before a kill, in the mean
    patience: float  # seconds, for what is to be caught up with at the end


SHORT = Scale(kills=6, writes=400, jobs=15, notices=10, calm=0.8, patience=240)
FULL = Scale(kills=200, writes=10_000, jobs=500, notices=200, calm=1.0, patience=1800)


def now() -> datetime:
    """Return what time it is."""
    return datetime.now(UTC)


@dataclass
class Storm:
    """A site in a folder of its own, and what is done to it."""

    folder: Path
    url: str
    scale: Scale
    killed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.begin = now()
        self.pack = self.folder / PACK
        self.indicators = write_telling_pack(self.pack)
        self.far_end, channels = self.folder / "told.jsonl", self.folder / "channels.toml"
        channels.write_text(f'[channels.watch]\nkind = "file"\npath = "{self.far_end}"\n', encoding="utf-8")
        channels.chmod(0o600)
        options = ("--pack", str(self.pack), "--lease", LEASE)
        environment = {"IW_DATABASE_URL": self.url, "IW_CHANNELS": str(channels)}
        self.up = Up(self.folder / "log", options, environment)

    # --- Living through it ---

    def rage(self) -> None:
        """Let everybody write while the killer goes round, then see that all that is left to do is done, and stop."""
        with Journal.open(self.url, clock=now) as journal:
            self.writers = Writers(
                port=self.up.port,
                token=editor_token(journal),
                journal=journal,
                pack=PACK,
                indicators=self.indicators,
                observed_at=self.begin - timedelta(hours=12),
                seed=SEED,
            )
            self.up.start()
            self._keep_up_until(lambda: all(map(self.up.is_at_work, VICTIMS)))
            self.writers.start()
            try:
                self._kill_again_and_again()
                self._keep_up_until(lambda: self.up.is_alive() and self._has_enough(), patience=self.scale.patience)
            finally:
                self.writers.stop()
            self._keep_up_until(self._is_done, patience=self.scale.patience)
            self.up.seconds_to_stop(signal.SIGTERM)

    def _kill_again_and_again(self) -> None:
        """Kill somebody who is at work, or now and then somebody who has only just begun."""
        chance, left = Random(SEED), list[str]()
        while self.killed.total() < self.scale.kills:
            left = left or chance.sample(ROUND, k=len(ROUND))
            victim, is_early = left.pop(), chance.random() < EARLY
            self._keep_up_until(partial(self.up.pid if is_early else self.up.is_at_work, victim))
            self.writers.allowed.release(WRITES_AT_ONCE)
            time.sleep(min(chance.expovariate(1 / self.scale.calm), LONGEST_CALM))
            self.killed[victim] += self.up.kill(victim)

    def _bring_back(self) -> None:
        """Start the supervisor anew where it ended, as the machine's own service manager would."""
        if self.up.process.poll() is not None:
            self.up.start()

    def _keep_up_until(self, what: Callable[[], object], *, patience: float = PATIENCE) -> None:
        until = time.monotonic() + patience
        while not what():
            assert time.monotonic() < until, self.up.said()[-20_000:]
            time.sleep(0.5)
            self._bring_back()

    def _has_enough(self) -> bool:
        """Say whether enough was written; let the writers go on if not."""
        if len(self.writers.written.acknowledged) >= self.scale.writes:
            return True
        self.writers.allowed.release()
        return False

    def _is_done(self) -> bool:
        with closing(self.site()) as site:
            waiting = [one for one in AlertStore(site.journal, PACK).messages(limit=1_000_000) if one.is_waiting]
            return not waiting and not missing_runs(site, self.begin)

    # --- What it left behind ---

    def site(self) -> Site:
        """Return a site that looks at the journal and remembers nothing."""
        return open_site(clock=now, pack=str(self.pack), url=self.url, read_only=True)

    def statements(self, site: Site) -> Counter[str]:
        """Return how often each report is in the journal."""
        return Counter(one.statement for one in site.observations())

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield what arrived at the channel."""
        yield from map(json.loads, self.far_end.read_text(encoding="utf-8").splitlines())


def editor_token(journal: Journal) -> str:
    """Return the secret of a token that may write, of an editor who is new."""
    accounts = Accounts(journal, clock=now, secret=lambda: SECRET, hasher=QUICK)
    accounts.add_user("ada", "seven grey herons", roles={PACK: Role.EDITOR}, author="root", via="cli")
    secret, _ = Tokens(journal, clock=now).add(
        "ada", name="storm", scope=Scope.WRITE, pack=PACK, life=timedelta(days=1), author="root", via="cli"
    )
    return secret


def write_telling_pack(folder: Path) -> tuple[str, ...]:
    """Write the pack with an alert for every indicator that rises, and return the names of those."""
    shutil.copytree(find_pack(PACK), folder)
    indicators = tuple(sorted(one.stem for one in (folder / "indicators").iterdir()))
    (folder / "alerts.yml").write_text(_rules(indicators), encoding="utf-8")
    return indicators


def _rules(indicators: tuple[str, ...]) -> str:
    """Return alerts.yml with a rule for each indicator, so that nearly every report has somebody told something."""
    rules = "".join(
        f"  - {{id: {one}, kind: indicator, title: It rose, what: It rose., indicators: [{one}], at_least: 3, "
        f"channels: [watch], runbook: Look.}}\n"
        for one in indicators
    )
    return f"flood: {{messages: 1000, within: PT1M}}\nrules:\n{rules}"
