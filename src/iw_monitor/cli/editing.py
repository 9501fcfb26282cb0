"""The editor's verbs: import, record, confirm, retract."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import journal_url, opened_site
from iw_monitor.cli.options import (
    DEFAULT_PACK,
    STREAM,
    AuthorOption,
    DatabaseOption,
    PackOption,
    author_of,
    now,
)
from iw_monitor.cli.saying import WAITS_FOR_SECOND, say, say_findings
from iw_monitor.errors import InputError
from iw_monitor.publish.times import iso

if TYPE_CHECKING:
    from iw_monitor.model.observation import Observation
    from iw_monitor.service.importing import ImportResult, Progress
    from iw_monitor.service.site import Site

VIA = "cli"


def import_(
    *,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.csv", help="Observations as CSV in UTF-8, with a header.")
    ] = None,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be added.")] = False,
    ignore_extra: Annotated[
        bool, typer.Option("--ignore-extra", help="Leave unknown columns out instead of refusing the file.")
    ] = False,
    journal: Annotated[
        str,
        typer.Option(
            "--journal",
            metavar="FILE.jsonl",
            help="Import a whole journal, as export --journal wrote it, into an empty one. - is stdin.",
        ),
    ] = "",
) -> None:
    """Import observations from a file, all or nothing.

    What the journal holds already is not added again.

    The header is observed_at,indicator,level,statement,source_name,source_url,originator,reliability,credibility,basis,
    in any order, and optionally published_at,reading,unit,note. A bare date means 23:59 UTC of that day.
    """
    if journal or file is None:
        _import_journal(journal, db, plain=not (file or dry_run or ignore_extra))
        return
    who = author_of(author)
    with opened_site(pack, db, writing=not dry_run) as site, _progress() as on_progress:
        result = site.import_csv(file, author=who, dry_run=dry_run, ignore_extra=ignore_extra, on_progress=on_progress)
    say_findings(result.findings)
    typer.echo(_difference(result))


def _import_journal(file: str, db: str, *, plain: bool) -> None:
    from iw_monitor.service.moving import import_journal
    from iw_monitor.store.journal import Journal

    if not file:
        raise typer.BadParameter("name a file of observations, or a journal with --journal")
    if not plain:
        raise typer.BadParameter("--journal brings everything as it stands; leave out the other file and options")
    with ExitStack() as stack:
        lines = sys.stdin.buffer if file == STREAM else stack.enter_context(Path(file).open("rb"))
        journal = stack.enter_context(Journal.open(journal_url(db), clock=now))
        count = import_journal(journal, lines, "stdin" if file == STREAM else file)
        typer.echo(f"{journal.where}: {count:,} entries imported, the chain is whole.")


def record(
    *,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Its id in the pack.")],
    level: Annotated[str, typer.Argument(metavar="LEVEL", help="0 to 4, by the indicator's anchors.")],
    statement: Annotated[str, typer.Option("--statement", help="What was reported, in one sentence.")],
    reliability: Annotated[str, typer.Option("--reliability", help="Of the source: A to F; F is cannot be judged.")],
    credibility: Annotated[
        str, typer.Option("--credibility", help="Of the information: 1 to 6; 6 is cannot be judged.")
    ],
    source: Annotated[str, typer.Option("--source", help="Who says it. Needed from level 2 up, usually.")] = "",
    url: Annotated[str, typer.Option("--url", help="Where it can be read.")] = "",
    originator: Annotated[str, typer.Option("--originator", help="Who said it first, if not the source.")] = "",
    observed: Annotated[
        str,
        typer.Option("--observed", metavar="T", help="When it was true; a bare date means 23:59 UTC. Default: now."),
    ] = "",
    published: Annotated[str, typer.Option("--published", metavar="T", help="When the source said it.")] = "",
    basis: Annotated[str, typer.Option("--basis", help="seen, or memory if you did not read it for this.")] = "seen",
    reading: Annotated[str, typer.Option("--reading", help="A measured value.")] = "",
    unit: Annotated[str, typer.Option("--unit", help="Of the reading.")] = "",
    note: Annotated[str, typer.Option("--note", help="For your colleagues.")] = "",
    seen: Annotated[
        str, typer.Option("--seen", metavar="ID", help="The newest report you saw; refused if there is a newer one.")
    ] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Record one report."""
    from iw_monitor.collect.validate import RawReport
    from iw_monitor.model.proposal import Proposal

    raw = RawReport(
        indicator=indicator,
        level=level,
        statement=statement,
        observed_at=observed or iso(now().replace(microsecond=0)),
        reliability=reliability,
        credibility=credibility,
        source_name=source,
        source_url=url,
        originator=originator,
        basis=basis,
        published_at=published,
        reading=reading,
        unit=unit,
        note=note,
    )
    who = author_of(author)
    with opened_site(pack, db, writing=True) as site:
        examined = site.examine(raw, author=who, via=VIA)
        if examined.errors:
            raise InputError(examined.findings)
        say_findings(examined.issues)
        done = site.submit(raw, author=who, via=VIA, seen=seen or None)
        if isinstance(done, Proposal):
            say(WAITS_FOR_SECOND)
            typer.echo(done.id)
        else:
            _say_recorded(site, done, "Recorded")


def confirm(
    *,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Its id in the pack.")],
    note: Annotated[str, typer.Option("--note", help="What you looked at.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Say "reviewed, no change" of an indicator.

    Repeats level, grade and originator of what stands, observed now: that refreshes its age and adds no weight.
    """
    who = author_of(author)
    with opened_site(pack, db, writing=True) as site:
        _say_recorded(site, site.confirm(indicator, author=who, via=VIA, note=note), "Confirmed")


def retract(
    *,
    observation: Annotated[
        str, typer.Argument(metavar="ID", help="Of the observation, as record and export print it.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why it is withdrawn.")],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Withdraw a report, with a reason. It stays in the journal, with your name."""
    who = author_of(author)
    with opened_site(pack, db, writing=True) as site:
        done = site.retract(observation, reason=reason, author=who, via=VIA)
    typer.echo(f"Retracted {done.observation} by {done.author} at {iso(done.recorded_at)}: {done.reason}")


def _say_recorded(site: Site, one: Observation, verb: str) -> None:
    when = iso(one.observed_at)
    typer.echo(f"{verb} {one.indicator} at level {one.level}, graded {one.grade}, observed {when}, by {one.author}.")
    typer.echo(one.id)
    if not site.is_scored(one):
        say("Graded too low to be scored: it waits in the tray until somebody grades it again.")


def _difference(result: ImportResult) -> str:
    if not result.added:
        held = (
            f"all {result.unchanged:,} observations are in the journal already" if result.unchanged else "it is empty"
        )
        return f"{result.path} adds nothing: {held}."
    width = max(len(one.indicator) for one in result.indicators)
    head = f"{'':<{width}}  {'would add' if result.dry_run else 'added':>9}  unchanged"
    rows = [f"{one.indicator:<{width}}  {one.added:>9,}  {one.unchanged:>9,}" for one in result.indicators]
    total = f"{'in all':<{width}}  {result.added:>9,}  {result.unchanged:>9,}"
    end = ["Nothing was written."] if result.dry_run else []
    return "\n".join([head, *rows, total, *end])


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Draw a bar on stderr where somebody can see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as drawn:
        tasks = {"read": drawn.add_task("Reading", total=None), "write": drawn.add_task("Writing", total=None)}
        drawn.update(tasks["write"], visible=False)

        def on_progress(stage: str, rows: int, total: int | None) -> None:
            drawn.update(tasks[stage], completed=rows, total=total, visible=True)

        yield on_progress
