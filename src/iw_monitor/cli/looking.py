"""Looking: assess, sensitivity, replay, export. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from iw_monitor.cli.opening import journal_url, opened_site
from iw_monitor.cli.options import (
    DEFAULT_PACK,
    STREAM,
    DatabaseOption,
    KnownOption,
    PackOption,
    duration,
    end_of_day_or_instant,
    now,
    start_of_day_or_instant,
)
from iw_monitor.cli.saying import say
from iw_monitor.model.observation import Known

DAY = timedelta(days=1)


class Format(StrEnum):
    """In what form a replay is printed."""

    CSV = "csv"
    JSON = "json"


def assess(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            metavar="T",
            parser=end_of_day_or_instant,
            help="The instant, such as 2024-01-31T10:00Z; a bare date means 23:59 UTC of that day. Default: now.",
        ),
    ] = None,
    known: KnownOption = Known.RECORDED,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of text.")] = False,
    pieces: Annotated[
        Path | None,
        typer.Option(
            "--pieces",
            metavar="FILE.csv",
            help="Also write every piece of the points, from which they can be recomputed.",
        ),
    ] = None,
) -> None:
    """Assess one instant, and say why.

    Level, likelihood, confidence, what set it, what counts, and what is missing.
    """
    from iw_monitor.publish.as_json import assessment_json
    from iw_monitor.publish.as_text import assessment_text
    from iw_monitor.publish.pieces_csv import write_pieces
    from iw_monitor.service.sources import dead_sources

    with opened_site(pack, db) as site:
        assessment = site.assess(as_of, known)
        if json:
            typer.echo(assessment_json(assessment))
        else:
            typer.echo(assessment_text(site.pack, assessment, dead_sources(site, at=assessment.as_of)))
        if pieces is not None:
            with pieces.open("w", encoding="utf-8", newline="") as file:
                say(f"{pieces}: {write_pieces(file, site.pack, assessment):,} rows.")


def sensitivity(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", metavar="T", parser=end_of_day_or_instant, help="The instant, as in assess."),
    ] = None,
    known: KnownOption = Known.RECORDED,
    problem: Annotated[str, typer.Option("--problem", metavar="ID", help="One problem alone.")] = "",
    coders: Annotated[
        bool, typer.Option("--coders", help="Instead: how far the levels of the whole history hang on who graded it.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="With --coders: the history that comes with the pack, without a journal.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of text.")] = False,
) -> None:
    """Show what the levels hang on.

    Each indicator one step up, one down, unknown, or reported again; and the smallest moves across a boundary. With
    --coders: how often the levels stay when a share of the reports is graded one step otherwise.
    """
    if history and not coders:
        raise typer.BadParameter("--history goes with --coders")
    if coders:
        _coders(pack, db, known, history=history, json=json)
        return
    from iw_monitor.publish.of_sensitivity import sensitivity_json, sensitivity_text
    from iw_monitor.service.sensitivity import sensitivity_at

    with opened_site(pack, db) as site:
        problems = [one.id for one in site.pack.file.problems]
        if problem and problem not in problems:
            raise typer.BadParameter(f"{problem!r} is not a problem of this pack. Use one of: {', '.join(problems)}.")
        assessment, found = sensitivity_at(site, as_of, known)
        found = tuple(one for one in found if problem in ("", one.problem))
        typer.echo(sensitivity_json(assessment, found) if json else sensitivity_text(site.pack, assessment, found))


def _coders(pack: str, db: str, known: Known, *, history: bool, json: bool) -> None:
    from iw_monitor.publish.of_coders import coders_json, coders_text
    from iw_monitor.service.sensitivity import coders_in_history, coders_in_journal

    if history:
        loaded, found = coders_in_history(pack, now=now())
    else:
        with opened_site(pack, db) as site:
            loaded, found = site.pack, coders_in_journal(site, known)
    typer.echo(coders_json(found) if json else coders_text(loaded, found))


def replay(
    *,
    start: Annotated[
        datetime,
        typer.Option(
            "--from",
            metavar="D",
            parser=start_of_day_or_instant,
            help="The first instant; a bare date means 00:00 UTC of that day.",
        ),
    ],
    end: Annotated[
        datetime,
        typer.Option(
            "--to",
            metavar="D",
            parser=start_of_day_or_instant,
            help="The last instant; a bare date means 00:00 UTC of that day.",
        ),
    ],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    every: Annotated[
        timedelta,
        typer.Option("--every", metavar="STEP", parser=duration, show_default="1d", help="1d, 6h, 30m or P1D."),
    ] = DAY,
    known: KnownOption = Known.RECORDED,
    form: Annotated[Format, typer.Option("--format", help="In what form.")] = Format.CSV,
) -> None:
    """Assess a series of instants, each from what was known by then."""
    from iw_monitor.publish.as_csv import write_replay
    from iw_monitor.publish.as_json import replay_json

    with opened_site(pack, db) as site:
        assessments = site.replay(start, end, every=every, known=known)
    if form is Format.JSON:
        typer.echo(replay_json(assessments))
    else:
        write_replay(sys.stdout, assessments)


def export(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Every observation ever made, with id, times, author, retraction and hash: an audit."
        ),
    ] = False,
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet",
            help="Put an apostrophe before what a spreadsheet would compute. Such a file is not for importing.",
        ),
    ] = False,
    journal: Annotated[
        str,
        typer.Option(
            "--journal",
            metavar="FILE.jsonl",
            help="Write the whole journal of every pack, times and hashes as they stand: a move. - is stdout.",
        ),
    ] = "",
) -> None:
    """Print the observations as CSV, as import reads them.

    What was retracted is left out; importing the file again adds nothing.
    """
    from iw_monitor.service.exporting import export_observations

    if journal:
        if full or spreadsheet:
            raise typer.BadParameter("--journal writes everything as it stands; leave out --full and --spreadsheet")
        _export_journal(journal, db)
        return
    with opened_site(pack, db) as site:
        count = export_observations(site, sys.stdout, full=full, spreadsheet=spreadsheet)
    sys.stdout.flush()
    say(f"{count:,} observations exported.")


def _export_journal(file: str, db: str) -> None:
    from iw_monitor.service.moving import export_journal, export_journal_to
    from iw_monitor.store.journal import Journal

    with Journal.open(journal_url(db), clock=now, read_only=True) as journal:
        count = export_journal(journal, sys.stdout) if file == STREAM else export_journal_to(journal, Path(file))
    sys.stdout.flush()
    say(f"{journal.where}: {count:,} entries exported.")
