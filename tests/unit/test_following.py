"""A journal that has grown is followed on: what nothing new touches is neither read nor computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from iw_monitor.assess.coded import Coded
from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.epochs import Earlier, History, history_of
from iw_monitor.assess.following import Epochs
from iw_monitor.assess.reports import Reports
from iw_monitor.model.instants import NEVER, microseconds
from iw_monitor.model.observation import Known, Observation
from iw_monitor.model.pack import Pack
from tests.builders import HOUR, MONDAY, a_pack, a_retraction, an_indicator, an_observation

PACK = a_pack(indicators=[an_indicator(), an_indicator(id="crane_noise")])
EARLY = [
    an_observation(id=f"r{hour}", level=hour % 3, observed_at=MONDAY + hour * HOUR, recorded_at=MONDAY + hour * HOUR)
    for hour in range(0, 2_000, 9)
]
LATE = an_observation(id="late", level=4, observed_at=MONDAY + 1_700 * HOUR, recorded_at=MONDAY + 2_000 * HOUR)


def test_an_indicator_without_news_is_not_followed_again() -> None:
    before, onward = grown(EARLY, [replace(LATE, indicator="crane_noise")])
    assert onward.followed[0] is before.followed[0]
    assert onward.followed[1] is not before.followed[1]


def test_a_late_report_leaves_the_normal_of_what_was_observed_before_it_and_moves_it_after() -> None:
    before, onward = grown(EARLY, [LATE])
    old, new = before.followed[0].line, onward.followed[0].line
    place = int(np.flatnonzero(new.rows == len(EARLY))[0])
    assert 0 < place < len(old) - 1
    assert np.array_equal(new.normal[:place], old.normal[:place])
    assert not np.isclose(new.normal[place + 1 :], old.normal[place:]).any()


def test_late_reports_that_come_together_are_each_put_in_their_place() -> None:
    late = [
        replace(LATE, id=f"late{hour}", observed_at=LATE.observed_at + hour * HOUR, recorded_at=at)
        for hour, at in enumerate((LATE.recorded_at, LATE.recorded_at + HOUR, LATE.recorded_at + 2 * HOUR))
    ]
    _, onward = grown(EARLY, late)
    anew = history_of(compile_pack(PACK), Reports.of(PACK, [*EARLY, *late]), Known.RECORDED)
    for one, other in zip(onward.epochs, anew.epochs, strict=True):
        assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Epochs.__slots__)


def test_a_chain_that_is_taken_up_hour_by_hour_rises_and_falls_when_one_from_the_beginning_does() -> None:
    names = ("port_traffic", "crane_noise", "customs_queue", "fuel_stocks")
    pack = a_pack(indicators=[an_indicator(id=one, ratings={"calm": "HU", "blockade": "HL"}) for one in names])
    wave = [
        an_observation(id=f"{name} {hour}", indicator=name, level=level, observed_at=at, recorded_at=at)
        for hour, level in ((0, 0), (7, 4), (10, 0), (12, 4), (30, 0))
        for name in names
        for at in [MONDAY + hour * HOUR]
    ]
    engine: Engine | None = None
    for hour in range(140):
        now = microseconds(MONDAY + hour * HOUR)
        reports = Reports.of(pack, [one for one in wave if microseconds(one.recorded_at) <= now])
        engine = Engine.of(pack, reports, Known.RECORDED, until=now, earlier=engine)
        chain = engine.reading.chain.whole
        anew = Engine.of(pack, reports, Known.RECORDED, until=now).reading.chain.whole
        assert np.array_equal(chain.recommended, anew.recommended)
        assert np.array_equal(chain.since, anew.since)
    steps = np.sign(np.diff(chain.recommended[:, 0]))
    assert {-1, 1} <= set(steps.tolist()), "it neither rises nor falls, so nothing was compared"


def test_a_report_that_is_retracted_leaves_the_line_and_is_remembered() -> None:
    withdrawn = a_retraction("r1800", recorded_at=MONDAY + 2_100 * HOUR)
    compiled = compile_pack(PACK)
    before = Reports.of(PACK, EARLY)
    after = Reports.of(PACK, EARLY, [withdrawn])
    onward = history_of(compiled, after, Known.RECORDED, Earlier(history_of(compiled, before, Known.RECORDED), before))
    assert 1800 // 9 not in onward.followed[0].line.rows
    assert [place for _, place, _ in onward.retractions()] == [0]


def test_originators_that_come_later_find_their_place_between_the_others() -> None:
    names = [f"voice {name}" for name in "bdf"]
    later = [*names, "voice c", "voice a", "voice g", "voice b"]
    earlier = spoken(PACK, names)
    reports = spoken(PACK, later, earlier)
    assert reports.originator[:3].tolist() == earlier.originator.tolist()
    assert np.argsort(reports.originator[:6]).tolist() == [4, 0, 3, 1, 2, 5]
    assert reports.originator[6] == reports.originator[0]


def test_originators_are_numbered_anew_where_there_is_no_room_left() -> None:
    names, reports = ["a", "b"], spoken(PACK, ["a", "b"])
    for length in range(1, 40):  # each between the first and the one before it
        names.append("a" + "0" * (40 - length))
        reports = spoken(PACK, names, reports)
    assert [names[row] for row in np.argsort(reports.originator)] == sorted(names)
    assert len(reports) == len(names)


def grown(first: Sequence[Observation], more: Sequence[Observation]) -> tuple[History, History]:
    """Return the history of some reports, and that of more, followed on from it."""
    compiled = compile_pack(PACK)
    before, after = Reports.of(PACK, first), Reports.of(PACK, [*first, *more])
    history = history_of(compiled, before, Known.RECORDED)
    return history, history_of(compiled, after, Known.RECORDED, Earlier(history, before))


def spoken(pack: Pack, originators: Sequence[str], earlier: Reports | None = None) -> Reports:
    """Return a report by each of the originators."""
    size = len(originators)
    return Reports.from_columns(
        pack,
        ids=[f"r{place}" for place in range(size)],
        indicator=Coded.of(["port_traffic"] * size),
        level=np.full(size, 2),
        reliability=Coded.of(["B"] * size),
        credibility=np.full(size, 2),
        originator=Coded.of(originators),
        observed=np.arange(size),
        published=np.full(size, NEVER),
        recorded=np.arange(size),
        retracted=np.full(size, NEVER),
        earlier=earlier,
    )
