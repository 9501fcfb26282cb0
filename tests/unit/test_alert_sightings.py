"""What each kind of rule sees: yes, no, or not seen. The numbers of each line are worked out beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from iw_monitor.assess.alerting.pictures import IndicatorSeen, Picture, ProblemSeen
from iw_monitor.assess.alerting.sightings import Scene, sightings
from iw_monitor.model.alert import Alert, AlertState, Facts, Holds
from iw_monitor.model.assessment import Freshness
from iw_monitor.model.pack.alerts import AnyRule
from tests.alerts import NO, UNKNOWN, YES, a_rule
from tests.builders import DAY, MONDAY, a_pack

SHIPS, WAR = "port_traffic", "blockade"
RULE: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)


def a_picture(level: int | None = 3, points: float = 10, **changes: Any) -> Picture:
    found = Picture(
        at=MONDAY,
        problems={WAR: ProblemSeen(level=level, points=points)},
        indicators={SHIPS: IndicatorSeen(level=2, status=Freshness.FRESH)},
        floors={},
        declared={},
    )
    return replace(found, **changes)


def seen(
    kind: str,
    now: Picture | None = None,
    *,
    before: Picture | None = None,
    facts: Facts | None = None,
    alerts: tuple[Alert, ...] = (),
    **said: Any,
) -> dict[str, Holds]:
    """Return what a rule of a kind sees of each of its subjects."""
    plain = a_rule().model_dump(exclude={"kind", "at_least", "problems"})
    rule = RULE.validate_python(plain | {"id": "rule", "kind": kind} | said, strict=False)
    scene = Scene(now=now or a_picture(), before={DAY: before or a_picture()})
    return {one.subject: one.holds for one in sightings(a_pack(), [rule], scene, facts or Facts(), alerts)}


@pytest.mark.parametrize(("level", "holds"), [(4, YES), (5, YES), (3, NO), (None, UNKNOWN)])
def test_a_level_is_reached_or_not_and_without_an_assessment_it_is_not_seen(level: int | None, holds: Holds) -> None:
    assert seen("level", a_picture(level), problems=[WAR], at_least=4) == {WAR: holds}


@pytest.mark.parametrize(
    ("direction", "after", "holds"),
    [("up", 15, YES), ("up", 14.9, NO), ("up", 5, NO), ("down", 5, YES), ("down", 15, NO), ("either", 5, YES)],
)
def test_points_that_moved_by_five_within_a_day_are_a_change_in_the_direction_asked_for(
    direction: str, after: float, holds: Holds
) -> None:
    now = a_picture(points=after)  # from ten
    assert seen("change", now, problems=[WAR], points=5, within=DAY, direction=direction) == {WAR: holds}


@pytest.mark.parametrize(("level", "before"), [(None, 3), (3, None)])
def test_what_cannot_be_compared_has_not_been_seen_to_change(level: int | None, before: int | None) -> None:
    now, then = a_picture(level, points=90), a_picture(before)
    assert seen("change", now, before=then, problems=[WAR], points=5, within=DAY) == {WAR: UNKNOWN}


@pytest.mark.parametrize(
    ("bounds", "holds"),
    [({"at_least": 2}, YES), ({"at_least": 3}, NO), ({"at_most": 2}, YES), ({"at_most": 1}, NO)],
)
def test_an_indicator_stands_within_its_bounds_or_not(bounds: dict[str, Any], holds: Holds) -> None:
    assert seen("indicator", indicators=[SHIPS], **bounds) == {SHIPS: holds}


def test_an_indicator_that_faded_is_not_seen_and_one_that_is_retired_has_no_subject() -> None:
    faded = a_picture(indicators={SHIPS: IndicatorSeen(level=2, status=Freshness.UNKNOWN)})
    assert seen("indicator", faded, indicators=[SHIPS], at_least=1) == {SHIPS: UNKNOWN}
    assert seen("indicator", a_picture(indicators={}), indicators=[SHIPS], at_least=1) == {}


@pytest.mark.parametrize(
    ("status", "holds"),
    [(Freshness.FRESH, NO), (Freshness.DUE, NO), (Freshness.STALE, YES), (Freshness.UNKNOWN, YES)],
)
def test_what_is_as_old_as_asked_or_older_is_stale(status: Freshness, holds: Holds) -> None:
    now = a_picture(indicators={SHIPS: IndicatorSeen(level=2, status=status)})
    assert seen("stale", now, indicators=[SHIPS]) == {SHIPS: holds}


def test_a_tripwire_holds_while_its_floor_is_in_force() -> None:
    assert seen("tripwire", tripwires=["T1"]) == {"T1": NO}
    assert seen("tripwire", a_picture(floors={"T1": 4}), tripwires=["T1"]) == {"T1": YES}


@pytest.mark.parametrize(
    ("declared", "level", "holds"), [(None, 3, NO), (3, 3, NO), (4, 3, YES), (2, 3, YES), (4, None, UNKNOWN)]
)
def test_declared_and_recommended_lie_apart_or_not_and_nothing_declared_is_no_gap(
    declared: int | None, level: int | None, holds: Holds
) -> None:
    now = a_picture(level, declared={} if declared is None else {WAR: declared})
    assert seen("declared_gap", now, problems=[WAR]) == {WAR: holds}


def test_sources_and_reports_fail_or_work_and_what_nobody_tells_of_ends_no_alert() -> None:
    facts = Facts(sources={"feed": YES, "log": NO}, reports={"morning": YES})
    firing = Alert(rule="rule", subject="gone", state=AlertState.FIRING, since=MONDAY)
    assert seen("source_down", facts=facts, alerts=(firing,)) == {"feed": YES, "log": NO, "gone": UNKNOWN}
    assert seen("source_down", facts=facts, sources=["log", "silent"]) == {"log": NO, "silent": UNKNOWN}
    assert seen("report_failed", facts=facts) == {"morning": YES}


@pytest.mark.parametrize(("free", "holds"), [(None, UNKNOWN), (5 << 20, NO), ((5 << 20) - 1, YES)])
def test_a_disk_is_low_with_less_room_than_the_rule_asks_for(free: int | None, holds: Holds) -> None:
    assert seen("disk_low", facts=Facts(free_bytes=free), free_mib=5) == {"disk": holds}


@pytest.mark.parametrize(("silent", "holds"), [(None, UNKNOWN), (1, NO), (2, YES), (9, YES)])
def test_a_worker_is_dead_when_nothing_was_evaluated_for_so_long(silent: int | None, holds: Holds) -> None:
    facts = Facts(silent_for=None if silent is None else timedelta(hours=silent))
    assert seen("worker_dead", facts=facts, silent_for=timedelta(hours=2)) == {"worker": holds}
