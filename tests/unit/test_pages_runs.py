"""The worker on the pages: in the header of each, in a banner when nothing is evaluated, and on the page of runs."""

from __future__ import annotations

import platform
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard import data
from iw_monitor.model.running import Lease, Run, RunOutcome, SignOfLife, WorkerState
from iw_monitor.store.journal import Journal
from iw_monitor.store.migrate import revisions
from iw_monitor.store.place import file_url
from iw_monitor.store.running import RunningStore
from tests.builders import a_submission
from tests.unit.pages_site import html_of, open_page, text_of, use

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIFE = timedelta(seconds=30)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningStore:
    """Return what is known of the workers of a site that the pages show."""
    url = file_url(tmp_path / "journal.db")
    use(monkeypatch, url)
    return RunningStore(Journal.open(url, clock=now), "multi-front")


def say_alive(store: RunningStore, *, state: WorkerState = WorkerState.ACTIVE, ago: timedelta = timedelta(0)) -> None:
    sign = SignOfLife(
        worker="host:1:abc",
        state=state,
        version="1.2.3",
        started_at=now() - ago - HOUR,
        seen_at=now() - ago,
        position=7,
        next_job="evaluation",
        next_due_at=now() + HOUR,
        missed=0,
        note="",
    )
    store.say_alive(sign)


def a_lease(store: RunningStore) -> Lease:
    held = store.take_lease("host:1:abc", life=LIFE)
    assert held is not None
    return held


def ran(store: RunningStore, due_at: datetime, *, late: timedelta = timedelta(0), **changes: Any) -> None:
    """Write a run that is over, or as far as a test says, into the ledger."""
    held = a_lease(store)
    started = due_at + late
    run = Run(
        job="evaluation",
        due_at=due_at,
        started_at=started,
        finished_at=started + timedelta(seconds=1),
        outcome=RunOutcome.DONE,
        attempt=1,
        covers=1,
        rows=1,
        note="convergence 3",
        worker=held.holder,
        token=held.token,
    )
    store.begin(replace(run, **changes), held.fence)


def test_a_site_without_a_worker_by_choice_is_told_so_quietly(store: RunningStore) -> None:
    page = open_page()
    assert "○ no worker has run yet" in text_of(page)
    assert "NO EVALUATION" not in text_of(page)
    assert "data-clock-behind" not in html_of(page)


def test_when_the_worker_died_every_page_says_since_when_nothing_was_evaluated(store: RunningStore) -> None:
    say_alive(store, ago=3 * HOUR)
    ran(store, now() - 3 * HOUR - MINUTE)
    said = text_of(open_page("indicators"))
    assert "worker silent, last seen 3" in said
    assert "NO EVALUATION Nothing has been evaluated since" in said


def test_when_the_clock_was_set_back_every_page_says_what_is_not_shown_yet(store: RunningStore, tmp_path: Path) -> None:
    ahead = now() + 3 * HOUR
    with Journal.open(file_url(tmp_path / "journal.db"), clock=lambda: ahead) as journal:
        journal.append([a_submission(pack="multi-front", indicator="hizballah_activity")], via="cli")
    page = open_page("indicators")
    assert "THE CLOCK IS BEHIND The newest entry of the journal was recorded at" in text_of(page)
    assert f"{ahead:%d%H%MZ}" in text_of(page)


def test_the_page_of_runs_marks_what_was_late_failed_interrupted_or_made_up_for(store: RunningStore) -> None:
    say_alive(store)
    at = now().replace(minute=0, second=0, microsecond=0)
    ran(store, at - 3 * HOUR, late=HOUR, covers=4, note="<b>three</b>")
    ran(store, at - 2 * HOUR, outcome=RunOutcome.FAILED, note="no room left")
    ran(store, at - HOUR, outcome=RunOutcome.INTERRUPTED, attempt=2, finished_at=None)
    ran(store, at)
    page = open_page("runs")
    said = text_of(page)
    assert 'data-worker="alive"' in html_of(page)
    assert "NO EVALUATION" not in said
    assert "● active" in said
    assert "✓ done, for 4 due times 60" in said
    assert "✕ failed" in said
    assert "⚡ interrupted, attempt 2" in said
    assert "<b>three</b>" not in html_of(page)
    assert 'data-runs="4"' in html_of(page)
    page.checkbox[0].check().run()
    assert 'data-runs="3"' in html_of(page)


def room(patch: pytest.MonkeyPatch, *, gib: int) -> None:
    """Let so much room be left where the journal lies."""
    patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=gib << 30))


def test_the_page_of_runs_says_what_the_site_stands_on(store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> None:
    room(monkeypatch, gib=12)
    page = open_page("runs")
    said = text_of(page)
    assert f"Python {platform.python_version()}" in said
    assert f"Tables of the journal {revisions()[-1]}" in said
    assert f"Pack, hash {data.site().pack.hash}" in said
    assert "Room for the journal 12.0 GiB free" in said
    assert "NEARLY FULL" not in said


def test_the_page_of_runs_says_loudly_that_the_disk_is_nearly_full(
    store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    room(monkeypatch, gib=0)
    said = text_of(open_page("runs"))
    assert "THE DISK IS NEARLY FULL 0.0 GiB free where the journal lies" in said


def test_the_page_of_runs_says_how_to_start_a_worker(store: RunningStore) -> None:
    assert "iw-monitor up" in text_of(open_page("runs"))
