"""A journal of every schema there has been opens, has lost nothing, and concludes what a new one does."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import iw_monitor.store.migrations
from iw_monitor.model.accounts import EVERY_PACK, Role
from iw_monitor.model.observation import Known
from iw_monitor.publish.as_json import assessment_json
from iw_monitor.service.site import Site, open_site
from iw_monitor.store.accounts import AccountStore
from iw_monitor.store.place import file_url
from iw_monitor.store.tokens import TokenStore

pytestmark = pytest.mark.slow

SCHEMAS = Path(__file__).with_name("schemas")
REVISIONS = sorted(one.stem for one in SCHEMAS.glob("*.sql"))
NEWEST = max(one.stem[:4] for one in Path(iw_monitor.store.migrations.__path__[0]).glob("versions/0*.py"))
AT = datetime(2023, 9, 2, tzinfo=UTC)
NOW = datetime(2026, 11, 27, tzinfo=UTC)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REPORTS = 12
BESIDE = {"0002": 1, "0004": 1, "0005": 1, "0006": 1}  # entries beside the reports, by the revision that brought them


@pytest.fixture(params=REVISIONS)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(revision: str, tmp_path: Path) -> Iterator[Site]:
    """Open a journal that the program of that time wrote."""
    file = tmp_path / "journal.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((SCHEMAS / f"{revision}.sql").read_text(encoding="utf-8"))
    with closing(open_site(clock=lambda: NOW, pack="multi-front", url=file_url(file))) as site:
        yield site


def concluded(site: Site) -> str:
    """Return what is concluded, without the names that reports got when they were recorded."""
    return UUID.sub("a report", assessment_json(site.assess(AT, Known.PUBLISHED)))


@pytest.fixture(scope="module")
def expected() -> str:
    """Return what a journal of today concludes from the same reports."""
    with closing(open_site(clock=lambda: NOW, pack="multi-front", url="sqlite://")) as site:
        site.import_csv(SCHEMAS / "observations.csv", author="maya")
        return concluded(site)


def test_it_opens_and_concludes_what_a_new_one_does(old: Site, revision: str, expected: str) -> None:
    assert concluded(old) == expected
    beside = sum(count for since, count in BESIDE.items() if since <= revision)
    assert old.journal.verify() == REPORTS + beside


def test_its_accounts_and_tokens_are_there(old: Site, revision: str) -> None:
    roles = {one.name: dict(one.roles) for one in AccountStore(old.journal).users()}
    assert roles == ({"maya": {EVERY_PACK: Role.EDITOR}} if revision > "0001" else {})
    assert [one.name for one in TokenStore(old.journal).tokens()] == (["script"] if revision > "0005" else [])


def test_every_schema_but_the_newest_is_kept() -> None:
    assert [f"{number:04}" for number in range(1, int(NEWEST))] == [one for one in REVISIONS if one < NEWEST]
