"""Alerts: list."""

from __future__ import annotations

from typing import Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import DEFAULT_PACK, DatabaseOption, PackOption

alerts = typer.Typer(
    help="What fires, who is at it, and what was sent.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@alerts.command("list")
def list_(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List what fires, what is pending, who is at it, and how the alerting does."""
    from iw_monitor.publish.of_alerts import overview_json
    from iw_monitor.service.alert_desk import overview
    from iw_monitor.telling.alerts import overview_text

    with opened_site(pack, db) as site:
        found = overview(site)
    typer.echo(overview_json(found) if as_json else overview_text(found))
