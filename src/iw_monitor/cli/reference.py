"""docs/reference/commands.md: every command with its arguments and options, from the command line itself."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from iw_monitor.cli.program import app

HEAD = """\
# Commands

Generated from the command line; `iw-monitor COMMAND --help` says the same of each. Results go to stdout, everything
else to stderr. A command ends with 0 if all is well, with 1 where the input is wrong, every finding listed, and with 2
where it was called wrongly.
"""


def commands_page() -> str:
    """Return the page."""
    program = typer.main.get_group(app)
    lines = [HEAD]
    for panel in dict.fromkeys(one.rich_help_panel for one in _parts(program)):
        lines += [f"## {panel}", ""]
        for one in _parts(program):
            if one.rich_help_panel == panel:
                lines += _described(one, f"iw-monitor {one.name}", "###")
    return "\n".join(lines).rstrip() + "\n"


def _parts(group: TyperGroup) -> Iterator[TyperCommand | TyperGroup]:
    yield from (one for one in group.commands.values() if isinstance(one, TyperCommand | TyperGroup))


def _described(one: TyperCommand | TyperGroup, path: str, mark: str) -> Iterator[str]:
    yield from (f"{mark} {path}", "", one.help or "", "")
    if isinstance(one, TyperGroup):
        for part in _parts(one):
            yield from _described(part, f"{path} {part.name}", f"{mark}#")
    elif one.params:
        yield from ("| takes | |", "| --- | --- |")
        yield from (_row(one, parameter) for parameter in one.params)
        yield ""


def _row(command: TyperCommand, parameter: object) -> str:
    """Return an argument or option as the help writes it; ``|`` would end a cell of the table."""
    if not isinstance(parameter, TyperArgument | TyperOption):
        raise TypeError(f"{command.name} takes something unknown: {parameter!r}")
    name, meaning = parameter.get_help_record(typer.Context(command)) or (parameter.name or "", "")
    cells = (one.replace("|", r"\|") for one in (f"`{name}`", meaning))
    return f"| {' | '.join(cells)} |"
