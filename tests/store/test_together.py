"""Several processes on one journal: nothing is lost or half done, whoever starts first and whoever is killed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.builders import a_submission
from tests.store.conftest import POSTGRESQL, Clock
from tests.store.server import Server

pytestmark = pytest.mark.slow  # processes of their own, each of which starts from nothing


CHILD = Path(__file__).with_name("child.py")


def a_child(environment: dict[str, str], act: str, url: str, count: int) -> subprocess.Popen[str]:
    """Start a process that does something to a journal."""
    return subprocess.Popen(
        [sys.executable, CHILD, act, url, str(count)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def child(lasting_url: str, child_environment: dict[str, str]) -> Callable[..., subprocess.Popen[str]]:
    """Return a way to start a process that does something to the journal."""
    return partial(a_child, child_environment, url=lasting_url)


def ended_well(process: subprocess.Popen[str]) -> list[str]:
    """Wait for a process and return the lines it said."""
    said, complaint = process.communicate(timeout=100)
    assert (process.returncode, complaint) == (0, "")
    return said.split()


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(params=["sqlite", POSTGRESQL])
def new_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """Return the addresses of several journals that are yet to be made."""
    if request.param == "sqlite":
        yield [file_url(tmp_path / f"{number}.db") for number in range(6)]
        return
    server: Server = request.getfixturevalue("server")
    with ExitStack() as stack:
        yield [server.url(stack.enter_context(server.database())) for _ in range(4)]


def test_processes_that_make_the_same_new_journal_at_once_do_not_crash(
    child_environment: dict[str, str], new_urls: list[str], clock: Clock
) -> None:
    processes = [a_child(child_environment, "open-together", "", len(new_urls)) for _ in range(3)]
    for url in new_urls:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{url}\n")
            process.stdin.flush()
    for process in processes:
        ended_well(process)
    for url in new_urls:
        with Journal.open(url, clock=clock) as journal:
            assert journal.verify() == 3


def test_two_processes_that_write_at_once_lose_nothing(child: Start, open_lasting: Callable[..., Journal]) -> None:
    processes = [child(act="append", count=150), child(act="append", count=150)]
    said = [line for process in processes for line in ended_well(process) if line != "open"]
    with open_lasting() as journal:
        assert journal.verify() == 300
        assert Counter(entry.id for entry in journal.entries()) == Counter(said)


def test_compare_and_set_loses_no_step_between_processes(child: Start, open_lasting: Callable[..., Journal]) -> None:
    for process in [child(act="compare-and-set", count=40), child(act="compare-and-set", count=40)]:
        ended_well(process)
    with open_lasting() as journal:
        assert [one.reading for one in journal.observations("harbour")] == [float(step) for step in range(1, 81)]


@pytest.mark.parametrize("after", ["1000", "9000"])
def test_a_process_killed_in_the_middle_of_a_batch_leaves_all_or_nothing(
    child: Start, open_lasting: Callable[..., Journal], after: str
) -> None:
    with open_lasting() as journal:
        journal.append([a_submission()], via="cli")
    process = child(act="append-batch", count=10_000)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == after:
            break
    process.kill()
    process.communicate()
    with open_lasting() as journal:
        assert journal.verify() in (1, 10_001)
        journal.append([a_submission()], via="cli")
        assert journal.verify() in (2, 10_002)


@pytest.mark.parametrize("acknowledged", [1, 40])
def test_what_was_acknowledged_survives_a_kill(
    child: Start, open_lasting: Callable[..., Journal], acknowledged: int
) -> None:
    process = child(act="append", count=100_000)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(acknowledged + 1)]
    process.kill()
    said += process.stdout.read().split("\n")  # communicate() would lose what readline has read ahead
    process.communicate()
    complete = [line for line in said if len(line) == len("018f0000-0000-7000-8000-000000000001")]
    with open_lasting() as journal:
        written = [entry.id for entry in journal.entries()]
        assert journal.verify() == len(written)
    assert len(complete) >= acknowledged
    assert written[: len(complete)] == complete
    assert len(written) - len(complete) <= 1  # written, and killed before it could say so


def test_a_process_killed_while_it_makes_a_file_leaves_one_that_can_be_opened(
    child_environment: dict[str, str], open_file: Callable[..., Journal], file: Path
) -> None:
    process = a_child(child_environment, "append", file_url(file), 1)
    while not file.exists() and process.poll() is None:
        pass
    process.kill()
    process.communicate()
    assert file.exists()
    with open_file() as journal:
        assert journal.verify() in (0, 1)
