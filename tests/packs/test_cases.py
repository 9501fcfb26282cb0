"""Worked cases: the shipped ones hold, a wrong one is told apart readably, and the notation says what it says."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.assess.cases import CaseResult, observations_of, run_case
from iw_monitor.cli.program import app
from iw_monitor.errors import PackError
from iw_monitor.model.case import Case
from iw_monitor.model.pack import Pack
from iw_monitor.pack.find import shipped_packs
from iw_monitor.pack.load import LoadedPack, load_pack
from iw_monitor.publish.of_cases import cases_text
from tests.builders import a_pack, tracked
from tests.packs.broken import BASE

SHIPPED = {name: load_pack(folder, cases=True) for name, folder in shipped_packs().items()}
EVERY_CASE = [(name, case) for name, loaded in SHIPPED.items() for case in sorted(loaded.cases)]


@pytest.fixture(scope="module")
def article() -> LoadedPack:
    return SHIPPED["multi-front"]


def a_case(**changes: object) -> Case:
    ordinary: dict[str, object] = {
        "title": "Arsenal",
        "start": "2023-10-18",
        "every": "P1D",
        "t0": True,
        "observations": {"hizballah_strategic_arsenal": ["_", 4]},
        "expect": [{"after": "P1D", "hizballah_entry": 4}],
    }
    return Case.model_validate_json(json.dumps(ordinary | changes))


def run(pack: Pack, **changes: object) -> CaseResult:
    return run_case(pack, "arsenal", a_case(**changes))


@pytest.mark.parametrize(("name", "case"), EVERY_CASE, ids=str)
def test_every_case_of_a_shipped_pack_holds(name: str, case: str) -> None:
    result = run_case(SHIPPED[name].pack, case, SHIPPED[name].cases[case], SHIPPED[name].alerts)
    assert result.holds, cases_text([result])


def test_the_articles_pack_has_a_case_for_every_tripwire_and_interaction(article: LoadedPack) -> None:
    assert len(article.cases) >= 15
    said = {word.strip(",") for case in article.cases.values() for word in case.title.split()}
    assert {one.id for one in (*article.pack.file.tripwires, *article.pack.file.interactions)} <= said
    floors = {floor for case in article.cases.values() for one in case.expect for floor in one.floors or ()}
    assert floors == {one.id for one in article.pack.file.tripwires} | {"X5"}


def test_a_case_may_close_windows_of_a_pack_that_applies_a_track_record() -> None:
    """By hand, as in docs/method.md: E = ln 1.1 = .0953, m = 1/1.0953, p' = 1 - (10/11)**m = .0833, so -10.41 points.

    What happened on its first day makes it (1 + 1)/(1 + 0): p' = 1 - (10/11)**2 = .1736, -6.78 points.
    """
    pack = tracked(a_pack(), horizon="P5D")
    closed = {"problem": "blockade", "window": "2024-04-02", "after": "P6D"}
    for closing, points in ((closed, -10.41), (closed | {"onset": "2024-04-01", "until": "2024-04-01"}, -6.78)):
        case = a_case(
            start="2024-04-01",
            observations={},
            closings=[closing],
            expect=[
                {"after": "P5DT23H", "points": {"blockade": -10}},
                {"after": "P6D", "points": {"blockade": points}},
            ],
        )
        result = run_case(pack, "closed", case)
        assert result.holds, cases_text([result])
        assert not run_case(tracked(pack, horizon="P5D", applied=False), "closed", case).holds


def without(pack: Pack, rule: str) -> Pack:
    kept = {
        "tripwires": tuple(one for one in pack.file.tripwires if one.id != rule),
        "interactions": tuple(one for one in pack.file.interactions if one.id != rule),
    }
    return pack.model_copy(update={"file": pack.file.model_copy(update=kept)})


RULES = [
    (name, one.id)
    for name, loaded in SHIPPED.items()
    for one in (*loaded.pack.file.tripwires, *loaded.pack.file.interactions)
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "rule"), RULES, ids=str)
def test_no_rule_can_be_taken_out_of_a_shipped_pack_without_a_case_that_fails(name: str, rule: str) -> None:
    pack = without(SHIPPED[name].pack, rule)
    assert any(not run_case(pack, case, one).holds for case, one in SHIPPED[name].cases.items())


def numbers(pack: Pack, part: str, **changed: object) -> Pack:
    other = getattr(pack.method, part).model_copy(update=changed)
    return pack.model_copy(update={"method": pack.method.model_copy(update={part: other})})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("hysteresis", {"up_after": timedelta(hours=5)}),
        ("hysteresis", {"up_after": timedelta(hours=7)}),
        ("hysteresis", {"down_after": timedelta(hours=70)}),
        ("hysteresis", {"down_after": timedelta(hours=75)}),
        ("hysteresis", {"down_margin": 0.0}),
        ("grades", {"condition_quality": 0.5}),
        ("grades", {"condition_quality": 0.8}),
        ("grades", {"scored_from": 0.3}),
        ("normal", {"share": 0.0}),
        ("discount", {"within_family": 1.0}),
        ("discount", {"between_families": 1.0}),
        ("ageing", {"unknown_after": 4.0}),
        ("coverage", {"no_assessment_below": 0.2}),
    ],
    ids=str,
)
def test_no_number_of_the_method_can_be_turned_without_a_case_that_fails(
    article: LoadedPack, part: str, changed: dict[str, object]
) -> None:
    pack = numbers(article.pack, part, **changed)
    assert any(not run_case(pack, case, one).holds for case, one in article.cases.items())


def test_every_pack_has_a_case_that_stays_calm() -> None:
    for loaded in SHIPPED.values():
        calm = [
            case
            for case in loaded.cases.values()
            if case.observations and all(one.floors == () and one.problems for one in case.expect)
        ]
        assert calm, loaded.pack.id


def test_what_differs_is_told_with_what_came_and_why(article: LoadedPack) -> None:
    expected = {"after": "P1D", "hizballah_entry": 2, "level": 5, "floors": [], "points": {"hizballah_entry": 0.15}}
    result = run(article.pack, expect=[expected])
    assert [(one.what, one.expected, one.got) for one in result.differences] == [
        ("hizballah_entry", "2", "4"),
        ("level", "5", "4"),
        ("floors", "none", "T1"),
        ("points of hizballah_entry", "+0.15", "+0.050"),
    ]
    assert "hizballah_strategic_arsenal +8.63" in result.differences[0].why
    assert "floors T1" in result.differences[0].why


def test_no_assessment_is_expected_and_got_in_those_words(article: LoadedPack) -> None:
    result = run(article.pack, t0=False)
    assert [(one.expected, one.got) for one in result.differences] == [("4", "NO ASSESSMENT")]
    assert run(article.pack, t0=False, expect=[{"after": "P1D", "hizballah_entry": "NO ASSESSMENT"}]).holds


@pytest.mark.parametrize(
    ("step", "reports"),
    [
        ("_", []),
        (3, [(3, "B2", "case")]),
        ("3@C4", [(3, "C4", "case")]),
        ("3/AFP", [(3, "B2", "AFP")]),
        ("3@A1/Le Monde (Paris)", [(3, "A1", "Le Monde (Paris)")]),
        (["1@C3/a", 2], [(1, "C3", "a"), (2, "B2", "case")]),
    ],
)
def test_short_notation_says_level_grade_and_originator(
    article: LoadedPack, step: object, reports: list[tuple[int, str, str]]
) -> None:
    case = a_case(t0=False, observations={"houthi_activity": ["_", step]})
    made = list(observations_of(article.pack, case))
    assert [(one.level, str(one.grade), one.originator) for one in made] == reports
    assert {one.observed_at for one in made} <= {datetime(2023, 10, 19, tzinfo=UTC)}


def test_t0_reports_every_scored_indicator_but_not_over_the_cases_own(article: LoadedPack) -> None:
    case = a_case(observations={"houthi_activity": [3], "golan_front_activity": ["_", 3]})
    made = [(one.indicator, one.level) for one in observations_of(article.pack, case)]
    assert len(made) == len(article.pack.scored) + 1
    assert ("houthi_activity", 3) in made and ("houthi_activity", 1) not in made
    assert ("golan_front_activity", 2) in made


def test_a_broken_case_is_found_by_check_and_test_and_does_not_stop_the_watch(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "port"))
    (folder / "cases" / "two_days.yml").write_text("title: half a case\n", encoding="utf-8")
    assert load_pack(folder).pack.id == "port"
    with pytest.raises(PackError, match="P202"):
        load_pack(folder, cases=True)


def test_the_command_ends_with_0_when_all_hold_and_with_1_when_one_does_not(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "port"))
    good = CliRunner().invoke(app, ["test", str(folder)])
    assert (good.exit_code, good.stdout.splitlines()[-1]) == (0, "1 of 1 cases hold.")
    case = folder / "cases" / "two_days.yml"
    case.write_text(case.read_text(encoding="utf-8").replace("NO ASSESSMENT", "3"), encoding="utf-8")
    bad = CliRunner().invoke(app, ["test", str(folder), "--format", "json"])
    assert bad.exit_code == 1
    (one,) = json.loads(bad.stdout)["cases"]
    assert one["differences"][0] | {"why": ""} == {
        "expectation": 0,
        "at": "2024-01-01T00:00:00Z",
        "what": "blockade",
        "expected": "3",
        "got": "NO ASSESSMENT",
        "why": "",
    }
    assert "FAILS  two_days" in CliRunner().invoke(app, ["test", str(folder)]).stdout


def test_the_command_says_so_when_there_is_no_case(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "port"))
    shutil.rmtree(folder / "cases")
    result = CliRunner().invoke(app, ["test", str(folder)])
    assert result.exit_code == 1 and "no case to run" in result.stderr
