"""When a source is asked: spread by chance that is the same on every machine, and later after each failure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from iw_monitor.collect.due import is_resting, jitter_of, next_due, rests_until
from iw_monitor.model.collecting import FetchOutcome, SourceState
from tests.builders import DAY, HOUR, MONDAY
from tests.collect.sources import a_feed

MINUTE = timedelta(minutes=1)
SPREAD = {"every": "PT1H", "jitter": "PT10M"}


def asked(failures: int = 0, *, wait: timedelta | None = None) -> SourceState:
    return SourceState(
        pack="p",
        source="feed",
        outcome=FetchOutcome.FAILED if failures else FetchOutcome.NEW,
        detail="",
        run_at=MONDAY,
        failures=failures,
        not_before=None if wait is None else MONDAY + wait,
    )


def test_a_source_is_asked_up_to_its_jitter_later_than_planned_and_never_earlier() -> None:
    source = a_feed(schedule=SPREAD)
    drawn = [jitter_of(source, MONDAY + n * HOUR) for n in range(200)]
    assert min(drawn) >= timedelta(0)
    assert max(drawn) <= 10 * MINUTE
    assert len(set(drawn)) == 200
    # Spread over all of it: in each quarter of ten minutes about fifty of two hundred.
    quarters = [sum(int(one / (2.5 * MINUTE)) == n for one in drawn) for n in range(4)]
    assert min(quarters) > 30
    due = next_due(source, asked(), now=MONDAY)
    assert due == MONDAY + HOUR + jitter_of(source, MONDAY)


def test_two_sources_with_one_schedule_are_not_asked_in_the_same_second() -> None:
    one, other = a_feed(schedule=SPREAD), a_feed(id="other", schedule=SPREAD)
    assert jitter_of(one, MONDAY) != jitter_of(other, MONDAY)


@pytest.mark.parametrize(("failures", "rests"), [(0, 0), (1, 5), (2, 10), (3, 20), (9, 1280), (10, 1440), (99, 1440)])
def test_the_rest_after_failures_doubles_from_five_minutes_to_a_day(failures: int, rests: int) -> None:
    assert rests_until(asked(failures)) == MONDAY + rests * MINUTE


def test_a_source_that_failed_by_a_clock_ahead_is_asked_by_one_that_is_right() -> None:
    failed = asked(3)
    assert is_resting(failed, MONDAY)
    assert is_resting(failed, MONDAY - 10 * MINUTE)
    assert not is_resting(failed, MONDAY - 11 * MINUTE)
    assert next_due(a_feed(), failed, now=MONDAY - DAY) == MONDAY - DAY


def test_a_source_that_asks_to_be_left_alone_for_longer_is() -> None:
    assert rests_until(asked(1, wait=2 * DAY)) == MONDAY + 2 * DAY
    assert rests_until(asked(3, wait=MINUTE)) == MONDAY + 20 * MINUTE
