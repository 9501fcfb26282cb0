"""Running: up, worker, runs."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Annotated

import typer

from iw_monitor.cli.letting_in import (
    Asked,
    PublicOption,
    SignInFileOption,
    SignInOption,
    checked_public_url,
    opened_admission,
)
from iw_monitor.cli.opening import journal_url, opened_site, opened_sites
from iw_monitor.cli.options import (
    DEFAULT_PACK,
    DEFAULT_PACKS,
    DatabaseOption,
    PackOption,
    PacksOption,
    duration,
    now,
)
from iw_monitor.cli.serving import BrowserOption, HostOption, LogOption, PortOption, next_free_port
from iw_monitor.model.accounts import Way
from iw_monitor.schedule.log import LogFormat, say, start_logging

LEASE = timedelta(seconds=30)
LeaseOption = Annotated[
    timedelta,
    typer.Option(
        "--lease",
        parser=duration,
        metavar="DURATION",
        show_default="30s",
        help="How long the lease lasts; after a worker was killed, the next one acts that much later.",
    ),
]


def up(
    *,
    pack: PacksOption = DEFAULT_PACKS,
    db: DatabaseOption = "",
    host: HostOption = "127.0.0.1",
    port: PortOption = 0,
    public_url: PublicOption = "",
    sign_in: SignInOption = Way.LOCAL,
    sign_in_file: SignInFileOption = None,
    browser: BrowserOption = False,
    lease: LeaseOption = LEASE,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Serve the dashboard and run the worker beside it, until Ctrl-C. Both hold every pack that is named.

    On an address that other machines reach, looking needs signing in.
    """
    from iw_monitor.schedule.supervisor import Supervisor

    asked = Asked(way=sign_in, file=sign_in_file, host=host, public_url=checked_public_url(public_url))
    with (
        opened_sites(pack, db, writing=True) as sites,  # migrates once, before two processes would
        opened_admission(asked, journal_url(db), sites),  # refused here, not by a child again and again
    ):
        shared = [text for one in pack for text in ("--pack", str(one))]
        lasting = ["--lease", f"{lease.total_seconds():.0f}s"]
    serve = ["--host", host, "--port", str(port or next_free_port(host)), "--browser" if browser else "--no-browser"]
    serve += asked.options
    start_logging(log_format)
    # By the environment: an address may hold a password, and anybody can see what a command was called with.
    os.environ.update({"IW_DATABASE_URL": journal_url(db), "IW_LOG_FORMAT": log_format.value})
    commands = {"web": _command("web", *shared, *serve), "worker": _command("worker", *shared, *lasting)}
    Supervisor(commands, say).run()


def worker(
    *,
    pack: PacksOption = DEFAULT_PACKS,
    db: DatabaseOption = "",
    lease: LeaseOption = LEASE,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Run what runs by itself, for each pack: evaluation, collectors, alerts, reports.

    Of several workers on one journal one acts on a pack; the others stand by.
    """
    from iw_monitor.schedule.orphan import follow_supervisor
    from iw_monitor.schedule.process import run_worker
    from iw_monitor.schedule.registry import jobs_of

    follow_supervisor()
    start_logging(log_format)
    with opened_sites(pack, db, writing=True) as sites:
        run_worker(sites, jobs_of, clock=now, life=lease)


def runs(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    job: Annotated[str, typer.Option("--job", help="The runs of one job only.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, the newest first.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say what the worker did, what is due next, and whether it is alive."""
    from iw_monitor.publish.of_runs import operation_json, operation_text
    from iw_monitor.service.running import operation_of

    with opened_site(pack, db) as site:
        at = now()
        found = operation_of(site, at, runs=limit, job=job or None)
    typer.echo(operation_json(found, at) if as_json else operation_text(found, at))


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "iw_monitor.cli", *arguments]
