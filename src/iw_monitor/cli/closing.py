"""Closing past windows: windows, close, reopen. A problem's track record rests on them."""

from __future__ import annotations

from typing import Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import DEFAULT_PACK, AuthorOption, DatabaseOption, PackOption, owner_of
from iw_monitor.publish.times import iso

VIA = "cli"

ReasonOption = Annotated[str, typer.Option("--reason", help="By what you know it.")]


def windows(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Those that are closed, too.")] = False,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of text.")] = False,
) -> None:
    """Print the past windows that wait for somebody to say what became of them."""
    from iw_monitor.publish.of_windows import window_line, windows_json
    from iw_monitor.service.windows import Windows

    with opened_site(pack, db) as site:
        past = Windows(site=site, actor=None, via=VIA).past()
    rows = [(one.window, one.expected, one.newest) for one in past if everything or one.waits]
    said = windows_json(rows) if json else "\n".join(window_line(*one) for one in rows)
    typer.echo(said or "No window waits to be closed.")


def close(
    *,
    problem: Annotated[str, typer.Argument(metavar="PROBLEM", help="Its id in the pack.")],
    window: Annotated[str, typer.Argument(metavar="DAY", help="Any day of the past window.")],
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="happened or did-not.")],
    reason: ReasonOption,
    onset: Annotated[str, typer.Option("--onset", metavar="DAY", help="When it began, if it happened.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Its last day; by default the onset.")] = "",
    basis: Annotated[str, typer.Option("--basis", help="What you had before you: seen or memory.")] = "seen",
    seen: Annotated[
        str, typer.Option("--seen", metavar="ID", help="The newest closing you saw; refused if there is a newer one.")
    ] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Say of a past window of a problem whether it happened: a track record rests on it, where the pack applies one."""
    from iw_monitor.publish.of_windows import closing_line
    from iw_monitor.service.windows import RawClosing, Windows

    raw = RawClosing(
        problem=problem, window=window, outcome=outcome, onset=onset, until=until, reason=reason, basis=basis
    )
    who = owner_of(author)
    with opened_site(pack, db, writing=True) as site:
        typer.echo(closing_line(Windows(site=site, actor=who, via=VIA).close(raw, seen=seen or None)))


def reopen(
    *,
    closing: Annotated[str, typer.Argument(metavar="ID", help="Of the closing, as windows --all prints it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it was wrong.")],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Take a closing back, so that its window waits again. It stays in the journal."""
    from iw_monitor.service.windows import Windows

    who = owner_of(author)
    with opened_site(pack, db, writing=True) as site:
        done = Windows(site=site, actor=who, via=VIA).reopen(closing, reason=reason)
        typer.echo(f"Reopened by {done.author} at {iso(done.recorded_at)}.")
