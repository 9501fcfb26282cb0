"""Who is told, and when: quiet hours with what breaks through, urgency, and each thing once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from iw_monitor.assess.alerting.states import advance
from iw_monitor.assess.alerting.telling import Letter, News, end_of_quiet, not_before, tell
from iw_monitor.model.alert import Holds, Standing
from iw_monitor.model.pack.alerts import AlertsFile, LevelRule, Quiet
from tests.alerts import NO, UNKNOWN, YES, a_file, a_rule, a_sighting
from tests.builders import HOUR, MONDAY

NIGHT = Quiet(begin="22:00", end="06:00", time_zone="Europe/Oslo", break_through=4)
NOON_REST = Quiet(begin="12:00", end="13:00", time_zone="UTC", break_through=5)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2024-01-10T20:59", None),  # 21:59 in Oslo
        ("2024-01-10T21:00", "2024-01-11T05:00"),
        ("2024-01-11T04:59", "2024-01-11T05:00"),
        ("2024-01-11T05:00", None),
        # Clocks go forward on 31 March 2024 at 01:00 UTC: the night is an hour shorter. Oslo is UTC+1, then UTC+2.
        ("2024-03-30T21:30", "2024-03-31T04:00"),
        # And back on 27 October 2024 at 01:00 UTC.
        ("2024-10-26T20:30", "2024-10-27T05:00"),
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(now: str, ends: str | None) -> None:
    assert end_of_quiet(NIGHT, at(now)) == (None if ends is None else at(ends))


def test_quiet_hours_within_a_day_do_not_reach_over_midnight() -> None:
    assert end_of_quiet(NOON_REST, at("2024-01-10T12:30")) == at("2024-01-10T13:00")
    assert end_of_quiet(NOON_REST, at("2024-01-10T13:30")) is None
    assert end_of_quiet(NOON_REST, at("2024-01-10T11:59")) is None


def letters(file: AlertsFile, rule: LevelRule, *seen: Holds | tuple[int, Holds]) -> list[Letter]:
    """Return everything that is told, hour after hour from Monday on."""
    standing, told = Standing(), list[Letter]()
    for step, one in enumerate(seen):
        now = MONDAY + step * HOUR
        level, holds = one if isinstance(one, tuple) else (4, one)
        alerts, noticed = advance(standing.alerts, [a_sighting(holds, level=level)], {rule.id: rule}, now)
        before, standing = standing, replace(standing, evaluated_at=now, alerts=alerts)
        standing, new = tell(before, standing, noticed, file, now)
        told += new
    return told


def news(told: list[Letter]) -> list[News]:
    return [line.news for one in told for line in one.lines]


def test_what_fires_is_told_once_however_long_it_fires() -> None:
    rule = a_rule()
    assert news(letters(a_file(rule), rule, YES, YES, YES, NO, NO)) == [News.FIRED, News.RESOLVED]


def test_a_level_that_rises_while_it_fires_is_told_and_one_that_falls_is_not() -> None:
    rule = a_rule(at_least=3)
    told = letters(a_file(rule), rule, (3, YES), (4, YES), (3, YES), (4, YES), (5, YES))
    assert news(told) == [News.FIRED, News.ROSE, News.ROSE]
    assert [line.level for one in told for line in one.lines] == [3, 4, 5]


def test_what_can_no_longer_be_seen_is_told_and_its_recovery_names_the_blind_period() -> None:
    rule = a_rule()
    told = letters(a_file(rule), rule, YES, UNKNOWN, UNKNOWN, NO)
    assert news(told) == [News.FIRED, News.BLIND, News.RESOLVED]
    assert told[-1].lines[0].reason is not None
    assert told[-1].lines[0].reason.value == "recovered after a blind period"


def test_what_was_only_pending_is_told_to_nobody() -> None:
    rule = a_rule(hold="PT3H")
    assert letters(a_file(rule), rule, YES, YES, NO) == []


@pytest.mark.parametrize(
    ("level", "breaks_quiet", "urgent"), [(3, False, False), (4, False, True), (5, False, True), (3, True, True)]
)
def test_in_quiet_hours_a_message_waits_unless_its_level_or_its_rule_breaks_through(
    level: int, breaks_quiet: bool, urgent: bool
) -> None:
    rule = a_rule(at_least=3, breaks_quiet=breaks_quiet)
    [letter] = letters(a_file(rule, quiet=NIGHT), rule, (level, YES))
    assert letter.urgent is urgent
    midnight = at("2024-05-06T23:00")
    assert not_before(letter, NIGHT, midnight) == (midnight if urgent else at("2024-05-07T04:00"))


def test_that_it_is_over_wakes_nobody() -> None:
    rule = a_rule()
    *_, last = letters(a_file(rule, quiet=NIGHT), rule, YES, NO)
    assert (last.lines[0].news, last.urgent) == (News.RESOLVED, False)


def test_a_letter_begins_with_the_highest_level() -> None:
    rule = a_rule(at_least=3)
    file = a_file(rule)
    seen = [a_sighting(subject="harbour", level=3), a_sighting(subject="strait", level=5)]
    alerts, noticed = advance((), seen, {rule.id: rule}, MONDAY)
    standing = Standing(evaluated_at=MONDAY, alerts=alerts)
    _, [letter] = tell(Standing(), standing, noticed, file, MONDAY + timedelta(0))
    assert [one.subject for one in letter.lines] == ["strait", "harbour"]
