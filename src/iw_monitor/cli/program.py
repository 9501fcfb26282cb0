"""The program: its commands, and how it ends. 0 is good, 1 the input is wrong, 2 the usage is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from iw_monitor.cli.alerting import alerts
from iw_monitor.cli.closing import close, reopen, windows
from iw_monitor.cli.collecting import collect
from iw_monitor.cli.comparing import diff_pack
from iw_monitor.cli.editing import confirm, import_, record, retract
from iw_monitor.cli.judging import score
from iw_monitor.cli.links import link
from iw_monitor.cli.looking import assess, export, replay, sensitivity
from iw_monitor.cli.officers import (
    accept,
    declare,
    dissent,
    estimate,
    judgements,
    override,
    reject,
    tray,
    withdraw,
)
from iw_monitor.cli.operating import backup, migrate, restore, verify
from iw_monitor.cli.packs import check, new_pack, schema, test, validator
from iw_monitor.cli.reporting import diff_snapshots, report, snapshot
from iw_monitor.cli.running import runs, up, worker
from iw_monitor.cli.saying import prepare_streams, say_error
from iw_monitor.cli.serving import demo, web
from iw_monitor.cli.tokens import token
from iw_monitor.cli.users import user
from iw_monitor.cli.watching import countersign, handover, history, log, revert
from iw_monitor.errors import IwError

WRONG_INPUT = 1

app = typer.Typer(
    name="iw-monitor",
    help="An indicators-and-warnings monitor: packs of YAML indicators, an append-only journal, an explained gauge.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # typer loads all of rich for its boxes, which triples the time to the first word
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"iw-monitor {version('iw-monitor')}")
        raise typer.Exit


@app.callback()
def _program(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Say what the program is; every command does its own work."""


_PANELS: dict[str, tuple[Callable[..., None], ...]] = {
    "Open": (demo, up, web, worker),
    "Look": (assess, sensitivity, replay, score, snapshot, report, diff_snapshots),
    "Report": (record, confirm, retract, import_, export, collect),
    "Judge": (declare, dissent, override, estimate, withdraw, judgements, tray, accept, reject, windows, close, reopen),
    "Watch": (log, handover, countersign, history, revert),
    "Operate": (new_pack, check, test, validator, diff_pack, schema, verify, migrate, backup, restore, runs),
}
for _panel, _commands in _PANELS.items():
    for _command in _commands:
        app.command(_command.__name__.rstrip("_").replace("_", "-"), rich_help_panel=_panel)(_command)
app.add_typer(alerts, name="alerts", rich_help_panel="Watch")
app.add_typer(user, name="user", rich_help_panel="Operate")
app.add_typer(token, name="token", rich_help_panel="Operate")
app.add_typer(link, name="link", rich_help_panel="Operate")


def main() -> None:
    """Run the command line. Bad input ends in a sentence on stderr, never in a traceback."""
    prepare_streams()
    try:
        app()
    except IwError as error:
        say_error(error)
        sys.exit(WRONG_INPUT)
    except OSError as error:  # a file that cannot be written, a disk that is full
        say_error(error)
        sys.exit(WRONG_INPUT)
