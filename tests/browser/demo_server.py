"""The real demo as a process of its own, and a page of a real browser that keeps note of everything that goes wrong."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

STARTS_WITHIN = 90.0  # seconds
SETTLES_WITHIN = 90.0
# Streamlit looks for its own server below each part of a deep link's path before it finds it at the root.
PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*arguments: str) -> Iterator[str]:
    """Run ``iw-monitor`` with these arguments and a free port, and yield its address once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "iw_monitor.cli", *arguments, "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ
    ) as server:
        try:
            _wait_for(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=20)


def _wait_for(server: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            said = server.stdout.read() if server.stdout else ""
            raise AssertionError(f"the server ended by itself:\n{said}")
        if _is_alive(port):
            return
        time.sleep(0.2)
    raise AssertionError(f"the server did not answer within {STARTS_WITHIN:.0f} seconds")


def _is_alive(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as link:
        try:
            link.request("GET", "/healthz")
            return b"alive" in link.getresponse().read()
        except OSError:
            return False


@dataclass
class Walker:
    """A page of a browser, and what went wrong on it."""

    page: Page
    base: str
    troubles: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, base: str, *, theme: str = "light", width: int = 1440) -> Walker:
        """Open a page of its own: no cache, no cookie of another."""
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        walker = cls(context.new_page(), base)
        walker.page.on("console", walker._console)
        walker.page.on("pageerror", lambda error: walker.troubles.append(f"script error: {error}"))
        walker.page.on("request", walker._request)
        return walker

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            self.troubles.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        outside = urlsplit(request.url)
        if outside.scheme in ("http", "https", "ws", "wss") and outside.netloc != urlsplit(self.base).netloc:
            self.troubles.append(f"request to another host: {request.url}")

    def open(self, path: str) -> None:
        """Go to an address and wait until the page has settled."""
        self.page.goto(self.base + path)
        self.page.wait_for_selector(".iw-head", timeout=SETTLES_WITHIN * 1000)
        self.settle()

    def settle(self) -> None:
        """Wait until no script runs any more and the charts are drawn."""
        until = time.monotonic() + SETTLES_WITHIN
        calm = 0
        while calm < 3:  # a rerun begins a moment after the click
            state = self.page.get_attribute('[data-testid="stApp"]', "data-test-script-state")
            calm = calm + 1 if state == "notRunning" else 0
            assert time.monotonic() < until, "the page did not settle"
            self.page.wait_for_timeout(200)
        self.page.wait_for_timeout(400)

    def widths(self) -> tuple[int, int]:
        """Return how wide the page's content is, and how wide its window."""
        wide = "[document.documentElement, document.querySelector('[data-testid=\"stMain\"]')].map(e => e.scrollWidth)"
        return max(self.page.evaluate(wide)), int(self.page.evaluate("window.innerWidth"))

    def picture(self, path: Path) -> None:
        """Keep a picture of the whole page."""
        window = self.page.viewport_size
        assert window is not None
        wide, tall = window["width"], window["height"]
        whole = self.page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
        self.page.set_viewport_size({"width": wide, "height": min(max(whole, tall), 8000)})
        self.page.wait_for_timeout(400)
        self.page.screenshot(path=path)
        self.page.set_viewport_size({"width": wide, "height": tall})

    def close(self) -> None:
        """Close the page with its context."""
        self.page.context.close()
