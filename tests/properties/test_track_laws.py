"""The laws of the track record (METHOD 4.7): off it is nothing, and on it is lowered by what people closed alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iw_monitor.assess.engine import Engine, assess, replay
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.track import multiplied, multiplier
from iw_monitor.model.assessment import Assessment, ProblemAssessment
from iw_monitor.model.closing import Closing, Window, past_windows
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.method import TrackRecordRule
from iw_monitor.publish.as_json import assessment_dict
from tests.builders import a_closing, tracked
from tests.properties.journals import END, DrawnJournal, number, random_journal, seeds
from tests.reference.theatre import T0, theatre

OFF = tracked(theatre(), applied=False, horizon="P2D")
ON = tracked(theatre(), horizon="P2D")
RULE = TrackRecordRule(applied=True)
HOUR = timedelta(hours=1)
FEW = settings(max_examples=8)


def some_closings(chance: random.Random, *, most: int = 8) -> list[Closing]:
    """Return closings of windows at random, each recorded some time after its window ended."""
    windows = [one for each in ON.file.problems for one in past_windows(ON, each.id, today=END.date())]
    return [_closing(chance, one, place) for place, one in enumerate(chance.sample(windows, chance.randint(1, most)))]


def _closing(chance: random.Random, window: Window, place: int) -> Closing:
    ended = T0 + (window.last - T0.date() + timedelta(days=1))
    onset = chance.choice((None, None, window.first, window.last))
    return a_closing(
        window=window,
        onset=onset,
        until=onset,
        id=number(0xAA00 + place),
        recorded_at=ended + HOUR * chance.randint(0, 60),
    )


def reports(journal: DrawnJournal, closings: Sequence[Closing] = (), pack: Pack = ON) -> Reports:
    return Reports.of(pack, journal.observations, journal.retractions, closings)


def at(journal: DrawnJournal, closings: Sequence[Closing], when: datetime = END, pack: Pack = ON) -> Assessment:
    return assess(pack, reports(journal, closings, pack), when)


def said(assessment: Assessment) -> dict[str, Any]:
    """Return everything it says but the hash of its pack."""
    return assessment_dict(assessment) | {"pack_hash": ""}


@FEW
@given(seeds)
def test_switched_off_no_closing_changes_a_byte(seed: int) -> None:
    chance = random.Random(seed)
    journal, closings = random_journal(OFF, chance), some_closings(chance)
    assert said(at(journal, closings, pack=OFF)) == said(at(journal, (), pack=OFF))


@FEW
@given(seeds)
def test_closing_nothing_changes_nothing(seed: int) -> None:
    journal = random_journal(ON, random.Random(seed))
    assert said(at(journal, ())) == said(at(journal, (), pack=OFF))


@FEW
@given(seeds)
def test_nothing_counts_before_somebody_recorded_it(seed: int) -> None:
    chance = random.Random(seed)
    journal, closings = random_journal(ON, chance), some_closings(chance)
    when = min(one.recorded_at for one in closings) - timedelta(minutes=1)
    assert said(at(journal, closings, when)) == said(at(journal, (), when))


@FEW
@given(seeds)
def test_one_more_window_in_which_nothing_happened_never_raises_a_gauge(seed: int) -> None:
    chance = random.Random(seed)
    journal, closings = random_journal(ON, chance), some_closings(chance)
    vain = [one for one in closings if not one.happened]
    for before, after in zip(at(journal, vain[:-1]).problems, at(journal, vain).problems, strict=True):
        assert after.points <= before.points + 1e-9


@FEW
@given(seeds)
def test_silence_moves_no_record(seed: int) -> None:
    chance = random.Random(seed)
    journal, closings = random_journal(ON, chance), some_closings(chance)
    early, late = replay(ON, reports(journal, closings), [END + timedelta(days=4), END + timedelta(days=40)])
    for before, after in zip(early.problems, late.problems, strict=True):
        assert _record(before) == _record(after)


def _record(problem: ProblemAssessment) -> tuple[float, ...] | None:
    one = problem.track
    return None if one is None else (one.windows, one.events, one.expected, one.factor)


@FEW
@given(seeds)
def test_tripwires_and_tables_are_exempt(seed: int) -> None:
    chance = random.Random(seed)
    journal, closings = random_journal(ON, chance), some_closings(chance)
    for bare, one in zip(at(journal, ()).problems, at(journal, closings).problems, strict=True):
        assert one.floors == bare.floors
        if one.level is not None:
            assert one.level >= max((each.level for each in one.floors if each.now), default=1)


@FEW
@given(seeds)
def test_the_record_is_a_piece_and_the_pieces_add_up(seed: int) -> None:
    chance = random.Random(seed)
    journal, closings = random_journal(ON, chance), some_closings(chance)
    for one in at(journal, closings).problems:
        counted = sum(each.counted for each in one.contributions) + sum(each.counted for each in one.interactions)
        summed = one.prior + counted + (one.track.points if one.track else 0.0)
        assert one.points_summed == pytest.approx(summed, abs=1e-9)
        if abs(one.points_unclipped) < 20:
            assert one.points == pytest.approx(summed, abs=1e-9)
            assert one.points_low <= one.points_high


@FEW
@given(seeds, st.sampled_from(Known))
def test_going_on_from_an_earlier_engine_says_what_starting_anew_says(seed: int, known: Known) -> None:
    chance = random.Random(seed)
    journal, closings = random_journal(ON, chance), some_closings(chance)
    until = microseconds(END)
    earlier = Engine.of(ON, reports(journal, closings[:-1]), known, until=until)
    onward = Engine.of(ON, reports(journal, closings), known, until=until, earlier=earlier)
    anew = Engine.of(ON, reports(journal, closings), known, until=until)
    assert (onward.reading.chain.whole.recommended == anew.reading.chain.whole.recommended).all()
    assert (onward.reading.chain.whole.points == anew.reading.chain.whole.points).all()


@given(st.integers(0, 50), st.floats(0, 50))
def test_the_multiplier_rises_with_what_came_and_falls_with_what_was_expected(events: int, expected: float) -> None:
    came, looked_for = np.array([events, events + 1, events]), np.array([expected, expected, expected + 1])
    here, more_came, more_expected = multiplier(RULE, came, looked_for).tolist()
    assert here >= 0.25
    assert more_expected <= here <= more_came


@given(st.floats(-20, 20), st.floats(0.25, 50))
def test_more_hazard_is_never_less_likely(points: float, factor: float) -> None:
    here = np.array(points)
    moved = float(multiplied(here, np.array(factor)))
    assert (moved >= points) if factor >= 1 else (moved <= points)
    assert float(multiplied(here, np.ones(()))) == points
