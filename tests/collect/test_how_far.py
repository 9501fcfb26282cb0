"""How far a machine goes alone, and what a window of readings comes to."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from iw_monitor.collect.decide import Accepted, Dropped, Proposed, Standing, decide
from iw_monitor.collect.readings import Reading
from iw_monitor.collect.suggest import Suggestion, level_of
from iw_monitor.collect.windows import gauge
from iw_monitor.model.pack.sources import Accept, ReadingRule
from tests.collect.sources import NOW

DAY = timedelta(days=1)
HERE = ZoneInfo("UTC")


def kind(
    level: int | None,
    accept: Accept,
    stands: int | None,
    *,
    override: bool = False,
    may_lower: bool = False,
    whole: bool = True,
    doubt: str = "",
) -> type:
    """Return how far a suggestion goes alone."""
    suggestion = Suggestion(
        key="port_traffic#0",
        indicator="port_traffic",
        level=level,
        statement="Ships",
        observed_at=NOW,
        published_at=NOW,
        accept=accept,
        may_lower=may_lower,
        whole=whole,
    )
    return type(decide(suggestion, Standing(level=stands, override=override), doubt=doubt))


@pytest.mark.parametrize(
    ("level", "stands", "expected"),
    [(2, 2, Accepted), (3, 2, Accepted), (4, 2, Proposed), (1, 2, Proposed), (2, None, Proposed)],
)
def test_within_one_step_up_a_machine_goes_alone(level: int, stands: int | None, expected: type) -> None:
    assert kind(level, Accept.WITHIN_ONE, stands) is expected


def test_auto_takes_any_step_up_and_none_down() -> None:
    assert kind(4, Accept.AUTO, 0) is Accepted
    assert kind(4, Accept.AUTO, None) is Accepted
    assert kind(0, Accept.AUTO, 4) is Proposed
    assert kind(0, Accept.AUTO, 4, may_lower=True) is Accepted


def test_review_never_goes_alone_and_says_nothing_that_stands_already() -> None:
    assert kind(4, Accept.REVIEW, 2) is Proposed
    assert kind(2, Accept.REVIEW, 2) is Dropped


@pytest.mark.parametrize("accept", Accept)
@pytest.mark.parametrize("level", [0, 1, 2, 3, 4, None])
@pytest.mark.parametrize("stands", [0, 2, 4, None])
def test_an_override_of_a_person_is_undone_by_no_machine(accept: Accept, level: int | None, stands: int | None) -> None:
    assert kind(level, accept, stands, override=True, may_lower=True) is not Accepted


@pytest.mark.parametrize("accept", Accept)
@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_damage_or_half_a_window_lowers_nothing_alone(accept: Accept, level: int) -> None:
    assert kind(level, accept, 4, doubt="rows are damaged", may_lower=True) is not Accepted
    if level < 4:
        assert kind(level, accept, 4, whole=False, may_lower=True) is Dropped


# --- Windows ---


def a_rule(take: str, **changes: object) -> ReadingRule:
    ordinary = {
        "indicator": "port_traffic",
        "readings": ["ships"],
        "take": take,
        "over": "P3D",
        "unit": "u",
        "says": "s",
    }
    return ReadingRule.model_validate(ordinary | changes, strict=False)


def ships(*values: float) -> list[Reading]:
    return [
        Reading(name="ships", value=value, at=NOW - number * DAY, published_at=NOW)
        for number, value in enumerate(reversed(values))
    ]


@pytest.mark.parametrize(
    ("take", "expected"), [("last", 5), ("sum", 12), ("mean", 4), ("max", 5), ("count", 3), ("change", 4)]
)
def test_a_window_is_one_value(take: str, expected: float) -> None:
    found = gauge(a_rule(take), ships(9, 1, 3, 4, 5), HERE)
    assert found is not None
    assert (found.value, found.whole) == (expected, True)


def test_half_a_window_is_a_least_value_and_no_mean_and_no_change() -> None:
    most = gauge(a_rule("max", over="P9D"), ships(4, 5), HERE)
    assert most is not None
    assert (most.value, most.whole) == (5, False)
    assert gauge(a_rule("mean", over="P9D"), ships(4, 5), HERE) is None
    assert gauge(a_rule("change", over="P9D"), ships(4, 5), HERE) is None


@pytest.mark.parametrize("last", ["2024-03-31", "2023-10-31", "2023-11-04"])
def test_a_window_is_of_whole_days_where_the_clock_is_changed_within_it(last: str) -> None:
    """Israel's clocks went on by an hour on 2024-03-29, and back on 2023-10-29."""
    zone = ZoneInfo("Asia/Jerusalem")
    newest = datetime.fromisoformat(f"{last}T23:59").replace(tzinfo=zone)
    eight = [Reading(name="ships", value=1, at=newest - n * DAY, published_at=newest) for n in range(8)]
    for said in (eight, eight[:7]):
        read = gauge(a_rule("sum", over="P7D"), said, zone)
        assert read is not None
        assert (read.value, read.whole) == (7, True)


def test_no_reading_is_no_value_and_not_zero() -> None:
    assert gauge(a_rule("sum"), [], HERE) is None


def test_a_level_waits_for_its_day() -> None:
    read = gauge(a_rule("last"), ships(120), HERE)
    assert read is not None
    assert level_of(a_rule("last", levels={3: 50, 4: 100}, since={4: "2023-12-07"}), read) == 3
    assert level_of(a_rule("last", levels={3: 50, 4: 100}, since={4: "2023-11-07"}), read) == 4
    assert level_of(a_rule("last", levels={4: 500}), read) is None
