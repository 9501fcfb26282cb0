"""``iw-monitor up`` as people run it: who falls over comes back, and both stop in time."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.demo_server import free_port

pytestmark = [
    pytest.mark.slow,  # real processes
    pytest.mark.skipif(sys.platform == "win32", reason="signals end processes otherwise on this platform"),
]
PATIENCE = 60.0  # seconds
STOPS_WITHIN = 5.0


@dataclass
class Up:
    """A supervisor with its web and its worker, and what they log."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int

    def events(self, name: str) -> list[dict[str, str]]:
        lines = (line for line in self.log.read_text(encoding="utf-8").splitlines() if line.startswith("{"))
        return [said for said in map(json.loads, lines) if said["event"] == name]

    def started(self, child: str) -> list[int]:
        """Return the processes of a child, in the order in which they were started."""
        return [int(said["pid"]) for said in self.events("child_started") if said["child"] == child]

    def has_worked(self, times: int) -> bool:
        """Say whether so many workers got the lease one after the other."""
        return len(self.events("lease_got")) >= times

    def is_alive(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)) as link:
            try:
                link.request("GET", "/healthz")
                return b"alive" in link.getresponse().read()
            except OSError:
                return False

    def wait_for(self, what: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not what():
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            assert time.monotonic() < until, self.log.read_text(encoding="utf-8")
            time.sleep(0.2)

    def seconds_to_stop(self, number: signal.Signals) -> float:
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - began


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    port, log = free_port(), tmp_path / "log"
    options = ["--pack", "volcano-unrest", "--db", str(tmp_path / "journal.db"), "--port", str(port)]
    command = [sys.executable, "-m", "iw_monitor.cli", "up", *options, "--no-browser", "--log-format", "json"]
    with log.open("wb") as file, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=file) as process:
        one = Up(process, log, port)
        try:
            one.wait_for(lambda: one.is_alive() and one.has_worked(1))
            yield one
        finally:
            process.kill()  # its children follow it


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def stops(up: Up, number: signal.Signals) -> None:
    """See that both end in time, as told, and nobody is left behind."""
    assert up.seconds_to_stop(number) < STOPS_WITHIN
    assert up.process.returncode == 0
    assert {said["child"]: said["error"] for said in up.events("child_stopped")} == {"web": "", "worker": ""}
    assert not any(is_there(one) for child in ("web", "worker") for one in up.started(child))


def test_ctrl_c_stops_both_within_five_seconds(up: Up) -> None:
    stops(up, signal.SIGINT)


def test_a_web_or_a_worker_that_is_killed_is_noticed_logged_and_brought_back_and_then_stopped_in_time(up: Up) -> None:
    for child in ("web", "worker"):
        os.kill(up.started(child)[-1], signal.SIGKILL)
    up.wait_for(lambda: up.is_alive() and up.has_worked(2))
    ended = {said["child"]: (said["status"], said["restart_in"]) for said in up.events("child_ended")}
    assert ended == {"web": ("-9", "1.0"), "worker": ("-9", "1.0")}
    assert [len(up.started(child)) for child in ("web", "worker")] == [2, 2]
    stops(up, signal.SIGTERM)
