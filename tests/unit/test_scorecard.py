"""The whole card, on a made-up history rich enough to be scored, recomputed here plainly and slowly."""

from __future__ import annotations

import csv
import io
import math
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.engine import Engine, replay
from iw_monitor.assess.epochs import history_of
from iw_monitor.assess.outline import outline_of
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.scoring.ablations import ablations
from iw_monitor.assess.scoring.forecasters import Grid, baselines
from iw_monitor.assess.scoring.scorecard import Row, Scorecard, Table
from iw_monitor.assess.scoring.scoring import score
from iw_monitor.assess.states import states_at
from iw_monitor.collect.csv_file import read_observations
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.pack.load import load_pack
from iw_monitor.publish.as_csv import write_replay
from iw_monitor.publish.score_csv import write_forecasts
from iw_monitor.publish.score_text import score_text
from iw_monitor.service.outcomes import HEADER
from iw_monitor.service.scoring import score_history
from iw_monitor.store.records import recorded
from tests.builders import an_observation
from tests.judged_history import (
    BEGIN,
    DAYS,
    END,
    FALSE,
    MISSED,
    NOW,
    ONSETS,
    OUTCOMES,
    PACK,
    ROWS,
    SPAN,
    judged,
    reports_for,
)


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return judged()


def table(card: Scorecard, horizon: int, problem: str | None = "blockade") -> Table:
    return next(one for one in card.tables if (one.horizon, one.problem) == (horizon, problem))


def row(card: Scorecard, horizon: int, name: str) -> Row:
    return next(one for one in table(card, horizon).rows if one.forecaster == name)


# --- The model's numbers are the engine's ---


def test_the_lean_path_says_what_the_assessments_say() -> None:
    instants = [BEGIN + timedelta(days=day) for day in range(1, 80, 7)]
    reports = reports_for(PACK)
    engine = Engine.of(PACK, reports, Known.PUBLISHED, until=microseconds(instants[-1]))
    lean = engine.outline(np.array([microseconds(one) for one in instants]))
    for place, one in enumerate(replay(PACK, reports, instants, known=Known.PUBLISHED)):
        problem = one.problem("blockade")
        assert (problem.points, problem.probability) == (lean.points[place, 0], lean.probability[place, 0])
        assert bool(lean.assessed[place, 0]) == problem.assessed
        if problem.assessed:
            assert (problem.level, problem.recommended_level) == (lean.level[place, 0], lean.recommended[place, 0])
        assert [one.level for one in one.indicators] == [None if x < 0 else x for x in lean.last[place].tolist()]


def test_the_lean_path_has_the_floors_of_the_shipped_pack(repository: Path) -> None:
    folder = repository / "indicators" / "multi-front"
    pack = load_pack(folder).pack
    read = read_observations(folder / "history" / "observations.csv", pack, now=NOW, author="ada")
    rows = [recorded(one, observation_id=str(at), recorded_at=NOW) for at, one in enumerate(read.submissions)]
    instants = [datetime(2023, 10, 15, tzinfo=UTC) + timedelta(days=17 * step) for step in range(9)]
    reports = Reports.of(pack, rows)
    engine = Engine.of(pack, reports, Known.PUBLISHED, until=microseconds(instants[-1]))
    lean = engine.outline(np.array([microseconds(one) for one in instants]))
    several = replay(pack, reports, instants, known=Known.PUBLISHED)
    assert any(problem.level != problem.sum_level for one in several for problem in one.problems)
    assert [[problem.level for problem in one.problems] for one in several] == lean.level.tolist()
    assert [[problem.recommended_level for problem in one.problems] for one in several] == lean.recommended.tolist()


def test_without_a_chain_points_and_levels_are_the_same() -> None:
    compiled, instants = (
        compile_pack(PACK),
        np.array([microseconds(BEGIN + timedelta(days=day)) for day in range(1, 90)]),
    )
    reports = reports_for(PACK)
    chained = Engine.of(PACK, reports, Known.PUBLISHED, until=int(instants[-1])).outline(instants)
    states = states_at(compiled, history_of(compiled, reports, Known.PUBLISHED), instants)
    unchained = outline_of(compiled, states, instants)
    assert (unchained.probability == chained.probability).all()
    assert (unchained.level == chained.level).all()
    assert not unchained.assessed.any()


