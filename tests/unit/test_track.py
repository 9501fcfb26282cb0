"""The track record at work: expected numbers by hand, in each test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from iw_monitor.assess.engine import assess
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.track import hazard, multiplied
from iw_monitor.model.assessment import ProblemAssessment
from iw_monitor.model.closing import Closed, Closing, Reopening, Window, is_window, past_windows
from iw_monitor.model.observation import Basis, Known
from tests.builders import DAY, a_closing, a_pack, an_observation, some_indicators, tracked

T0 = datetime(2024, 4, 1, tzinfo=UTC)
PACK = tracked(a_pack(), horizon="P5D")  # prior -10 points: p = 1/11, so -ln(1 - p) = ln 1.1 = .0953102 a window
LEVELS = {one.id: one.t0 for one in some_indicators() if one.scored and one.status.value == "active"}
EXPECTED = math.log(1.1)


def a_window(place: int) -> Window:
    first = date(2024, 4, 1) + place * timedelta(days=5)
    return Window(problem="blockade", first=first, last=first + timedelta(days=4))


def closed(place: int, onset: int | None = None, until: int | None = None, **changes: Any) -> Closing:
    """Return a closing of a window, recorded at 06:00 of the day after it; ``onset``: days after the window began."""
    window = a_window(place)
    begun = None if onset is None else window.first + timedelta(days=onset)
    ended = begun if until is None or begun is None else begun + timedelta(days=until)
    end = datetime.combine(window.last, datetime.min.time(), UTC) + DAY
    number = f"018f0000-0000-7000-8000-0000000000{place:02x}"
    said: dict[str, Any] = {
        "window": window,
        "onset": begun,
        "until": ended,
        "id": number,
        "recorded_at": end + DAY / 4,
    }
    return a_closing(**said | changes)


def assessed(closings: Sequence[Closing], *, day: float = 26, known: Known = Known.RECORDED) -> ProblemAssessment:
    """Return the problem some days after T0, every indicator being reported at its T0 level every day."""
    said = [
        an_observation(
            id=f"018f0000-0000-7000-8000-{place:06x}{n:06x}",
            indicator=name,
            level=level,
            observed_at=T0 + n * DAY,
            recorded_at=T0 + n * DAY,
        )
        for n in range(27)
        for place, (name, level) in enumerate(LEVELS.items())
    ]
    return assess(PACK, Reports.of(PACK, said, (), closings), T0 + day * DAY, known=known).problem("blockade")


def held(factor: float) -> float:
    """Return the points of the prior after a factor, by p' = 1 - (1 - p)**m."""
    chance = 1 - (10 / 11) ** factor
    return 10 * math.log10(chance / (1 - chance))


def test_a_window_in_which_nothing_happened_lowers_the_gauge_by_what_was_expected_in_it() -> None:
    one = assessed([closed(0)])
    assert one.track is not None
    assert (one.track.windows, one.track.events) == (1, 0)
    assert one.track.expected == pytest.approx(EXPECTED)  # five days of ln 1.1 / 5
    assert one.track.factor == pytest.approx(1 / (1 + EXPECTED))
    assert one.points == pytest.approx(held(1 / (1 + EXPECTED)))
    assert one.track.points == pytest.approx(one.points + 10)


def test_an_event_raises_the_gauge_and_its_episode_expects_nothing() -> None:
    one = assessed([closed(0, onset=2), closed(1)])  # two days before the onset; the 21 after it hold all of window 1
    assert one.track is not None
    assert (one.track.windows, one.track.events) == (2, 1)
    assert one.track.expected == pytest.approx(2 / 5 * EXPECTED)
    assert one.points == pytest.approx(held(2 / (1 + 2 / 5 * EXPECTED)))


def test_an_onset_within_an_episode_is_the_same_event() -> None:
    one = assessed([closed(0, onset=2, until=6), closed(1, onset=1)])
    assert one.track is not None
    assert one.track.events == 1


def test_a_window_that_nobody_closed_counts_for_nothing() -> None:
    one = assessed([])
    assert one.track is None
    assert one.points == -10


