"""Nobody is left out: from signing in to a confirmed indicator by keyboard alone, and signing in passes axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accounts_site import PASSWORD
from tests.browser.axe import grave_findings
from tests.browser.demo_server import Walker, free_port
from tests.browser.site_server import filled_journal, serving, user

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

AT_MOST = 150  # presses of Tab: a page whose button takes more is not one for the keyboard
FOCUSED = "() => { const e = document.activeElement; return e.tagName === 'BUTTON' ? e.innerText : ''; }"
RING = "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow; }"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[str]:
    """Serve a journal with the shipped history and an editor."""
    file = filled_journal(tmp_path_factory.mktemp("everybody") / "journal.db", repository)
    user(file, "add", "maya", "--role", "editor", "--display-name", "מאיה", password=PASSWORD)
    with serving(file, free_port()) as address:
        yield address


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the focus is on the button that says this."""
    for _ in range(AT_MOST):
        page.keyboard.press("Tab")
        if label in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"no {label!r} within {AT_MOST} presses of Tab")


def test_from_signing_in_to_a_confirmed_indicator_by_keyboard_alone(browser: Browser, site: str) -> None:
    walker = Walker.of(browser, site)
    page = walker.page
    page.goto(f"{site}/auth/login?next=%2Fdesk")
    page.locator("input:focus").wait_for()  # the cursor stands in the first field
    page.keyboard.type("maya")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-task]", timeout=90_000)
    walker.settle()
    assert page.locator(".iw-head bdi").inner_text() == "מאיה"
    tab_to(page, "Reviewed, no change")
    assert page.evaluate(RING) != "nonenone", "nothing shows where the focus is"
    page.keyboard.press("Enter")
    page.get_by_text("confirmed by maya").wait_for(timeout=30_000)
    assert not walker.troubles
    walker.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_way_in_passes_axe(theme: str, browser: Browser, site: str) -> None:
    walker = Walker.of(browser, site, theme=theme, width=360)
    walker.page.goto(f"{site}/auth/login")
    walker.page.get_by_label("Name").wait_for()
    assert grave_findings(walker.page) == []
    walker.close()
