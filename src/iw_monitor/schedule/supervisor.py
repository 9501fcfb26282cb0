"""The supervisor: starts web and worker, brings back the one that fell over, and stops both within seconds.

Children are sessions of their own: Ctrl-C reaches the supervisor alone, which then tells them in order. They follow it
when it is killed (``orphan``).
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from iw_monitor.errors import ServerError
from iw_monitor.schedule.log import Say
from iw_monitor.schedule.orphan import SUPERVISOR

STOPS_WITHIN = 4.0  # seconds; after that a child is killed
FAST = 20.0  # seconds; who ends sooner failed at the start
MOST_FAST_FAILURES = 5  # in a row
LONGEST_WAIT = 60.0  # seconds before a new start
REFUSED = (1, 2)  # the input or the usage is wrong: the child said so, and a new start would say it again
_LOOK_EVERY = 0.2
_STOPPED_AS_TOLD = {0, -signal.SIGTERM, 128 + signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGINT}


@dataclass
class Child:
    """One of the processes that are kept running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    fast_failures: int = 0
    has_lasted: bool = False  # it ran well at least once

    def start(self, now: float) -> None:
        """Start it."""
        environment = {**os.environ, SUPERVISOR: str(os.getpid())}
        self.process = subprocess.Popen(self.command, env=environment, start_new_session=True)
        self.started = now

    def has_ended(self) -> int | None:
        """Return the exit status of a process that ended since somebody last asked."""
        return None if self.process is None else self.process.poll()

    def note_end(self, now: float) -> float:
        """Note that it ended by itself, and return how long to wait before the next start."""
        self.process = None
        lasted = now - self.started >= FAST
        self.has_lasted = self.has_lasted or lasted
        self.fast_failures = 1 if lasted else self.fast_failures + 1
        wait = min(2.0 ** (self.fast_failures - 1), LONGEST_WAIT)
        self.start_at = now + wait
        return wait


@dataclass
class Supervisor:
    """Keeps its children running until it is told to stop."""

    commands: Mapping[str, Sequence[str]]
    say: Say
    clock: Callable[[], float] = time.monotonic
    is_stopping: bool = False
    children: list[Child] = field(init=False)

    def __post_init__(self) -> None:
        self.children = [Child(name, command) for name, command in self.commands.items()]

    def run(self) -> None:
        """Run until a signal comes, then stop all children.

        Raises:
            ServerError: a child refused to start, or fell over again and again right after its start.
        """
        before = {number: signal.signal(number, self._note_stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            while not self.is_stopping:
                for child in self.children:
                    self._look_after(child)
                time.sleep(_LOOK_EVERY)
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_stopping = True

    def _look_after(self, child: Child) -> None:
        now = self.clock()
        if child.process is None and now >= child.start_at:
            child.start(now)
            self.say("child_started", child=child.name, pid=child.process and child.process.pid)
        elif (status := child.has_ended()) is not None:
            wait = child.note_end(now)
            if status in REFUSED and not child.has_lasted:
                raise ServerError(f"The {child.name} refused to start; what it said stands above. Nothing runs.")
            self.say("child_ended", child=child.name, status=status, error="it ended by itself", restart_in=wait)
            if child.fast_failures >= MOST_FAST_FAILURES:
                raise ServerError(
                    f"The {child.name} ended {MOST_FAST_FAILURES} times right after its start (status {status}). "
                    f"What it said stands above. Start it alone to look into it: iw-monitor {child.name}."
                )

    def _stop_all(self) -> None:
        """Tell all children to stop, wait, and kill those that do not."""
        running = [child for child in self.children if child.process is not None and child.process.poll() is None]
        for child in running:
            if child.process is not None:
                child.process.terminate()
        until = self.clock() + STOPS_WITHIN
        for child in running:
            if child.process is not None:
                self._wait(child.name, child.process, until)

    def _wait(self, name: str, process: subprocess.Popen[bytes], until: float) -> None:
        try:
            status = process.wait(max(0.0, until - self.clock()))
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        error = "" if status in _STOPPED_AS_TOLD else "it did not stop as told"
        self.say("child_stopped", child=name, status=status, error=error)
