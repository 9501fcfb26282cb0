"""The laws at the end of METHOD §4 about what is said of an instant; those about time stand in test_laws_of_time.py."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from iw_monitor.assess.engine import assess, replay
from iw_monitor.assess.reports import Reports
from iw_monitor.model.assessment import Assessment, ProblemAssessment
from iw_monitor.model.observation import Grade, Known
from iw_monitor.model.pack import Status
from tests.properties.journals import (
    SCORED,
    START,
    UNSCORED,
    DrawnJournal,
    assessed,
    busy,
    journals,
    known_at,
    moments,
    number,
    observations,
    seeds,
    single,
    until,
)
from tests.reference.evidence import NEAR, State
from tests.reference.history import multi_front, with_few_draws
from tests.reference.method import boundary, hold_points
from tests.reference.theatre import theatre

THEATRE = theatre()
MULTI_FRONT = with_few_draws(multi_front())
CERTAIN = Grade(reliability="A", credibility=1)

# --- What was said on T0 ---


@given(st.data())
def test_on_t0_with_the_t0_levels_every_problem_stands_at_its_prior(data: st.DataObject) -> None:
    observed_at = MULTI_FRONT.t0 - timedelta(hours=data.draw(st.integers(0, 14 * 24)))
    reports = [
        single(MULTI_FRONT, one.id, one.t0 or 0, data.draw(st.sampled_from(SCORED)), observed_at)
        for one in MULTI_FRONT.scored
    ]
    assessment = assess(MULTI_FRONT, Reports.of(MULTI_FRONT, reports), MULTI_FRONT.t0)
    for problem in assessment.problems:
        assert problem.points_unclipped == pytest.approx(problem.prior, abs=1e-9)


# --- Monotony ---


@given(st.data())
def test_one_step_up_never_lowers_what_an_indicator_drives_nor_raises_what_it_restrains(data: st.DataObject) -> None:
    """With one report on each indicator a step up leaves q, a and z as they are."""
    reports = [
        single(
            MULTI_FRONT,
            one.id,
            data.draw(st.integers(0, 4), label=one.id),
            data.draw(st.sampled_from(SCORED)),
            MULTI_FRONT.t0 - timedelta(hours=data.draw(st.integers(0, 60 * 24))),
        )
        for one in MULTI_FRONT.scored
        if data.draw(st.integers(0, 7)) > 0
    ]
    assume(any(one.level < 4 for one in reports))
    place = data.draw(st.sampled_from([at for at, one in enumerate(reports) if one.level < 4]))
    higher = [replace(one, level=one.level + 1) if at == place else one for at, one in enumerate(reports)]
    before, after = (assess(MULTI_FRONT, Reports.of(MULTI_FRONT, one), MULTI_FRONT.t0) for one in (reports, higher))
    indicator = MULTI_FRONT.indicator(reports[place].indicator)
    for left, right in zip(before.problems, after.problems, strict=True):
        weight = MULTI_FRONT.link_points(indicator, left.id)
        if weight > 0:
            assert right.points_unclipped >= left.points_unclipped - NEAR
            assert _now(right) >= _now(left)
        if weight < 0 and left.screened == right.screened:
            assert right.points_unclipped <= left.points_unclipped + NEAR


def _now(problem: ProblemAssessment) -> int:
    """Return the level of the instant, also where coverage forbids to show it."""
    return max([problem.sum_level, *(floor.level for floor in problem.floors if floor.now)])


# --- Silence never calms ---


@given(seeds, st.integers(0, 9 * 24 * 60), st.lists(st.integers(24, 9 * 24), min_size=4, max_size=4))
def test_silence_never_calms(seed: int, minutes: int, later: list[int]) -> None:
    """METHOD's bound: no lower than the recommendation, or than the level that L_hold less the margin still reaches."""
    stop = START + timedelta(minutes=minutes)
    journal = until(busy(THEATRE, seed), stop)
    reports = Reports.of(THEATRE, journal.observations, journal.retractions)
    silent = [stop + timedelta(hours=one) for one in sorted(set(later))]
    before, *after = replay(THEATRE, reports, [stop, *silent])
    for problem in before.problems:
        shown = problem.recommended_level
        floor = max([1, *(one.level for one in problem.floors)])
        bound = 0 if shown is None else min(shown, max(floor, _held(before, problem.id)))
        covered = problem.coverage
        for assessment in after:
            one = assessment.problem(problem.id)
            assert one.recommended_level is None or one.recommended_level >= bound
            assert one.coverage <= covered + NEAR
            covered = one.coverage
            assert {(kept.id, kept.level) for kept in one.floors} >= {(had.id, had.level) for had in problem.floors}


