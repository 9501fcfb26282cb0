"""The chain of recommendations: up fast, down slow, continued without being computed again (METHOD 4.10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.assess.chain import Chain
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.hysteresis import never_since
from iw_monitor.assess.reports import Reports
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Grade, Known, Observation, Retraction
from iw_monitor.model.pack import Pack
from tests.builders import DAY, HOUR, MONDAY, a_pack, a_retraction, an_indicator, an_observation

SURE = Grade(reliability="A", credibility=1)


def one_indicator_pack(**file: object) -> Pack:
    """Return a pack whose only indicator moves its only problem by 5 points (U to HL) from a prior of -10."""
    return a_pack(indicators=[an_indicator()], file=file)


def seen(level: int, at: datetime, number: int, **changes: object) -> Observation:
    fields = {"id": f"r{number}", "level": level, "grade": SURE, "observed_at": at, "recorded_at": at}
    return an_observation(**fields | changes)


def chain_of(pack: Pack, observations: list[Observation], until: datetime, *retractions: Retraction) -> Chain:
    reports = Reports.of(pack, observations, retractions)
    return Engine.of(pack, reports, Known.RECORDED, until=microseconds(until)).reading.chain


def recommended(chain: Chain, at: datetime) -> int:
    return int(chain.at(np.array([microseconds(at)])).recommended[0, 0])


def changes(chain: Chain) -> list[tuple[datetime, int]]:
    """Return (when, level) of each change."""
    whole = chain.whole
    rows = np.flatnonzero(np.diff(whole.recommended[:, 0], prepend=-1))
    return [(from_microseconds(int(whole.instants[row])), int(whole.recommended[row, 0])) for row in rows]


# Level 4 is worth about +4.7 points (5 * (1 - z), softened by q = .9): -10 becomes about -5.4, ELEVATED.
CALM, ALARM = 0, 4


def test_a_rise_is_recommended_once_it_has_held_for_six_hours() -> None:
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2)]
    chain = chain_of(one_indicator_pack(), reports, MONDAY + 3 * DAY)
    assert changes(chain) == [(MONDAY, 2), (MONDAY + DAY + 6 * HOUR, 3)]


def test_a_rise_shorter_than_six_hours_is_not_recommended() -> None:
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2), seen(CALM, MONDAY + DAY + 5 * HOUR, 3)]
    chain = chain_of(one_indicator_pack(), reports, MONDAY + 3 * DAY)
    assert changes(chain) == [(MONDAY, 2)]


def test_a_fall_is_recommended_after_three_days_without_any_change() -> None:
    fall = MONDAY + 10 * DAY
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2), seen(CALM, fall, 3)]
    chain = chain_of(one_indicator_pack(), reports, MONDAY + 20 * DAY)
    assert changes(chain)[-1] == (fall + 3 * DAY, 2)


def test_a_fall_within_the_margin_is_not_recommended() -> None:
    # Level 2 leaves about +1.6 points: -8.4, only 2.4 below the boundary -6; with a margin of 3 that is not enough.
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2), seen(2, MONDAY + 10 * DAY, 3)]
    pack = one_indicator_pack()
    wide = pack.model_copy(update={"method": pack.method.model_copy(update={"hysteresis": _margin(pack, 3.0)})})
    assert recommended(chain_of(pack, reports, MONDAY + 20 * DAY), MONDAY + 20 * DAY) == 2
    assert recommended(chain_of(wide, reports, MONDAY + 20 * DAY), MONDAY + 20 * DAY) == 3


def _margin(pack: Pack, points: float) -> object:
    return pack.method.hysteresis.model_copy(update={"down_margin": points})


def test_silence_does_not_lower_the_recommendation() -> None:
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2)]
    chain = chain_of(one_indicator_pack(), reports, MONDAY + 400 * DAY)
    assert recommended(chain, MONDAY + 400 * DAY) == 3
    assert chain.whole.points[-1, 0] < -6 - 2  # though the points themselves have faded


TRIPWIRE = {
    "tripwires": (
        {
            "id": "TW",
            "title": "No ship leaves",
            "when": {"all": ({"indicator": "port_traffic", "at_least": 4},)},
            "problem": "blockade",
            "floor": 4,
        },
    )
}


def test_a_tripwire_is_recommended_at_the_instant_at_which_it_became_known() -> None:
    learnt = MONDAY + DAY + timedelta(minutes=17)
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2, recorded_at=learnt)]
    assert changes(chain_of(one_indicator_pack(**TRIPWIRE), reports, MONDAY + 3 * DAY)) == [(MONDAY, 2), (learnt, 4)]


def test_a_tripwires_floor_outlives_silence() -> None:
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2)]
    chain = chain_of(one_indicator_pack(**TRIPWIRE), reports, MONDAY + 400 * DAY)
    assert recommended(chain, MONDAY + 400 * DAY) == 4


def test_a_weak_report_does_not_release_a_tripwire_and_a_good_one_does() -> None:
    weak, later = Grade(reliability="C", credibility=3), MONDAY + 5 * DAY
    reports = [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2), seen(CALM, later, 3, grade=weak)]
    pack = one_indicator_pack(**TRIPWIRE)
    assert bool(chain_of(pack, reports, MONDAY + 20 * DAY).whole.latched[-1, 0])
    assert recommended(chain_of(pack, reports, MONDAY + 20 * DAY), MONDAY + 20 * DAY) == 4
    good = chain_of(pack, [*reports, seen(CALM, later + DAY, 4)], MONDAY + 20 * DAY)
    assert not bool(good.whole.latched[-1, 0])
    assert recommended(good, MONDAY + 20 * DAY) == 2


def test_a_retraction_releases_the_tripwire_that_the_report_had_set() -> None:
    pack, gone = one_indicator_pack(**TRIPWIRE), a_retraction("r2", recorded_at=MONDAY + 2 * DAY)
    chain = chain_of(pack, [seen(CALM, MONDAY, 1), seen(ALARM, MONDAY + DAY, 2)], MONDAY + 20 * DAY, gone)
    assert not bool(chain.whole.latched[-1, 0])


def test_nothing_known_makes_an_empty_chain() -> None:
    assert len(chain_of(one_indicator_pack(), [], MONDAY).whole) == 0


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.data())
def test_never_since_means_nowhere_in_the_window(values: list[bool], data: st.DataObject) -> None:
    starts = [data.draw(st.integers(0, row)) for row in range(len(values))]
    found = never_since(np.array(values), np.array(starts))
    assert found.tolist() == [not any(values[start : row + 1]) for row, start in enumerate(starts)]


moments = st.integers(0, 40 * 24)


@given(st.lists(st.tuples(moments, st.integers(0, 100), st.integers(0, 4)), min_size=2, max_size=12), st.data())
def test_a_continued_chain_is_the_chain_computed_afresh(rows: list[tuple[int, int, int]], data: st.DataObject) -> None:
    pack = one_indicator_pack(**TRIPWIRE)
    journal = sorted(
        (
            seen(level, MONDAY + hour * HOUR, number, recorded_at=MONDAY + (hour + delay) * HOUR)
            for number, (hour, delay, level) in enumerate(rows)
        ),
        key=lambda one: one.recorded_at,
    )
    cut = data.draw(st.integers(1, len(journal) - 1))
    gone = a_retraction(journal[0].id, recorded_at=journal[-1].recorded_at)
    until = microseconds(journal[-1].recorded_at) + 3_600_000_000
    for known in Known:
        middle = min(until, microseconds(journal[cut - 1].recorded_at))
        earlier = Engine.of(pack, Reports.of(pack, journal[:cut]), known, until=middle)
        everything = Reports.of(pack, journal, [gone])
        continued = Engine.of(pack, everything, known, until=until, earlier=earlier).reading.chain.whole
        afresh = Engine.of(pack, everything, known, until=until).reading.chain.whole
        for both in zip(continued.columns(), afresh.columns(), strict=True):
            assert np.array_equal(*both)


def test_an_engine_is_not_continued_with_another_reading() -> None:
    pack, reports = one_indicator_pack(), Reports.of(one_indicator_pack(), [seen(CALM, MONDAY, 1)])
    earlier = Engine.of(pack, reports, Known.RECORDED, until=microseconds(MONDAY))
    with pytest.raises(ValueError, match="another reading"):
        Engine.of(pack, reports, Known.PUBLISHED, until=microseconds(MONDAY), earlier=earlier)


def test_a_chain_that_reaches_less_far_takes_over_what_it_needs() -> None:
    pack, reports = one_indicator_pack(), Reports.of(one_indicator_pack(), [seen(CALM, MONDAY, 1)])
    long = Engine.of(pack, reports, Known.RECORDED, until=microseconds(MONDAY + 5 * DAY))
    short = Engine.of(pack, reports, Known.RECORDED, until=microseconds(MONDAY + DAY), earlier=long)
    assert np.array_equal(short.reading.chain.whole.instants, long.reading.chain.whole.instants[:25])
