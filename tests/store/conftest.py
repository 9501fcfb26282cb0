"""A journal for each test, on every kind of database there is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.store.journal import Journal
from tests.builders import MONDAY


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default=MONDAY)

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where an SQLite journal is to be; nothing is there yet."""
    return tmp_path / "data" / "journal.db"


@pytest.fixture(params=["sqlite", "memory"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """Return the address of an empty journal, on every engine in turn."""
    return {"sqlite": f"sqlite:///{file}", "memory": "sqlite://"}[request.param]


@pytest.fixture
def journal(url: str, clock: Clock) -> Iterator[Journal]:
    with Journal.open(url, clock=clock) as opened:
        yield opened


@pytest.fixture
def open_file(file: Path, clock: Clock) -> Callable[..., Journal]:
    """Return a way to open the journal in ``file``, impatiently."""

    def opening(**settings: bool) -> Journal:
        return Journal.open(f"sqlite:///{file}", clock=clock, patience=timedelta(seconds=0.3), **settings)

    return opening


@pytest.fixture
def child_environment(repository: Path) -> dict[str, str]:
    """Return the environment in which a child process finds the tests' builders."""
    return {**os.environ, "PYTHONPATH": str(repository)}
