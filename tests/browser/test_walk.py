"""The real demo in a real browser: it says what the command line says, and every page holds on every screen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iw_monitor.service.demo import open_demo
from tests.browser.axe import grave_findings
from tests.browser.demo_server import Walker, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SCREENS = {
    "watch": "/",
    "why": "/why?problem=hizballah_entry",
    "indicators": "/indicators",
    "indicator": "/indicators?indicator=us_carrier_presence",
    "alerts": "/alerts",
    "alerts-log": "/alerts?view=log",
    "log": "/log",
    "reports": "/reports",
    "sources": "/sources",
    "runs": "/runs",
    "desk": "/desk",
    "timeline": "/timeline",
    "what-if": "/what_if?problem=iran_direct&level.iran_involvement_mode=3",
    "scorecard": "/scorecard",
    "method": "/method",
    "wall": "/wall",
    "as-of": "/?as_of=2023-11-20T12:00Z&since=7d&group=front",
}
WIDTHS = {"wide": 1440, "zoomed": 720, "phone": 360}  # zoomed: what a wide window shows at 200 %


@pytest.fixture(scope="module")
def demo(browser: Browser) -> Iterator[str]:
    """Run the demo as a newcomer would."""
    assert browser.is_connected()
    with running("demo") as address:
        yield address


@pytest.fixture(scope="module")
def pictures(repository: Path) -> Path:
    """Return where the pictures of the walk are kept."""
    folder = repository / "test-artifacts" / "walk"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Return what ``assess --json`` says of the demo's journal at the demo's moment."""
    folder = tmp_path_factory.mktemp("demo")
    site = open_demo(folder)
    moment, url = site.now(), site.journal.url
    site.close()
    command = [sys.executable, "-m", "iw_monitor.cli", "assess", "--db", url, "--known", "published", "--json"]
    command += ["--as-of", moment.isoformat()]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(found.stdout))


def test_the_gauge_on_the_page_says_what_the_command_line_says(
    demo: str, browser: Browser, told: dict[str, object]
) -> None:
    walker = Walker.of(browser, demo)
    walker.open("/")
    page, headline = walker.page, told["headline"]
    assert isinstance(headline, dict)
    shown = page.get_attribute('[data-testid="gauge-level"]', "data-level")
    assert shown == str(headline["level"])
    assert page.get_attribute('[data-testid="gauge-level"]', "data-problem") == headline["problem"]
    drawn = page.get_attribute('[aria-label^="Threat gauge"]', "aria-label") or ""
    assert f"level {headline['level']} of 5, {headline['word']}" in drawn
    problems = told["problems"]
    assert isinstance(problems, list)
    for one in problems:
        row = page.locator(f'.iw-problem[data-problem="{one["id"]}"]')
        assert row.get_attribute("data-level") == str(one["recommended_level"])
        assert f"{one['points']:+.1f} points".replace("-", "\N{MINUS SIGN}") in row.inner_text()
    walker.close()


def _every_screen() -> Iterator[Any]:
    """Give each page in each width and theme; every day each page is looked at once, the rest in the long run."""
    for number, name in enumerate(SCREENS):
        today = ("wide", "light") if number % 2 else ("phone", "dark")
        for size, theme in product(WIDTHS, ("light", "dark")):
            marks = () if (size, theme) == today else (pytest.mark.slow,)
            if (size, theme) != ("zoomed", "dark"):
                yield pytest.param(name, size, theme, marks=marks)


@pytest.mark.parametrize(("name", "size", "theme"), list(_every_screen()))
def test_every_page_holds_on_every_screen(
    name: str, size: str, theme: str, *, demo: str, browser: Browser, pictures: Path
) -> None:
    walker = Walker.of(browser, demo, theme=theme, width=WIDTHS[size])
    walker.open(SCREENS[name])
    walker.picture(pictures / f"{name}-{size}-{theme}.png")
    content, window = walker.widths()
    boxes = walker.page.locator('.stException, [data-testid="stException"], [data-testid="stAlert"]').count()
    cut = walker.page.evaluate(CUT_OFF)
    barred = grave_findings(walker.page)
    walker.close()
    assert not walker.troubles
    assert boxes == 0, "an exception box"
    assert content <= window, "a horizontal scroll bar"
    assert not cut, "text runs out of the screen"
    assert not barred, "axe-core: somebody cannot use this"


