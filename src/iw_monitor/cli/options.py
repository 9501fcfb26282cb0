"""Options that several commands share, and what their texts mean."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from iw_monitor.collect.asked import as_of_asked, duration_asked, start_asked
from iw_monitor.errors import InputError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.observation import Known


def _usual_pack(text: str) -> str:
    """Return the first of several packs that the environment names: the usual one, where a command takes one."""
    return text if Path(text).is_dir() else text.partition(os.pathsep)[0]


PackOption = Annotated[
    str,
    typer.Option(
        "--pack",
        envvar="IW_PACK",
        metavar="DIR|NAME",
        parser=_usual_pack,
        help="The pack: its folder, or the name of a shipped one.",
    ),
]
# Paths, since in a variable of the environment those are parted as in PATH, and may hold spaces.
PacksOption = Annotated[
    list[Path],
    typer.Option(
        "--pack",
        envvar="IW_PACK",
        metavar="DIR|NAME",
        help="A pack: its folder, or the name of a shipped one. Name it again for each further pack; the first is the "
        "usual one.",
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
DEFAULT_PACKS = [Path(DEFAULT_PACK)]

STREAM = "-"  # in place of a file: stdin or stdout


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


def owner_of(given: str) -> Actor:
    """Return who is at work as the owner of this machine, who may do everything: whoever runs this can read and write.

    Raises:
        typer.BadParameter: the machine does not know who that is.
    """
    name = author_of(given)
    return Actor(name=name, display_name=name, roles={EVERY_PACK: Role.ADMIN}, via="cli")


def end_of_day_or_instant(text: str) -> datetime:
    """Read an instant with a zone; a bare date means 23:59 UTC of that day, or now while that day lasts.

    Raises:
        typer.BadParameter: it is neither.
    """
    with _as_bad_parameter():
        return as_of_asked(text, now=now())


def start_of_day_or_instant(text: str) -> datetime:
    """Read an instant with a zone; a bare date means 00:00 UTC of that day.

    Raises:
        typer.BadParameter: it is neither.
    """
    with _as_bad_parameter():
        return start_asked(text, field="")


def duration(text: str | timedelta) -> timedelta:
    """Read a duration such as 1d, 6h, 30m or P1D; a default, which typer hands through as well, stays as it is.

    Raises:
        typer.BadParameter: it is none, or nothing.
    """
    if isinstance(text, timedelta):
        return text
    with _as_bad_parameter():
        return duration_asked(text, field="")


@contextmanager
def _as_bad_parameter() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        wrong = error.findings[0]
        raise typer.BadParameter(f"{wrong.problem}. {wrong.remedy}.") from error
