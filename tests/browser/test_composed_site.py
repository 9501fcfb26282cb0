"""The site of compose.yaml as processes on this machine: two web processes and a worker on one PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.accounts_site import PASSWORD
from tests.browser.demo_server import STARTS_WITHIN, Walker, _wait_for, free_port
from tests.browser.site_server import NEXT_RERUN, PROGRAM, fill_in, header, sign_out, user
from tests.browser.test_desk_browser import record, write
from tests.composed import PORT, Service, proxied, services
from tests.store.server import started_server

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Site:
    """The running site."""

    webs: dict[str, str]  # the address of each web process, by the name of its service
    running: dict[str, subprocess.Popen[str]]
    environment: dict[str, str]
    name: str  # by which browsers come to the proxy

    @property
    def addresses(self) -> list[str]:
        return list(self.webs.values())


@contextmanager
def started(service: Service, environment: dict[str, str], *, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run a service with its own command; it must end by itself when it is told to, and say no secret."""
    command = [*PROGRAM, *(str(port) if word == PORT else word for word in service.command)]
    told = {**os.environ, **service.environment, **environment}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=told) as running:
        try:
            yield running
        finally:
            running.send_signal(signal.SIGTERM)
            said, _ = running.communicate(timeout=30)
            assert "Traceback" not in said
            assert not any(secret in said for secret in (PASSWORD, service.environment["IW_SITE_SECRET"]))


@pytest.fixture(scope="module")
def site(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Begin a site as the operators' guide says: the tables, a first account, and then everything else."""
    name = f"watch.localhost:{free_port()}"
    known = services({"SITE_NAME": name, "SITE_SECRET": "ab" * 32, "DATABASE_PASSWORD": "x"})
    with ExitStack() as stack:
        server = stack.enter_context(contextmanager(started_server)(empty_home / "run"))
        here = {
            "IW_DATABASE_URL": server.url(stack.enter_context(server.database())),
            "XDG_DATA_HOME": str(tmp_path_factory.mktemp("reports")),
        }
        subprocess.run([*PROGRAM, *known["migrate"].command], env={**os.environ, **here}, check=True)
        user(here["IW_DATABASE_URL"], "add", "ada", "--role", "editor", password=PASSWORD)
        webs, running = {}, {}
        for one in (known["web-1"], known["web-2"], known["worker"]):
            port = free_port()
            running[one.name] = stack.enter_context(started(one, here, port=port))
            if one.command[0] == "web":
                webs[one.name] = f"http://127.0.0.1:{port}"
        for web, address in webs.items():
            _wait_for(running[web], int(address.rpartition(":")[2]))
        yield Site(webs, running, {**os.environ, **here}, name)


def test_what_one_web_process_is_told_the_other_shows_within_a_refresh_and_the_worker_judges(
    browser: Browser, site: Site
) -> None:
    one, other = site.addresses
    editor = Walker.of(browser, one)
    editor.page.goto(f"{one}/auth/login")
    fill_in(editor.page, "ada")
    assert "signed in as ada" in header(editor.page)

    watch = Walker(editor.page.context.new_page(), other)
    watch.open("/")  # the session of one is good at the other: one secret, one database
    assert "signed in as ada" in header(watch.page)
    card = watch.page.locator('[data-indicator="hizballah_activity"]').first
    assert "full-scale" not in card.inner_text()

    editor.open("/desk?indicator=hizballah_activity")
    write(editor, 4, "Salvos on Haifa.")
    record(editor)
    card.get_by_text("full-scale").wait_for(timeout=NEXT_RERUN)  # nobody touches the page: it polls

    for page in (editor.page, watch.page):
        page.locator(".iw-head", has_text="worker alive").wait_for(timeout=NEXT_RERUN)
    assert "evaluation" in worked_on(site)
    sign_out(editor.page, "Sign out everywhere")
    watch.page.get_by_text("You are signed out").wait_for(timeout=NEXT_RERUN)
    editor.close()


def worked_on(site: Site) -> set[str]:
    """Return the jobs that the worker did."""
    told = subprocess.run(
        [*PROGRAM, "runs", "--json"], env=site.environment, capture_output=True, text=True, check=True
    ).stdout
    return {run["job"] for run in json.loads(told)["runs"] if run["outcome"] == "done"}


# --- Behind the proxy ---


@pytest.fixture(scope="module")
def proxy(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with proxied(site.webs, site.name, tmp_path_factory.mktemp("proxy")) as address:
        yield address


def cookies_of_both(browser: Browser, proxy: str) -> set[str]:
    """Return the proxy's cookies for the two web processes: newcomers are sent to either by chance."""
    found: set[str] = set()
    until = time.monotonic() + STARTS_WITHIN
    while len(found) < 2:
        assert time.monotonic() < until, "the proxy does not lead to two web processes"
        newcomer = browser.new_context(ignore_https_errors=True)
        with suppress(Error):  # it does not listen yet
            newcomer.new_page().goto(f"{proxy}/healthz")
        found |= {str(one["value"]) for one in newcomer.cookies() if one["name"] == "iw_web"}
        newcomer.close()
        time.sleep(0.1)
    return found


def test_behind_tls_the_loss_of_a_web_process_signs_nobody_out(browser: Browser, site: Site, proxy: str) -> None:
    both = cookies_of_both(browser, proxy)
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{proxy}/auth/login")
    fill_in(page, "ada")
    assert "signed in as ada" in header(page)
    (session,) = [one for one in context.cookies() if one["name"].startswith("iw_session_")]
    assert (session["secure"], session["httpOnly"]) == (True, True)
    site.running["web-1"].kill()
    for began_at in both:
        context.add_cookies([{"name": "iw_web", "value": began_at, "url": proxy}])
        page.goto(proxy)
        assert "signed in as ada" in header(page)
    context.close()
