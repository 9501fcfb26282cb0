"""docs/method.md and how-to-grade.md: their numbers are the shipped pack's, and a script recomputes every point."""

from __future__ import annotations

import io
import math
import re
import runpy
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.assess.engine import replay
from iw_monitor.assess.reports import Reports
from iw_monitor.model.assessment import Assessment, Freshness
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import MethodNumbers, Pack
from iw_monitor.pack.load import load_pack
from iw_monitor.publish.pieces_csv import write_pieces
from tests.builders import an_observation

T0 = datetime(2023, 10, 18, tzinfo=UTC)
# Arsenal 4 screens the restraints; Gaza at 4 brings two interactions; the rest grows stale, then unknown.
LEVELS = {"hizballah_strategic_arsenal": 4, "idf_ground_success": 4, "hamas_gaza_control": 4, "us_carrier_presence": 4}


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "method.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pack(repository: Path) -> Pack:
    return load_pack(repository / "indicators" / "multi-front").pack


@pytest.fixture(scope="module")
def assessments(pack: Pack) -> tuple[Assessment, ...]:
    """Return the same reports one day, 35 days and 100 days after they came in."""
    several = [
        an_observation(
            id=one.id,
            pack=pack.id,
            indicator=one.id,
            level=LEVELS.get(one.id, one.t0),
            observed_at=T0 + timedelta(days=1),
            recorded_at=T0 + timedelta(days=1),
        )
        for one in pack.scored
        if one.t0 is not None
    ]
    when = [T0 + timedelta(days=days) for days in (2, 36, 101)]
    return replay(pack, Reports.of(pack, several), when, known=Known.RECORDED)


def numbers(method: MethodNumbers) -> list[str]:
    """Return every number of the method as the page writes it, with a word or two beside it."""
    grades, hysteresis, interval, confidence = method.grades, method.hysteresis, method.interval, method.confidence
    hours = [one // timedelta(hours=1) for one in (hysteresis.up_after, hysteresis.down_after)]
    return [
        "strengths g = " + ", ".join(_n(one) for one in method.strength),
        ", ".join(f"{word} {_n(chance)}" for word, chance in method.ratings.items()),
        ", ".join(f"{letter} {_n(worth)}" for letter, worth in grades.reliability.items()),
        ", ".join(f"{digit} {_n(worth) if worth else 'nothing'}" for digit, worth in grades.credibility.items()),
        f"Under {_n(grades.scored_from)} it is not scored",
        f"at most {_n(grades.quality_cap)}; one originator",
        f"q is at least {_n(grades.condition_quality)}",
        "{}, {} or {} days, by kind".format(*(one.half_life.days for one in method.kinds.values())),
        f"by half in {method.normal.half_life.days} days",
        f"within ±{method.clip:g}",
        f"after {hours[0]} hours at the higher level; down one step after {hours[1]} hours more than "
        f"{hysteresis.down_margin:g} points",
        f"{interval.percentiles[0]:g}th to {interval.percentiles[1]:g}th percentile of {interval.draws:,} seeded draws "
        f"with every W times {_n(interval.weight_factor[0])} to {_n(interval.weight_factor[1])} and the prior moved by "
        f"up to {interval.prior_shift:g} points",
        f"below {method.coverage.no_assessment_below:.0%} it reads".replace("%", " %"),
        f"coverage at least {confidence.high_coverage * 100:g} %, median q at least {_n(confidence.high_quality)}, "
        f"stability at least {confidence.high_stability * 100:g} %, "
        f"no change in {confidence.high_unchanged_for.days} days",
        f"median q under {_n(confidence.low_quality)}, or stability under {confidence.low_stability * 100:g} %",
    ]


def _n(value: float) -> str:
    return f"{value:g}".removeprefix("0") or "0"


def test_every_number_of_the_page_is_the_shipped_packs(page: str, pack: Pack) -> None:
    said = " ".join(page.split())
    assert [one for one in numbers(pack.method) if one not in said] == []
    bounds = [f"{one.from_points:+g}".replace("-", "−") for one in pack.file.levels[1:]]
    assert "Boundaries at {}, {}, {} and {} points".format(*bounds) in said
    assert ", ".join(one.word for one in pack.file.levels) in said
    assert {method := pack.method.discount.within_family, pack.method.discount.between_families, 0.5} == {method}
    assert (pack.method.normal.share, pack.method.ageing.fresh_for, pack.method.ageing.unknown_after) == (0.5, 1, 3)


def test_the_example_by_hand_is_right(page: str) -> None:
    """The golden table of worked examples says -8.496552 of "Hizballah 4 from one C3 report 20 days old"."""
    softened = 10 * math.log10(1 + 0.5 * 2 ** (-6 / 14) * (10 ** (5 * (1 - 0.35) / 10) - 1))
    assert -10 + softened == pytest.approx(-8.496552, abs=1e-6)
    assert f"= {softened:.3f}. It is alone" in page
    assert f"= −{10 - softened:.3f} points".replace("= −", "−") in page


@pytest.fixture
def recomputed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], list[list[str]]]:
    """Return what runs the page's script on the text of a file of pieces, and returns the words it prints by line."""
    (script,) = re.findall(r"```python\n(.+?)```", page, re.DOTALL)
    assert len([line for line in script.splitlines() if line.strip()]) <= 28  # twenty-some, and the imports
    file, program = tmp_path / "pieces.csv", tmp_path / "recompute_pieces.py"
    program.write_text(script, encoding="utf-8")

    def run(pieces: str) -> list[list[str]]:
        file.write_text(pieces, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", [str(program), str(file)])
        runpy.run_path(str(program))
        return [line.split() for line in capsys.readouterr().out.splitlines()]

    return run


def test_the_script_of_the_page_recomputes_every_point_from_the_file_alone(
    pack: Pack, assessments: tuple[Assessment, ...], recomputed: Callable[[str], list[list[str]]]
) -> None:
    assert {state.status for one in assessments for state in one.indicators} == set(Freshness)
    assert any(one.screened for one in assessments[0].problems)
    for one in assessments:
        target = io.StringIO(newline="")
        write_pieces(target, pack, one)
        for (name, again, said), problem in zip(recomputed(target.getvalue()), one.problems, strict=True):
            assert name == problem.id
            assert float(said) == pytest.approx(problem.points, abs=1e-8)
            assert float(again) == pytest.approx(problem.points, abs=1e-8)


def test_the_page_on_grading_says_what_the_shipped_pack_gives_for_each_mark(repository: Path, pack: Pack) -> None:
    said = (repository / "docs" / "how-to-grade.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([A-F1-6]) \| .+ \| (\S+|not scored) \|$", said, re.MULTILINE))
    grades = pack.method.grades
    worth = [*grades.reliability.items(), *grades.credibility.items()]
    assert rows == {str(mark): f"{value:.2f}"[1:] if value else "not scored" for mark, value in worth}
    assert f"Under {_n(grades.scored_from)} it is not scored" in said
