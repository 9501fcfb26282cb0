"""Keeping watch: log, history, revert, handover, countersign."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import (
    DEFAULT_PACK,
    AuthorOption,
    DatabaseOption,
    PackOption,
    owner_of,
    start_of_day_or_instant,
)
from iw_monitor.cli.saying import say
from iw_monitor.publish.times import iso

if TYPE_CHECKING:
    from iw_monitor.model.done import Done
    from iw_monitor.model.watch_log import Handover, LogEntry
    from iw_monitor.service.log_book import LogBook
    from iw_monitor.service.site import Site

VIA = "cli"
MOST = 10_000
_USUAL = 50

SinceOption = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        metavar="T",
        parser=start_of_day_or_instant,
        help="Where the watch began. Default: when you last handed over or caught up, else a day ago.",
    ),
]


class Format(StrEnum):
    """In what form the history is printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def log(
    *,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="What to note. Without it, the log is printed.")] = "",
    about: Annotated[str, typer.Option("--about", metavar="ID", help="An indicator or a problem.")] = "",
    question: Annotated[bool, typer.Option("--question", help="Ask: it stays open until answered.")] = False,
    answers: Annotated[str, typer.Option("--answers", metavar="ID", help="The question that this answers.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Write a note into the watch log, or print it."""
    if answers and (question or about):
        raise typer.BadParameter("an answer is about what its question is about; leave --question and --about out")
    with opened_site(pack, db, writing=bool(text)) as site:
        book = _book(site, author)
        if not text:
            for one in book.entries():
                typer.echo(_line(one))
            return
        one = book.answer(answers, text) if answers else book.note(text, about=about, is_question=question)
        typer.echo(f"Noted by {one.author} at {iso(one.recorded_at)}.")
        typer.echo(one.id)


def history(
    *,
    part: Annotated[
        str,
        typer.Option(
            "--part", help="reports, judgements, proposals, log, alerts or accounts. Default: all but accounts."
        ),
    ] = "",
    who: Annotated[str, typer.Option("--by", metavar="NAME", help="Only what this person did.")] = "",
    about: Annotated[str, typer.Option("--about", metavar="ID", help="Only about this indicator or problem.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST, help="How many, the newest.")] = _USUAL,
    format_: Annotated[Format, typer.Option("--format", help="text, csv or json.")] = Format.TEXT,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
) -> None:
    """Print what was done, newest first: who, when, by which way, from what to what, and why."""
    from iw_monitor.publish.history_rows import history_json, write_history
    from iw_monitor.service.done import PARTS, Wanted

    if part and part not in PARTS:
        raise typer.BadParameter(f"{part!r} is none of {', '.join(PARTS)}")
    with opened_site(pack, db) as site:
        wanted = Wanted(part=part, author=who, subject=about, limit=limit, accounts=part == "accounts")
        done = _book(site, "").history(wanted)
    if format_ is Format.CSV:
        write_history(sys.stdout, done)
    elif format_ is Format.JSON:
        typer.echo(history_json(done))
    else:
        typer.echo("\n".join(map(_told, done)) or "Nothing was done yet.")


def revert(
    *,
    entry: Annotated[str, typer.Argument(metavar="ID", help="Of the entry, as history prints it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back.")],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Take back what an entry did, as a new entry.

    A report is withdrawn, a withdrawn one recorded again; a judgement likewise.
    """
    with opened_site(pack, db, writing=True) as site:
        book = _book(site, author)
        done = book.revert(entry, reason=reason)
        typer.echo(f"Reverted {entry.strip()}.")
        typer.echo(done)


def handover(
    *,
    since: SinceOption = None,
    sign: Annotated[bool, typer.Option("--sign", help="Hand over: keep the sheet for the next officer.")] = False,
    remark: Annotated[str, typer.Option("--remark", help="A word to the next officer.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Print the handover sheet: what the next officer must know. With --sign, hand over."""
    from iw_monitor.telling.handover import sheet_text, sheet_values

    with opened_site(pack, db, writing=sign) as site:
        book = _book(site, author)
        if not sign:
            typer.echo(sheet_text(sheet_values(book.sheet(since))))
            say(_newest(book.handovers()))
            return
        one = book.hand_over(since=since, remark=remark)
        typer.echo(sheet_text(dict(one.sheet)))
        typer.echo(f"\nHanded over by {one.author} at {iso(one.recorded_at)}.")
        typer.echo(one.id)


def countersign(
    *,
    handover: Annotated[str, typer.Argument(metavar="ID", help="Of the handover.")],
    remark: Annotated[str, typer.Option("--remark", help="A word to keep with it.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Take a handover over; another does so than who handed over."""
    with opened_site(pack, db, writing=True) as site:
        one = _book(site, author).countersign(handover.strip(), remark=remark)
        typer.echo(f"Taken over by {one.author} at {iso(one.recorded_at)}.")


def _book(site: Site, author: str) -> LogBook:
    """Return the log book as the owner of this machine keeps it."""
    from iw_monitor.service.log_book import LogBook

    return LogBook(site, owner_of(author), via=VIA)


def _newest(handovers: tuple[Handover, ...]) -> str:
    if not handovers:
        return "Nobody has handed over yet."
    one = handovers[-1]
    said = f"The last handover was by {one.author} at {iso(one.recorded_at)} ({one.id})"
    taken = one.taken
    return f"{said}, taken by {taken.author}." if taken else f"{said}; nobody has taken it yet."


def _line(one: LogEntry) -> str:
    about = f" [{one.about}]" if one.about else ""
    answers = f" (answers {one.answers})" if one.answers else ""
    return f"{iso(one.recorded_at)}  {one.author}  {one.kind}{about}: {one.text}{answers}  {one.id}"


def _told(one: Done) -> str:
    change = f" {one.before or '-'} -> {one.after or '-'}" if one.before or one.after else ""
    subject = f" {one.subject}" if one.subject else ""
    return f"{iso(one.at)}  {one.author} ({one.via})  {one.kind}{subject}{change}: {one.why}  {one.id}"
