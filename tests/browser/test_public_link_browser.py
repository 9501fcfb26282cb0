"""A public link in a real browser: it opens the wall and a report, asks for nothing that is refused, ends kindly."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accounts_site import PASSWORD
from tests.browser.demo_server import Walker, free_port
from tests.browser.site_server import NEXT_RERUN, PROGRAM, filled_journal, header, serving, user

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def program(journal: str, *arguments: str) -> str:
    """Run ``iw-monitor`` as whoever runs the site would, and return what it says."""
    command = [*PROGRAM, *arguments, "--db", journal]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout


def test_a_guest_sees_the_wall_and_the_console_stays_clean_until_the_link_is_revoked(
    browser: Browser, tmp_path: Path, repository: Path
) -> None:
    journal = filled_journal(tmp_path / "journal.db", repository)
    user(journal, "add", "cleo", "--role", "approver", password=PASSWORD)
    made = program(journal, "link", "add", "cleo", "--name", "hall")
    (key,), (name,) = re.findall(r"#(\S+)", made), re.findall(r"(\w+) \(hall\)", made)
    with serving(journal, free_port(), "--host", "0.0.0.0") as address:
        walker = Walker.of(browser, address)
        refused: list[str] = []
        walker.page.on("response", lambda one: refused.append(one.url) if one.status in (401, 403) else None)
        walker.page.goto(f"{address}/public#{key}")
        walker.page.wait_for_url("**/wall")
        assert "MULTI-FRONT ESCALATION" in header(walker.page)
        walker.settle()
        assert key not in walker.page.url
        assert (walker.troubles, refused) == ([], [])
        with walker.page.expect_popup() as opened:
            walker.page.get_by_role("link", name="Report").click()
        opened.value.get_by_text("No report has been made yet").wait_for(timeout=NEXT_RERUN)
        program(journal, "link", "revoke", name)
        walker.page.locator(".iw-head").wait_for(state="detached", timeout=NEXT_RERUN)
        assert "Traceback" not in walker.page.inner_text("body")
        walker.page.goto(f"{address}/public#{key}")
        walker.page.get_by_text("it was not copied whole, has expired, or was revoked").wait_for(timeout=NEXT_RERUN)
        walker.close()
