"""Tokens that let programs in: token add, list, revoke. A token is printed once and never again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import opened_store
from iw_monitor.cli.options import AuthorOption, DatabaseOption, author_of, duration, now
from iw_monitor.cli.saying import say
from iw_monitor.model.tokens import Scope

if TYPE_CHECKING:
    from iw_monitor.model.tokens import Token
    from iw_monitor.service.tokens import Tokens

VIA = "cli"

token = typer.Typer(
    help="What lets programs in, in whose name, and for what.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@token.command("add")
def add(
    owner: Annotated[str, typer.Argument(metavar="USER", help="In whose name it acts; never in a higher role.")],
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="What it is for, such as: port feed.")],
    scope: Annotated[Scope, typer.Option("--scope", help="What it may do.")] = Scope.READ,
    pack: Annotated[
        str, typer.Option("--pack", metavar="ID|*", help="The id of the pack it is good for; * for every pack.")
    ] = "*",
    expires: Annotated[
        timedelta,
        typer.Option(
            "--expires", metavar="DURATION", parser=duration, show_default="90d", help="For how long, such as 30d."
        ),
    ] = timedelta(days=90),
    author: AuthorOption = "",
    db: DatabaseOption = "",
) -> None:
    """Add a token and print it: the only time that it can be seen."""
    who = author_of(author)
    with _tokens(db) as tokens:
        secret, kept = tokens.add(owner, name=name, scope=scope, pack=pack, life=expires, author=who, via=VIA)
        say(f"{_line(kept, now())}. Keep it now; it is not shown again.")
        typer.echo(secret)


@token.command("list")
def list_(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are good no more.")] = False,
    db: DatabaseOption = "",
) -> None:
    """List the tokens that are good, with owner, scope, end and last use; never the tokens themselves."""
    instant = now()
    with _tokens(db, writing=False) as tokens:
        found = [one for one in tokens.tokens() if everything or one.is_good(instant)]
    for one in found:
        typer.echo(_line(one, instant))
    if not found:
        say("There is no token yet. Add one with: iw-monitor token add USER --name TEXT")


@token.command("revoke")
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="What it is called by in the list.")],
    *,
    author: AuthorOption = "",
    db: DatabaseOption = "",
) -> None:
    """Let a token be good no more, at once and for ever."""
    who = author_of(author)
    with _tokens(db) as tokens:
        one = tokens.revoke(token_id, author=who, via=VIA)
        typer.echo(f"{one.id} ({one.name}, of {one.owner}) is revoked.")


@contextmanager
def _tokens(db: str, *, writing: bool = True) -> Iterator[Tokens]:
    from iw_monitor.service.tokens import open_tokens

    with opened_store(open_tokens, db, writing=writing) as tokens:
        yield tokens


def _line(one: Token, instant: datetime) -> str:
    used = "never used" if one.used_at is None else f"last used {one.used_at:%Y-%m-%d %H:%MZ}"
    return f"{one.id} ({one.name}): {one.owner} may {one.scope} {one.pack}, {_end(one, instant)}, {used}"


def _end(one: Token, instant: datetime) -> str:
    if one.revoked_at is not None:
        return f"revoked {one.revoked_at:%Y-%m-%d %H:%MZ}"
    verb = "expires" if instant < one.expires_at else "expired"
    return f"{verb} {one.expires_at:%Y-%m-%d %H:%MZ}"