def test_the_lean_path_does_not_answer_for_later_than_it_knows() -> None:
    engine = Engine.of(PACK, reports_for(PACK), Known.PUBLISHED, until=0)
    with pytest.raises(ValueError, match="answers up to"):
        engine.outline(np.array([1]))


# --- Every score again, plainly ---


def _plain_pairs(horizon: int) -> list[tuple[date, bool]]:
    """Return the scored days and whether it happened, straight from the words of METHOD §6."""
    onsets = [BEGIN.date() + timedelta(days=day) for day in ONSETS]
    last_of = {one: one for one in onsets} | {onsets[1]: BEGIN.date() + timedelta(days=150)}
    found = []
    day = SPAN.first
    while day + timedelta(days=horizon - 1) <= SPAN.last:
        if not any(one <= day <= last_of[one] + timedelta(days=21) for one in onsets):
            found.append((day, any(day <= one < day + timedelta(days=horizon) for one in onsets)))
        day += timedelta(days=1)
    return found


def _plain_forecasts(horizon: int) -> list[tuple[float, int, bool]]:
    """Return probability within the horizon, level and outcome of each scored day, by the ordinary replay."""
    pairs = _plain_pairs(horizon)
    instants = [datetime(one.year, one.month, one.day, tzinfo=UTC) for one, _ in pairs]
    found = []
    for one, (_, came) in zip(
        replay(PACK_FEW_DRAWS, reports_for(PACK), instants, known=Known.PUBLISHED), pairs, strict=True
    ):
        problem = one.problem("blockade")
        assert problem.level is not None
        found.append((1 - (1 - problem.probability) ** (horizon / 30), problem.level, came))
    return found


_INTERVAL = PACK.method.interval.model_copy(update={"draws": 1})  # intervals are not scored
PACK_FEW_DRAWS = Pack(
    file=PACK.file, method=PACK.method.model_copy(update={"interval": _INTERVAL}), indicators=PACK.indicators
)


@pytest.mark.slow
@pytest.mark.parametrize("horizon", [7, 30])
def test_the_scores_are_those_of_a_plain_recomputation(card: Scorecard, horizon: int) -> None:
    several = _plain_forecasts(horizon)
    size = len(several)
    found, counts = row(card, horizon, "model"), table(card, horizon).counts
    assert (counts.scored, counts.before_event) == (size, sum(came for _, _, came in several))
    brier = sum((chance - came) ** 2 for chance, _, came in several) / size
    assert found.brier.value == pytest.approx(brier)
    held = [(min(max(chance, 1 / 101), 100 / 101), came) for chance, _, came in several]  # the clip of 20 points
    surprise = -sum(math.log(chance if came else 1 - chance) for chance, came in held) / size
    assert found.log.value == pytest.approx(surprise)
    hits = sum(level >= 3 and came for _, level, came in several)
    alarms = sum(level >= 3 for _, level, _ in several)
    assert found.pod.value == pytest.approx(hits / counts.before_event)
    assert found.far.value == pytest.approx((alarms - hits) / alarms)
    prior = 1 - (1 - 1 / 11) ** (horizon / 30)  # -10 points are odds of one to ten
    constant = sum((prior - came) ** 2 for _, _, came in several) / size
    assert row(card, horizon, "prior").brier.value == pytest.approx(constant)
    assert dict(found.skill)["prior"].value == pytest.approx(1 - brier / constant)


def test_nobody_has_skill_against_themselves(card: Scorecard) -> None:
    for name in ("prior", "persistence", "mean_gauge", "maximum_gauge"):
        one = dict(row(card, 30, name).skill)[name]
        assert (one.value, one.low, one.high) == (0.0, None, None)


def test_the_ranked_score_is_in_the_table_of_the_longest_horizon_alone(card: Scorecard) -> None:
    assert row(card, 7, "model").ranked is None
    ranked = row(card, 30, "model").ranked
    assert ranked is not None and ranked.value is not None and 0 < ranked.value < 1


def test_every_score_lies_in_its_interval(card: Scorecard) -> None:
    several = [value for one in card.tables for row in one.rows for value in (row.brier, row.log, row.pod, row.far)]
    with_interval = [(one.low, one.value, one.high) for one in several if one.low is not None]
    assert len(with_interval) > 100
    assert [x for x in with_interval if None in x or sorted(x, key=lambda v: v or 0.0) != list(x)] == []


