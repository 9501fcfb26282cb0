"""``iw-monitor alerts``: what fires and who is at it, as text and as JSON."""

from __future__ import annotations

import json
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

Run = Callable[..., str]
CARRIERS = ["record", "us_carrier_presence", "1", "--statement", "One left.", "--source", "Navy"]
GRADED = ["--reliability", "A", "--credibility", "1", "--author", "ada"]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def run(journal: Path) -> Run:
    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments, "--db", str(journal)])
        if isinstance(result.exception, IwError):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return run


def evaluated(journal: Path) -> None:
    """Evaluate the journal as a worker does."""
    site = open_site(clock=now, pack="multi-front", url=file_url(journal))
    evaluate(site, now(), outlets=Outlets())
    site.close()


def test_before_the_first_evaluation_the_list_says_what_to_do(run: Run) -> None:
    assert "Run a worker" in run("alerts", "list")


def test_the_list_names_what_is_pending_and_why(run: Run, journal: Path) -> None:
    run(*CARRIERS, *GRADED)
    evaluated(journal)
    said = run("alerts", "list")
    assert "pending: The carriers leave" in said
    assert "[carriers_leave/us_carrier_presence]" in said
    assert "No alert fires." in said


def test_the_list_as_json_holds_the_same(run: Run, journal: Path) -> None:
    run(*CARRIERS, *GRADED)
    evaluated(journal)
    said = json.loads(run("alerts", "list", "--json"))
    assert said["schema_version"] == 1
    states = {(one["rule"], one["subject"]): one["state"] for one in said["alerts"]}
    assert states["carriers_leave", "us_carrier_presence"] == "pending"
    assert ("carriers_leave", "pending") in {(one["rule"], one["after"]) for one in said["log"]}
