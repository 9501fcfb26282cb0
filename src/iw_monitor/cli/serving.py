"""Serving the dashboard: demo, web."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.access.bound import is_loopback
from iw_monitor.cli.letting_in import (
    Asked,
    PublicOption,
    SignInFileOption,
    SignInOption,
    checked_public_url,
    get_ready_for_others,
    opened_admission,
)
from iw_monitor.cli.opening import journal_url, opened_sites
from iw_monitor.cli.options import DEFAULT_PACKS, DatabaseOption, PacksOption, now
from iw_monitor.cli.saying import say
from iw_monitor.model.accounts import Way
from iw_monitor.schedule.log import LogFormat, start_logging
from iw_monitor.schedule.log import say as log

if TYPE_CHECKING:
    from iw_monitor.service.site import Site
    from iw_monitor.service.sites import Sites
    from iw_monitor.web import Admission

PORT = 8501
PORTS_TRIED = 50

HostOption = Annotated[str, typer.Option("--host", help="The address to listen on; by default this machine only.")]
PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65535, help=f"The port; by default {PORT}, or the next one that is free.")
]
LogOption = Annotated[
    LogFormat, typer.Option("--log-format", envvar="IW_LOG_FORMAT", help="How a line of the log is written.")
]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")]


def demo(
    *,
    pack: PacksOption = DEFAULT_PACKS,
    host: HostOption = "127.0.0.1",
    port: PortOption = 0,
    browser: BrowserOption = True,
) -> None:
    """Open the whole product on the shipped real history.

    The journal is thrown away at the end, and the clock stands at the history's last report. Of several packs one
    needs a history; those that have none are shown empty.
    """
    refuse_other_machines(host)
    signal.signal(signal.SIGTERM, _stop)
    with TemporaryDirectory(prefix="iw-monitor-demo-", ignore_cleanup_errors=True) as folder:
        say("Filling a throw-away journal with the pack's own history ...")
        with opened_demo(Path(folder), pack) as sites:
            _serve(sites, host=host, port=port, browser=browser)


@contextmanager
def opened_demo(folder: Path, packs: Sequence[Path]) -> Iterator[Sites]:
    """Fill a throw-away journal in a folder and hold it for the length of a block.

    Raises:
        InputError: a pack cannot be used, or none has a history to show.
        StoreError: the journal cannot be written.
    """
    from iw_monitor.service.demo import end_of_histories
    from iw_monitor.service.sites import opened_sites as holding

    names = [str(one) for one in packs]
    with holding(names, partial(_filled, folder, end_of_histories(names))) as sites:
        yield sites


def _filled(folder: Path, until: datetime, pack: str) -> Site:
    from iw_monitor.service.alert_desk import LOG_OF
    from iw_monitor.service.alerting import catch_up
    from iw_monitor.service.demo import open_demo

    site = open_demo(folder, pack=pack, until=until)
    count = len(site.observations())
    said = f"{count:,} reports" if count else f"The pack {site.pack.id} has no history, so its pages are empty"
    say(f"{said}; the clock stands at {site.now():%Y-%m-%d %H:%M} UTC.")
    catch_up(site, site.now() - LOG_OF)
    return site


def web(
    *,
    pack: PacksOption = DEFAULT_PACKS,
    db: DatabaseOption = "",
    host: HostOption = "127.0.0.1",
    port: PortOption = 0,
    public_url: PublicOption = "",
    sign_in: SignInOption = Way.LOCAL,
    sign_in_file: SignInFileOption = None,
    browser: BrowserOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Serve the dashboard of your journal. Of several packs, its pages choose which is shown.

    On an address that other machines reach, looking needs signing in.
    """
    from iw_monitor.schedule.dead_man import standing_in
    from iw_monitor.schedule.orphan import follow_supervisor

    follow_supervisor()
    start_logging(log_format)
    public = checked_public_url(public_url)
    asked = Asked(way=sign_in, file=sign_in_file, host=host, public_url=public)
    # What is wrong with pack or journal is said here, not on a page.
    with opened_sites(pack, db) as sites, opened_admission(asked, journal_url(db), sites) as admission:
        get_ready_for_others(admission)
        with standing_in(sites, say=log):
            _serve(sites, host=host, port=port, browser=browser, admission=admission)


def _serve(sites: Sites, *, host: str, port: int, browser: bool, admission: Admission | None = None) -> None:
    """Serve pages and API of what is held on one port; where pages need signing in, the API needs a token."""
    from iw_monitor.api import entrance_to, mounted, operating_routes, publishing_routes
    from iw_monitor.web import PublicPages, run_web

    closed = admission is not None and admission.is_required
    site = sites.first_usable()
    public = [] if admission is None else PublicPages(admission, sites).routes
    entrance = entrance_to(sites, clock=now, looking_needs_token=closed)
    run_web(
        packs=sites.named,
        database_url=site.journal.url,
        host=host,
        port=port or next_free_port(host),
        demo=site.demo,
        open_browser=browser,
        admission=admission,
        more=[mounted(entrance), *operating_routes(entrance), *publishing_routes(entrance), *public],
    )


def refuse_other_machines(host: str) -> None:
    """Refuse an address that other machines reach: the demo's throw-away journal has no accounts.

    Raises:
        typer.BadParameter: other machines reach it, or it is no address.
    """
    if not is_loopback(host):
        raise typer.BadParameter(
            f"{host} is reached from other machines, and the demo has no sign-in. "
            "Use 127.0.0.1, and a tunnel such as ssh -L to come from elsewhere; or serve a journal with accounts: "
            "iw-monitor web."
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
