"""What the tests about faults share: a journal that processes of their own can open, on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iw_monitor.store.place import file_url
from tests.store.conftest import POSTGRESQL
from tests.store.server import started_server


@pytest.fixture(params=["sqlite", POSTGRESQL])
def url(request: pytest.FixtureRequest, tmp_path: Path, empty_home: Path) -> Iterator[str]:
    """Return the address of an empty journal, on every engine in turn."""
    if request.param == "sqlite":
        yield file_url(tmp_path / "journal.db")
        return
    for server in started_server(empty_home / "run"):
        with server.database() as name:
            yield server.url(name)