def test_a_closing_counts_from_when_it_was_recorded_and_as_published_from_the_end_of_its_window() -> None:
    late = [closed(0, recorded_at=T0 + 20 * DAY)]
    assert assessed(late, day=19).track is None
    assert assessed(late, day=20).track is not None
    assert assessed(late, day=5, known=Known.PUBLISHED).track is not None
    assert assessed(late, day=4.9, known=Known.PUBLISHED).track is None


def test_a_closing_that_was_taken_back_counts_no_longer_and_as_published_never() -> None:
    one = closed(0)
    gone = Reopening(id="r", closing=one.id, reason="The log was wrong.", author="ben", recorded_at=T0 + 12 * DAY)
    reopened = [replace(one, reopening=gone)]
    assert assessed(reopened, day=11).track is not None
    assert assessed(reopened, day=12).track is None
    assert assessed(reopened, day=11, known=Known.PUBLISHED).track is None


def a_quarter(day: float) -> ProblemAssessment:
    """Return the problem some days after T0, everything reported on T0 alone, one window closed on day 5.25."""
    pack = tracked(a_pack(), horizon="P5D", caution=0.01)  # .01 / (.01 + .0953) is below a quarter
    ids = {name: f"018f0000-0000-7000-8000-{place:012x}" for place, name in enumerate(LEVELS)}
    said = [
        an_observation(id=ids[name], indicator=name, level=level, observed_at=T0, recorded_at=T0)
        for name, level in LEVELS.items()
    ]
    return assess(pack, Reports.of(pack, said, (), [closed(0)]), T0 + day * DAY).problem("blockade")


def test_a_quarter_of_the_hazard_stays_however_much_was_expected() -> None:
    one = a_quarter(6)
    assert one.track is not None
    assert one.track.factor == 0.25
    assert one.points == pytest.approx(held(0.25))


def test_the_recommendation_follows_the_record_down_only_after_72_hours() -> None:
    # A quarter of the hazard is -16.2 points: level 1, and more than 2 below the boundary of level 2 at -13.
    assert [(one.level, one.recommended_level) for one in map(a_quarter, (5, 5.25, 8, 8.5))] == [
        (2, 2),
        (1, 2),
        (1, 2),
        (1, 1),
    ]


def test_a_day_without_an_assessment_expects_nothing() -> None:
    one = assess(PACK, Reports.of(PACK, [], (), [closed(0)]), T0 + 6 * DAY).problem("blockade")
    assert one.track is not None
    assert (one.track.expected, one.track.factor, one.track.points) == (0.0, 1.0, 0.0)


def test_a_closing_of_a_window_that_the_pack_no_longer_has_counts_for_nothing() -> None:
    odd = Window(problem="blockade", first=date(2024, 4, 2), last=date(2024, 4, 6))
    assert not is_window(PACK, odd)
    assert assessed([a_closing(window=odd)]).track is None


def test_windows_lie_side_by_side_from_t0_and_only_those_that_are_past_are_there() -> None:
    past = list(past_windows(PACK, "blockade", today=date(2024, 4, 11)))
    assert past == [a_window(0), a_window(1)]
    assert list(past_windows(PACK, "blockade", today=date(2024, 4, 10))) == [a_window(0)]
    assert all(is_window(PACK, one) for one in past)


def test_the_hazard_of_even_odds_is_ln_2() -> None:
    assert float(hazard(np.zeros(()))) == pytest.approx(math.log(2))
    assert float(multiplied(np.zeros(()), np.array(2.0))) == pytest.approx(10 * math.log10(3))  # p' = 1 - 1/4


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"onset": date(2024, 4, 2)}, "has a first and a last day"),
        ({"onset": date(2024, 5, 2), "until": date(2024, 5, 2)}, "outside the window"),
        ({"onset": date(2024, 4, 9), "until": date(2024, 4, 2)}, "before it began"),
        ({"reason": " "}, "needs a reason"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(changes: dict[str, Any], says: str) -> None:
    said: dict[str, Any] = {
        "pack": "harbour",
        "window": a_closing().window,
        "onset": None,
        "until": None,
        "reason": "It came.",
    }
    with pytest.raises(ValueError, match=says):
        Closed(**said | {"basis": Basis.SEEN, "author": "ada"} | changes)
