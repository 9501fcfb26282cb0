"""``iw-monitor alerts``: what fires and who is at it, as text and as JSON; answering it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.options import now
from iw_monitor.cli.program import app
from iw_monitor.errors import IwError
from iw_monitor.service.alerting import evaluate
from iw_monitor.service.outlets import Outlets
from iw_monitor.service.site import open_site
from iw_monitor.store.place import file_url
from tests.builders import a_raw_report

Run = Callable[..., str]
T1 = "tripwire/T1"


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a journal on which tripwire T1 fires and the rule on the carriers is pending, evaluated as by a worker."""
    path = tmp_path_factory.mktemp("alerts") / "journal.db"
    site = open_site(clock=now, pack="multi-front", url=file_url(path))
    for name, level in (("hizballah_strategic_arsenal", "4"), ("us_carrier_presence", "1")):
        seen = f"{now():%Y-%m-%dT%H:%MZ}"
        report = a_raw_report(indicator=name, level=level, observed_at=seen, reliability="A", credibility="1")
        site.record(report, author="ada", via="test")
    evaluate(site, now(), outlets=Outlets())
    site.close()
    return path


@pytest.fixture
def run(fired: Path, tmp_path: Path) -> Run:
    """Return the command on a journal of the test's own."""
    journal = shutil.copy(fired, tmp_path / "journal.db")

    def run(*arguments: str, code: int = 0) -> str:
        who = ["--author", "ada"] if arguments[0] != "list" else []
        result = CliRunner().invoke(app, ["alerts", *arguments, *who, "--db", str(journal)])
        if isinstance(result.exception, IwError):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_before_the_first_evaluation_the_list_says_what_to_do(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["alerts", "list", "--db", str(tmp_path / "new.db")])
    assert "Run a worker" in said.output


def test_the_list_names_what_fires_first_and_why_and_as_json_the_same(run: Run) -> None:
    said = run("list")
    assert said.index(f"[{T1}]") < said.index("pending: The carriers leave")
    assert "[carriers_leave/us_carrier_presence]" in said
    values = json.loads(run("list", "--json"))
    assert values["schema_version"] == 1
    states = {(one["rule"], one["subject"]): one["state"] for one in values["alerts"]}
    assert (states["tripwire", "T1"], states["carriers_leave", "us_carrier_presence"]) == ("firing", "pending")
    assert ("tripwire", "firing", "the condition held") in {
        (one["rule"], one["after"], one["reason"]) for one in values["log"]
    }


def test_an_alert_is_acknowledged_by_its_name_with_a_reason_and_for_a_time(run: Run) -> None:
    said = run("ack", T1, "--reason", "Calling.", "--for", "2h", "--owner", "ben")
    assert f"ben is at {T1} until" in said
    assert "acknowledged by ben" in run("list")


@pytest.mark.slow
def test_a_silence_is_listed_with_the_name_by_which_it_is_ended(run: Run) -> None:
    run("silence", "tripwire", "--reason", "A drill.", "--for", "1d")
    said = run("list")
    assert "silenced, would be FIRING at" in said
    name = said.partition("Silence ")[2].partition(":")[0]
    assert "tripwire is told again" in run("unsilence", name, "--reason", "Over.")


def test_an_alert_is_given_more_time(run: Run) -> None:
    assert f"{T1} stands until" in run("renew", T1, "--reason", "Still there.", "--for", "60d")


@pytest.mark.slow
def test_an_exercise_is_begun_and_ended_one_at_a_time(run: Run) -> None:
    assert "EXERCISE until" in run("exercise", "--title", "Spring tide")
    assert "over" in run("exercise", "--end", "A real storm.")
    run("exercise", "--title", "One", "--end", "Two", code=2)


def test_a_channel_that_is_not_reached_ends_in_1(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    channels = tmp_path / "channels.toml"
    channels.write_text(f'[channels.watch]\nkind = "file"\npath = "{tmp_path.as_posix()}"\n', encoding="utf-8")
    channels.chmod(0o600)
    monkeypatch.setenv("IW_CHANNELS", str(channels))
    assert "file: cannot be written" in run("test-channel", "watch", code=1)
