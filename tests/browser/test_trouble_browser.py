"""What people see in their browsers while a site is in trouble: what is wrong and what to do, and never calm.

The commands in the same troubles are in ``tests/faults``; here a real browser looks on before, during and after.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accounts_site import PASSWORD
from tests.browser.demo_server import Walker, free_port
from tests.browser.site_server import PROGRAM, fill_in, filled_journal, header, serving, user
from tests.browser.test_desk_browser import record, write
from tests.store.cut_off import WayToServer
from tests.store.server import Server, started_server
from tests.store.test_unusable_files import failing_disk, small_disk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk cannot be made on this platform"),
]
PATIENCE = 30_000  # milliseconds: more than the five seconds between two polls, on a busy machine
WORDS = "Salvos on Eilat."


@pytest.fixture(scope="module")
def server(empty_home: Path) -> Iterator[Server]:
    """Run one PostgreSQL for this file, or skip by name."""
    yield from started_server(empty_home / "run")


@pytest.fixture(scope="module")
def pictures(repository: Path) -> Path:
    """Return where the pictures of trouble are kept."""
    folder = repository / "test-artifacts" / "trouble"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def officer(browser: Browser, site: str, *, theme: str = "light", width: int = 1440) -> Iterator[Walker]:
    """Give a browser in which an editor is signed in."""
    walker = Walker.of(browser, site, theme=theme, width=width)
    walker.page.goto(f"{site}/auth/login")
    fill_in(walker.page, "ada")
    header(walker.page)
    walker.settle()
    yield walker
    walker.close()


@contextmanager
def site_on(journal: str, repository: Path) -> Iterator[str]:
    """Serve the example history to one editor."""
    filled_journal(journal, repository)
    user(journal, "add", "ada", "--role", "editor", password=PASSWORD)
    with serving(journal, free_port()) as address:
        yield address


def says(walker: Walker, *words: str) -> None:
    """See that the page says these words, in its own way: no box of Streamlit's and no traceback."""
    for one in words:
        walker.page.get_by_text(one).first.wait_for(timeout=PATIENCE)
    walker.settle()
    assert walker.page.locator('[data-testid="stException"]').count() == 0
    assert "Traceback" not in walker.page.locator("body").inner_text()


def fill(file: Path) -> None:
    """Take all the room that is left on a disk, at last byte by byte."""
    with file.open("wb", buffering=0) as opened:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    opened.write(bytes(size))


def test_on_a_full_disk_a_form_says_that_nothing_was_recorded_and_keeps_its_words(
    browser: Browser, tmp_path: Path, repository: Path, pictures: Path
) -> None:
    with (
        small_disk(tmp_path / "disk", "24m") as disk,
        site_on(str(disk / "journal.db"), repository) as site,
        officer(browser, site, theme="dark", width=360) as ada,
    ):
        ada.open("/desk?indicator=houthi_activity")
        write(ada, 4, WORDS)
        fill(disk / "filling")
        record(ada)
        says(ada, "Nothing was recorded", "no room left on its disk", "Free some room")
        ada.picture(pictures / "full-disk.png")
        assert ada.page.get_by_label("Statement").input_value() == WORDS
        (disk / "filling").unlink()
        record(ada)
        says(ada, "level 4 recorded by ada")


def test_on_a_disk_that_turned_read_only_every_page_still_shows_and_a_form_keeps_its_words(
    browser: Browser, tmp_path: Path, repository: Path, pictures: Path
) -> None:
    with (
        failing_disk(tmp_path / "disk") as fail,
        site_on(str(tmp_path / "disk" / "journal.db"), repository) as site,
        officer(browser, site) as ada,
    ):
        ada.open("/desk?indicator=houthi_activity")
        write(ada, 4, WORDS)
        fail()
        record(ada)
        says(ada, "Nothing was recorded", "its disk takes no writes any more", "Look at the disk")
        ada.picture(pictures / "read-only-disk.png")
        assert ada.page.get_by_label("Statement").input_value() == WORDS
        for path in ("/", "/why", "/alerts", "/reports", "/log", "/timeline", "/runs"):
            ada.open(path)
            says(ada)
            assert ada.page.get_by_text("cannot open its data").count() == 0
        ada.page.goto(f"{site}/auth/logout")
        ada.page.get_by_role("button", name="Sign out here").click()
        ada.page.get_by_text("its disk takes no writes any more").wait_for(timeout=PATIENCE)


def put_back(file: Path, whole: bytes) -> None:
    """Mend a file in its place, as a copy of what it held would."""
    with file.open("r+b") as stream:
        stream.write(whole)


def all_of(file: Path) -> bytes:
    """Return what a journal in use holds, its log included."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes()


def cut_off(file: Path, size: int) -> None:
    os.truncate(file, size // 2)


def spoil(file: Path, size: int) -> None:
    """Write over all but a file's first page, while another program writes, so that what is remembered is read anew."""
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * (size - 4096))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA user_version = 0")


@pytest.mark.parametrize(("damage", "look"), [(cut_off, ("dark", 360)), (spoil, ("light", 1440))])
def test_a_journal_damaged_under_a_form_is_said_and_mended_the_form_is_back_with_its_words(
    browser: Browser,
    tmp_path: Path,
    repository: Path,
    damage: Callable[[Path, int], None],
    look: tuple[str, int],
) -> None:
    pictures = repository / "test-artifacts" / "trouble"
    theme, width = look
    file = tmp_path / "journal.db"
    with site_on(str(file), repository) as site, officer(browser, site, theme=theme, width=width) as ada:
        ada.open("/desk?indicator=houthi_activity")
        write(ada, 4, WORDS)
        ada.page.get_by_label("Note").click()  # so that the last word is sent
        ada.settle()
        whole = all_of(file)
        damage(file, len(whole))
        says(
            ada,
            "cannot open its data",
            "What you typed here is kept",
            "Keep a copy of the file as it is, and restore the newest backup",
        )
        ada.picture(pictures / f"{damage.__name__}.png")
        assert ada.page.locator("[data-form], #headline").count() == 0
        put_back(file, whole)
        statement = ada.page.get_by_label("Statement")
        statement.wait_for(timeout=PATIENCE)  # nobody touches the page
        ada.settle()
        assert statement.input_value() == WORDS
        assert ada.page.get_by_label("Source: who").input_value() == "Reuters"
        record(ada)
        says(ada, "level 4 recorded by ada")
    checked = subprocess.run([*PROGRAM, "verify", "--db", str(file)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_while_the_database_is_away_a_page_says_so_shows_no_level_and_comes_back_by_itself(
    browser: Browser, server: Server, repository: Path, pictures: Path
) -> None:
    with server.database() as name, WayToServer(str(server.running.get_postmaster_info().socket_path)) as way:
        journal = f"postgresql://postgres@127.0.0.1:{way.port}/{name}"
        with site_on(journal, repository) as site, officer(browser, site) as ada:
            assert ada.page.locator("#headline").count() == 1
            way.cut()
            says(ada, "cannot open its data")
            ada.picture(pictures / "database-away.png")
            assert ada.page.locator("#headline").count() == 0
            way.mend()
            ada.page.wait_for_selector("#headline", state="attached", timeout=PATIENCE)
