"""The supervisor and its children: brought back later and later, given up at last, stopped in time, never orphaned."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.errors import ServerError
from iw_monitor.schedule.supervisor import FAST, LONGEST_WAIT, MOST_FAST_FAILURES, Child, Supervisor

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals end processes otherwise on this platform")

WAITS = "import sys, time; print('up', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAITS}"
FOLLOWS = f"from iw_monitor.schedule.orphan import follow_supervisor; follow_supervisor(); {WAITS}"
SUPERVISES = """
import sys
from iw_monitor.schedule.supervisor import Supervisor
def say(event, /, **facts):
    print(facts["pid"], flush=True)
Supervisor({"child": [sys.executable, "-c", sys.argv[1]]}, say).run()
"""


def python(program: str) -> list[str]:
    return [sys.executable, "-S", "-c", program]


@dataclass
class Heard:
    """What a supervisor said; stops it when a child was started so often."""

    stop_at: int = 99
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    supervisor: Supervisor | None = None

    def __call__(self, event: str, /, **facts: object) -> None:
        self.events.append((event, facts))
        if self.supervisor is not None and len(self.of("child_started")) >= self.stop_at:
            self.supervisor.is_stopping = True

    def of(self, event: str) -> list[dict[str, Any]]:
        """Return the facts of all events of a name."""
        return [facts for name, facts in self.events if name == event]


@dataclass
class Quick:
    """A clock that is a second on whenever somebody looks."""

    at: float = 0.0

    def __call__(self) -> float:
        self.at += 1.0
        return self.at


# --- Who fell over ---


def test_the_wait_before_a_new_start_doubles_up_to_a_minute_and_begins_anew_after_a_good_while() -> None:
    child = Child("web", [])
    assert [child.note_end(now=1.0) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, LONGEST_WAIT]
    child.started = 100.0
    assert child.note_end(now=100.0 + FAST) == 1
    assert child.start_at == 100.0 + FAST + 1


@pytest.mark.slow
def test_one_that_fell_over_is_noticed_said_and_brought_back() -> None:
    heard = Heard(stop_at=2)
    heard.supervisor = Supervisor({"worker": python("import os; os._exit(7)")}, heard, clock=Quick())
    heard.supervisor.run()
    ended = heard.of("child_ended")[0]
    assert (ended["child"], ended["status"], ended["error"]) == ("worker", 7, "it ended by itself")


@pytest.mark.slow
def test_one_that_falls_over_again_and_again_right_after_its_start_is_given_up() -> None:
    heard = Heard()
    with pytest.raises(ServerError, match=rf"worker ended {MOST_FAST_FAILURES} times .* iw-monitor worker"):
        Supervisor({"worker": python("import os; os._exit(7)")}, heard, clock=Quick()).run()
    assert [facts["restart_in"] for facts in heard.of("child_ended")] == [1, 2, 4, 8, 16]


@pytest.mark.slow
@pytest.mark.parametrize("status", [1, 2])
def test_one_that_refuses_to_start_is_not_asked_again_and_takes_the_others_along(status: int) -> None:
    heard = Heard()
    commands = {"web": python(f"import os; os._exit({status})"), "worker": python(WAITS)}
    with pytest.raises(ServerError, match="web refused to start"):
        Supervisor(commands, heard).run()
    assert [facts["child"] for facts in heard.of("child_stopped")] == ["worker"]


# --- Stopping ---


@posix
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_children_within_five_seconds_also_one_that_does_not_listen(
    number: signal.Signals, tmp_path: Path
) -> None:
    marks = [tmp_path / "quick", tmp_path / "stubborn"]
    programs = [
        f"{program}".replace("print(", f"open({str(mark)!r}, 'w'); print(")
        for program, mark in zip((WAITS, STUBBORN), marks, strict=True)
    ]
    heard = Heard()
    supervisor = Supervisor({"quick": python(programs[0]), "stubborn": python(programs[1])}, heard)
    began: list[float] = []

    def clock() -> float:
        if not began and all(mark.exists() for mark in marks):
            began.append(time.monotonic())
            os.kill(os.getpid(), number)
        return time.monotonic()

    supervisor.clock = clock
    supervisor.run()
    assert time.monotonic() - began[0] < 5
    assert {facts["child"]: facts["error"] for facts in heard.of("child_stopped")} == {
        "quick": "",
        "stubborn": "it did not stop as told",
    }
    assert all(child.process is not None and child.process.poll() is not None for child in supervisor.children)


@pytest.fixture
def supervised() -> Iterator[subprocess.Popen[str]]:
    """Run a supervisor of one child that follows it, in a process of its own."""
    with subprocess.Popen([sys.executable, "-c", SUPERVISES, FOLLOWS], stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@posix
@pytest.mark.slow
def test_a_child_does_not_outlive_a_supervisor_that_was_killed(supervised: subprocess.Popen[str]) -> None:
    assert supervised.stdout is not None
    said = {supervised.stdout.readline().strip(), supervised.stdout.readline().strip()}
    (child,) = (int(one) for one in said - {"up"})
    supervised.kill()
    until = time.monotonic() + 10
    while is_there(child) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_there(child)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
