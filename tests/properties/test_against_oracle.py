"""The engine agrees with a second, slow reading of METHOD §4 on journals drawn at random and on the real history."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.assess.engine import replay
from iw_monitor.assess.reports import Reports
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from tests.properties.journals import (
    HOUR,
    START,
    DrawnJournal,
    journals,
    moments,
    random_journal,
    random_moments,
    restless_journal,
)
from tests.reference.compare import disagreements
from tests.reference.engine import engine_answer, engine_hold
from tests.reference.evidence import State
from tests.reference.history import history, multi_front
from tests.reference.method import States, conclude, hold_points
from tests.reference.recommendation import read
from tests.reference.theatre import theatre

THEATRE = theatre()
MULTI_FRONT = multi_front()

# Two weeks around T0, then about a fortnight apart; noon and odd minutes as well as midnight.
DATES = [
    datetime(2023, 9, 20, tzinfo=UTC),
    datetime(2023, 10, 9, 6, 30, tzinfo=UTC),
    datetime(2023, 10, 12, 12, tzinfo=UTC),
    datetime(2023, 10, 17, 23, 59, tzinfo=UTC),
    datetime(2023, 10, 18, tzinfo=UTC),
    datetime(2023, 10, 20, 5, 58, 59, tzinfo=UTC),
    datetime(2023, 11, 1, tzinfo=UTC),
    datetime(2023, 11, 24, 12, tzinfo=UTC),
    datetime(2023, 12, 5, tzinfo=UTC),
    datetime(2023, 12, 26, 18, tzinfo=UTC),
    datetime(2024, 1, 3, tzinfo=UTC),
    datetime(2024, 1, 16, tzinfo=UTC),
    datetime(2024, 2, 1, 3, 15, tzinfo=UTC),
    datetime(2024, 2, 20, tzinfo=UTC),
    datetime(2024, 3, 31, 23, 59, tzinfo=UTC),
    datetime(2024, 5, 5, tzinfo=UTC),  # five weeks of silence
]


def _disagreements(pack: Pack, journal: DrawnJournal, instants: list[datetime], known: Known) -> list[str]:
    expected = read(pack, journal.observations, journal.retractions, instants, known=known)
    reports = Reports.of(pack, journal.observations, journal.retractions)
    answered = replay(pack, reports, instants, known=known)
    return [
        f"{left.at}: {line}"
        for left, right in zip(expected, answered, strict=True)
        for line in disagreements(pack, left, right)
    ]


@given(journals(THEATRE), moments(), st.sampled_from(Known))
def test_the_engine_agrees_with_the_slow_reading_on_any_journal(
    journal: DrawnJournal, instants: list[datetime], known: Known
) -> None:
    assert _disagreements(THEATRE, journal, instants, known) == []


@pytest.mark.slow
@pytest.mark.parametrize("known", Known)
@pytest.mark.parametrize("seed", range(24))
def test_the_engine_agrees_with_the_slow_reading_on_a_busy_fortnight(seed: int, known: Known) -> None:
    chance = random.Random(seed)
    journal = random_journal(THEATRE, chance)
    assert _disagreements(THEATRE, journal, random_moments(chance), known) == []


def _random_states(pack: Pack, chance: random.Random) -> States:
    """Return states of which some are stale, some unknown and some never reported."""

    def one() -> State:
        quality, zero_point = chance.choice((0.35, 0.5, 0.6, 0.7, 0.95, 1.0)), chance.choice((0.0, 0.25, 0.65, 0.9))
        age_factor = chance.choice((1.0, 1.0, 0.5, 0.25, 0.0, 0.0))
        if chance.random() < 0.1:
            return State(level=None, quality=0.0, age_factor=0.0, zero_point=zero_point)
        return State(level=chance.randint(0, 4), quality=quality, age_factor=age_factor, zero_point=zero_point)

    return {indicator.id: one() for indicator in pack.scored}


@pytest.mark.parametrize("pack", [THEATRE, MULTI_FRONT], ids=["theatre", "multi-front"])
def test_the_engine_agrees_with_the_slow_reading_on_any_states(pack: Pack) -> None:
    chance = random.Random(0)
    for _ in range(60):
        states = _random_states(pack, chance)
        points, hold = engine_answer(pack, states), engine_hold(pack, states)
        for name, expected in conclude(pack, states).items():
            assert points[name][0] == pytest.approx(expected.points, abs=1e-9)
            assert points[name][1] == expected.level
            assert hold[name] == pytest.approx(hold_points(pack, pack.problem(name), states), abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(16))
def test_the_engine_agrees_with_the_slow_reading_when_one_source_after_the_other_falls_silent(seed: int) -> None:
    journal = restless_journal(THEATRE, random.Random(seed), falling_silent=True)
    assert _disagreements(THEATRE, journal, [START + 36 * step * HOUR for step in range(2, 14)], Known.RECORDED) == []


@pytest.mark.slow
def test_the_engine_agrees_with_the_slow_reading_on_the_real_history() -> None:
    journal = DrawnJournal(observations=history(MULTI_FRONT), retractions=())
    assert _disagreements(MULTI_FRONT, journal, DATES, Known.PUBLISHED) == []


@pytest.mark.slow
def test_the_slow_reading_sees_the_real_history_move() -> None:
    """A comparison of two empty readings would prove nothing."""
    until = [datetime(2023, 10, 18, tzinfo=UTC) + timedelta(days=days) for days in (0, 6)]
    readings = read(MULTI_FRONT, history(MULTI_FRONT), (), until, known=Known.PUBLISHED)
    assert all(one.headline is not None for one in readings)
    assert any(one.recommended[name].changed for one in readings for name in one.problems)
