"""docs/writing-a-pack.md: its commands run, and its case is one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.program import app
from iw_monitor.pack.load import load_pack


def blocks(repository: Path, language: str) -> list[str]:
    text = (repository / "docs" / "writing-a-pack.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n?(.+?)```", text, re.DOTALL)


def write_history(repository: Path, pack: Path) -> None:
    """Write the tables of the page where it says."""
    (pack / "history").mkdir()
    for block in blocks(repository, "csv "):
        name, _, table = block.partition("\n")
        (pack / name).write_text(table, encoding="utf-8")


def test_every_command_of_the_page_runs_in_its_order(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [shlex.split(line) for block in blocks(repository, "sh") for line in block.splitlines()]
    assert {one[1] for one in commands} >= {"new-pack", "check", "validator", "test", "sensitivity", "score"}
    for program, *arguments in commands:
        if arguments[0] == "import":
            write_history(repository, Path("packs", "port-watch"))
        result = CliRunner().invoke(app, arguments)
        assert (program, result.exit_code) == ("iw-monitor", 0), (arguments, result.output)


def test_the_case_of_the_page_fits_the_skeleton(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["new-pack", "port-watch"])
    (case,) = [block for block in blocks(repository, "yaml") if "\nexpect:" in block]
    Path("port-watch/cases/of_the_page.yml").write_text(case, encoding="utf-8")
    assert "of_the_page" in load_pack(Path("port-watch"), cases=True).cases
    result = CliRunner().invoke(app, ["test", "port-watch"])
    assert "3 of 3 cases hold." in result.stdout, result.output
