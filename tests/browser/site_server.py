"""A site of one's own as a process: its journal, its users, and ``iw-monitor web`` in front of a real browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.accounts_site import PASSWORD
from tests.browser.demo_server import _wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROGRAM = (sys.executable, "-m", "iw_monitor.cli")
NEXT_RERUN = 15_000  # milliseconds: pages ask for news every five seconds


def filled_journal(file: str | Path, repository: Path) -> str:
    """Make a journal that holds the shipped pack's history, and return its address."""
    history = repository / "indicators" / "multi-front" / "history" / "observations.csv"
    subprocess.run([*PROGRAM, "import", str(history), "--db", str(file)], check=True, capture_output=True)
    return str(file)


def user(journal: str, *arguments: str, password: str = "") -> None:
    """Run ``iw-monitor user`` as an administrator would, the password over the standard input."""
    given = ["--password-stdin"] if password else []
    subprocess.run(
        [*PROGRAM, "user", *arguments, *given, "--db", journal], input=f"{password}\n", text=True, check=True
    )


@contextmanager
def serving(journal: str, port: int, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run ``iw-monitor web`` on a port and yield its address once it answers; it must say no secret."""
    command = [*PROGRAM, "web", "--db", journal, "--no-browser", "--port", str(port), *arguments]
    given = dict(environment or {})
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **given}
    ) as server:
        try:
            _wait_for(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            said, _ = server.communicate(timeout=20)
            assert "Traceback" not in said
            assert not any(secret in said for secret in (PASSWORD, *given.values()))


def fill_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in on the form that is shown."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def header(page: Page) -> str:
    """Return the header line once it is drawn."""
    return page.locator(".iw-head").inner_text(timeout=90_000)


def sign_out(page: Page, button: str = "Sign out here") -> None:
    """Follow the header's link, and press one of the buttons there."""
    page.get_by_role("link", name="sign out").click()
    page.get_by_role("button", name=button).click()