# Text that reaches beyond the window and cannot be scrolled to within a box of its own.
CUT_OFF = """() => [...document.querySelectorAll('.stHtml *')].filter(e => {
  if (!e.innerText || e.children.length || e.closest('.iw-scroll') || e.closest('.iw-frozen')) return false;
  const box = e.getBoundingClientRect();
  return box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1);
}).map(e => e.innerText.slice(0, 80))"""


@pytest.mark.slow
def test_both_themes_are_drawn_in_their_own_colours(demo: str, browser: Browser) -> None:
    papers = []
    for theme in ("light", "dark"):
        walker = Walker.of(browser, demo, theme=theme)
        walker.open("/")
        papers.append(walker.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor"))
        walker.close()
    assert papers[0] != papers[1]


def test_the_slider_and_the_navigation_keep_the_moment(demo: str, browser: Browser) -> None:
    walker = Walker.of(browser, demo)
    page = walker.page
    walker.open("/timeline")
    thumb = page.locator('[data-testid="stSlider"] input[type="range"], [data-testid="stSlider"] [role="slider"]').first
    thumb.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("[data-as-of]", timeout=30_000)
    walker.settle()
    moment = page.get_attribute("[data-as-of]", "data-as-of")
    assert "as_of=" in page.url
    page.get_by_role("link", name="Why").first.click()
    page.wait_for_selector('[data-testid="stVegaLiteChart"][aria-label^="Prior"]', timeout=30_000)
    walker.settle()
    assert page.get_attribute("[data-as-of]", "data-as-of") == moment
    page.get_by_role("button", name="Review").click()
    page.get_by_role("menuitem", name="Method").click()
    page.wait_for_url("**/method?*")
    walker.settle()
    assert page.get_attribute("[data-as-of]", "data-as-of") == moment
    page.get_by_role("link", name="Back to now").click()
    page.wait_for_selector("[data-as-of]", state="detached", timeout=30_000)
    assert "as_of=" not in page.url
    assert not walker.troubles
    walker.close()


@pytest.mark.slow
def test_the_film_moves_by_itself_and_stops(demo: str, browser: Browser) -> None:
    walker = Walker.of(browser, demo)
    page = walker.page
    walker.open("/timeline")
    page.get_by_role("button", name="Play").click()
    page.wait_for_selector('[data-frame="0"]', timeout=30_000)
    page.wait_for_selector('[data-frame="14"], [data-frame="21"], [data-frame="28"]', timeout=30_000)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("[data-frame]", state="detached", timeout=30_000)
    assert not walker.troubles
    walker.close()


def test_a_bar_of_the_waterfall_opens_its_reports(demo: str, browser: Browser) -> None:
    walker = Walker.of(browser, demo)
    page = walker.page
    walker.open("/why?problem=front_convergence")
    chosen = page.locator('[data-testid="stSelectbox"] input').first
    assert chosen.input_value() != "Golan and Syria front"
    page.locator('[data-testid="stVegaLiteChart"] text', has_text="Golan and Syria front").first.click(force=True)
    walker.settle()
    assert chosen.input_value() == "Golan and Syria front"
    assert page.locator('[data-testid="stAlert"]').count() == 0
    assert not walker.troubles
    walker.close()


@pytest.mark.slow
def test_a_screen_that_hears_nothing_any_more_says_that_it_is_frozen(browser: Browser) -> None:
    with running("demo") as address:
        walker = Walker.of(browser, address)
        walker.open("/wall")
        frame = walker.page.locator(".iw-frozen").last
        assert frame.evaluate("e => getComputedStyle(e).visibility") == "hidden"
    walker.page.wait_for_timeout(32_000)
    assert frame.evaluate("e => getComputedStyle(e).visibility") == "visible"
    assert "FROZEN" in frame.inner_text()
    walker.close()
