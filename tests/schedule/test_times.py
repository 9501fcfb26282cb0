"""When something is due, on the two nights a year on which clocks are changed too.

The nights: Europe/Berlin goes from 02:00 to 03:00 on 2024-03-31 and from 03:00 back to 02:00 on 2024-10-27;
Asia/Jerusalem from 02:00 to 03:00 on Friday 2024-03-29 and from 02:00 back to 01:00 on Sunday 2024-10-27 (IANA tz
database).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from iw_monitor.model.times import Crontab, Every, Times, due_between

BERLIN, JERUSALEM = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Jerusalem")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(times: Times, first: str, last: str) -> list[str]:
    return [f"{one:%m-%d %H:%M}" for one in due_between(times, utc(first), utc(last))]


@pytest.mark.parametrize(
    ("zone", "line", "first", "last", "expected"),
    [
        # 02:30 does not exist: at 03:30 summer time, as long after midnight as ever
        (BERLIN, "30 2 * * *", "2024-03-30T00", "2024-04-01T12", ["03-30 01:30", "03-31 01:30", "04-01 00:30"]),
        (JERUSALEM, "30 2 * * *", "2024-03-28T00", "2024-03-30T12", ["03-28 00:30", "03-29 00:30", "03-29 23:30"]),
        # 02:30 in Berlin and 01:30 in Jerusalem come twice: the first time counts
        (BERLIN, "30 2 * * *", "2024-10-26T00", "2024-10-28T12", ["10-26 00:30", "10-27 00:30", "10-28 01:30"]),
        (JERUSALEM, "30 1 * * *", "2024-10-25T12", "2024-10-28T12", ["10-25 22:30", "10-26 22:30", "10-27 23:30"]),
        # a day at an hour that nobody touches has 23 or 25 hours
        (BERLIN, "0 7 * * *", "2024-03-30T00", "2024-04-01T00", ["03-30 06:00", "03-31 05:00"]),
        (JERUSALEM, "0 7 * * *", "2024-10-26T00", "2024-10-28T00", ["10-26 04:00", "10-27 05:00"]),
    ],
)
def test_a_time_of_day_is_due_once_a_day_also_when_clocks_change(
    zone: ZoneInfo, line: str, first: str, last: str, expected: list[str]
) -> None:
    assert due(Crontab(line, zone), first, last) == expected


@pytest.mark.parametrize("zone", [BERLIN, JERUSALEM])
@pytest.mark.parametrize("night", ["2024-03-28T12", "2024-03-30T12", "2024-10-26T12"])
def test_what_is_due_every_hour_is_due_in_every_hour_there_is(zone: ZoneInfo, night: str) -> None:
    found = list(due_between(Crontab("15 * * * *", zone), utc(night), utc(night) + timedelta(days=1)))
    assert len(found) == 24
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(hours=1)}


def test_days_of_the_week_count_from_sunday_as_in_every_crontab() -> None:
    assert due(Crontab("0 6 * * 0", ZoneInfo("UTC")), "2024-05-06T00", "2024-05-20T00") == [
        "05-12 06:00",
        "05-19 06:00",
    ]
    workdays = Crontab("0 6 * * 1-5", ZoneInfo("UTC"))
    assert due(workdays, "2024-05-10T00", "2024-05-14T00") == ["05-10 06:00", "05-13 06:00"]
    assert Crontab("0 6 * * 5-7", ZoneInfo("UTC")).fields[-1] == "fri,sat,sun"
    assert Crontab("0 6 * * mon", ZoneInfo("UTC")).after(utc("2024-05-06T07")) == utc("2024-05-13T06")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "5 fields"),
        ("0 6 * *", "5 fields"),
        ("61 * * * *", "maximum"),
        ("0 6 * * 5-1", "end before"),
        ("0 6 * * someday", "weekday"),
    ],
)
def test_what_is_no_crontab_is_refused(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Crontab(line, BERLIN)


def test_even_distances_are_the_same_whenever_one_begins_to_count() -> None:
    times = Every(timedelta(minutes=5))
    assert due(times, "2024-05-06T00:00:01", "2024-05-06T00:10") == ["05-06 00:05", "05-06 00:10"]
    assert due(times, "2024-05-06T00:05", "2024-05-06T00:10") == ["05-06 00:10"]
    with pytest.raises(ValueError, match="positive"):
        Every(timedelta(0))


def test_a_crontab_that_never_comes_is_due_never() -> None:
    assert Crontab("0 0 30 2 *", ZoneInfo("UTC")).after(utc("2024-05-06T00")) is None
