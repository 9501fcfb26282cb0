"""Officers at work in real browsers, on PostgreSQL with the example history: at once, without loss, and quickly.

What these do on SQLite is in ``test_desk_browser.py``.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.accounts_site import PASSWORD
from tests.browser.demo_server import Walker, free_port
from tests.browser.site_server import fill_in, filled_journal, serving, user
from tests.store.server import Server, started_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(600)]

PATIENCE = 30_000  # milliseconds
OFFICERS = ("ada", "ben")
PROBLEM, INDICATOR = "front_convergence", "axis_coordination"
TEN = 10
A_MINUTE = 60.0  # seconds
CALM = """left =>
    document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning' &&
    document.querySelectorAll('[data-task]:not([data-status="fresh"])').length === left"""


@pytest.fixture(scope="module")
def server(empty_home: Path) -> Iterator[Server]:
    """Run one PostgreSQL for this file, or skip by name."""
    yield from started_server(empty_home / "run")


@pytest.fixture(scope="module")
def site(server: Server, repository: Path) -> Iterator[str]:
    """Serve a site with the example history and two editors."""
    with server.database() as name:
        journal = server.url(name)
        filled_journal(journal, repository)
        for one in OFFICERS:
            user(journal, "add", one, "--role", "editor", password=PASSWORD)
        with serving(journal, free_port()) as address:
            yield address


def officer(browser: Browser, site: str, name: str) -> Walker:
    """Return a browser in which somebody has signed in."""
    walker = Walker.of(browser, site)
    walker.page.goto(f"{site}/auth/login")
    fill_in(walker.page, name)
    walker.page.wait_for_selector(".iw-head", timeout=PATIENCE)
    return walker


@pytest.fixture
def two(browser: Browser, site: str) -> Iterator[tuple[Walker, Walker]]:
    """Give two officers, each in a browser of their own."""
    ada, ben = (officer(browser, site, name) for name in OFFICERS)
    yield ada, ben
    assert not ada.troubles + ben.troubles
    ada.close()
    ben.close()


def level(walker: Walker, place: int) -> None:
    """Choose a level by its place in the list, behind the heading."""
    walker.page.locator('[data-testid="stRadio"]').first.locator("label").nth(place + 1).click()
    walker.settle()


def press(walker: Walker, name: str) -> None:
    walker.page.get_by_role("button", name=name).click()
    walker.settle()


def choose(walker: Walker, label: str, option: str) -> None:
    walker.page.get_by_label(label).scroll_into_view_if_needed()
    walker.page.wait_for_timeout(300)  # a list closes while the page scrolls
    walker.page.get_by_label(label).click()
    walker.page.get_by_role("option", name=option).click()
    walker.settle()


def conflict(walker: Walker, subject: str) -> Locator:
    found = walker.page.locator(f'[data-conflict="{subject}"]')
    found.wait_for(timeout=PATIENCE)
    return found


def report(walker: Walker, place: int, statement: str) -> None:
    """Fill the form of an indicator in, and leave it unrecorded."""
    level(walker, place)
    walker.page.get_by_label("Statement").fill(statement)
    walker.page.get_by_label("Source: who").fill("Reuters")
    choose(walker, "Reliability", "B usually reliable")
    choose(walker, "Credibility", "2 probably true")


def test_two_browsers_edit_the_same_indicator_at_once_and_neither_loses_a_word(two: tuple[Walker, Walker]) -> None:
    ada, ben = two
    for walker in two:
        walker.open(f"/desk?indicator={INDICATOR}")
    report(ada, 4, "Leaders meet in Beirut; said by ada.")
    report(ben, 2, "One visit only; said by ben.")
    press(ben, "Record it")
    ben.page.get_by_text("level 2 recorded by ben").wait_for(timeout=PATIENCE)
    press(ada, "Record it")
    both = conflict(ada, INDICATOR).inner_text()
    assert "said by ada" in both
    assert "said by ben" in both
    press(ada, "I have seen it: record mine too")
    ada.page.get_by_text("level 4 recorded by ada").wait_for(timeout=PATIENCE)
    ben.open(f"/indicators?indicator={INDICATOR}")
    said = ben.page.locator('[data-testid="stMain"]').inner_text()
    assert "said by ada" in said
    assert "said by ben" in said


def test_two_officers_declare_at_once_and_neither_loses_a_word(two: tuple[Walker, Walker]) -> None:
    for walker, place, reason in zip(two, (3, 1), ("I hold it high.", "I hold it low."), strict=True):
        walker.open(f"/why?problem={PROBLEM}&state=declaration")
        level(walker, place)
        walker.page.get_by_label("Until").fill("48h")
        walker.page.get_by_label("Reason").fill(reason)
    ada, ben = two
    press(ben, "State it")
    ben.page.get_by_text("stated by ben").wait_for(timeout=PATIENCE)
    press(ada, "State it")
    both = conflict(ada, PROBLEM).inner_text()
    assert "I hold it high." in both
    assert "I hold it low." in both
    press(ada, "I have seen it: state mine")
    ada.page.get_by_text("stated by ada").wait_for(timeout=PATIENCE)
    ada.open("/log?view=history&part=judgements")
    told = ada.page.locator("[data-done]").inner_text()
    assert re.search(r"2 → 4\s+I hold it high\.", told)
    assert re.search(r"– → 2\s+I hold it low\.", told)


def test_an_editor_clears_ten_due_indicators_in_under_a_minute_by_keyboard(browser: Browser, site: str) -> None:
    walker = officer(browser, site, "ada")
    walker.open("/desk")
    asking = walker.page.locator('[data-task]:not([data-status="fresh"])').count()
    assert asking >= TEN
    began = time.monotonic()
    for left in range(asking - 1, asking - 1 - TEN, -1):
        _confirm(walker.page, left)
    took = time.monotonic() - began
    assert took < A_MINUTE, f"{took:.0f} s"
    assert not walker.troubles
    walker.close()


def _confirm(page: Page, left: int) -> None:
    """Press the key until one less asks for a look.

    A key that is pressed between the drawing of the new rows and the moment when the browser listens for the new first
    one is a second press on the old one, which confirms nothing more.
    """
    for patience in (5_000, PATIENCE):
        page.keyboard.press("n")
        with suppress(PlaywrightTimeout):
            page.wait_for_function(CALM, arg=left, timeout=patience)
            return
    raise AssertionError(f"the key confirms nothing: not {left} are left")
