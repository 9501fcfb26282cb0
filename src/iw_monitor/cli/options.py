"""Options that several commands share, and what their texts mean."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from iw_monitor.collect.reading import Notes, Where, is_bare_date, read_instant
from iw_monitor.model.observation import Known

PackOption = Annotated[
    str,
    typer.Option(
        "--pack", envvar="IW_PACK", metavar="DIR|NAME", help="The pack: its folder, or the name of a shipped one."
    ),
]
DatabaseOption = Annotated[
    str,
    typer.Option(
        "--db",
        envvar="IW_DATABASE_URL",
        metavar="URL",
        help="The journal: a file, sqlite:///file.db or postgresql://…; by default a file in your data folder.",
    ),
]
AuthorOption = Annotated[
    str, typer.Option("--author", envvar="IW_AUTHOR", help="Who you are; by default your name on this machine.")
]
KnownOption = Annotated[
    Known,
    typer.Option(
        "--known",
        help="What was known: as we recorded it, or as the sources published it (for imported history).",
    ),
]

DEFAULT_PACK = "multi-front"  # pack.find knows it too, and is slow to load

STREAM = "-"  # in place of a file: stdin or stdout
END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_EVERY = re.compile(r"([0-9]{1,6})(w|d|h|m|s)")
_ISO_EVERY = re.compile(
    r"P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?"
)
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def now() -> datetime:
    """Return the machine's clock."""
    return datetime.now(UTC)


def author_of(given: str) -> str:
    """Return who is at work: as given, or the user of this machine.

    Raises:
        typer.BadParameter: the machine does not know either.
    """
    if given.strip():
        return given
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise typer.BadParameter("this machine does not know who you are; give your name with --author") from error


def end_of_day_or_instant(text: str) -> datetime:
    """Read an instant with a zone; a bare date means 23:59 UTC of that day, or now while that day lasts.

    Raises:
        typer.BadParameter: it is neither.
    """
    here = now()
    instant = _instant(text)
    return here if is_bare_date(text) and instant > here and instant.date() == here.date() else instant


def start_of_day_or_instant(text: str) -> datetime:
    """Read an instant with a zone; a bare date means 00:00 UTC of that day.

    Raises:
        typer.BadParameter: it is neither.
    """
    return _instant(f"{text.strip()}T00:00Z" if is_bare_date(text) else text)


def _instant(text: str) -> datetime:
    notes = Notes(Where())
    instant = read_instant(text, notes, column="", now=END_OF_TIME)
    if instant is None:
        wrong = notes.findings[0]
        raise typer.BadParameter(f"{wrong.problem}. {wrong.remedy}.")
    return instant


def duration(text: str | timedelta) -> timedelta:
    """Read a duration such as 1d, 6h, 30m or P1D; a default, which typer hands through as well, stays as it is.

    Raises:
        typer.BadParameter: it is none, or nothing.
    """
    if isinstance(text, timedelta):
        return text
    plain = text.strip()
    short, iso = _EVERY.fullmatch(plain), _ISO_EVERY.fullmatch(plain)
    length = timedelta(0)
    if short:
        length = timedelta(**{_UNITS[short[2]]: int(short[1])})
    elif iso:
        length = timedelta(**{name: int(part or 0) for name, part in zip(_UNITS.values(), iso.groups(), strict=True)})
    if length <= timedelta(0):
        raise typer.BadParameter(f"{text!r} is not a duration. Give one such as 1d, 6h, 30m or P1D.")
    return length
