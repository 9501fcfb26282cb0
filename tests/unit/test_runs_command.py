"""``iw-monitor runs``: what the worker did, what is due next, and whether it is alive; as text and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.program import app
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.watch import PackWatch
from iw_monitor.schedule.registry import jobs_of
from iw_monitor.schedule.simulate import run_now
from iw_monitor.schedule.worker import JobsOf, Worker
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url


def runs(path: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["runs", "--pack", "volcano-unrest", "--db", str(path), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def work(path: Path, *, ago: timedelta, stop: bool, jobs: JobsOf = jobs_of) -> Path:
    """Let a worker do what was due some time ago, and end as it is told to, or as if it were killed."""
    then = datetime.now(UTC) - ago
    with Journal.open(file_url(path), clock=lambda: then) as journal:
        site = Site(PackWatch(find_pack("volcano-unrest")), journal, lambda: then)
        worker = Worker(site, jobs, name="host:1:abc", version="1.2.3")
        run_now(worker)
        if stop:
            worker.stop()
    return path


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    """Return a journal on which a worker did what was due, three hours ago, and ended."""
    return work(tmp_path / "journal.db", ago=timedelta(hours=3), stop=True)


def test_runs_says_who_worked_what_was_done_and_that_nobody_does_it_now(worked: Path) -> None:
    said = runs(worked)
    assert said.startswith("The worker was stopped; evaluated up to ")
    assert "OVERDUE" in said
    assert "stopped  host:1:abc, version 1.2.3, seen " in said
    assert [line.split()[2] for line in said.splitlines() if " evaluation " in line and " done " in line]
    assert "evaluation" not in runs(worked, "--job", "tidying").split("\n\n")[-1]
    assert ", next " not in said  # what a worker named that does nothing more


def test_runs_calls_a_worker_that_was_killed_silent_as_the_pages_do(tmp_path: Path) -> None:
    acting = work(tmp_path / "acting.db", ago=timedelta(seconds=0), stop=False)
    assert "active   host:1:abc, version 1.2.3, seen " in runs(acting)
    assert not json.loads(runs(acting, "--json"))["workers"][0]["silent"]
    killed = work(tmp_path / "killed.db", ago=timedelta(seconds=70), stop=False)
    assert "silent   host:1:abc, version 1.2.3, seen " in runs(killed)
    [worker] = json.loads(runs(killed, "--json"))["workers"]
    assert (worker["state"], worker["silent"]) == ("active", True)  # what it last said, and that it says nothing more


def test_runs_as_json_holds_the_same_for_programs(worked: Path) -> None:
    said = json.loads(runs(worked, "--json", "--job", "evaluation", "--limit", "1"))
    assert (said["schema_version"], said["health"], said["overdue"]) == (1, "stopped", True)
    assert said["workers"][0]["version"] == "1.2.3"
    assert said["lease"]["holder"] == ""
    [run] = said["runs"]
    assert (run["job"], run["outcome"], run["attempt"], run["covers"]) == ("evaluation", "done", 1, 1)
    assert run["late_seconds"] < 3600
    assert datetime.fromisoformat(run["due_at"]) == datetime.fromisoformat(said["evaluated_at"])


def test_before_a_worker_ever_ran_runs_says_so(tmp_path: Path) -> None:
    Journal.open(file_url(tmp_path / "new.db"), clock=lambda: datetime.now(UTC)).close()
    assert runs(tmp_path / "new.db") == "No worker has run yet; nothing evaluated yet.\n"


def test_runs_says_in_words_that_the_archive_cannot_be_written_and_that_nothing_was_taken_out(tmp_path: Path) -> None:
    path = work(tmp_path / "journal.db", ago=timedelta(days=100), stop=True)
    (tmp_path / "archive").write_text("a file where the folder belongs", encoding="utf-8")
    before = runs(path, "--limit", "99").split("\n\n")[-1].splitlines()
    work(path, ago=timedelta(0), stop=True, jobs=lambda site: tuple(x for x in jobs_of(site) if x.id == "tidying"))
    [tidied] = [line for line in runs(path, "--limit", "99").splitlines() if " tidying " in line and " failed " in line]
    assert f"The archive {tmp_path / 'archive'} cannot be written: File exists. Nothing was taken out. See " in tidied
    assert set(before) <= set(runs(path, "--limit", "99").splitlines())
