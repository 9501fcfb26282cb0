"""What if the outcomes had closed every window: expected numbers by hand, in each test."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.outline import Outline
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.scoring.forecasters import Forecaster, Grid
from iw_monitor.assess.scoring.scorecard import Scorecard
from iw_monitor.assess.scoring.scoring import Span, score
from iw_monitor.assess.scoring.track import track_record
from iw_monitor.model.closing import Closing, Window
from iw_monitor.model.outcome import Outcome
from iw_monitor.model.pack import Pack
from iw_monitor.publish.score_json import score_json
from iw_monitor.publish.score_text import score_text
from iw_monitor.telling.sentences_judging import track_basis
from tests.builders import a_closing, a_pack, tracked
from tests.judged_history import BEGIN, OUTCOMES, PACK, ROWS

FIRST = date(2024, 1, 1)
DAYS = 100
EVEN = 0.5  # ln 2 = .6931 events expected in a window of 30 days


def an_onset(day: int) -> Outcome:
    when = FIRST + timedelta(days=day)
    return Outcome(
        day=when, problem="blockade", phase="onset", description="", source_name="", source_url="", basis="seen"
    )


def with_onsets(*onsets: int, chance: float = EVEN, assessed: bool = True, level: int | None = None) -> Forecaster:
    """Return the forecaster beside a model that says the same every day."""
    pack = a_pack()
    compiled = compile_pack(pack)
    assert (compiled.problems, pack.file.horizon.days) == (("blockade",), 30)
    days = np.arange(FIRST.toordinal(), FIRST.toordinal() + DAYS, dtype=np.int64)
    points = np.full((DAYS, 1), 10 * np.log10(chance / (1 - chance)))
    outline = Outline(
        points=points,
        probability=np.full((DAYS, 1), chance),
        level=compiled.level_of(points) if level is None else np.full((DAYS, 1), level, dtype=np.int8),
        recommended=np.ones((DAYS, 1), dtype=np.int8),
        assessed=np.full((DAYS, 1), assessed),
        last=np.zeros((DAYS, len(compiled.indicators)), dtype=np.int8),
    )
    return track_record(Grid(compiled=compiled, days=days, horizons=(30,)), outline, [an_onset(one) for one in onsets])


def test_what_was_expected_in_vain_lowers_the_gauge_only_once_a_window_is_closed() -> None:
    said = with_onsets().chances[30][:, 0]
    assert said[:30] == pytest.approx(EVEN)
    assert said[30:60] == pytest.approx(1 - 0.5 ** (1 / 1.693147))  # E = .693147
    assert said[60:90] == pytest.approx(1 - 0.5 ** (1 / 2.386294))  # E = 1.386294


def test_an_event_counts_and_its_episode_expects_nothing() -> None:
    said = with_onsets(10).chances[30][:, 0]
    assert said[30:60] == pytest.approx(1 - 0.5 ** (2 / 1.231049))  # 10 days of .0231049, then blanked to the 31st day
    assert said[60:90] == pytest.approx(1 - 0.5 ** (2 / 1.877986))  # 28 days more


def test_nobody_is_lowered_because_nobody_looked() -> None:
    assert with_onsets(assessed=False).chances[30] == pytest.approx(np.full((DAYS, 1), EVEN))


def test_however_much_was_expected_a_quarter_stays() -> None:
    said = with_onsets(chance=0.99).chances[30][:, 0]  # E = 4.605 a window, so (1 + 0)/(1 + 4.605) is below a quarter
    assert said[30:] == pytest.approx(1 - 0.01**0.25)


def test_a_tripwire_is_exempt() -> None:
    assert (with_onsets(level=5).level == 5).all()
    assert with_onsets().level[0, 0] > with_onsets().level[99, 0]


# --- What named persons closed: with and without ---


def _window(place: int) -> Window:
    first = BEGIN.date() + place * timedelta(days=30)
    return Window(problem="blockade", first=first, last=first + timedelta(days=29))


CLOSED = (
    a_closing(window=_window(0)),  # nothing had happened, and the evidence had expected something
    a_closing(window=_window(1), id="018f0000-0000-7000-8000-00000000000d"),
)
APPLIED = tracked(PACK)


def card_of(pack: Pack, closings: Sequence[Closing] = CLOSED) -> Scorecard:
    """Return the scorecard of 120 days, in which two windows of the made-up history were closed by people."""
    span = Span(first=BEGIN.date() + timedelta(days=1), last=BEGIN.date() + timedelta(days=120))
    return score(pack, lambda one: Reports.of(one, ROWS, (), closings), OUTCOMES, span, horizons=(30,))


def chances(card: Scorecard, name: str) -> Any:
    return next(one for one in card.record.forecasters if one.id == name).chances[30][:, 0]


@pytest.fixture(scope="module")
def cards() -> dict[str, Scorecard]:
    return {"applied": card_of(APPLIED), "off": card_of(PACK), "nobody": card_of(APPLIED, ())}


def test_what_the_gauge_did_is_with_its_record_where_the_pack_applies_one_and_both_are_shown(
    cards: dict[str, Scorecard],
) -> None:
    applied, off = cards["applied"], cards["off"]
    assert chances(applied, "no_track_record") == pytest.approx(chances(off, "model"))
    assert chances(off, "what_if_track_record") == pytest.approx(chances(applied, "model"))
    assert chances(applied, "model")[119] < chances(off, "model")[119]
    # the first 60 days are two windows; as published they are closed at the end of each
    assert chances(applied, "model")[:29] == pytest.approx(chances(off, "model")[:29])
    assert (applied.track.applied, applied.track.closed) == (True, (("blockade", 2),))
    assert (off.track.applied, off.track.windows) == (False, 2)


def test_ablations_of_a_pack_that_applies_a_record_are_with_it(cards: dict[str, Scorecard]) -> None:
    assert chances(cards["applied"], "no_grading")[119] < chances(cards["nobody"], "no_grading")[119]


def test_where_nobody_closed_a_window_there_is_no_record_to_show(cards: dict[str, Scorecard]) -> None:
    nobody = cards["nobody"]
    assert {"no_track_record", "what_if_track_record"}.isdisjoint(dict(nobody.forecasters))
    assert chances(nobody, "model") == pytest.approx(chances(cards["off"], "model"))
    assert "Nobody closed a past window" in track_basis(nobody.track)


def test_the_outcomes_are_a_what_if_of_the_model_without_a_record_whatever_people_closed(
    cards: dict[str, Scorecard],
) -> None:
    several = [chances(one, "what_if_outcomes_close") for one in cards.values()]
    assert several[0] == pytest.approx(several[1]) and several[1] == pytest.approx(several[2])
    assert all("what if: outcomes had closed every window" in dict(one.forecasters).values() for one in cards.values())


def test_text_and_json_say_which_rows_are_with_the_record(cards: dict[str, Scorecard]) -> None:
    said = " ".join(score_text(APPLIED, cards["applied"]).split())
    assert "named persons closed 2 windows, and the gauge applies that" in said
    plain = json.loads(score_json(cards["off"]))
    assert plain["track_record"] == {"applied": False, "windows_closed_by_people": {"blockade": 2}}