def test_missed_events_are_shown_as_missed(card: Scorecard) -> None:
    first = BEGIN.date()
    missed = {(one.day - first).days for one in card.events if one.forecaster == "recommended" and not one.lead_days}
    assert missed == MISSED
    found = row(card, 30, "recommended")
    assert found.warned == len(ONSETS) - len(MISSED)


def test_warnings_in_vain_are_shown_with_what_followed(card: Scorecard) -> None:
    vain = [one for one in card.alarms if one.forecaster == "recommended" and one.followed_by == "nothing"]
    first = BEGIN.date()
    for peak in FALSE:
        assert any(abs((one.first - first).days - peak) <= 4 and one.false_days > 20 for one in vain)


def test_one_problem_alone_scores_as_all_problems(card: Scorecard) -> None:
    assert table(card, 30, None).rows == table(card, 30).rows


def test_the_uses_of_days_add_up(card: Scorecard) -> None:
    for one in card.tables:
        counts = one.counts
        assert counts.scored + counts.blanked + counts.open + counts.unassessed == counts.days


@pytest.mark.slow
def test_the_same_question_has_the_same_answer(card: Scorecard) -> None:
    assert score(PACK, reports_for, OUTCOMES, SPAN) == card


def test_with_too_few_events_nothing_is_scored_and_the_counts_are_shown() -> None:
    few = score(PACK, reports_for, OUTCOMES[:2], SPAN)
    one = table(few, 30)
    assert (one.rows, one.withheld, one.counts.events) == ((), ("2 events (3 needed)",), 2)
    assert few.behaviours and few.events


@pytest.mark.slow
def test_an_event_before_which_there_was_no_forecast_is_not_called_missed() -> None:
    early = [replace(OUTCOMES[0], day=SPAN.first), *OUTCOMES[1:]]
    said = score_text(PACK, score(PACK, reports_for, early, SPAN))
    first = said.partition(f"{SPAN.first} · Blockade")[2].partition("\n\n")[0]
    assert "no forecast on its eve" in first and "MISSED" not in first


@pytest.mark.slow
def test_what_became_known_later_changes_no_earlier_forecast(card: Scorecard) -> None:
    late = replace(ROWS[0], id="late", level=4, observed_at=BEGIN + timedelta(days=790), published_at=None)
    again = score(PACK, lambda pack: Reports.of(pack, [*ROWS, late]), OUTCOMES, SPAN)
    assert again.events == card.events


def test_horizons_are_whole_days() -> None:
    with pytest.raises(ValueError, match="horizons must be"):
        score(PACK, reports_for, OUTCOMES, SPAN, horizons=[0])


# --- By a script of twenty lines, with nothing of this project ---


@pytest.mark.slow
def test_the_script_in_the_docs_has_the_same_numbers(card: Scorecard, repository: Path, tmp_path: Path) -> None:
    page = (repository / "docs" / "scorecard.md").read_text(encoding="utf-8")
    script = page.partition("```python\n")[2].partition("```")[0]
    assert len([line for line in script.splitlines() if line]) <= 22
    outcomes, rows = tmp_path / "outcomes.csv", tmp_path / "replay.csv"
    with outcomes.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([one.day, one.problem, one.phase, "", "", "", one.basis] for one in OUTCOMES)
    instants = [BEGIN + timedelta(days=day) for day in range(1, DAYS + 1)]
    with rows.open("w", encoding="utf-8", newline="") as file:
        write_replay(file, replay(PACK_FEW_DRAWS, reports_for(PACK), instants, known=Known.PUBLISHED))
    asked = [sys.executable, "-c", script, str(rows), str(outcomes), "blockade", "14", END.isoformat()]
    said = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=60).stdout.split()
    printed = {name: float(value) for name, value in zip(said[::2], said[1::2], strict=True)}
    found, counts = row(card, 14, "model"), table(card, 14).counts
    expected = {
        "days": counts.scored,
        "yes": counts.before_event,
        "Brier": found.brier.value,
        "POD": found.pod.value,
        "FAR": found.far.value,
    }
    assert printed == pytest.approx(expected)


