"""The laws at the end of METHOD §4 that are about time: order of arrival, replay, hindsight, hysteresis."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iw_monitor.assess.engine import Engine, assess, replay
from iw_monitor.assess.reports import Reports
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Grade, Known
from tests.properties.journals import (
    HOUR,
    START,
    DrawnJournal,
    arrivals,
    assessed,
    busy,
    journals,
    known_at,
    moments,
    number,
    restless_journal,
    seeds,
    single,
    until,
)
from tests.reference.theatre import theatre

THEATRE = theatre()
CERTAIN = Grade(reliability="A", credibility=1)


# --- Order of arrival, replay, hindsight ---


@given(journals(THEATRE), moments(count=1), st.sampled_from(Known), st.randoms(use_true_random=False))
def test_the_order_in_which_a_journal_is_read_does_not_matter(
    journal: DrawnJournal, instants: list[datetime], known: Known, chance: random.Random
) -> None:
    shuffled = DrawnJournal(
        observations=tuple(chance.sample(journal.observations, len(journal.observations))),
        retractions=tuple(chance.sample(journal.retractions, len(journal.retractions))),
    )
    left, right = assessed(THEATRE, journal, instants[0], known), assessed(THEATRE, shuffled, instants[0], known)
    assert _in_order(left) == _in_order(right)


def _in_order(assessment: Assessment) -> Assessment:
    """Return the assessment with its lists of reports sorted: reports of one instant have no order of their own."""
    tidy = tuple(replace(one, observations=tuple(sorted(one.observations))) for one in assessment.indicators)
    return replace(assessment, indicators=tidy, unconfirmed=tuple(sorted(assessment.unconfirmed)))


@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter_once_all_has_arrived(seed: int, chance: random.Random) -> None:
    """Late or early, the same reports say the same; only the recommendation remembers when it learnt them."""
    journal = busy(THEATRE, seed)
    end = max(arrivals(journal))
    gone = {one.observation for one in journal.retractions}
    kept = [one for one in journal.observations if one.id not in gone]
    late = tuple(replace(one, recorded_at=one.observed_at + chance.random() * (end - one.observed_at)) for one in kept)
    left = assessed(THEATRE, journal, end)
    right = assessed(THEATRE, DrawnJournal(observations=late, retractions=()), end)
    assert _in_order(left).indicators == _in_order(right).indicators
    for one, other in zip(left.problems, right.problems, strict=True):
        assert (one.points_unclipped, one.contributions) == (other.points_unclipped, other.contributions)


@given(journals(THEATRE), moments(count=4), st.sampled_from(Known))
def test_replay_equals_live(journal: DrawnJournal, instants: list[datetime], known: Known) -> None:
    reports = Reports.of(THEATRE, journal.observations, journal.retractions)
    replayed = replay(THEATRE, reports, instants, known=known)
    assert list(replayed) == [assess(THEATRE, reports, at, known=known) for at in instants]


@given(seeds, moments(), st.sampled_from(Known))
def test_taking_up_an_earlier_chain_equals_starting_at_its_beginning(
    seed: int, instants: list[datetime], known: Known
) -> None:
    """The journal grows between two looks: late reports, retractions, and instants earlier than the last one."""
    journal, pack = busy(THEATRE, seed), THEATRE
    engine: Engine | None = None
    for seen in instants:
        so_far = until(journal, seen)
        reports = Reports.of(pack, so_far.observations, so_far.retractions)
        engine = Engine.of(pack, reports, known, until=microseconds(seen), earlier=engine)
        asked = [START + (seen - START) / 2, seen]
        answered = engine.assessments(np.array([microseconds(one) for one in asked], dtype=np.int64))
        assert list(answered) == list(replay(pack, reports, asked, known=known))


@given(journals(THEATRE), moments(count=1), st.sampled_from(Known))
def test_an_assessment_never_uses_what_became_known_later(
    journal: DrawnJournal, instants: list[datetime], known: Known
) -> None:
    at = instants[0]
    observations = tuple(one for one in journal.observations if known_at(one, known) <= at)
    retractions = journal.retractions
    if known is Known.RECORDED:
        retractions = tuple(one for one in retractions if one.recorded_at <= at)
    then = assessed(THEATRE, DrawnJournal(observations=observations, retractions=retractions), at, known)
    assert assessed(THEATRE, journal, at, known) == then


# --- Tripwires and hysteresis ---


@given(journals(THEATRE), st.sampled_from(["T1", "T2"]), st.integers(0, 12 * 24 * 60))
def test_a_tripwire_reaches_its_floor_at_the_instant_at_which_it_became_known(
    journal: DrawnJournal, name: str, minutes: int
) -> None:
    at = START + timedelta(days=1, minutes=minutes)
    tripwire = next(one for one in THEATRE.file.tripwires if one.id == name)
    earlier = until(journal, at - timedelta(minutes=1))
    news = tuple(single(THEATRE, one.indicator, 4, CERTAIN, at) for one in tripwire.when.all)
    news = tuple(replace(one, id=number(0xD000 + place)) for place, one in enumerate(news))
    journal = DrawnJournal(observations=(*earlier.observations, *news), retractions=earlier.retractions)
    problem = assessed(THEATRE, journal, at).problem(tripwire.problem)
    assert (name, tripwire.floor, True) in {(one.id, one.level, one.now) for one in problem.floors}
    if problem.assessed:
        assert problem.level is not None and problem.level >= tripwire.floor
        assert problem.recommended_level is not None and problem.recommended_level >= tripwire.floor


@pytest.mark.parametrize("seed", range(6))
def test_no_step_down_follows_another_change_within_the_time_it_takes_to_come_down(seed: int) -> None:
    journal = restless_journal(THEATRE, random.Random(seed))
    reports = Reports.of(THEATRE, journal.observations)
    readings = replay(THEATRE, reports, [START + 3 * HOUR * step for step in range(1, 5 * 24)])
    steps_down = 0
    for problem in THEATRE.file.problems:
        shown = [one.problem(problem.id) for one in readings]
        changes = list(dict.fromkeys((one.recommended_since, one.recommended_level) for one in shown))
        for (before, was), (after, became) in pairwise(changes):
            assert before is not None and after is not None and was is not None and became is not None
            if became < was:
                assert was - became == 1
                assert after - before > THEATRE.method.hysteresis.down_after
                steps_down += 1
    assert steps_down > 0  # else nothing was tested


# --- Chance is seeded ---


@given(journals(THEATRE), moments(count=1))
@settings(max_examples=10)
def test_asking_twice_gives_the_same_answer(journal: DrawnJournal, instants: list[datetime]) -> None:
    assert assessed(THEATRE, journal, instants[0]) == assessed(THEATRE, journal, instants[0])
