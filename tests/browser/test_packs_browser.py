"""Two packs on one site in a real browser: choosing one, staying with it from page to page, and the line for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.browser.demo_server import Walker, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def demo(browser: Browser) -> Iterator[str]:
    """Run a demo of both shipped packs."""
    assert browser.is_connected()
    with running("demo", "--pack", "multi-front", "--pack", "volcano-unrest") as address:
        yield address


def title(walker: Walker) -> str:
    return walker.page.locator(".iw-head h1").inner_text().upper()


def test_the_strip_leads_to_the_other_pack_and_the_navigation_stays_with_it(browser: Browser, demo: str) -> None:
    walker = Walker.of(browser, demo)
    walker.open("/why?as_of=2024-01-31T18:00Z")
    assert title(walker) == "MULTI-FRONT ESCALATION"
    walker.page.locator('.iw-packs a[data-pack="volcano-unrest"]').click()
    walker.page.wait_for_url("**/why?pack=volcano-unrest")
    walker.settle()
    assert title(walker) == "VOLCANO UNREST"
    assert not walker.page.locator("[data-as-of]").count()  # a look at one does not turn the other back
    walker.page.get_by_role("link", name="Indicators").first.click()
    walker.page.wait_for_url("**/indicators?pack=volcano-unrest")
    walker.settle()
    assert title(walker) == "VOLCANO UNREST"
    assert walker.troubles == []
    walker.close()


@pytest.mark.parametrize(("theme", "width"), [*product(("light", "dark"), (1440, 360))])
def test_the_page_with_a_line_for_each_fits_every_screen(browser: Browser, demo: str, theme: str, width: int) -> None:
    walker = Walker.of(browser, demo, theme=theme, width=width)
    walker.open("/packs")
    assert walker.page.locator("[data-packs]").get_attribute("data-packs") == "2"
    content, window = walker.widths()
    assert content <= window
    assert walker.troubles == []
    walker.close()
