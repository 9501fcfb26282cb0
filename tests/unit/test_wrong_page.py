"""docs/when-something-is-wrong.md: its symptoms are what the program says, its commands are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click import Group
from typer.main import get_command

from iw_monitor.cli.program import app

_SAID = re.compile(r"“([^”]+)”")
_COMMAND = re.compile(r"`iw-monitor ((?:[a-z][a-z-]+ ?)+)")
_IN_CODE = re.compile(r'"\s*f?"')  # where a sentence goes on in the next line of a program


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "when-something-is-wrong.md").read_text(encoding="utf-8")


def test_what_it_quotes_is_what_the_program_says(page: str, repository: Path) -> None:
    files = [one for folder in ("src", "dashboard") for one in (repository / folder).rglob("*.py")]
    program = "\n".join(_IN_CODE.sub("", one.read_text(encoding="utf-8")) for one in files)
    quoted = set(_SAID.findall(page)) - {"quotation marks"}
    assert len(quoted) > 25
    assert sorted(one for one in quoted if one not in program) == []


def test_every_command_that_it_names_is_there(page: str) -> None:
    named = {tuple(one.split()) for one in _COMMAND.findall(page)}
    assert len(named) > 10
    assert sorted(one for one in named if not _is_there(one)) == []


def _is_there(words: tuple[str, ...]) -> bool:
    here = get_command(app)
    for word in words:
        if not isinstance(here, Group):
            return True  # what follows a command is its argument
        if word not in here.commands:
            return False
        here = here.commands[word]
    return True
