"""For pack authors: check, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from iw_monitor.cli.options import DEFAULT_PACK, PackOption, now
from iw_monitor.cli.saying import say
from iw_monitor.errors import Severity


class Format(StrEnum):
    """In what form findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


def check(
    *,
    folder: Annotated[str, typer.Argument(metavar="[DIR|NAME]", help="The pack; by default the one of --pack.")] = "",
    pack: PackOption = DEFAULT_PACK,
    form: Annotated[Format, typer.Option("--format", help="In what form.")] = Format.TEXT,
) -> None:
    """Check a pack and say everything that is wrong with it.

    Errors and issues are told apart; exit 1 if the pack cannot be used.
    """
    from iw_monitor.pack.find import find_pack
    from iw_monitor.pack.format import Format as Written
    from iw_monitor.pack.format import formatted
    from iw_monitor.pack.load import check_pack

    place = find_pack(folder or pack)
    findings = check_pack(place, today=now().date())
    if findings or form is not Format.TEXT:
        typer.echo(formatted(findings, Written(form.value)))
    errors = sum(one.severity is Severity.ERROR for one in findings)
    say(f"{place}: {_counted(errors, 'error')}, {_counted(len(findings) - errors, 'issue')}.")
    if errors:
        raise typer.Exit(1)


def _counted(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def schema(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to.")] = Path(
        "indicators", "schema"
    ),
) -> None:
    """Write JSON Schemas for editing a pack's YAML."""
    from iw_monitor.pack.schema import write_schemas

    for file in write_schemas(out):
        typer.echo(file)
