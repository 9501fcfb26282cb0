"""Every address of a running site, asked for as a browser asks: what each answer lets a browser do."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from iw_monitor.api.app import document
from iw_monitor.web.gate import API
from tests.accounts_site import PASSWORD
from tests.browser.demo_server import free_port
from tests.browser.site_server import serving, user

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # a real server

OURS = (
    "/healthz",
    "/readyz",
    "/status",
    "/metrics",
    "/feed.atom",
    "/feed.json",
    "/badge.svg",
    "/snapshots/none/html",
    "/snapshots/none/pdf",
    "/auth/login",
    "/auth/logout",
    "/auth/style.css",
    "/public",
    "/public/open.js",
    "/public/report",
    "/api/v1/openapi.json",
    "/api/v1/no/such/thing",
)
STREAMLITS = ("/", "/why", "/no/such/page", "/_stcore/health", "/_stcore/host-config", "/static/none.js", "/media/none")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site behind a proxy with TLS, as far as it is told."""
    journal = tmp_path_factory.mktemp("headers") / "journal.db"
    user(str(journal), "add", "ada", "--role", "admin", password=PASSWORD)
    with serving(str(journal), free_port(), "--public-url", "https://watch.example") as served:
        yield served


def headers_of(address: str, path: str, method: str = "GET") -> dict[str, str]:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)) as link:
        link.request(method, path)
        answer = link.getresponse()
        answer.read()
        assert answer.status < 500
        return {name.lower(): value for name, value in answer.getheaders()}


def of_the_api() -> list[tuple[str, str]]:
    return [
        (method.upper(), API.rstrip("/") + path.replace("{", "").replace("}", ""))
        for path, item in document()["paths"].items()
        for method in item
    ]


def test_every_answer_says_what_a_browser_may_do_and_nothing_of_ours_is_unsafe(address: str) -> None:
    asked = [*(("GET", path) for path in (*OURS, *STREAMLITS)), *of_the_api()]
    for method, path in asked:
        headers = headers_of(address, path, method)
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy or path in STREAMLITS, path
        assert ("unsafe" in policy) is (path in STREAMLITS), (path, policy)
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert {"camera=()", "usb=()", "microphone=()"} <= set(headers["permissions-policy"].split(", "))
    assert len(asked) > 40


def test_the_journal_and_its_folder_are_for_nobody_else(address: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Asked of the running site: what it made, nobody else may read."""
    assert address
    folders: list[Path] = [one for one in tmp_path_factory.getbasetemp().glob("headers*") if one.is_dir()]
    files = [file for folder in folders for file in folder.iterdir() if file.name.startswith("journal.db")]
    assert files
    assert {oct(file.stat().st_mode & 0o077) for file in files} == {"0o0"}
