"""docs/tour.md: its commands run in their order, and what it says of their answers is so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.program import app
from tests.browser.demo_server import running


def commands(repository: Path) -> Iterator[list[str]]:
    text = (repository / "docs" / "tour.md").read_text(encoding="utf-8")
    for block in re.findall(r"```sh\n(.+?)```", text, re.DOTALL):
        yield from (shlex.split(line) for line in block.splitlines())


@pytest.mark.slow
def test_every_command_of_the_tour_runs_and_answers_what_the_page_says(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "indicators").symlink_to(repository / "indicators")
    said: list[tuple[str, str]] = []
    for program, *arguments in commands(repository):
        if program == "export":
            monkeypatch.setenv(*arguments[0].split("=", 1))
        elif arguments[0] == "demo":
            with running(*arguments) as address:
                assert address.startswith("http")
        else:
            result = CliRunner().invoke(app, arguments)
            assert (program, result.exit_code) == ("iw-monitor", 0), (arguments, result.output)
            said.append((arguments[0], result.output))
    assessed = [text for name, text in said if name == "assess"]
    assert ["NO ASSESSMENT" in text for text in assessed] == [True, False, False, False, True]
    levels = [re.findall(r"^Hizballah entry +(\d \w+)", text, re.MULTILINE) for text in assessed[1:4]]
    assert levels == [["3 ELEVATED"], ["3 ELEVATED"], ["4 HIGH"]]
    assert "hizballah_strategic_arsenal" in dict(said)["history"]


def test_the_demo_of_a_pack_without_a_history_says_so_and_what_to_do() -> None:
    result = CliRunner().invoke(app, ["demo", "--pack", "volcano-unrest", "--no-browser"])
    said = str(result.exception)
    assert "the pack volcano-unrest has no history to show" in said
    assert "iw-monitor up --pack volcano-unrest" in said
