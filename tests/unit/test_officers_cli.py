"""The officers' verbs on the command line: what they print, what they refuse, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from iw_monitor.cli.program import app
from iw_monitor.errors import InputError

REASON = ("--reason", "Two envoys agree.")


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IW_DATABASE_URL", f"sqlite:///{tmp_path / 'journal.db'}")
    monkeypatch.setenv("IW_AUTHOR", "ada")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def test_a_declared_level_stands_in_the_assessment_until_it_is_withdrawn() -> None:
    said = done("declare", "hizballah_entry", "HIGH", *REASON, "--until", "48h")
    assert said.startswith("declaration of hizballah_entry: level 4 by ada until ")
    problems = json.loads(done("assess", "--json"))["problems"]
    assert {one["id"]: one["declared_level"] for one in problems}["hizballah_entry"] == 4
    (one,) = json.loads(done("judgements", "--json"))
    assert (one["kind"], one["level"], one["author"], one["reason"]) == ("declaration", 4, "ada", REASON[1])
    done("withdraw", one["id"], "--reason", "They left.")
    assert done("judgements") == "Nobody states anything.\n"
    (gone,) = json.loads(done("judgements", "--all", "--json"))
    assert gone["withdrawn"]["reason"] == "They left."


@pytest.mark.slow
def test_dissents_overrides_and_estimates_stand_beside_each_other() -> None:
    done("dissent", "iran_direct", "5", *REASON)
    done("override", "houthi_activity", "0", *REASON, "--until", "P1D")
    done("estimate", "iran_direct", "12 %", *REASON)
    said = [(one["kind"], one["level"], one["probability"]) for one in json.loads(done("judgements", "--json"))]
    assert said == [("dissent", 5, None), ("override", 0, None), ("estimate", None, 0.12)]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    result = run("declare", "hizbollah_entry", "7", "--reason", " ", "--until", "P300D")
    assert isinstance(result.exception, InputError)
    assert {one.field for one in result.exception.findings} >= {"problem", "level", "reason"}
    assert done("judgements") == "Nobody states anything.\n"


def test_who_saw_an_older_declaration_is_refused() -> None:
    done("declare", "iran_direct", "3", *REASON, "--until", "1d")
    result = run("declare", "iran_direct", "4", *REASON, "--until", "1d", "--seen", "another")
    assert "by somebody else in between" in str(result.exception)


def test_an_empty_tray_says_so() -> None:
    assert done("tray") == "Nothing waits.\n"
    assert json.loads(done("tray", "--json")) == []
