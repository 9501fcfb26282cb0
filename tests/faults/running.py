"""A site as operators run it: ``iw-monitor up`` as real processes, with what they log, ended in every way there is."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tests.browser.demo_server import free_port

PATIENCE = 60.0  # seconds
CHILDREN = ("web", "worker")


@dataclass
class Command:
    """A command of ``iw-monitor`` in a process of its own, and what it logs."""

    log: Path
    options: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    _read: int = 0
    _heard: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def _start(self, *command: str) -> None:
        """Start it; what it logs is added to what was logged before."""
        whole = [sys.executable, "-m", "iw_monitor.cli", *command, *self.options, "--log-format", "json"]
        with self.log.open("ab") as file:
            self.process = self._begin(whole, file)

    def _begin(self, command: list[str], file: BinaryIO) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **self.environment}
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=file, env=environment)

    def end(self) -> None:
        """End it at once, also where it is paused; its children follow it."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def seconds_to_stop(self, number: signal.Signals) -> float:
        """Tell it to stop, wait until it did, and return how long that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - began

    def said(self) -> str:
        """Return everything that was logged."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def events(self, name: str) -> list[dict[str, str]]:
        """Return what was logged under a name, in order; of the log only what is new is read."""
        if self.log.exists():
            with self.log.open("rb") as file:
                file.seek(self._read)
                for line in file:
                    if not line.endswith(b"\n"):  # being written
                        break
                    self._read += len(line)
                    if line.startswith(b"{"):
                        said = json.loads(line)
                        self._heard.setdefault(said["event"], []).append(said)
        return self._heard.get(name, [])


@dataclass
class Up(Command):
    """A supervisor with its web and its worker, and what they log; started again as often as somebody asks."""

    port: int = field(default_factory=free_port)
    starts: int = 0

    def start(self) -> None:
        """Start it, or start it again."""
        self._start("up", "--port", str(self.port), "--no-browser")
        self.starts += 1

    # --- What it says ---

    def started(self, child: str) -> list[int]:
        """Return the processes of a child, in the order in which they were started."""
        return [int(said["pid"]) for said in self.events("child_started") if said["child"] == child]

    def has_worked(self, times: int) -> bool:
        """Say whether so many workers got the lease one after the other."""
        return len(self.events("lease_got")) >= times

    def pid(self, who: str) -> int:
        """Return the process of the supervisor, the web or the worker; 0 while there is none."""
        pid = self.process.pid if who == "supervisor" else next(iter(self.started(who)[-1:]), 0)
        return pid if pid and is_there(pid) else 0

    def is_at_work(self, who: str) -> bool:
        """Say whether the web answers, the worker has the lease, or the supervisor is there."""
        if who == "worker":
            return any(f":{self.pid(who)}:" in said["worker"] for said in self.events("lease_got"))
        return self.is_alive() if who == "web" else self.pid(who) > 0

    def is_alive(self) -> bool:
        """Say whether its web answers."""
        return self.answer("/healthz") == 200

    def answer(self, path: str) -> int:
        """Return the status with which its web answers a look, 0 if it does not."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as link:
            try:
                link.request("GET", path)
                return link.getresponse().status
            except (OSError, http.client.HTTPException):
                return 0

    # --- What is done to it ---

    def wait_for(self, what: Callable[[], bool], *, patience: float = PATIENCE) -> None:
        """Wait until something holds, as long as it runs."""
        until = time.monotonic() + patience
        while not what():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.2)

    def kill(self, victim: str) -> bool:
        """Kill the supervisor, the web or the worker, and say whether it was there to be killed."""
        if (pid := self.pid(victim)) == 0:
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return True


def is_there(process: int) -> bool:
    """Say whether a process runs; one that ended and whose parent has not noticed it yet does not."""
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat")
        return not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
