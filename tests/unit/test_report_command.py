"""``iw-monitor report``: one of the reports that the pack plans, now."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.program import app

pytestmark = pytest.mark.slow  # opens the demo, and sets a PDF


def test_a_report_of_the_demo_outlives_its_throw_away_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["report", "handover", "--demo"])
    assert result.exit_code == 0, (result.output, result.exception)
    made = sorted((tmp_path / "reports" / "handover").iterdir())
    assert [one.suffix for one in made] == [".html", ".pdf"]
    assert all(one.name in result.stdout for one in made)
