"""What the levels hang on is what the engine would conclude, were it so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.engine import assess
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.sensitivity import Bar, Change, Effect, Move, ProblemSensitivity, sensitivity
from iw_monitor.cli.program import app
from iw_monitor.model.observation import Grade, Known, Observation
from iw_monitor.model.pack import Pack
from iw_monitor.pack.find import shipped_packs
from iw_monitor.pack.load import load_pack
from tests.builders import an_observation

PACK = load_pack(shipped_packs()["multi-front"]).pack
NOW = PACK.t0 + timedelta(days=10)
LEVELS = {"us_carrier_presence": 4, "hizballah_engagement_rules": 3, "iran_involvement_mode": 2, "houthi_activity": 3}


def reported(pack: Pack, levels: dict[str, int], **changes: object) -> list[Observation]:
    return [
        an_observation(
            **{
                "pack": pack.id,
                "indicator": name,
                "level": level,
                "id": f"{name}-{level}-{changes.get('observed_at', '')}",
                "observed_at": pack.t0,
                "recorded_at": changes.get("observed_at", pack.t0),
                "grade": Grade(reliability="A", credibility=1),
            }
            | changes
        )
        for name, level in levels.items()
    ]


T0 = reported(PACK, {one.id: one.t0 or 0 for one in PACK.scored})
WAR = [*T0, *reported(PACK, LEVELS, observed_at=PACK.t0 + timedelta(days=5))]


def hanging(observations: Iterable[Observation]) -> dict[str, ProblemSensitivity]:
    found = sensitivity(compile_pack(PACK), Reports.of(PACK, observations), NOW, Known.RECORDED)
    return {one.problem: one for one in found}


@pytest.fixture(scope="module")
def war() -> dict[str, ProblemSensitivity]:
    return hanging(WAR)


def effect(one: ProblemSensitivity, indicator: str, change: Change) -> Effect:
    (bar,) = [bar for bar in one.bars if bar.indicator == indicator]
    (found,) = [each for each in bar.effects if each.change is change]
    return found


def really(indicator: str, level: int, problem: str) -> tuple[float, int | None]:
    """Return points and level of the instant once the engine has the report itself: B2, by somebody new."""
    new = reported(PACK, {indicator: level}, observed_at=NOW, grade=Grade(reliability="B", credibility=2))
    one = assess(PACK, Reports.of(PACK, [*WAR, *new]), NOW).problem(problem)
    return one.points, one.level


def test_an_unknown_carrier_adds_what_the_method_says() -> None:
    # METHOD 7: T0 with us_carrier_presence unknown: -8.25, -3.95, -10.00, -11.25 from -10, -5, -10, -13.
    at_t0 = hanging(T0)
    assert effect(at_t0["hizballah_entry"], "us_carrier_presence", Change.UNKNOWN).points == pytest.approx(1.75)
    assert effect(at_t0["front_convergence"], "us_carrier_presence", Change.UNKNOWN).points == pytest.approx(1.05)
    assert effect(at_t0["iran_direct"], "us_carrier_presence", Change.UNKNOWN).points == pytest.approx(1.75)
    assert "us_carrier_presence" not in [bar.indicator for bar in at_t0["israeli_preemption"].bars]


@pytest.mark.parametrize("indicator", [*LEVELS, "hizballah_strategic_arsenal"])
@pytest.mark.parametrize("problem", ["hizballah_entry", "iran_direct"])
def test_a_step_is_what_the_engine_concludes_of_such_a_report(
    war: dict[str, ProblemSensitivity], indicator: str, problem: str
) -> None:
    for bar in war[problem].bars:
        for each in bar.effects if bar.indicator == indicator else ():
            if each.change in (Change.UP, Change.DOWN):
                assert each.level is not None
                points, level = really(indicator, each.level, problem)
                assert war[problem].points + each.points == pytest.approx(points)
                assert each.warning_level == level
                assert each.crosses == (level != war[problem].level)


def test_nothing_is_reported_again_of_what_was_never_reported() -> None:
    without = [one for one in T0 if one.indicator != "hizballah_activity"]
    (bar,) = [one for one in hanging(without)["hizballah_entry"].bars if one.indicator == "hizballah_activity"]
    assert (bar.level, bar.is_reported) == (2, False)
    assert [one.change for one in bar.effects] == [Change.UP, Change.DOWN]


def test_the_widest_bar_comes_first_and_none_is_without_effect(war: dict[str, ProblemSensitivity]) -> None:
    for one in war.values():
        widths = [bar.high - bar.low for bar in one.bars]
        assert widths == sorted(widths, reverse=True)
        assert all(any(each.points or each.crosses for each in bar.effects) for bar in one.bars)


def crossing(moves: tuple[Move, ...]) -> list[tuple[str, int]]:
    return [(one.indicator, one.to) for one in moves]


@pytest.mark.slow
def test_the_smallest_moves_cross_and_no_smaller_one_does(war: dict[str, ProblemSensitivity]) -> None:
    one = war["iran_direct"]
    fewest = {move.steps for move in one.up}
    assert len(fewest) == 1
    for indicator in PACK.scored:
        held = {**{each.id: each.t0 or 0 for each in PACK.scored}, **LEVELS}[indicator.id]
        for to in range(5):
            level = really(indicator.id, to, "iran_direct")[1] or 0
            if abs(to - held) == min(fewest) and to != held:
                assert ((indicator.id, to) in crossing(one.up)) == (level > one.level)
            elif abs(to - held) < min(fewest) and to != held:
                assert level <= one.level


def test_stability_is_that_of_the_assessment(war: dict[str, ProblemSensitivity]) -> None:
    said = assess(PACK, Reports.of(PACK, WAR), NOW)
    assert {name: one.stability for name, one in war.items()} == {one.id: one.stability for one in said.problems}


def test_a_bar_says_its_extremes() -> None:
    effects = tuple(
        Effect(change=Change.UP, level=1, points=points, warning_level=2, crosses=False) for points in (-1.0, 2.0)
    )
    bar = Bar(indicator="x", level=0, is_reported=True, effects=effects)
    assert (bar.low, bar.high) == (-1.0, 2.0)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    journal = tmp_path_factory.mktemp("sensitivity") / "journal.db"
    history = repository / "indicators" / "multi-front" / "history" / "observations.csv"
    result = CliRunner().invoke(app, ["import", str(history), "--db", str(journal)])
    assert result.exit_code == 0, result.output
    return journal


def said(journal: Path, *more: str) -> str:
    when = ["--as-of", "2024-03-31", "--known", "published"]
    result = CliRunner().invoke(app, ["sensitivity", "--db", str(journal), *when, *more])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_says_what_the_level_hangs_on(journal: Path) -> None:
    text = said(journal, "--problem", "israeli_preemption")
    assert "Israeli pre-emptive campaign" in text and "Convergence" not in text
    assert "Smallest single move up: israeli_preemption_in_lebanon 3 to 4 (4 HIGH)." in text
    assert "down (3) -1.4 crosses to 2" in text


def test_the_command_says_it_to_programs_too(journal: Path) -> None:
    plain = json.loads(said(journal, "--json"))
    assert [one["problem"] for one in plain["problems"]] == [one.id for one in PACK.file.problems]
    assert plain["problems"][2]["up"][0]["indicator"] == "israeli_preemption_in_lebanon"


def test_a_problem_that_is_not_there_is_a_wrong_use(journal: Path) -> None:
    result = CliRunner().invoke(app, ["sensitivity", "--db", str(journal), "--problem", "war"])
    assert result.exit_code == 2 and "hizballah_entry" in result.output


def test_without_enough_evidence_no_level_hangs_on_anything(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["sensitivity", "--db", str(tmp_path / "empty.db")])
    assert result.exit_code == 0 and result.stdout.count("NO ASSESSMENT") == 4
