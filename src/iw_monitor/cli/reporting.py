"""Reports: snapshot, report, diff-snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import (
    DEFAULT_PACK,
    AuthorOption,
    DatabaseOption,
    PackOption,
    author_of,
    end_of_day_or_instant,
)
from iw_monitor.cli.saying import say
from iw_monitor.model.observation import Known
from iw_monitor.model.snapshot import Format, KeptSnapshot, Layout, Marking

if TYPE_CHECKING:
    from iw_monitor.service.site import Site

DemoOption = Annotated[bool, typer.Option("--demo", help="Of the shipped history, in a throw-away journal.")]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Where the files go; by default reports/ beside the journal."),
]


def read_formats(text: str) -> tuple[Format, ...]:
    """Read a list of formats, such as html,pdf.

    Raises:
        typer.BadParameter: one of them is not a format.
    """
    names = [one.strip().lower() for one in text.split(",") if one.strip()]
    known = {one.value: one for one in Format}
    wrong = [one for one in names if one not in known]
    if wrong or not names:
        raise typer.BadParameter(f"{', '.join(wrong) or 'nothing'} is not a format. Use some of: {','.join(known)}.")
    return tuple(dict.fromkeys(known[one] for one in names))


def snapshot(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", metavar="T", parser=end_of_day_or_instant, help="The instant, as in assess."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since",
            metavar="T",
            parser=end_of_day_or_instant,
            help="Since when changes are told; by default a day, a week or twelve hours, by the layout.",
        ),
    ] = None,
    known: Annotated[Known | None, typer.Option("--known", help="What was known; by default as recorded.")] = None,
    layout: Annotated[Layout, typer.Option("--layout", help="For whom it is.")] = Layout.WATCH,
    out: OutOption = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="Which files, such as html,pdf; by default all.")
    ] = ",".join(Format),
    up_to: Annotated[
        Marking, typer.Option("--up-to", help="The highest marking that may go where the files go.")
    ] = Marking.RED,
    exercise: Annotated[bool, typer.Option("--exercise", help="Mark every file EXERCISE.")] = False,
    demo: DemoOption = False,
    author: AuthorOption = "",
) -> None:
    """Freeze one instant as a report: HTML, PDF, PNG, Markdown, JSON, CSV, STIX and CAP.

    It is written once, never over another, and recorded in the journal with the hash of each file.
    """
    from iw_monitor.service.keeping import keep, refuse_above, reports_folder
    from iw_monitor.service.snapshots import Wanted, snapshot_of

    wanted = Wanted(layout=layout, as_of=as_of, known=known, start=since, exercise=exercise)
    listed = read_formats(formats)
    with _site(pack, db, demo=demo) as site:
        made = snapshot_of(site, wanted, author=author_of(author), via="cli")
        refuse_above(made.marking, up_to, "these files")
        folder = out or (Path("reports") if demo else reports_folder(site))
        _print(keep(site, made, formats=listed, folder=folder))


def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of a report in the pack's reports.yml.")],
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    demo: DemoOption = False,
    author: AuthorOption = "",
) -> None:
    """Make one of the reports that the pack plans, now."""
    from iw_monitor.errors import ReportError
    from iw_monitor.service.reporting import plan_named, produce

    with _site(pack, db, demo=demo) as site:
        below = Path("reports") if demo else None  # the demo's journal is thrown away, and all that lies beside it
        done = produce(site, plan_named(site, name), due_at=None, author=author_of(author), via="cli", below=below)
        if done.kept is None:
            raise ReportError(done.note)
        _print(done.kept)


def diff_snapshots(before: Path, after: Path) -> None:
    """Say what is different between two snapshots in JSON: level, points, movers, evidence."""
    from iw_monitor.publish.report.difference import difference_text, read_snapshot

    typer.echo(difference_text(read_snapshot(before), read_snapshot(after)))


@contextmanager
def _site(pack: str, db: str, *, demo: bool) -> Iterator[Site]:
    if not demo:
        with opened_site(pack, db, writing=True) as site:
            yield site
        return
    from iw_monitor.service.demo import open_demo

    with TemporaryDirectory(prefix="iw-monitor-demo-", ignore_cleanup_errors=True) as folder:
        site = open_demo(Path(folder), pack=pack)
        try:
            yield site
        finally:
            site.close()


def _print(made: KeptSnapshot) -> None:
    for one in made.record.files:
        typer.echo(str(Path(made.record.folder) / one.name))
    late = "" if made.record.late_by is None else f", late by {made.record.late_by}"
    say(f"Kept as {made.id}, content {made.record.content_hash[:16]}{late}.")
