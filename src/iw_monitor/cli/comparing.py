"""Comparing two packs: diff-pack."""

from __future__ import annotations

import sys
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import DatabaseOption, KnownOption, duration, now
from iw_monitor.model.observation import Known

DAY = timedelta(days=1)


class Format(StrEnum):
    """In what form a difference is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def diff_pack(
    a: Annotated[str, typer.Argument(metavar="A", help="The pack in use: its folder, or the name of a shipped one.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The draft: likewise.")],
    *,
    history: Annotated[
        bool, typer.Option("--history", help="On the history that comes with A instead of the journal.")
    ] = False,
    db: DatabaseOption = "",
    every: Annotated[
        timedelta,
        typer.Option("--every", metavar="STEP", parser=duration, show_default="1d", help="1d, 6h, 30m or P1D."),
    ] = DAY,
    known: KnownOption = Known.PUBLISHED,
    form: Annotated[Format, typer.Option("--format", help="In what form.")] = Format.TEXT,
) -> None:
    """Replay one history under two packs and show where their levels differ.

    Before a draft is adopted: which priors and links are others, how often another level would have been recommended,
    and when. Exit 0 whether they differ or not; 1 if a pack or the history cannot be used.
    """
    from iw_monitor.publish.of_difference import difference_json, difference_text, write_difference
    from iw_monitor.service.differing import difference_in_history, difference_in_journal

    if history and known is not Known.PUBLISHED:
        raise typer.BadParameter("a history was never recorded day by day; leave out --known")
    if history:
        found = difference_in_history(a, b, now=now(), every=every)
    else:
        with opened_site(a, db) as site:
            found = difference_in_journal(site, b, every=every, known=known)
    if form is Format.CSV:
        write_difference(sys.stdout, found)
    else:
        typer.echo(difference_json(found) if form is Format.JSON else difference_text(found))
