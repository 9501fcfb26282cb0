"""``iw-monitor up`` as people run it: who falls over comes back, and both stop in time."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.running import CHILDREN, Up, is_there

pytestmark = [
    pytest.mark.slow,  # real processes
    pytest.mark.skipif(sys.platform == "win32", reason="signals end processes otherwise on this platform"),
]
STOPS_WITHIN = 5.0


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    options = ("--pack", "volcano-unrest", "--db", str(tmp_path / "journal.db"))
    one = Up(tmp_path / "log", options)
    one.start()
    try:
        one.wait_for(lambda: one.is_alive() and one.has_worked(1))
        yield one
    finally:
        one.end()


def stops(up: Up, number: signal.Signals) -> None:
    """See that both end in time, as told, and nobody is left behind."""
    assert up.seconds_to_stop(number) < STOPS_WITHIN
    assert up.process.returncode == 0
    assert {said["child"]: said["error"] for said in up.events("child_stopped")} == {"web": "", "worker": ""}
    assert not any(is_there(one) for child in CHILDREN for one in up.started(child))


def test_ctrl_c_stops_both_within_five_seconds(up: Up) -> None:
    stops(up, signal.SIGINT)


def test_a_web_or_a_worker_that_is_killed_is_noticed_logged_and_brought_back_and_then_stopped_in_time(up: Up) -> None:
    assert all(up.kill(child) for child in CHILDREN)
    up.wait_for(lambda: up.is_alive() and up.has_worked(2))
    ended = {said["child"]: (said["status"], said["restart_in"]) for said in up.events("child_ended")}
    assert ended == {"web": ("-9", "1.0"), "worker": ("-9", "1.0")}
    assert [len(up.started(child)) for child in CHILDREN] == [2, 2]
    stops(up, signal.SIGTERM)
