"""For pack authors: new-pack, check, test, validator, schema."""

from __future__ import annotations

from collections.abc import Callable
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
    against: Annotated[
        str, typer.Option("--against", metavar="DIR|NAME", help="An earlier state: what changed needs a new version.")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="In what form.")] = Format.TEXT,
) -> None:
    """Check a pack and say everything that is wrong with it.

    Errors and issues are told apart; exit 1 if the pack cannot be used.
    """
    from iw_monitor.pack.find import find_pack
    from iw_monitor.pack.format import Format as Written
    from iw_monitor.pack.format import formatted
    from iw_monitor.pack.load import check_pack, load_pack

    place = find_pack(folder or pack)
    before = load_pack(find_pack(against)).pack if against else None
    findings = check_pack(place, today=now().date(), against=before)
    if findings or form is not Format.TEXT:
        typer.echo(formatted(findings, Written(form.value)))
    errors = sum(one.severity is Severity.ERROR for one in findings)
    say(f"{place}: {_counted(errors, 'error')}, {_counted(len(findings) - errors, 'issue')}.")
    if errors:
        raise typer.Exit(1)


def new_pack(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The pack's id, such as port-watch.")],
    *,
    parent: Annotated[Path, typer.Option("--in", metavar="DIR", help="Where its folder is made.")] = Path(),
) -> None:
    """Begin a pack with a commented skeleton.

    It passes check, and its cases hold. What check then calls still to be written is what to write first.
    """
    from iw_monitor.pack.new import is_pack_name, write_skeleton

    if not is_pack_name(name):
        problem = f"{name!r} is not 2 to 63 small letters, digits and hyphens, a letter first."
        raise typer.BadParameter(f"{problem}{_hint(Path(name), is_pack_name)}")
    for file in write_skeleton(name, parent, today=now().date()):
        typer.echo(file)
    say(f"Now: iw-monitor check {parent / name}")


def _hint(typed: Path, is_name: Callable[[str], bool]) -> str:
    """Say what to type instead of a name with folders before it."""
    if typed.name == str(typed) or not is_name(typed.name):
        return ""
    return f" Say where its folder is made with --in: iw-monitor new-pack {typed.name} --in {typed.parent}"


class TestFormat(StrEnum):
    """In what form the results of cases are printed."""

    TEXT = "text"
    JSON = "json"


def test(
    *,
    folder: Annotated[str, typer.Argument(metavar="[DIR|NAME]", help="The pack; by default the one of --pack.")] = "",
    pack: PackOption = DEFAULT_PACK,
    form: Annotated[TestFormat, typer.Option("--format", help="In what form.")] = TestFormat.TEXT,
) -> None:
    """Run a pack's worked cases.

    Where the engine concludes anything else: what was expected, what came, and why. Exit 1 if one does not
    hold, or there is none.
    """
    from iw_monitor.assess.cases import run_case
    from iw_monitor.pack.find import find_pack
    from iw_monitor.pack.load import load_pack
    from iw_monitor.publish.of_cases import cases_json, cases_text

    place = find_pack(folder or pack)
    loaded = load_pack(place, cases=True)
    results = [run_case(loaded.pack, name, case, loaded.alerts) for name, case in sorted(loaded.cases.items())]
    if not results:
        say(f"{place}: there is no case to run. Add cases/<name>.yml.")
        raise typer.Exit(1)
    typer.echo(cases_json(results) if form is TestFormat.JSON else cases_text(results))
    if not all(one.holds for one in results):
        raise typer.Exit(1)


def validator(
    *,
    folder: Annotated[str, typer.Argument(metavar="[DIR|NAME]", help="The pack; by default the one of --pack.")] = "",
    pack: PackOption = DEFAULT_PACK,
    json: Annotated[bool, typer.Option("--json", help="Print JSON by which another tool can check it.")] = False,
) -> None:
    """Show what a pack's ratings can tell apart, before any report.

    Ratings, points, spread and verdict of each indicator; what speaks for each problem; each pair of futures.
    """
    from iw_monitor.assess.validator import validate
    from iw_monitor.pack.find import find_pack
    from iw_monitor.pack.load import load_pack
    from iw_monitor.publish.of_validator import validation_json, validation_text

    loaded = load_pack(find_pack(folder or pack)).pack
    found = validate(loaded, today=now().date())
    typer.echo(validation_json(loaded, found) if json else validation_text(loaded, found))


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