def _held(assessment: Assessment, problem: str) -> int:
    """Return the highest level whose boundary, less the margin, L_hold reaches."""
    states = {
        one.id: State(level=one.level, quality=one.quality, age_factor=one.age_factor, zero_point=one.zero_point)
        for one in assessment.indicators
    }
    hold = hold_points(THEATRE, THEATRE.problem(problem), states)
    margin = THEATRE.method.hysteresis.down_margin
    return max(one.level for one in THEATRE.file.levels if hold >= boundary(THEATRE, one.level) - margin - NEAR)


# --- Double counting ---


@given(st.lists(st.integers(0, 4), min_size=len(MULTI_FRONT.scored), max_size=len(MULTI_FRONT.scored)))
def test_a_family_adds_less_than_twice_its_strongest_and_so_do_all_families_together(levels: list[int]) -> None:
    reports = [
        single(MULTI_FRONT, one.id, level, CERTAIN, MULTI_FRONT.t0)
        for one, level in zip(MULTI_FRONT.scored, levels, strict=True)
    ]
    for problem in assess(MULTI_FRONT, Reports.of(MULTI_FRONT, reports), MULTI_FRONT.t0).problems:
        for sign in (1, -1):
            members: dict[str, list[tuple[float, float]]] = {}
            for one in problem.contributions:
                if sign * one.softened > 0:
                    members.setdefault(one.family, []).append((abs(one.softened), abs(one.counted)))
            for pieces in members.values():
                assert sum(counted for _, counted in pieces) < 2 * max(softened for softened, _ in pieces)
            families = _family_sums(problem, sign)
            assert not families or sum(families) < 2 * max(families)


def _family_sums(problem: ProblemAssessment, sign: int) -> list[float]:
    """Return what each family adds; the strongest has its whole weight, the others a part of theirs."""
    sums: dict[str, float] = {}
    pieces = [(one.family, one.counted) for one in problem.contributions]
    for family, counted in pieces + [(one.family, one.counted) for one in problem.interactions]:
        if sign * counted > 0:
            sums[family] = sums.get(family, 0.0) + abs(counted)
    return list(sums.values())


@pytest.mark.parametrize("grade", ["A1", "B2", "C3"])
def test_three_indicators_of_one_family_add_less_than_twice_the_strongest(grade: str) -> None:
    names = ["militia_iraq_syria_activity", "houthi_activity", "golan_front_activity"]
    t0, worth = MULTI_FRONT.t0, Grade(reliability=grade[0], credibility=int(grade[1]))
    calm = [single(MULTI_FRONT, one.id, one.t0 or 0, CERTAIN, t0) for one in MULTI_FRONT.scored]

    def points(raised: list[str]) -> dict[str, float]:
        reports = [replace(one, level=4, grade=worth) if one.indicator in raised else one for one in calm]
        assessment = assess(MULTI_FRONT, Reports.of(MULTI_FRONT, reports), t0)
        return {one.id: one.points_unclipped - one.prior for one in assessment.problems}

    together, alone = points(names), [points([name]) for name in names]
    for problem in ("hizballah_entry", "front_convergence", "iran_direct"):
        strongest = max(one[problem] for one in alone)
        assert strongest < together[problem] < 2 * strongest


