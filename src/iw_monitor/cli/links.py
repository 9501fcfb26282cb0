"""Public links to the wall and a report: link add, list, revoke. The address is printed once and never again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.letting_in import PublicOption, checked_public_url
from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import DEFAULT_PACK, AuthorOption, DatabaseOption, PackOption, duration, now, owner_of
from iw_monitor.cli.saying import say
from iw_monitor.model.snapshot import Marking

if TYPE_CHECKING:
    from iw_monitor.model.accounts import Actor
    from iw_monitor.model.links import PublicLink
    from iw_monitor.service.public_links import LinkDesk

VIA = "cli"
HERE = "http://127.0.0.1:8501"

link = typer.Typer(
    help="What shows the wall and a report to who does not sign in.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@link.command("add")
def add(
    owner: Annotated[str, typer.Argument(metavar="USER", help="Who answers for it: an approver of the pack.")],
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Where it hangs, such as: screen in the hall.")],
    expires: Annotated[
        timedelta,
        typer.Option(
            "--expires", metavar="DURATION", parser=duration, show_default="90d", help="For how long, such as 30d."
        ),
    ] = timedelta(days=90),
    up_to: Annotated[Marking, typer.Option("--up-to", help="The highest marking of what it shows.")] = Marking.CLEAR,
    snapshot: Annotated[
        str, typer.Option("--snapshot", metavar="ID", help="The one report that it shows; by default the newest.")
    ] = "",
    public_url: PublicOption = "",
    pack: PackOption = DEFAULT_PACK,
    author: AuthorOption = "",
    db: DatabaseOption = "",
) -> None:
    """Add a public link and print its address: the only time that it can be seen."""
    from iw_monitor.service.public_links import PLACE, WantedLink

    base = checked_public_url(public_url) or HERE
    wanted = WantedLink(name=name, life=expires, up_to=up_to, snapshot=snapshot.strip())
    with _desk(pack, db, owner_of(author)) as desk:
        key, kept = desk.make(owner, wanted)
    say(f"{_line(kept)}. Keep its address now; it is not shown again.")
    typer.echo(f"{base}{PLACE}#{key}")


@link.command("list")
def list_(*, pack: PackOption = DEFAULT_PACK, db: DatabaseOption = "") -> None:
    """List the links that show something, with owner, end and last use; never their addresses."""
    with _desk(pack, db, None) as desk:
        found = desk.links()
    for one in found:
        typer.echo(_line(one))
    if not found:
        say("There is no public link. Add one with: iw-monitor link add USER --name TEXT")


@link.command("revoke")
def revoke(
    link_id: Annotated[str, typer.Argument(metavar="ID", help="What it is called by in the list.")],
    *,
    pack: PackOption = DEFAULT_PACK,
    author: AuthorOption = "",
    db: DatabaseOption = "",
) -> None:
    """Let a link show nothing more, at once and for ever."""
    with _desk(pack, db, owner_of(author)) as desk:
        one = desk.revoke(link_id)
    typer.echo(f"{one.id} ({one.name}, of {one.owner}) is revoked.")


@contextmanager
def _desk(pack: str, db: str, actor: Actor | None) -> Iterator[LinkDesk]:
    from iw_monitor.service.public_links import LinkDesk

    with opened_site(pack, db) as site:
        yield LinkDesk(site, actor, VIA, now)


def _line(one: PublicLink) -> str:
    used = "never used" if one.used_at is None else f"last used {_time(one.used_at)}"
    shows = f"report {one.snapshot}" if one.snapshot else "the newest report"
    return (
        f"{one.id} ({one.name}): of {one.owner}, made {_time(one.created_at)}, shows the wall and {shows} "
        f"up to {one.up_to.value}, expires {_time(one.expires_at)}, {used}"
    )


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%MZ}"