@pytest.mark.slow
def test_every_score_follows_from_the_file_of_forecasts_by_a_script_of_twenty_lines(
    card: Scorecard, repository: Path, tmp_path: Path
) -> None:
    page = (repository / "docs" / "scorecard.md").read_text(encoding="utf-8")
    script = next(text.partition("```")[0] for text in page.split("```python\n")[1:] if "pandas" in text)
    assert len([line for line in script.splitlines() if line]) <= 22
    asked = ("model", "recommended", "prior", "persistence", "mean_gauge", "maximum_gauge")
    said = _recomputed(script, _forecasts_of(card, asked, tmp_path / "forecasts.csv"), card.seed)
    for one in (one for one in card.tables if one.rows):
        for row in (row for row in one.rows if row.forecaster in asked):
            found = {key[3]: values for key, values in said.items() if key[:3] == _key(one, row)}
            _same_scores(row, found)
            for name, skill in row.skill:
                assert 1 - found[name][0] == pytest.approx(skill.value, abs=1e-9)
                assert skill.low is None or 1 - found[name][2] == pytest.approx(skill.low, abs=1e-9)


def _key(table: Table, row: Row) -> tuple[int, str, str]:
    return table.horizon, table.problem or "all", row.forecaster


def _forecasts_of(card: Scorecard, asked: tuple[str, ...], path: Path) -> Path:
    """Write the forecasts of some forecasters, as the command does of all."""
    whole = io.StringIO(newline="")
    assert write_forecasts(whole, card) == len(card.record.samples) * len(card.forecasters) * DAYS
    head, *lines = whole.getvalue().splitlines(keepends=True)
    path.write_text(head + "".join(line for line in lines if line.split(",")[7] in asked), encoding="utf-8")
    return path


def _recomputed(script: str, forecasts: Path, seed: int) -> dict[tuple[int, str, str, str], list[float]]:
    asked = [sys.executable, "-W", "ignore", "-c", script, str(forecasts), str(seed)]
    lines = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=100).stdout.splitlines()
    words = [line.split() for line in lines]
    return {(int(one[0]), one[1], one[2], one[3]): [float(each) for each in one[4:]] for one in words}


def _same_scores(row: Row, said: dict[str, list[float]]) -> None:
    named = {"Brier": row.brier, "log": row.log, "POD": row.pod, "FAR": row.far} | (
        {"RPS": row.ranked} if row.ranked else {}
    )
    for name, one in named.items():
        assert one is not None
        expected = [one.value] if one.low is None else [one.value, one.low, one.high]
        if one.value is not None:
            assert said[name][: len(expected)] == pytest.approx(expected, abs=1e-9)
    warned = [days for days in said["leads"] if days]
    assert (len(warned), float(np.median(warned)) if warned else None) == (row.warned, row.lead_median)
    bins = np.array(said["bins"]).reshape(-1, 3)
    count, forecast, observed = bins.T
    mean = (count * observed).sum() / count.sum()
    parts = row.murphy
    assert (count * (forecast - observed) ** 2).sum() / count.sum() == pytest.approx(parts.reliability)
    assert (count * (observed - mean) ** 2).sum() / count.sum() == pytest.approx(parts.resolution)
    assert mean * (1 - mean) == pytest.approx(parts.uncertainty)
    if row.calibration:
        assert bins.tolist() == [pytest.approx([one.count, one.forecast, one.observed]) for one in row.calibration]


# --- Baselines ---


def test_a_level_and_a_probability_are_read_off_each_other_alike() -> None:
    grid = Grid(compiled=compile_pack(PACK), days=np.arange(3), horizons=(15, 30))
    levels = np.array([[1], [2], [3], [4], [5]], dtype=np.int8)
    chances = grid.chance_of(levels)
    # Middles of -20..-13, -13..-6, -6..-1, -1..6, 6..20: -16.5, -9.5, -3.5, 2.5, 13 points.
    expected = [1 / (1 + 10 ** (-points / 10)) for points in (-16.5, -9.5, -3.5, 2.5, 13.0)]
    assert chances[:, 0] == pytest.approx(expected)
    assert (grid.level_of(chances) == levels).all()
    assert grid.spread(np.array(0.75))[15] == pytest.approx(0.5)  # half the time, the root of a quarter


def test_a_gauge_at_either_end_is_a_level_too() -> None:
    grid = Grid(compiled=compile_pack(PACK), days=np.arange(3), horizons=(30,))
    assert grid.level_of(np.array([0.0, 1.0])).tolist() == [1, 5]


