"""Several processes on one file: nothing is lost, nothing is half done, whoever starts first and whoever is killed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.builders import a_submission
from tests.store.conftest import Clock

CHILD = Path(__file__).with_name("child.py")


@pytest.fixture
def child(file: Path, child_environment: dict[str, str]) -> Callable[..., subprocess.Popen[str]]:
    """Return a way to start a process that does something to the journal."""

    def starting(act: str, count: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, CHILD, act, str(file), str(count)],
            env=child_environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return starting


def ended_well(process: subprocess.Popen[str]) -> list[str]:
    """Wait for a process and return the lines it said."""
    said, complaint = process.communicate(timeout=100)
    assert (process.returncode, complaint) == (0, "")
    return said.split()


Start = Callable[..., subprocess.Popen[str]]


def test_processes_that_make_the_same_new_journal_at_once_do_not_crash(child: Start, file: Path, clock: Clock) -> None:
    processes = [child("open-together", 10) for _ in range(4)]
    for _ in range(10):
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
    for process in processes:
        ended_well(process)
    for number in range(10):
        with Journal.open(file_url(file.with_name(f"{number}.db")), clock=clock) as journal:
            assert journal.verify() == 4


def test_two_processes_that_write_at_once_lose_nothing(child: Start, open_file: Callable[..., Journal]) -> None:
    processes = [child("append", 500), child("append", 500)]
    said = [line for process in processes for line in ended_well(process) if line != "open"]
    with open_file() as journal:
        assert journal.verify() == 1000
        assert Counter(entry.id for entry in journal.entries()) == Counter(said)


def test_compare_and_set_loses_no_step_between_processes(child: Start, open_file: Callable[..., Journal]) -> None:
    for process in [child("compare-and-set", 60), child("compare-and-set", 60)]:
        ended_well(process)
    with open_file() as journal:
        assert [one.reading for one in journal.observations("harbour")] == [float(step) for step in range(1, 121)]


@pytest.mark.parametrize("after", ["1000", "4000", "9000"])
def test_a_process_killed_in_the_middle_of_a_batch_leaves_all_or_nothing(
    child: Start, open_file: Callable[..., Journal], after: str
) -> None:
    with open_file() as journal:
        journal.append([a_submission()], via="cli")
    process = child("append-batch", 10_000)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == after:
            break
    process.kill()
    process.communicate()
    with open_file() as journal:
        assert journal.verify() in (1, 10_001)
        journal.append([a_submission()], via="cli")
        assert journal.verify() in (2, 10_002)


@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_what_was_acknowledged_survives_a_kill(
    child: Start, open_file: Callable[..., Journal], acknowledged: int
) -> None:
    process = child("append", 100_000)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(acknowledged + 1)]
    process.kill()
    said += process.communicate()[0].split("\n")
    complete = [line for line in said if len(line) == len("018f0000-0000-7000-8000-000000000001")]
    with open_file() as journal:
        written = [entry.id for entry in journal.entries()]
        assert journal.verify() == len(written)
    assert len(complete) >= acknowledged
    assert written[: len(complete)] == complete
    assert len(written) - len(complete) <= 1  # written, and killed before it could say so


def test_a_process_killed_while_it_makes_the_journal_leaves_one_that_can_be_opened(
    child: Start, open_file: Callable[..., Journal], file: Path
) -> None:
    process = child("append", 1)
    while not file.exists() and process.poll() is None:
        pass
    process.kill()
    process.communicate()
    assert file.exists()
    with open_file() as journal:
        assert journal.verify() in (0, 1)
