"""Collecting by hand: one source, or all that are due."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import DEFAULT_PACK, DatabaseOption, PackOption, end_of_day_or_instant
from iw_monitor.cli.saying import say

if TYPE_CHECKING:
    from datetime import datetime

    from iw_monitor.publish.of_collecting import RunRow
    from iw_monitor.service.collecting import Collected
    from iw_monitor.service.site import Site


def collect(
    *,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Its id in sources.yml; all that are due.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    from_file: Annotated[
        Path | None, typer.Option("--from-file", metavar="F", help="Read a recorded file (.gz too) in place of asking.")
    ] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="T", help="Use of a recorded file only what was said by then.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be recorded or proposed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say it for programs.")] = False,
) -> None:
    """Ask a source now and take what it says that is new, as far as the pack lets a machine.

    What it may not record alone waits for a person at the desk. A source that fails records nothing.
    """
    if (from_file or as_of) and not source:
        raise typer.BadParameter("name the source whose recorded file this is")
    if as_of and not from_file:
        raise typer.BadParameter("--as-of is for recorded files; a source is asked now")
    from iw_monitor.publish.of_collecting import run_text, runs_json

    with opened_site(pack, db, writing=not dry_run) as site:
        when = end_of_day_or_instant(as_of) if as_of else site.now()
        recorded = {source.strip(): from_file} if from_file else {}
        rows = _collect(site, source, when=when, recorded=recorded, dry_run=dry_run)
    if as_json:
        typer.echo(json.dumps(runs_json(rows), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(map(run_text, rows)) or "No source is due.")
    if any(one.outcome == "failed" for one in rows):
        raise typer.Exit(1)


def _collect(site: Site, source: str, *, when: datetime, recorded: Mapping[str, Path], dry_run: bool) -> list[RunRow]:
    from iw_monitor.service.collecting import collect as collect_one
    from iw_monitor.service.sources import around, due_sources

    names = [source] if source else [one.id for one in due_sources(site, now=when)]
    use = around(site, os.environ, recorded=recorded)
    rows = []
    for name in names:
        say(f"Asking {name} …")
        rows.append(_row(collect_one(site, name, now=when, around=use, dry_run=dry_run)))
    return rows


def _row(done: Collected) -> RunRow:
    from iw_monitor.collect.decide import Accepted, Proposed
    from iw_monitor.publish.of_collecting import RunRow

    def told(kind: type[Accepted] | type[Proposed]) -> tuple[str, ...]:
        return tuple(
            f"{one.suggestion.indicator} {_level(one.suggestion.level)}: {one.suggestion.statement}"
            + (f" ({one.verdict.why})" if isinstance(one.verdict, Proposed) else "")
            for one in done.judged
            if isinstance(one.verdict, kind)
        )

    return RunRow(
        source=done.source,
        outcome=done.outcome.value,
        detail=done.detail,
        fetched_at=done.fetched_at,
        true_at=done.newest_at,
        recorded=told(Accepted),
        proposed=told(Proposed),
        damage=done.damage,
    )


def _level(level: int | None) -> str:
    return "no level" if level is None else f"level {level}"
