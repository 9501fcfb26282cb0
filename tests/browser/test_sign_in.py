"""Signing in with a real browser on a real server: it lasts, it ends when it should, and nobody else gets in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accounts_site import PASSWORD
from tests.browser.demo_server import Walker, free_port
from tests.browser.site_server import NEXT_RERUN, PROGRAM, fill_in, filled_journal, header, serving, sign_out, user

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SCRIPT = "<img src=x onerror=document.title='taken'>"


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> str:
    """Return a journal with a little history, an editor whose shown name is an attack, and a colleague."""
    file = filled_journal(tmp_path_factory.mktemp("sign-in") / "journal.db", repository)
    user(file, "add", "ada", "--role", "editor", "--display-name", SCRIPT, password=PASSWORD)
    for name in ("ben", "cleo", "dora"):
        user(file, "add", name, "--role", "viewer", password=PASSWORD)
    eve = ("--role", "admin", "--pack", "another-pack", "--display-name", f"{SCRIPT} **Eve** [in](/auth/logout)")
    user(file, "add", "eve", *eve, password=PASSWORD)
    return file


@pytest.fixture(scope="module")
def local(journal: str) -> Iterator[str]:
    with serving(journal, free_port()) as address:
        yield address


@pytest.fixture(scope="module")
def reached(journal: str) -> Iterator[str]:
    """Serve so that other machines could reach it; the tests come by the loopback name all the same."""
    with serving(journal, free_port(), "--host", "0.0.0.0") as address:
        yield address


def test_signed_in_from_a_page_one_comes_back_to_it_and_stays_signed_in_over_a_reload(
    browser: Browser, local: str
) -> None:
    walker = Walker.of(browser, local)
    page = walker.page
    walker.open("/why?problem=hizballah_entry")
    assert "sign in" in header(page)
    page.get_by_role("link", name="sign in").click()
    page.wait_for_url("**/auth/login?next=*")
    fill_in(page, "ada")
    page.wait_for_url(re.compile(r".*/why\?problem=hizballah_entry"))
    assert f"signed in as {SCRIPT}" in header(page)  # as text: it did not run
    assert page.title() != "taken"
    page.reload()
    assert "signed in as" in header(page)
    sign_out(page)
    page.wait_for_url(f"{local}/")
    page.get_by_role("link", name="sign in").wait_for()
    assert walker.troubles == []
    walker.close()


def test_signed_out_in_one_tab_the_other_tab_knows_at_its_next_rerun(browser: Browser, local: str) -> None:
    walker = Walker.of(browser, local)
    walker.page.goto(f"{local}/auth/login")
    fill_in(walker.page, "ben")
    assert "signed in as ben" in header(walker.page)
    other = walker.page.context.new_page()
    other.goto(local)
    assert "signed in as ben" in header(other)
    sign_out(other)
    walker.page.get_by_role("link", name="sign in").wait_for(timeout=NEXT_RERUN)
    assert "ben" not in header(walker.page)
    walker.close()


def test_signed_out_everywhere_every_browser_is(browser: Browser, local: str) -> None:
    here, there = Walker.of(browser, local), Walker.of(browser, local)
    for walker in (here, there):
        walker.page.goto(f"{local}/auth/login")
        fill_in(walker.page, "ben")
        assert "signed in as ben" in header(walker.page)
    sign_out(here.page, "Sign out everywhere")
    there.page.get_by_role("link", name="sign in").wait_for(timeout=NEXT_RERUN)
    here.close()
    there.close()


def test_a_session_survives_a_restart_of_the_server(browser: Browser, journal: str) -> None:
    port = free_port()
    with serving(journal, port) as address:
        walker = Walker.of(browser, address)
        walker.page.goto(f"{address}/auth/login")
        fill_in(walker.page, "ben")
        assert "signed in as ben" in header(walker.page)
    with serving(journal, port) as address:
        walker.page.goto(address)
        assert "signed in as ben" in header(walker.page)
    walker.close()


def test_a_wrong_password_is_said_and_after_five_of_them_the_account_waits(browser: Browser, local: str) -> None:
    walker = Walker.of(browser, local)
    page = walker.page
    page.goto(f"{local}/auth/login")
    for _ in range(5):
        fill_in(page, "cleo", "not the password")
        assert page.get_by_role("alert").inner_text() == "The name or the password is wrong."
        assert page.get_by_label("Name").input_value() == "cleo"
        assert page.get_by_label("Password").input_value() == ""
    fill_in(page, "cleo")
    assert "Too many failed attempts. Try again after" in page.get_by_role("alert").inner_text()
    page.goto(local)
    assert "sign in" in header(page)
    walker.close()


def test_reached_by_others_nothing_is_shown_before_signing_in_and_nothing_after_signing_out(
    browser: Browser, reached: str
) -> None:
    walker = Walker.of(browser, reached)
    page = walker.page
    page.goto(f"{reached}/timeline")
    page.wait_for_url("**/auth/login?next=*")
    opened = page.evaluate(
        "new Promise(told => { const socket = new WebSocket(location.origin.replace('http', 'ws') + '/_stcore/stream');"
        " socket.onopen = () => told('open'); socket.onerror = () => told('refused'); })"
    )
    assert opened == "refused"
    fill_in(page, "dora")
    page.wait_for_url("**/timeline")
    assert "signed in as dora" in header(page)
    other = page.context.new_page()
    other.goto(reached)
    header(other)
    sign_out(other)
    other.wait_for_url("**/auth/login*")
    page.get_by_text("You are signed out").wait_for(timeout=NEXT_RERUN)
    assert page.locator(".iw-head").count() == 0  # nothing of the pack is left on the screen
    page.get_by_role("link", name="sign in").click()
    page.wait_for_url("**/auth/login?next=*timeline*")
    walker.close()


def test_a_role_on_another_pack_shows_nothing_of_this_one(browser: Browser, reached: str) -> None:
    walker = Walker.of(browser, reached)
    walker.page.goto(f"{reached}/auth/login")
    fill_in(walker.page, "eve")
    said = walker.page.get_by_role("alert").inner_text()
    assert f"{SCRIPT} **Eve** [in](/auth/logout) has no role on the pack multi-front" in said
    assert walker.page.title() != "taken"
    assert [one.inner_text() for one in walker.page.get_by_role("link").all()] == ["Sign out"]
    walker.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_is_readable_on_a_phone_and_usable_by_keyboard(browser: Browser, local: str, theme: str) -> None:
    walker = Walker.of(browser, local, theme=theme, width=360)
    page = walker.page
    page.goto(f"{local}/auth/login")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.activeElement.id") == "name"
    page.keyboard.type("ben")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    assert "signed in as ben" in header(page)
    assert walker.troubles == []
    walker.close()


def test_reached_by_others_without_an_account_it_does_not_start_and_says_what_to_do(tmp_path: Path) -> None:
    command = [*PROGRAM, "web", "--db", str(tmp_path / "new.db"), "--host", "0.0.0.0", "--no-browser"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "iw-monitor user add NAME --role admin" in re.sub(r"\s+", " ", done.stderr)
    assert "Traceback" not in done.stderr