@given(journals(THEATRE, most=16), moments(count=1), st.sampled_from(Known), st.data())
def test_a_second_report_of_one_originator_at_the_same_instant_adds_nothing(
    journal: DrawnJournal, instants: list[datetime], known: Known, data: st.DataObject
) -> None:
    assume(journal.observations)
    first = data.draw(st.sampled_from(journal.observations))
    first = replace(first, originator=first.originator or first.source_name)
    name = data.draw(st.sampled_from([str.upper, str.lower, " {}  ".format]))(first.originator)
    second = replace(first, id=number(0xEEEE), originator=name, source_name="Another site")
    kept = tuple(first if one.id == first.id else one for one in journal.observations)
    retractions = tuple(one for one in journal.retractions if one.observation != first.id)
    once = assessed(THEATRE, DrawnJournal(observations=kept, retractions=retractions), instants[0], known)
    twice = assessed(THEATRE, DrawnJournal(observations=(*kept, second), retractions=retractions), instants[0], known)
    assert _without_ids(once) == _without_ids(twice)


def _without_ids(assessment: Assessment) -> Assessment:
    """Return the assessment without the lists of what it rests on."""
    bare = tuple(replace(one, observations=()) for one in assessment.indicators)
    return replace(assessment, indicators=bare, unconfirmed=())


# --- What is not scored, what adds up ---


@given(journals(THEATRE, most=14), moments(count=1), st.sampled_from(Known), st.data())
def test_a_report_that_is_not_scored_changes_nothing(
    journal: DrawnJournal, instants: list[datetime], known: Known, data: st.DataObject
) -> None:
    extra = [
        replace(data.draw(observations(THEATRE, 0xE000 + place)), grade=data.draw(st.sampled_from(UNSCORED)))
        for place in range(data.draw(st.integers(1, 3)))
    ]
    with_them = DrawnJournal(observations=(*journal.observations, *extra), retractions=journal.retractions)
    before, after = assessed(THEATRE, journal, instants[0], known), assessed(THEATRE, with_them, instants[0], known)
    assert replace(after, unconfirmed=()) == replace(before, unconfirmed=())
    waiting = {one.id for one in extra if known_at(one, known) <= instants[0]}
    assert set(after.unconfirmed) == set(before.unconfirmed) | waiting


@pytest.mark.parametrize("change", [{"status": Status.MUTED}, {"scored": False, "t0": None, "ratings": {}}])
@given(seed=seeds, instants=moments(count=1), known=st.sampled_from(Known))
@settings(max_examples=15)
def test_an_indicator_that_is_muted_or_context_only_changes_no_problem(
    change: dict[str, object], seed: int, instants: list[datetime], known: Known
) -> None:
    """Its reports are kept and shown; no problem, floor, interaction or canonical instant comes of them."""
    aside = tuple(one.model_copy(update=change) if one.id == "stockpiles" else one for one in THEATRE.indicators)
    pack = THEATRE.model_copy(update={"indicators": aside})
    journal = busy(THEATRE, seed)
    without = tuple(one for one in journal.observations if one.indicator != "stockpiles")
    left = assessed(pack, journal, instants[0], known)
    right = assessed(pack, replace(journal, observations=without), instants[0], known)
    assert left.problems == right.problems
    assert (left.headline, left.coverage) == (right.headline, right.coverage)


@given(journals(THEATRE), moments(), st.sampled_from(Known))
def test_the_prior_and_everything_counted_add_up_to_the_points(
    journal: DrawnJournal, instants: list[datetime], known: Known
) -> None:
    reports = Reports.of(THEATRE, journal.observations, journal.retractions)
    for assessment in replay(THEATRE, reports, instants, known=known):
        for problem in assessment.problems:
            parts = [one.counted for one in problem.contributions] + [one.counted for one in problem.interactions]
            assert math.fsum([problem.prior, *parts]) == pytest.approx(problem.points_unclipped, abs=1e-9)
            assert problem.points == max(-20.0, min(20.0, problem.points_unclipped))
            assert problem.points_low <= problem.points_high
