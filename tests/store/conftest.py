"""A journal for each test, on every kind of database there is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.builders import MONDAY
from tests.store.server import Server, started_server


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


POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)


@pytest.fixture(scope="session")
def server(empty_home: Path) -> Iterator[Server]:
    """Run one PostgreSQL for the whole session, or skip by name."""
    yield from started_server(empty_home / "run")


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """Return the name of an empty database on the server."""
    with server.database() as name:
        yield name


@pytest.fixture(params=["sqlite", "memory", POSTGRESQL])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """Return the address of an empty journal, on every engine in turn."""
    return _address(request, file)


@pytest.fixture(params=["sqlite", POSTGRESQL])
def lasting_url(request: pytest.FixtureRequest, file: Path) -> str:
    """Return the address of an empty journal that can be opened again, on every engine in turn."""
    file.parent.mkdir()
    return _address(request, file)


def _address(request: pytest.FixtureRequest, file: Path) -> str:
    if request.param == "postgresql":
        running: Server = request.getfixturevalue("server")
        return running.url(request.getfixturevalue("database"))
    return "sqlite://" if request.param == "memory" else file_url(file)


@pytest.fixture
def open_lasting(lasting_url: str, clock: Clock) -> Callable[..., Journal]:
    """Return a way to open the journal at ``lasting_url``."""

    def opening(*, read_only: bool = False) -> Journal:
        return Journal.open(lasting_url, clock=clock, read_only=read_only)

    return opening


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
