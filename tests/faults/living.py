"""How the week is lived through: by a worker in a process of its own, on a clock that runs as fast as it can.

``python -m tests.faults.living FOLDER`` lives through the week that FOLDER/plan.json describes, and writes what became
of the workers into FOLDER/lived.json. Each worker is a child that was forked when everything was loaded, does what is
due until the instant it is told, and may kill itself with SIGKILL at one of the steps by which it changes something: a
writing statement or a commit in the database, a file that it opens or renames.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from mmap import mmap
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection as Linked

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Submission
from iw_monitor.schedule.registry import jobs_of
from iw_monitor.schedule.simulate import run_until
from iw_monitor.schedule.worker import LIFE, Worker
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.builders import HOUR
from tests.faults.recorded import Recorded, localities, recordings
from tests.faults.story import BEGIN, Still, history, loaded

MOST_STEPS = 30  # in an ordinary hour a worker takes so many
WRITES = ("INSERT", "UPDATE", "DELETE")
FILE_STEPS = frozenset({"open", "os.rename"})  # audit events


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What goes wrong in a week, and how long it is; in hours after its beginning."""

    hours: int
    kills: int = 0
    seed: int = 0
    down: tuple[int, int] = (0, 0)  # the channel of the watch is away
    failing: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # by source

    @classmethod
    def read(cls, folder: Path) -> Plan:
        """Return the plan that lies in a folder."""
        return cls(**json.loads((folder / "plan.json").read_text(encoding="utf-8")))

    @property
    def end(self) -> datetime:
        """The last instant."""
        return BEGIN + self.hours * HOUR

    def kill_points(self) -> list[tuple[datetime, int]]:
        """Return when workers are killed: an instant, and the number of the step that is not taken after it."""
        chance = Random(self.seed)
        instants = sorted(BEGIN + chance.random() * (self.hours - 1) * HOUR for _ in range(self.kills))
        return [(at, chance.randint(1, MOST_STEPS)) for at in instants]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What became of the workers of a week."""

    hired: int
    killed: int


class SharedClock:
    """A clock that a worker turns, and that goes on where the worker was killed."""

    def __init__(self, at: datetime) -> None:
        self._memory = mmap(-1, 8)  # shared with every child that is forked
        self.turn_to(at)

    def __call__(self) -> datetime:
        return from_microseconds(int.from_bytes(self._memory[:8]))

    def turn_to(self, at: datetime) -> None:
        """Turn it on, never back: who was killed at the end leaves it behind the end."""
        now = int.from_bytes(self._memory[:8])
        self._memory[:8] = max(now, microseconds(at)).to_bytes(8)


@dataclass
class Killer:
    """Counts the steps of its own process from an instant on, and kills it in place of one of them."""

    clock: SharedClock
    at: datetime
    step: int

    def watch(self) -> None:
        """Count from now on."""
        event.listen(Engine, "before_cursor_execute", self._execute)
        event.listen(Engine, "commit", self._step)
        sys.addaudithook(self._hear)

    def _execute(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(WRITES):
            self._step()

    def _hear(self, name: str, _: object) -> None:
        if name in FILE_STEPS:
            self._step()

    def _step(self, *_: object) -> None:
        if self.clock() < self.at:
            return
        self.step -= 1
        if self.step == 0:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Life:
    """A week in a folder, lived through hour for hour; the worker of the moment is a process of its own."""

    folder: Path
    plan: Plan
    clock: SharedClock = field(init=False)
    sources: Recorded = field(init=False)
    kills: list[tuple[datetime, int]] = field(init=False)
    hired: int = 0
    killed: int = 0
    worker: BaseProcess | None = None
    line: Connection | None = None  # to it

    def __post_init__(self) -> None:
        self.clock = SharedClock(history()[0][0])
        failing = {name: range(*hours) for name, hours in self.plan.failing.items()}
        self.sources = Recorded(self.folder / "sources", BEGIN, failing)
        self.kills = self.plan.kill_points()

    def live(self) -> Lived:
        """Fill the journal with what was known before, then let workers live through all that happens."""
        with self._journal() as journal:
            for at, reports in history():
                if at < BEGIN:
                    self.clock.turn_to(at)
                    journal.append(reports, via="import")
        for at, happens in self._happenings():
            self._work_until(at)
            happens()
        self._work_until(self.plan.end)
        self._dismiss()
        return Lived(hired=self.hired, killed=self.killed)

    def _happenings(self) -> list[tuple[datetime, Callable[[], object]]]:
        """Return what comes from outside: reports, and a channel that goes away and comes back."""
        found: list[tuple[datetime, Callable[[], object]]] = [
            (at, partial(self._report, reports)) for at, reports in history() if BEGIN <= at <= self.plan.end
        ]
        first, last = self.plan.down
        if first < last:
            here, away = self.folder / "watch", self.folder / "watch that is away"
            found.append((BEGIN + first * HOUR, partial(here.rename, away)))
            found.append((BEGIN + last * HOUR, partial(away.rename, here)))
        return sorted(found, key=lambda one: one[0])

    def _report(self, reports: tuple[Submission, ...]) -> None:
        with self._journal() as journal:
            journal.append(reports, via="import")

    def _journal(self) -> Journal:
        return Journal.open(file_url(self.folder / "journal.db"), clock=self.clock)

    # --- Workers ---

    def _work_until(self, instant: datetime) -> None:
        """Have done what is due; where a worker is killed, the next one comes when the lease has run out."""
        self.clock.turn_to(BEGIN)
        while not self._asked(instant):
            self._bury()
            self.clock.turn_to(self.clock() + LIFE)
        self.clock.turn_to(instant)

    def _asked(self, instant: datetime) -> bool:
        """Ask the worker to work until an instant, and say whether it did."""
        line = self.line or self._hire()
        try:
            line.send(instant)
            return bool(line.recv())
        except (EOFError, ConnectionError):
            return False

    def _hire(self) -> Connection:
        self.hired += 1
        killer = Killer(self.clock, *self.kills[self.killed]) if self.killed < len(self.kills) else None
        self.line, theirs = Pipe()
        self.worker = get_context("fork").Process(target=self._work, args=(self.line, theirs, killer))
        self.worker.start()
        theirs.close()
        return self.line

    def _bury(self) -> None:
        """Make sure that a worker ended by being killed and by nothing else."""
        assert self.worker is not None
        self.worker.join()
        if self.worker.exitcode != -signal.SIGKILL:
            raise RuntimeError(f"worker {self.hired} ended with {self.worker.exitcode}")
        self.killed += 1
        self.line = None

    def _dismiss(self) -> None:
        """Let the last worker go."""
        if self.worker is not None and self.line is not None:
            self.line.send(None)
            self.worker.join()

    def _work(self, ours: Connection, theirs: Connection, killer: Killer | None) -> None:
        """Be a worker: in the child, until it is let go, or killed."""
        ours.close()
        jobs = partial(jobs_of, surroundings=self.sources.around)
        if killer is not None:
            killer.watch()
        with self._journal() as journal:
            site = Site(Still(loaded()), journal, self.clock)
            worker = Worker(site, jobs, name=f"worker {self.hired}", version="1")
            while (instant := theirs.recv()) is not None:
                run_until(worker, instant, now=self.clock, turn_to=self.clock.turn_to)
                theirs.send(True)


def _leave_the_disk_alone(connection: Linked) -> None:
    """Wait for no disk: who is killed leaves with the system what it wrote. Power cuts are tried elsewhere."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute("PRAGMA synchronous = OFF")


def main(folder: Path) -> None:
    """Live through the week of a folder."""
    plan = Plan.read(folder)
    event.listen(Engine, "begin", _leave_the_disk_alone)
    recordings(), localities(), loaded()  # once, before workers are forked
    (folder / "lived.json").write_text(json.dumps(asdict(Life(folder, plan).live())), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
