"""How far levels hang on who graded them: seeded, plainly counted, nothing moved where nobody errs."""

from __future__ import annotations

import json
import runpy
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from iw_monitor.assess.coders import Coders, Robustness, coders
from iw_monitor.assess.reports import Reports
from iw_monitor.cli.program import app
from iw_monitor.errors import IwError
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Known
from iw_monitor.publish.of_coders import coders_json, coders_text
from tests.builders import MONDAY, a_pack, an_indicator, an_observation

PACK = a_pack(indicators=(an_indicator(points={"blockade": 20.0}),))
ROWS = [
    an_observation(id=f"r{day}", level=2, observed_at=when, recorded_at=when)
    for day in range(20)
    for when in [MONDAY + timedelta(days=day)]
]
INSTANTS = np.array([microseconds(MONDAY + timedelta(days=day, hours=1)) for day in range(20)], dtype=np.int64)


def asked(*shares: float, draws: int = 20) -> Coders:
    return coders(PACK, Reports.of(PACK, ROWS), INSTANTS, Known.RECORDED, shares=shares, draws=draws)


def of_blockade(found: Coders) -> list[Robustness]:
    return [one for one in found.rows if one.problem == "blockade"]


def test_coders_who_never_differ_change_nothing() -> None:
    (one,) = of_blockade(asked(0.0))
    assert (one.same, one.low, one.high, one.within_one, one.points) == (1.0, 1.0, 1.0, 1.0, 0.0)


def test_where_every_report_is_a_step_off_no_day_keeps_its_points() -> None:
    (one,) = of_blockade(asked(1.0))
    assert one.points is not None and one.points > 1
    assert one.same < 1


def test_the_more_they_differ_the_fewer_days_keep_their_level() -> None:
    rows = of_blockade(asked(0.1, 0.4, 0.8))
    assert rows[0].same > rows[1].same > rows[2].same
    assert all(one.low <= one.same <= one.high for one in rows)


def test_the_worst_of_one_problem_is_that_problem() -> None:
    problem, worst = asked(0.4).rows
    assert (worst.problem, worst.points) == (None, None)
    assert (worst.same, worst.within_one) == (problem.same, problem.within_one)


def test_the_same_question_has_the_same_answer() -> None:
    assert asked(0.3) == asked(0.3)


def test_text_and_json_hold_every_row() -> None:
    found = asked(0.1, 0.3)
    assert len(json.loads(coders_json(found))["rows"]) == 4
    assert coders_text(PACK, found).count("the worst of them") == 2


def test_an_empty_journal_has_no_coders(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["sensitivity", "--coders", "--db", str(tmp_path / "empty.db")])
    assert isinstance(done.exception, IwError)
    assert "nothing was ever reported" in str(done.exception)


@pytest.mark.slow
def test_the_page_shows_how_robust_the_shipped_history_is(repository: Path) -> None:
    renew = runpy.run_path(str(repository / "docs" / "renew_scorecard.py"))
    page = (repository / "docs" / "scorecard.md").read_text(encoding="utf-8")
    assert page == renew["renewed"](page, "coders", renew["coders"]()), "renew it with: python docs/renew_scorecard.py"
