"""The known faults of systems of this kind (FEATURES), each by its name, so that none of them can come in unseen.

Those of parts that are not here yet (notifications, reports, the wall screen) stand beside those parts when they come;
evidence found by parts of words cannot be: no part of this program reads levels out of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from iw_monitor.assess.baselines import naive_gauges
from iw_monitor.assess.engine import assess, replay
from iw_monitor.assess.reports import Reports
from iw_monitor.errors import ConflictError
from iw_monitor.model.assessment import Assessment, Freshness, ProblemAssessment
from iw_monitor.model.observation import Grade, Known, Method, Observation, Submission
from iw_monitor.model.pack import Pack
from iw_monitor.store.journal import Journal
from tests.builders import DAY, HOUR, a_retraction, an_observation
from tests.reference.history import history, multi_front, with_few_draws

PACK = with_few_draws(multi_front())
T0 = PACK.t0
NOW = T0 + 3 * DAY
B2, A1 = Grade(reliability="B", credibility=2), Grade(reliability="A", credibility=1)
RESTRAINTS = [one.id for one in PACK.scored if one.family == "restraint"]
FRONTS = ("hizballah_activity", "militia_iraq_syria_activity", "houthi_activity", "golan_front_activity")


def _report(indicator: str, level: int, at: datetime = T0, **changes: object) -> Observation:
    ordinary: dict[str, object] = {
        "id": f"{indicator}-{level}-{at:%Y%m%d%H%M}",
        "pack": PACK.id,
        "indicator": indicator,
        "level": level,
        "grade": A1,
        "observed_at": at,
        "recorded_at": at,
    }
    return an_observation(**ordinary | changes)


def _everything(level: int | None = None, at: datetime = T0) -> list[Observation]:
    """Return a report on every indicator: at its T0 level, or all at one level."""
    return [_report(one.id, (one.t0 or 0) if level is None else level, at) for one in PACK.scored]


def _assess(observations: list[Observation], at: datetime = NOW, *, pack: Pack = PACK) -> Assessment:
    return assess(pack, Reports.of(pack, observations), at)


def _with(base: list[Observation], *changed: Observation) -> list[Observation]:
    """Return the reports with those of some indicators replaced."""
    names = {one.indicator for one in changed}
    return [one for one in base if one.indicator not in names] + list(changed)


# --- Silence turns green ---


@pytest.mark.parametrize("days", [4, 20, 43, 100, 400])
def test_silence_turns_green__silence_never_lowers_a_level(days: int) -> None:
    tense = _with(_everything(), _report("hizballah_activity", 4), _report("iran_rhetoric", 4))
    before, after = _assess(tense, T0 + HOUR), _assess(tense, T0 + days * DAY)
    for left, right in zip(before.problems, after.problems, strict=True):
        assert left.recommended_level is not None
        assert right.recommended_level is None or right.recommended_level >= left.recommended_level


def test_silence_turns_green__when_everybody_is_silent_there_is_no_assessment() -> None:
    assessment = _assess(_everything(0), T0 + 400 * DAY)
    assert assessment.headline.level is None
    assert assessment.headline.word == "NO ASSESSMENT"
    assert all(one.level is None and one.recommended_level is None for one in assessment.problems)
    assert assessment.coverage == 0
    assert {one.status for one in assessment.indicators} == {Freshness.UNKNOWN}


def test_silence_turns_green__restraints_of_which_nobody_hears_stop_restraining() -> None:
    heard = _everything()
    silent = [one for one in heard if one.indicator not in RESTRAINTS]
    before, after = _assess(heard), _assess(silent)
    assert after.problem("hizballah_entry").points > before.problem("hizballah_entry").points
    assert after.problem("iran_direct").points > before.problem("iran_direct").points
    assert after.coverage < before.coverage


def test_silence_turns_green__a_source_that_fails_is_not_a_reading_of_nothing() -> None:
    """Nothing heard of an indicator (no row) and nothing found (level 0) are two different things."""
    unheard, nothing = _assess([]), _assess([_report("houthi_activity", 0)])
    assert unheard.indicator("houthi_activity").level is None
    assert unheard.indicator("houthi_activity").status is Freshness.UNKNOWN
    assert nothing.indicator("houthi_activity").level == 0
    assert nothing.indicator("houthi_activity").status is not Freshness.UNKNOWN


# --- Wrong-way formulas ---


def test_wrong_way_formulas__a_doubtful_report_moves_less_than_a_sure_one() -> None:
    moved = []
    for grade in ("A1", "B2", "C3", "D3"):
        doubted = Grade(reliability=grade[0], credibility=int(grade[1]))
        reports = _with(_everything(), _report("hizballah_activity", 4, grade=doubted))
        (piece,) = [
            one
            for one in _assess(reports).problem("hizballah_entry").contributions
            if one.indicator == "hizballah_activity"
        ]
        assert 0 < piece.softened < piece.raw
        assert 0 < piece.counted <= piece.softened
        moved.append(piece.softened)
    assert moved == sorted(moved, reverse=True)
    assert len(set(moved)) == len(moved)


def test_wrong_way_formulas__half_the_activity_is_not_rising() -> None:
    busy = _with(_everything(), _report("hizballah_activity", 4))
    halved = [*busy, _report("hizballah_activity", 2, T0 + DAY)]
    assert _assess(halved).problem("hizballah_entry").points < _assess(busy).problem("hizballah_entry").points


def test_wrong_way_formulas__a_failed_verification_does_not_move_the_gauge_as_a_passed_one_does() -> None:
    calm = _everything()
    base = _assess(calm).problem("hizballah_entry").points
    report = _report("hizballah_activity", 4, T0 + HOUR)
    failed = [*calm, replace(report, grade=Grade(reliability="A", credibility=5))]
    assert _assess(failed).problem("hizballah_entry").points == base
    assert _assess(failed).unconfirmed == (report.id,)
    assert _assess([*calm, report]).problem("hizballah_entry").points > base


def test_wrong_way_formulas__old_evidence_fades_and_never_grows() -> None:
    reports = _with(_everything(), _report("hizballah_activity", 4))
    pieces = [
        one
        for days in range(0, 60, 5)
        for one in _assess(reports, T0 + days * DAY).problem("hizballah_entry").contributions
        if one.indicator == "hizballah_activity"
    ]
    softened = [one.softened for one in pieces]
    assert softened == sorted(softened, reverse=True)
    assert softened[0] > softened[-1] == 0


# --- Saturation ---


def test_saturation__every_front_at_war_is_severe() -> None:
    assessment = _assess(_everything(4))
    assert assessment.headline.level == 5
    assert all((one.level or 0) >= 4 for one in assessment.problems)


def test_saturation__four_fronts_at_war_are_at_least_high() -> None:
    reports = _with(_everything(), *(_report(one, 4) for one in FRONTS))
    assert (_assess(reports).problem("front_convergence").level or 0) >= 4


def test_saturation__the_gauge_can_reach_almost_no_chance_and_very_likely() -> None:
    calm = _with(_everything(0), *(_report(one, 4) for one in RESTRAINTS))
    assert all(one.probability < 0.15 for one in _assess(calm).problems)
    assert _assess(calm).problem("iran_direct").probability < 0.05
    assert _assess(_everything(4)).problem("front_convergence").probability > 0.85


def test_saturation__one_decisive_event_is_not_averaged_away() -> None:
    """A mean of levels hardly moves when the strategic arsenal is committed; the gauge does."""
    calm = _everything()
    event = _with(calm, _report("hizballah_strategic_arsenal", 4))
    means = [naive_gauges(PACK, _assess(one)).mean or 0 for one in (calm, event)]
    assert means[1] - means[0] < 10
    problems = [_assess(one).problem("hizballah_entry") for one in (calm, event)]
    assert [one.level for one in problems] == [2, 4]
    assert problems[1].points - problems[0].points > 10


# --- Two level schemes for one number ---


def _scheme(pack: Pack, problem: ProblemAssessment) -> int:
    bounds = [one.from_points for one in pack.file.levels[1:]]
    return 1 + sum(problem.points >= one - 1e-9 for one in bounds if one is not None)


def test_two_level_schemes_for_one_number__every_level_comes_from_the_packs_own_boundaries() -> None:
    for days in range(0, 160, 10):
        assessment = assess(PACK, _HISTORY, T0 + days * DAY, known=Known.PUBLISHED)
        for problem in assessment.problems:
            assert problem.sum_level == _scheme(PACK, problem)
            floors = [one.level for one in problem.floors if one.now]
            assert problem.level in (None, max([problem.sum_level, *floors]))
        if assessment.headline.level is not None:
            assert assessment.headline.word == PACK.word(assessment.headline.level)


def test_two_level_schemes_for_one_number__moving_a_boundary_in_the_pack_moves_the_level() -> None:
    levels = tuple(one.model_copy(update={"from_points": -10.5}) if one.level == 3 else one for one in PACK.file.levels)
    other = PACK.model_copy(update={"file": PACK.file.model_copy(update={"levels": levels})})
    assert _assess(_everything()).problem("hizballah_entry").level == 2
    assert _assess(_everything(), pack=other).problem("hizballah_entry").level == 3


# --- Constants posing as measurements ---

_HISTORY = Reports.of(PACK, history(PACK))

MEASURED = ("points", "points_low", "points_high", "probability", "stability", "coverage", "recommended_level")


@pytest.mark.parametrize("name", MEASURED)
def test_constants_posing_as_measurements__what_is_shown_of_a_problem_moves_with_the_evidence(name: str) -> None:
    for problem in PACK.file.problems:
        values = {getattr(one.problem(problem.id), name) for one in _SERIES}
        assert len(values) > 1, f"{name} of {problem.id} is always {values}"


@pytest.mark.parametrize("name", ["level", "quality", "age_days", "status"])
def test_constants_posing_as_measurements__what_is_shown_of_an_indicator_moves_with_the_evidence(name: str) -> None:
    for indicator in PACK.scored:
        values = {getattr(one.indicator(indicator.id), name) for one in _SERIES}
        assert len(values) > 1, f"{name} of {indicator.id} is always {values}"


def test_constants_posing_as_measurements__a_zero_point_moves_once_a_level_was_held_that_was_not_normal() -> None:
    since = [one for one in _SERIES if one.as_of >= T0]
    for indicator in PACK.scored:
        held = {one.indicator(indicator.id).level for one in since}
        values = {one.indicator(indicator.id).zero_point for one in _SERIES}
        assert (len(values) > 1) == (held != {indicator.t0}), f"{indicator.id} held {held}; its zero point: {values}"


def test_constants_posing_as_measurements__there_is_no_number_where_nothing_was_ever_reported() -> None:
    assessment = _assess([])
    for one in assessment.indicators:
        assert (one.level, one.age_days, one.observed_at, one.observations) == (None, None, None, ())
        assert (one.quality, one.age_factor) == (0.0, 0.0)
    assert assessment.headline.level is None


_SERIES = replay(PACK, _HISTORY, [T0 + days * DAY for days in range(-40, 240, 8)], known=Known.PUBLISHED)


# --- Ratchet ---


def test_ratchet__what_went_up_comes_down_step_by_step_when_the_evidence_says_so() -> None:
    alarm = [_report("hizballah_strategic_arsenal", 4, T0 + DAY)]
    calm = [_report(one.id, one.t0 or 0, T0 + days * DAY) for days in (0, 2, 6, 10, 14) for one in PACK.scored]
    reports = Reports.of(PACK, [*alarm, *calm])
    days = [T0 + timedelta(days=one) for one in (0.5, 1, 1.9, 4.9, 5.5, 9, 14)]
    levels = [one.problem("hizballah_entry").recommended_level for one in replay(PACK, reports, days)]
    assert levels == [2, 4, 4, 4, 3, 2, 2]


def test_ratchet__a_false_alarm_that_is_retracted_lets_go_of_its_floor() -> None:
    alarm = _report("hizballah_strategic_arsenal", 4, T0 + DAY)
    gone = a_retraction(alarm.id, recorded_at=T0 + 2 * DAY)
    reports = Reports.of(PACK, [*_everything(), alarm], [gone])
    before, after, later = replay(PACK, reports, [T0 + DAY, T0 + 2 * DAY, T0 + 9 * DAY])
    assert [one.id for one in before.problem("hizballah_entry").floors] == ["T1"]
    assert after.problem("hizballah_entry").floors == ()
    assert later.problem("hizballah_entry").recommended_level == 2


# --- Copies counted as corroboration ---


def test_copies_counted_as_corroboration__one_wire_story_on_five_sites_is_one_source() -> None:
    names = ["Agence Nord", "agence nord", " AGENCE NORD ", "Agence\u3000Nord", "\uff21gence Nord"]
    copies = [
        _report("houthi_activity", 3, grade=B2, id=f"copy-{at}", originator=name, source_name=f"Site {at}")
        for at, name in enumerate(names)
    ]
    independent = [replace(one, originator=f"House {at}") for at, one in enumerate(copies)]
    assert _assess(copies).indicator("houthi_activity").quality == pytest.approx(0.7)
    assert _assess(independent[:2]).indicator("houthi_activity").quality == pytest.approx(0.91)
    assert _assess(independent).indicator("houthi_activity").quality == pytest.approx(0.95)  # never certain


def test_copies_counted_as_corroboration__a_confirmation_is_not_a_second_source() -> None:
    first = _report("houthi_activity", 3, grade=B2)
    again = [
        replace(first, id=f"again-{day}", method=Method.CONFIRM, observed_at=T0 + day * DAY, recorded_at=T0 + day * DAY)
        for day in (1, 2, 3)
    ]
    indicator = _assess([first, *again]).indicator("houthi_activity")
    assert indicator.quality == pytest.approx(0.7)
    assert indicator.age_days == 0


def test_copies_counted_as_corroboration__related_signals_do_not_add_up_without_end() -> None:
    one_front = _with(_everything(), _report("houthi_activity", 4))
    all_fronts = _with(_everything(), *(_report(one.id, 4) for one in PACK.scored if one.family == "axis"))
    single, together = (
        sum(
            piece.counted
            for piece in _assess(reports).problem("front_convergence").contributions
            if piece.family == "axis"
        )
        for reports in (one_front, all_fronts)
    )
    assert single < together < 2 * single


# --- Machine overwrites person ---


def test_machine_overwrites_person__a_reading_that_nobody_graded_waits_in_the_tray() -> None:
    person = _report("houthi_activity", 3)
    machine = _report(
        "houthi_activity", 0, T0 + DAY, method=Method.COLLECTOR, grade=Grade(reliability="F", credibility=6)
    )
    assessment = _assess([person, machine])
    assert assessment.indicator("houthi_activity").level == 3
    assert assessment.unconfirmed == (machine.id,)


# --- History overwritten in place ---


def test_history_overwritten_in_place__a_correction_leaves_what_was_concluded_before_it() -> None:
    then = T0 + 2 * DAY
    first = [*_everything(), _report("hizballah_activity", 4, T0 + DAY)]
    corrected = [*first, _report("hizballah_activity", 1, T0 + DAY, recorded_at=T0 + 5 * DAY)]
    retraction = a_retraction(first[-1].id, recorded_at=T0 + 5 * DAY)
    before = assess(PACK, Reports.of(PACK, first), then)
    assert assess(PACK, Reports.of(PACK, corrected, [retraction]), then) == before
    after = assess(PACK, Reports.of(PACK, corrected, [retraction]), T0 + 5 * DAY)
    assert after.indicator("hizballah_activity").level == 1


def test_history_overwritten_in_place__a_retracted_observation_stays_in_the_journal(journal: Journal) -> None:
    (first,) = journal.append([_submission(level=4)], via="test")
    journal.retract(first.id, pack=PACK.id, reason="It was another port.", author="ben", via="test")
    journal.append([_submission(level=2)], via="test")
    assert [one.level for one in journal.observations(PACK.id)] == [4, 2]
    assert [one.observation for one in journal.retractions(PACK.id)] == [first.id]
    assert journal.verify() == 3


# --- Stale tab overwrites a colleague ---


def test_stale_tab_overwrites_a_colleague__what_was_seen_is_compared_before_anything_is_written(
    journal: Journal,
) -> None:
    (seen,) = journal.append([_submission(level=2)], via="page")
    (theirs,) = journal.append([_submission(level=4)], via="page", seen={"houthi_activity": seen.id})
    with pytest.raises(ConflictError) as conflict:
        journal.append([_submission(level=1)], via="page", seen={"houthi_activity": seen.id})
    assert (conflict.value.seen, conflict.value.theirs) == (seen.id, theirs.id)
    assert [one.level for one in journal.observations(PACK.id)] == [2, 4]


# --- Sample data under real names ---


def test_sample_data_under_real_names__a_new_journal_is_empty_and_says_so(journal: Journal) -> None:
    assert journal.position() == 0
    assert journal.observations(PACK.id) == ()
    assessment = assess(PACK, Reports.of(PACK, journal.observations(PACK.id)), NOW)
    assert assessment.headline.word == "NO ASSESSMENT"
    assert assessment.unconfirmed == ()


# --- A journal ---


class _Clock:
    """Moves on a minute each time it is read."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def journal() -> Iterator[Journal]:
    with Journal.open("sqlite://", clock=_Clock()) as opened:
        yield opened


def _submission(*, level: int) -> Submission:
    return Submission(
        pack=PACK.id,
        indicator="houthi_activity",
        level=level,
        grade=B2,
        observed_at=T0,
        statement="Ships were attacked.",
        author="ada",
        method=Method.EDITOR,
        source_name="Sea log",
    )
