"""Signing in at a real identity provider with a real browser, through Streamlit's own sign-in; and trying to get in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from tests.browser.demo_server import STARTS_WITHIN, Walker, free_port
from tests.browser.site_server import NEXT_RERUN, filled_journal, header, serving, sign_out, user

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(find_spec("oidc_provider_mock") is None, reason="needs the package oidc-provider-mock"),
]

SECRET = "only the site and the provider know this"
METADATA = "/.well-known/openid-configuration"
PEOPLE: dict[str, dict[str, Any]] = {
    "8a01": {"preferred_username": "ada", "name": "<b>Ada L.</b>", "groups": ["desk", "choir"]},
    "8a02": {"preferred_username": "ben", "name": "Ben", "groups": ["watch"]},
    "8a03": {"preferred_username": "cleo", "name": "Cleo", "groups": ["choir"]},
}
SIGN_IN = """
[roles."*"]
watch = "viewer"
desk = "editor"

[oidc]
metadata_url = "{provider}{metadata}"
client_id = "iw-monitor"
label = "Example ID"
"""


@dataclass(frozen=True)
class Site:
    """A site that others reach, and the identity provider that it believes."""

    address: str
    journal: str


@contextmanager
def provider() -> Iterator[str]:
    """Run an identity provider of its own, which insists on a nonce, and yield its address."""
    port = free_port()
    people = [f"--user-claims={json.dumps({'sub': subject, **claims})}" for subject, claims in PEOPLE.items()]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", *people]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for_provider(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def _wait_for_provider(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urlopen(address + METADATA, timeout=2) as answer:
                assert json.load(answer)["issuer"] == address
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the identity provider did not start")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("oidc")
    journal, port = filled_journal(folder / "journal.db", repository), free_port()
    address = f"http://127.0.0.1:{port}"
    with provider() as known:
        file = folder / "sign-in.toml"
        file.write_text(SIGN_IN.format(provider=known, metadata=METADATA), encoding="utf-8")
        options = ("--host", "0.0.0.0", "--public-url", address, "--sign-in", "oidc", "--sign-in-file", str(file))
        with serving(journal, port, *options, environment={"IW_OIDC_CLIENT_SECRET": SECRET}):
            yield Site(address, journal)


def sign_in_as(page: Page, subject: str) -> None:
    """Go on to the provider from our page, and be that person there."""
    page.get_by_role("link", name="Sign in at Example ID").click()
    page.get_by_role("button", name=subject, exact=True).first.click()


def test_from_a_page_to_the_provider_and_back_to_it_with_the_role_that_the_groups_give(
    browser: Browser, site: Site
) -> None:
    walker = Walker.of(browser, site.address)
    page = walker.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.address}/desk?indicator=houthi_activity")
    page.wait_for_url("**/auth/login?next=*")
    sign_in_as(page, "8a01")
    page.wait_for_url("**/desk?indicator=houthi_activity")
    assert "signed in as <b>Ada L.</b>" in header(page)
    page.get_by_label("Statement").wait_for()  # an editor gets the form
    (sent,) = [parse_qs(urlsplit(url).query) for url in asked if "/oauth2/authorize" in url and "state=" in url][:1]
    assert sent["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= sent.keys()
    page.reload()
    assert "signed in as" in header(page)
    kept = {one["name"]: one for one in page.context.cookies(site.address)}
    assert not [name for name in kept if name.startswith("_streamlit_user")]
    (session,) = [one for name, one in kept.items() if name.startswith("iw_session_")]
    assert (session["httpOnly"], session["sameSite"]) == (True, "Lax")
    walker.close()


def test_a_viewer_looks_and_gets_nothing_to_write_with(browser: Browser, site: Site) -> None:
    walker = Walker.of(browser, site.address)
    page = walker.page
    page.goto(f"{site.address}/desk?indicator=houthi_activity")
    sign_in_as(page, "8a02")
    assert "signed in as Ben" in header(page)
    walker.settle()
    assert page.get_by_role("button", name="Record it").count() == 0
    walker.close()


def test_who_belongs_to_no_group_of_ours_gets_nowhere(browser: Browser, site: Site) -> None:
    walker = Walker.of(browser, site.address)
    page = walker.page
    page.goto(site.address)
    sign_in_as(page, "8a03")
    page.wait_for_url("**/oauth2callback*")
    assert "no role" in page.get_by_role("alert").inner_text()
    page.goto(f"{site.address}/timeline")
    page.wait_for_url("**/auth/login?next=*")
    walker.close()


def test_an_answer_of_the_provider_counts_once_and_for_the_browser_that_asked(browser: Browser, site: Site) -> None:
    mine, thief = Walker.of(browser, site.address), Walker.of(browser, site.address)
    answers: list[str] = []
    mine.page.on("request", lambda request: answers.append(request.url) if "/oauth2callback?" in request.url else None)
    mine.page.goto(site.address)
    sign_in_as(mine.page, "8a01")
    assert "signed in as" in header(mine.page)
    thief.page.goto(f"{site.address}/auth/login")
    for replayed in (answers[0], re.sub(r"state=[^&]+", "state=forged", answers[0])):
        for page in (thief.page, mine.page):
            page.goto(replayed)
            assert "did not sign you in" in page.get_by_role("alert").inner_text()
    thief.page.goto(site.address)
    thief.page.wait_for_url("**/auth/login?next=*")
    mine.page.goto(site.address)
    assert "signed in as" in header(mine.page)  # nobody was signed out by trying
    mine.close()
    thief.close()


def test_who_thinks_better_of_it_at_the_provider_is_not_signed_in(browser: Browser, site: Site) -> None:
    walker = Walker.of(browser, site.address)
    page = walker.page
    page.goto(site.address)
    page.get_by_role("link", name="Sign in at Example ID").click()
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url("**/oauth2callback*")
    assert "did not sign you in" in page.get_by_role("alert").inner_text()
    walker.close()


def test_signed_out_here_or_by_an_administrator_the_open_page_shows_nothing_any_more(
    browser: Browser, site: Site
) -> None:
    walker = Walker.of(browser, site.address)
    page = walker.page
    page.goto(site.address)
    sign_in_as(page, "8a02")
    assert "signed in as Ben" in header(page)
    user(site.journal, "sign-out", "ben")
    page.get_by_text("You are signed out").wait_for(timeout=NEXT_RERUN)
    page.goto(site.address)
    sign_in_as(page, "8a02")
    assert "signed in as Ben" in header(page)
    sign_out(page)
    page.wait_for_url("**/auth/login*")
    walker.close()
