"""What every test runs in: an empty home, no way to the network, seeded chance, and a list of what may be skipped."""

from __future__ import annotations

import ipaddress
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import settings
from streamlit.components.v2.manifest_scanner import scan_component_manifests

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REQUIRE_ALL = os.environ.get("IW_REQUIRE_ALL") == "1"
IS_THOROUGH = os.environ.get("IW_THOROUGH") == "1"

# Seeded: the same examples on every machine and every run; a law found broken once is found again. The first of them
# every day, all of them in the long run.
settings.register_profile("everyday", derandomize=True, deadline=None, max_examples=15, print_blob=True)
settings.register_profile("thorough", parent=settings.get_profile("everyday"), max_examples=50)
settings.load_profile("thorough" if IS_THOROUGH else "everyday")

# A shell starts what runs in its background with Ctrl-C ignored, and the programs that tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# With IW_REQUIRE_ALL=1 a skip fails the run, unless its reason names one of these.
MAY_BE_SKIPPED = {
    "../shared/data": "raw data of other people that the repository does not carry",
    "as root": "root may write everywhere, so a folder that refuses it cannot be made",
    "on this platform": "the other platform has its own run",
}

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


# --- No network ---


class NetworkUseError(BaseException):
    """A test tried to leave the machine. Not an Exception, so that no code under test can swallow it."""


def _is_local(host: object) -> bool:
    if host is None or host in ("", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback or text in ("0.0.0.0", "::")
    except ValueError:
        return text.endswith(".localhost")


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise when a socket is about to leave the machine. Addresses that are no tuple are local sockets."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        raise NetworkUseError(f"{event} {host!r}: tests never go online")


sys.addaudithook(_refuse_network)


# --- An empty home ---


def _is_ours(name: str) -> bool:
    return name.startswith(("IW_", "STREAMLIT_", "XDG_")) and name not in ("IW_REQUIRE_ALL", "IW_CHROMIUM")


@pytest.fixture(scope="session", autouse=True)
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the whole run, and every process it starts, a home of its own and no settings from outside."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        for name in [*filter(_is_ours, os.environ), "FORCE_COLOR"]:
            patch.delenv(name, raising=False)
        places = {
            "HOME": home,
            "USERPROFILE": home,
            "LOCALAPPDATA": home / "data",
            "XDG_CACHE_HOME": home / "cache",
            "XDG_CONFIG_HOME": home / "config",
            "XDG_DATA_HOME": home / "data",
            "XDG_RUNTIME_DIR": runtime,
            "XDG_STATE_HOME": home / "state",
        }
        for name, place in places.items():
            patch.setenv(name, str(place))
        patch.setenv("NO_COLOR", "1")
        patch.setenv("COLUMNS", "120")
        yield home


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder that holds pyproject.toml."""
    return Path(__file__).resolve().parents[1]


# --- What a program finds out once ---


@pytest.fixture(scope="session", autouse=True)
def found_out_once() -> Iterator[None]:
    """Let the libraries' own ways to test find out once what a program finds out once.

    Typer's runner makes all commands anew before each call of one. Streamlit's reads the metadata of every installed
    package before each run of a page, to look for components: that takes longer than the page.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.testing._get_command", cache(typer.main.get_command))
        patch.setattr(
            "streamlit.components.v2.manifest_scanner.scan_component_manifests", cache(scan_component_manifests)
        )
        yield


# --- A real browser ---


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the machine's own Chromium, or skip by name."""
    named = os.environ.get("IW_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        pytest.skip("needs a browser: install Chromium, or name one in IW_CHROMIUM")
    return Path(found)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Run one headless Chromium for the whole session; a test opens its own context in it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # A container's /dev/shm is small, and root has no sandbox.
        arguments = ["--disable-dev-shm-usage", "--no-sandbox", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=str(chromium), args=arguments)
        yield started
        started.close()


# --- What is left to the long run ---


def pytest_itemcollected(item: pytest.Item) -> None:
    """Count among the long tests what drives a browser or needs a PostgreSQL: both take long to start."""
    if item.get_closest_marker("browser") or item.get_closest_marker("postgres"):
        item.add_marker(pytest.mark.slow)


# --- Nothing is skipped in silence ---


def _reason(report: Any) -> str:
    where = report.longrepr
    return str(where[2]) if isinstance(where, tuple) else str(where)


def _may_not_be_skipped(config: pytest.Config) -> list[str]:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    skipped = terminal.stats.get("skipped", []) if terminal else []
    return [
        f"{report.nodeid}: {_reason(report)}"
        for report in skipped
        if not any(name in _reason(report) for name in MAY_BE_SKIPPED)
    ]


def _figures(report: Any) -> list[str]:
    """Return what a test about faults counted."""
    name = report.nodeid.partition("::")[2]
    return [f"{name}: {value}" for key, value in report.user_properties if key == "figures"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that was to leave nothing out and did."""
    if REQUIRE_ALL and session.exitstatus == pytest.ExitCode.OK and _may_not_be_skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what faults came to, and name what was left out although nothing was to be."""
    figures = [told for report in terminalreporter.stats.get("passed", []) for told in _figures(report)]
    if figures:
        terminalreporter.section("what faults came to")
        for line in figures:
            terminalreporter.line(line)
    left_out = _may_not_be_skipped(config) if REQUIRE_ALL else []
    if left_out:
        terminalreporter.section("left out although IW_REQUIRE_ALL=1", red=True)
        for line in left_out:
            terminalreporter.line(line, red=True)
