"""Alerts: list, ack, silence, unsilence, renew, exercise, test-channel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import DEFAULT_PACK, AuthorOption, DatabaseOption, PackOption, author_of, duration
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.publish.times import iso

if TYPE_CHECKING:
    from iw_monitor.model.alert import Answer
    from iw_monitor.service.answering import AlertDesk
    from iw_monitor.service.site import Site

VIA = "cli"
_SHIFT = timedelta(hours=8)

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


OfAlert = Annotated[str, typer.Argument(metavar="RULE/SUBJECT", help="The alert, as the list names it.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why: others will read it.")]


def _for(what: str, *, usual: str | None = None) -> Any:
    return typer.Option(
        "--for", parser=duration, metavar="DURATION", show_default=usual or False, help=f"{what} Such as 2h or 3d."
    )


@alerts.command("ack")
def ack(
    *,
    alert: OfAlert,
    reason: ReasonOption,
    length: Annotated[timedelta, _for("How long; then it is asked for again.", usual="8h")] = _SHIFT,
    owner: Annotated[str, typer.Option("--owner", help="Who is at it; by default you.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Acknowledge an alert: somebody is at it until an end."""
    with opened_site(pack, db, writing=True) as site:
        one = _desk(site, author).acknowledge(alert, until=site.now() + length, reason=reason, owner=owner)
        typer.echo(f"{one.owner} is at {one.subject} until {_end(one)}.")


@alerts.command("silence")
def silence(
    *,
    alert: Annotated[str, typer.Argument(metavar="RULE[/SUBJECT]", help="An alert, or all of a rule.")],
    reason: ReasonOption,
    length: Annotated[timedelta, _for("How long nobody is told.")],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Keep an alert from being told until an end; it is noticed and shown all the same."""
    with opened_site(pack, db, writing=True) as site:
        one = _desk(site, author).silence(alert, until=site.now() + length, comment=reason)
        typer.echo(f"{one.subject} is silenced until {_end(one)}.")


@alerts.command("unsilence")
def unsilence(
    *,
    silence: Annotated[str, typer.Argument(metavar="ID", help="Of the silence, as the list prints it.")],
    reason: ReasonOption,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """End a silence before its time."""
    with opened_site(pack, db, writing=True) as site:
        one = _desk(site, author).end_silence(silence, reason=reason)
        typer.echo(f"{one.subject} is told again.")


@alerts.command("renew")
def renew(
    *,
    alert: OfAlert,
    reason: ReasonOption,
    length: Annotated[timedelta, _for("How long it stands from now on, unless it is resolved.")],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Give an alert more time before it ends of itself."""
    with opened_site(pack, db, writing=True) as site:
        one = _desk(site, author).renew(alert, until=site.now() + length, reason=reason)
        typer.echo(f"{one.subject} stands until {_end(one)}.")


@alerts.command("exercise")
def exercise(
    *,
    title: Annotated[str, typer.Option("--title", help="Begin one: its name, on every page.")] = "",
    length: Annotated[timedelta, _for("How long it goes on.", usual="8h")] = _SHIFT,
    end: Annotated[str, typer.Option("--end", metavar="REASON", help="End the one that goes on, and why.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Begin or end an exercise: every page, message and file is marked EXERCISE."""
    if bool(title) is bool(end):
        raise typer.BadParameter("give --title to begin one, or --end with the reason to end the one that goes on")
    with opened_site(pack, db, writing=True) as site:
        desk = _desk(site, author)
        if end:
            desk.end_exercise(reason=end)
            typer.echo("The exercise is over.")
            return
        one = desk.begin_exercise(title, until=site.now() + length)
        typer.echo(f"EXERCISE until {_end(one)}: {one.reason}")


@alerts.command("test-channel")
def test_channel(
    *,
    channel: Annotated[str, typer.Argument(metavar="NAME", help="A channel of the file in IW_CHANNELS.")],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Send a message marked TEST through a channel, now, and say what came of each target."""
    from iw_monitor.service.trying import try_channel

    with opened_site(pack, db, writing=True) as site:
        results = try_channel(site, _owner(author), channel, via=VIA)
    for one in results:
        typer.echo(f"{one.target}: {'reached' if one.is_done else one.error}")
    if not all(one.is_done for one in results):
        raise typer.Exit(1)


def _desk(site: Site, author: str) -> AlertDesk:
    """Return the alerts as the owner of this machine answers them."""
    from iw_monitor.service.answering import AlertDesk

    return AlertDesk(site, _owner(author), via=VIA)


def _owner(author: str) -> Actor:
    name = author_of(author)
    return Actor(name=name, display_name=name, roles={EVERY_PACK: Role.ADMIN}, via=VIA)


def _end(one: Answer) -> str:
    return "" if one.until is None else iso(one.until)
