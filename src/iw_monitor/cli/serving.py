"""Serving the dashboard: demo, web."""

from __future__ import annotations

import ipaddress
import signal
import socket
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from iw_monitor.cli.opening import journal_url, opened_site
from iw_monitor.cli.options import DEFAULT_PACK, DatabaseOption, PackOption
from iw_monitor.cli.saying import say

PORT = 8501
PORTS_TRIED = 50

HostOption = Annotated[str, typer.Option("--host", help="The address to listen on; this machine only, for now.")]
PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65535, help=f"The port; by default {PORT}, or the next one that is free.")
]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")]


def demo(
    *,
    pack: PackOption = DEFAULT_PACK,
    host: HostOption = "127.0.0.1",
    port: PortOption = 0,
    browser: BrowserOption = True,
) -> None:
    """Open the whole product on the shipped real history.

    The journal is thrown away at the end, and the clock stands at the history's last report.
    """
    refuse_other_machines(host)
    signal.signal(signal.SIGTERM, _stop)
    with TemporaryDirectory(prefix="iw-monitor-demo-", ignore_cleanup_errors=True) as folder:
        say("Filling a throw-away journal with the pack's own history ...")
        filled_pack, url = _fill(Path(folder), pack)
        _serve(filled_pack, url, host=host, port=port, demo=True, browser=browser)


def _fill(folder: Path, pack: str) -> tuple[Path, str]:
    from iw_monitor.service.demo import open_demo

    site = open_demo(folder, pack=pack)
    say(f"{site.journal.position():,} reports; the clock stands at {site.now():%Y-%m-%d %H:%M} UTC.")
    found, url = site.loaded.folder, site.journal.url
    site.close()
    return found, url


def web(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    host: HostOption = "127.0.0.1",
    port: PortOption = 0,
    browser: BrowserOption = False,
) -> None:
    """Serve the dashboard of your journal."""
    refuse_other_machines(host)
    with opened_site(pack, db) as site:  # what is wrong with either is said here, not on a page
        folder = site.loaded.folder
    _serve(folder, journal_url(db), host=host, port=port, demo=False, browser=browser)


def _serve(pack: Path, url: str, *, host: str, port: int, demo: bool, browser: bool) -> None:
    from iw_monitor.web import run_web

    chosen = port or next_free_port(host)
    run_web(pack=pack, database_url=url, host=host, port=chosen, demo=demo, open_browser=browser)


def refuse_other_machines(host: str) -> None:
    """Refuse an address that other machines reach: there is no sign-in yet.

    Raises:
        typer.BadParameter: other machines reach it, or it is no address.
    """
    if host == "localhost":
        return
    try:
        if ipaddress.ip_address(host).is_loopback:
            return
    except ValueError:
        pass
    raise typer.BadParameter(
        f"{host} is reached from other machines, and the dashboard has no sign-in yet. "
        "Use 127.0.0.1, and a tunnel such as ssh -L to come from elsewhere."
    )


def next_free_port(host: str) -> int:
    """Return the usual port, or the next one that nobody listens on; any free one if all are taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(PORT, PORT + PORTS_TRIED):
        with socket.socket(family) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return 0


def _stop(_signal: int, _frame: object) -> None:
    """End by way of the usual clean-up, so that the throw-away journal goes too."""
    sys.exit(128 + signal.SIGTERM)
