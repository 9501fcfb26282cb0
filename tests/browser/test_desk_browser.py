"""The desk in a real browser: two editors at once, a reload in the middle of typing, one thumb, one key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.demo_server import Walker, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PATIENCE = 30_000  # milliseconds: more than the five seconds between two polls, on a busy machine


@pytest.fixture(scope="module")
def demo(browser: Browser) -> Iterator[str]:
    """Run the demo as a newcomer would; nothing else writes to it."""
    assert browser.is_connected()
    with running("demo") as address:
        yield address


def field(walker: Walker, label: str) -> Locator:
    return walker.page.get_by_label(label)


def choose(walker: Walker, label: str, option: str) -> None:
    field(walker, label).scroll_into_view_if_needed()
    walker.page.wait_for_timeout(300)  # a list closes while the page scrolls
    field(walker, label).click()
    walker.page.get_by_role("option", name=option).click()
    walker.settle()


def write(walker: Walker, level: int, statement: str) -> None:
    """Fill the form in, as somebody would, and leave it unrecorded."""
    walker.page.locator('[data-testid="stRadio"]').first.locator("label").nth(level + 1).click()
    walker.settle()
    field(walker, "Statement").fill(statement)
    field(walker, "Source: who").fill("Reuters")
    choose(walker, "Reliability", "B usually reliable")
    choose(walker, "Credibility", "2 probably true")


def record(walker: Walker) -> None:
    walker.page.get_by_role("button", name="Record it").click()
    walker.settle()


def test_a_reload_in_the_middle_of_typing_takes_no_word(demo: str, browser: Browser) -> None:
    walker = Walker.of(browser, demo)
    walker.open("/desk?indicator=houthi_activity")
    choose(walker, "Reliability", "C fairly reliable")
    field(walker, "Statement").press_sequentially("A ship was hit west of Hodeida, and the crew", delay=20)
    walker.page.wait_for_timeout(1_500)  # somebody thinks; the field still has the cursor
    walker.page.reload()
    walker.page.wait_for_selector("[data-form]", timeout=PATIENCE)
    walker.settle()
    assert field(walker, "Statement").input_value() == "A ship was hit west of Hodeida, and the crew"
    assert field(walker, "Reliability").input_value() == "C fairly reliable"
    assert not walker.troubles
    walker.close()


def test_two_editors_at_once_see_both_values_and_neither_loses_a_word(demo: str, browser: Browser) -> None:
    one, two = Walker.of(browser, demo), Walker.of(browser, demo)
    for walker in (one, two):
        walker.open("/desk?indicator=axis_coordination")
    write(one, 4, "Leaders meet in Beirut; said by the first editor.")
    write(two, 2, "One visit only; said by the second editor.")
    record(two)
    two.page.get_by_text("level 2 recorded by demo visitor").wait_for(timeout=PATIENCE)
    record(one)
    conflict = one.page.locator('[data-conflict="axis_coordination"]')
    conflict.wait_for(timeout=PATIENCE)
    assert "said by the second editor" in conflict.locator('[data-side="theirs"]').inner_text()
    assert "said by the first editor" in conflict.locator('[data-side="mine"]').inner_text()
    one.page.get_by_role("button", name="record mine too").click()
    one.page.get_by_text("level 4 recorded by demo visitor").wait_for(timeout=PATIENCE)
    two.open("/indicators?indicator=axis_coordination")
    text = two.page.locator('[data-testid="stMain"]').inner_text()
    assert "said by the first editor" in text
    assert "said by the second editor" in text
    assert not one.troubles + two.troubles
    one.close()
    two.close()


def test_what_is_recorded_shows_on_watch_within_a_refresh(demo: str, browser: Browser) -> None:
    watch, editor = Walker.of(browser, demo), Walker.of(browser, demo)
    watch.open("/")
    card = watch.page.locator('[data-indicator="hizballah_activity"]').first
    assert "full-scale" not in card.inner_text()
    editor.open("/desk?indicator=hizballah_activity")
    write(editor, 4, "Salvos on Haifa.")
    assert "3 → 4" in editor.page.locator('[data-effect="hizballah_activity"]').inner_text()
    record(editor)
    card.get_by_text("full-scale").wait_for(timeout=PATIENCE)  # nobody touches the page: it polls
    assert not watch.troubles + editor.troubles
    watch.close()
    editor.close()


def test_what_is_due_is_cleared_by_one_key(demo: str, browser: Browser) -> None:
    walker = Walker.of(browser, demo)
    walker.open("/desk")
    asking = walker.page.locator('[data-task]:not([data-status="fresh"])')
    before = asking.count()
    assert before >= 4
    for left in range(before - 1, before - 4, -1):
        walker.page.keyboard.press("n")
        walker.page.wait_for_function(
            "left => document.querySelectorAll('[data-task]:not([data-status=\"fresh\"])').length === left",
            arg=left,
            timeout=PATIENCE,
        )
        walker.settle()
    assert not walker.troubles
    walker.close()


@pytest.mark.parametrize("path", ["/desk", "/desk?indicator=iran_rhetoric", "/desk?view=tray", "/desk?view=bulk"])
def test_the_desk_fits_a_phone_and_a_thumb(path: str, demo: str, browser: Browser) -> None:
    walker = Walker.of(browser, demo, width=360)
    walker.open(path)
    content, window = walker.widths()
    assert content <= window, "a horizontal scroll bar"
    for button in walker.page.locator('[class*="st-key-desk"] [data-testid="stButton"] button').all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert not walker.troubles
    walker.close()


def test_an_indicator_is_confirmed_with_a_thumb(demo: str, browser: Browser) -> None:
    walker = Walker.of(browser, demo, width=360)
    walker.open("/desk")
    title = walker.page.locator("[data-task] h2").first.inner_text()
    walker.page.get_by_role("button", name="Reviewed, no change").first.click()
    walker.page.get_by_text(f"{title}: level").wait_for(timeout=PATIENCE)
    assert not walker.troubles
    walker.close()