def test_the_gauges_read_the_drivers_last_levels_as_per_cent() -> None:
    days = np.array([(BEGIN + timedelta(days=day)).toordinal() for day in (30, 62)])
    instants = np.array([microseconds(BEGIN + timedelta(days=day)) for day in (30, 62)])
    grid = Grid(compiled=compile_pack(PACK), days=days, horizons=(30,))
    engine = Engine.of(PACK, reports_for(PACK), Known.PUBLISHED, until=int(instants[-1]))
    found = {one.id: one for one in baselines(grid, engine.outline(instants), [])}
    # Traffic and strikes stand at 0 and 1 of 4, then at 4 and 3; the patrol boats restrain and are left out.
    assert found["mean_gauge"].chances[30][:, 0] == pytest.approx([0.125, 0.875])
    assert found["maximum_gauge"].chances[30][:, 0] == pytest.approx([0.25, 1.0])
    assert found["mean_gauge"].level[:, 0].tolist() == [2, 5]


def test_persistence_knows_only_past_events(card: Scorecard) -> None:
    eves = [one.eve_level for one in card.events if one.forecaster == "persistence"]
    assert set(eves) == {1}  # no event fell within 30 days before another


# --- Ablations ---


def test_each_ablation_is_another_pack_and_leaves_the_first_as_it_was() -> None:
    before = PACK.hash
    several = list(ablations(PACK))
    assert len({one.pack.hash for one in several} | {before}) == len(several) + (1 if PACK.file.interactions else 0)
    assert PACK.hash == before


def test_without_grading_every_report_counts_in_full() -> None:
    poor = [an_observation(grade=replace(ROWS[0].grade, reliability="E", credibility=5), recorded_at=NOW)]
    changed = next(one.pack for one in ablations(PACK) if one.id == "no_grading")
    assert not Reports.of(PACK, poor).scored.any()
    assert Reports.of(changed, poor).worth.tolist() == [1.0]
    at = BEGIN + timedelta(days=60)  # in the first peak
    (one,) = replay(changed, reports_for(changed), [at], known=Known.PUBLISHED)
    assert [each.quality for each in one.indicators] == pytest.approx([1.0] * 3)


@pytest.mark.slow
def test_without_ageing_a_report_holds_for_centuries() -> None:
    changed = next(one.pack for one in ablations(PACK) if one.id == "no_ageing")
    rows = ROWS[:3]
    early, late = BEGIN + timedelta(days=1), BEGIN + timedelta(days=365 * 100)
    now, then = replay(changed, Reports.of(changed, rows), [early, late], known=Known.PUBLISHED)
    assert now.problem("blockade").points == then.problem("blockade").points
    assert then.coverage == 1.0


def test_without_a_moving_normal_the_zero_point_stays() -> None:
    changed = next(one.pack for one in ablations(PACK) if one.id == "no_moving_normal")
    at = BEGIN + timedelta(days=900)
    (one,) = replay(changed, reports_for(changed), [at], known=Known.PUBLISHED)
    (other,) = replay(PACK, reports_for(PACK), [at], known=Known.PUBLISHED)
    strength = PACK.method.strength
    assert [each.zero_point for each in one.indicators] == [strength[0], strength[1], strength[3]]  # of the T0 levels
    assert [each.zero_point for each in one.indicators] != [each.zero_point for each in other.indicators]


def test_the_discounts_are_taken_out_one_at_a_time() -> None:
    found = {one.id: one.pack.method.discount for one in ablations(PACK)}
    assert (found["no_discount_within"].within_family, found["no_discount_within"].between_families) == (1.0, 0.5)
    assert (found["no_discount_between"].within_family, found["no_discount_between"].between_families) == (0.5, 1.0)


# --- The shipped history ---


def test_the_shipped_history_has_one_event_and_so_every_score_is_withheld() -> None:
    shipped = score_history("multi-front", now=NOW)
    assert all(one.withheld and not one.rows for one in shipped.tables)
    one = next(each for each in shipped.tables if (each.horizon, each.problem) == (30, "front_convergence"))
    # By hand: 2 September to 18 October is 47 days, 29 of them with 19 October in their 30; blanked from 19 October to
    # 24 December, 21 days after 3 December; 25 December to 2 March is 69 days; 29 windows reach past 31 March.
    counts = one.counts
    assert (counts.days, counts.scored, counts.before_event) == (212, 47 + 69, 29)
    assert (counts.blanked, counts.open, counts.events) == (67, 29, 1)
    assert shipped.not_scored == (("de_escalation", 2),)
