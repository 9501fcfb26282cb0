"""Sirens of both histories as counts by day and region, with every quirk that the real files have."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from iw_monitor.collect.readings import Parsed
from iw_monitor.collect.sirens.parse import parse_alerts
from iw_monitor.collect.sirens.places import Places
from iw_monitor.errors import CollectError
from tests.collect.sources import NOW, sirens, some_places

HEAD = "data,date,time,alertDate,category\n"
WINDOW = {"take": "max", "over": "P14D", "unit": "minutes", "says": "Sirens"}
LATER = datetime(2024, 4, 2, tzinfo=UTC)
RULE = {"indicator": "port_traffic", "readings": ["minutes.south"], **WINDOW}


def parsed(*rows: str, now: datetime = NOW, layout: str = "official") -> Parsed:
    raw = HEAD + "\n".join(rows) if layout == "official" else f"[{','.join(rows)}]"
    return parse_alerts([raw.encode()], sirens(layout, rules=[RULE]), some_places(), now=now)


def counts(found: Parsed, measure: str, region: str) -> dict[str, float]:
    """Return a measure of one region by day."""
    name = f"{measure}.{region}"
    return {f"{one.at + timedelta(hours=2):%m-%d}": one.value for one in found.readings if one.name == name}


def official(name: str, at: str, category: int = 1) -> str:
    day, time = at.split(" ")
    year, month, date = day.split("-")
    return f'"{name}",{date}.{month}.{year},{time},{day}T{time},{category}'


@pytest.mark.parametrize("category", [3, 4, 7, 8, 10, 13, 14, 15, 28])
def test_drills_warnings_earthquakes_and_ends_are_no_attack(category: int) -> None:
    found = parsed(official("Metula", "2023-11-20 10:00:00"), official("Haifa", "2023-11-20 10:05:00", category))
    assert counts(found, "alerts", "north_border") == {"11-20": 1}
    assert counts(found, "alerts", "north_deep") == {"11-20": 0}


@pytest.mark.parametrize("threat", [1, 2, 3, 4, 6, 7, 8])
def test_the_other_history_has_codes_of_its_own(threat: int) -> None:
    rows = ['["a",0,["Metula"],1700474400]', f'["b",{threat},["Haifa"],1700474700]', '["c",5,["Eilat"],1700474700]']
    found = parsed(*rows, layout="tzevaadom")
    assert counts(found, "alerts", "north_deep") == {"11-20": 0}
    assert counts(found, "alerts", "eilat_arava") == {"11-20": 1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2023-03-23T18:00", "2023-03-24T17:00"),
        ("2023-10-28T17:00", "2023-10-29T18:00"),
        ("2024-03-28T18:00", "2024-03-29T17:00"),
    ],
)
def test_both_histories_of_one_call_are_one_instant_in_summer_and_in_winter(before: str, after: str) -> None:
    """Eight in the evening in Israel on the days around its three changes of the clock, in UTC."""
    local = parsed(*(official("Metula", f"{one[:10]} 20:00:00") for one in (before, after)), now=LATER)
    seconds = [int(datetime.fromisoformat(f"{one}Z").timestamp()) for one in (before, after)]
    utc = parsed(*(f'["a",0,["Metula"],{one}]' for one in seconds), layout="tzevaadom", now=LATER)
    assert local.readings == utc.readings


def test_an_attack_late_in_the_utc_evening_falls_on_the_next_local_day() -> None:
    late = int(datetime(2023, 11, 20, 22, 30, tzinfo=UTC).timestamp())
    found = parsed(f'["a",0,["Metula"],{late}]', layout="tzevaadom")
    assert counts(found, "alerts", "north_border") == {"11-21": 1}


def test_a_second_before_midnight_stays_on_its_day() -> None:
    """The source rounds alertDate to the minute: 23:59:51 becomes 00:00 of the next day there."""
    row = '"Metula",20.11.2023,23:59:51,2023-11-21T00:00:00,1'
    assert counts(parsed(row), "alerts", "north_border") == {"11-20": 1}


def test_names_with_commas_are_looked_up_before_they_are_split() -> None:
    rows = [
        official("Ashdod - A,B", "2023-11-20 10:00:00"),
        official("Neve Ziv, North", "2023-11-20 10:00:00"),
        official("Metula, Avivim", "2023-11-20 10:00:00"),
    ]
    found = parsed(*rows)
    assert counts(found, "alerts", "south") == {"11-20": 1}
    assert counts(found, "alerts", "north_border") == {"11-20": 3}
    assert not found.damage


def test_repeated_rows_count_once_and_minutes_are_counted_not_rows() -> None:
    twice = official("Metula", "2023-11-20 10:00:10")
    rows = [twice, twice, official("Avivim", "2023-11-20 10:00:40"), official("Metula", "2023-11-20 10:02:00")]
    found = parsed(*rows)
    assert counts(found, "alerts", "north_border") == {"11-20": 3}
    assert counts(found, "minutes", "north_border") == {"11-20": 2}


def test_rows_that_step_back_in_time_count_as_those_that_do_not() -> None:
    rows = [official("Metula", f"2023-11-{day} 10:{minute}:00") for day in (18, 19, 20) for minute in (10, 20, 30)]
    mixed = Random(6).sample(rows, len(rows))
    assert mixed != rows
    assert parsed(*mixed) == parsed(*rows)


def test_hyphens_and_doubled_quotes_do_not_make_another_place() -> None:
    found = parsed(official("Ashdod\u2013A,B", "2023-11-20 10:00:00"))
    assert counts(found, "alerts", "south") == {"11-20": 1}


def test_a_name_in_no_table_is_damage_and_no_front() -> None:
    found = parsed(official("Atlantis", "2023-11-20 10:00:00"))
    assert found.damage == ("1 names are in no zone: Atlantis",)
    assert counts(found, "alerts", "unspecified") == {"11-20": 1}


@pytest.mark.parametrize("body", [b"", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_body_is_quiet_and_says_nothing(body: bytes) -> None:
    found = parse_alerts([body], sirens("official"), some_places(), now=NOW)
    assert found.is_empty
    assert not found.damage


def test_days_after_the_newest_call_are_not_called_quiet() -> None:
    found = parsed(official("Metula", "2023-11-20 10:00:00"), now=NOW)
    assert max(one.at for one in found.readings) == datetime(2023, 11, 20, 8, tzinfo=UTC)


def test_what_was_said_later_is_not_used() -> None:
    found = parsed(
        official("Metula", "2023-11-20 10:00:00"),
        official("Metula", "2023-11-25 10:00:00"),
        now=datetime(2023, 11, 21, tzinfo=UTC),
    )
    assert list(counts(found, "alerts", "north_border")) == ["11-20"]
    assert found.withheld == 1


@pytest.mark.parametrize("raw", [b"<html>no</html>", b'{"a": 1}', b"name,place\n1,2\n", b"[1, 2"])
def test_another_layout_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(CollectError):
        parse_alerts([raw], sirens("official"), some_places(), now=NOW)


def test_the_list_of_localities_gives_way_to_the_packs_own_table() -> None:
    listed = json.dumps([{"name": "Metula", "zone_en": "Elsewhere"}]).encode()
    places = Places.read(b"name,zone\nMetula,Here\n", b"zone,region\nHere,near\nElsewhere,far\n", listed=listed)
    assert places.find("Metula")[0].region == "near"
