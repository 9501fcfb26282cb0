"""Rows of tables as readings, items of feeds as evidence, and what both refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from iw_monitor.collect.feeds import parse_feed
from iw_monitor.collect.kinds import parse
from iw_monitor.collect.readings import Parsed
from iw_monitor.collect.suggest import suggest
from iw_monitor.errors import CollectError
from tests.collect.sources import NOW, a_feed, a_source, a_table

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>
<item><title>Mines laid &lt;b&gt;off&lt;/b&gt; the pier</title><link>https://example.org/1</link>
<pubDate>Mon, 20 Nov 2023 10:00:00 GMT</pubDate></item>
<item><title>A determined guess</title><link>https://example.org/2</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><title>A mine</title>
<link href="https://example.org/a"/><updated>2023-11-20T10:00:00Z</updated></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "title": "A mine", "url": "https://e.org/1", "date_published": "2023-11-20T10:00:00Z"}],
    }
)


def read(said: Any, *, now: datetime = NOW, **changes: Any) -> Parsed:
    return parse((json.dumps(said).encode(),), a_table(**changes), {}, now=now)


# --- Rows ---


def test_a_day_is_true_at_its_end_in_the_sources_zone_and_known_after_its_lag() -> None:
    (one,) = read([{"day": "2023-11-20", "killed": 3}], zone="Asia/Gaza", lag="PT12H").readings
    assert one.at == datetime(2023, 11, 20, 21, 59, tzinfo=UTC)
    assert one.published_at == datetime(2023, 11, 21, 9, 59, tzinfo=UTC)


def test_what_is_younger_than_its_lag_is_withheld() -> None:
    found = read([{"day": "2023-11-20", "killed": 3}, {"day": "2023-11-30", "killed": 4}], lag="P11D")
    assert [one.value for one in found.readings] == []
    found = read([{"day": "2023-11-10", "killed": 3}, {"day": "2023-11-30", "killed": 4}], lag="P11D")
    assert ([one.value for one in found.readings], found.withheld) == ([3.0], 1)


def test_unknown_keys_are_let_be_and_missing_numbers_are_not_zero() -> None:
    rows = [{"day": "2023-11-20", "killed": None, "new": 1}, {"day": "2023-11-21"}, {"day": "2023-11-22", "killed": ""}]
    found = read(rows)
    assert found.is_empty
    assert found.damage == ()


@pytest.mark.parametrize("value", ["many", True, [3], {"n": 3}, "1e999", "0x10", "N/A", "\uff11\uff12"])
def test_what_is_no_number_is_damage_and_no_reading(value: object) -> None:
    found = read([{"day": "2023-11-20", "killed": value}])
    assert found.is_empty
    assert found.damage == ("killed is not a number",)


@pytest.mark.parametrize("day", ["yesterday", "2023-13-01", None, "9999-12-31", "0001-01-01"])
def test_what_is_no_time_is_damage(day: object) -> None:
    assert read([{"day": day, "killed": 1}]).damage == ("day is not a time",)


def test_a_total_that_falls_is_damage() -> None:
    picks = {"at": "day", "readings": {"killed": "killed"}, "never_falls": ["killed"]}
    found = read([{"day": "2023-11-20", "killed": 5}, {"day": "2023-11-21", "killed": 4}], picks=picks)
    assert found.damage == ("killed falls, although it adds up",)


def test_rows_that_only_carry_forward_are_passed_over() -> None:
    picks = {"at": "day", "readings": {"killed": "killed"}, "skip": {"from": ["fill"]}}
    rows = [{"day": "2023-11-20", "killed": 5, "from": "un"}, {"day": "2023-11-21", "killed": 5, "from": "fill"}]
    assert [one.at.day for one in read(rows, picks=picks).readings] == [20]


def test_a_path_leads_to_rows_inside_a_document() -> None:
    found = read({"data": {"days": [{"day": "2023-11-20", "killed": 3}]}}, rows="data.days")
    assert [one.value for one in found.readings] == [3.0]


@pytest.mark.parametrize("raw", [b"<html>sorry</html>", b"[1", b'{"data": 1}', b"\xff\xfe", b"[NaN]"])
def test_a_table_that_is_none_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(CollectError):
        parse((raw,), a_table(), {}, now=NOW)


def test_pages_of_a_feature_layer_are_one_table() -> None:
    source = a_source(
        kind="arcgis",
        url="https://example.org/query",
        picks={"at": "date", "form": "epoch_milliseconds", "readings": {"ships": "n_total"}},
    )
    pages = [{"features": [{"attributes": {"date": day * 86_400_000, "n_total": day}}]} for day in (19_680, 19_681)]
    found = parse(tuple(json.dumps(one).encode() for one in pages), source, {}, now=NOW)
    assert [one.value for one in found.readings] == [19_680.0, 19_681.0]
    with pytest.raises(CollectError, match="reports an error"):
        parse((b'{"error": {"code": 400}}',), source, {}, now=NOW)


# --- Feeds ---


@pytest.mark.parametrize("raw", [RSS, ATOM, JSON_FEED])
def test_items_of_every_kind_of_feed_are_evidence_when_a_word_stands_whole_in_them(raw: str) -> None:
    source = a_feed(words=["mine", "mines"])
    found = parse_feed(raw.encode(), source, now=NOW)
    assert [one.published_at for one in found.items] == [datetime(2023, 11, 20, 10, tzinfo=UTC)]
    (one,) = suggest(source, found)
    assert (one.level, one.indicator) == (None, "mine_notices")
    assert "<" not in one.statement


def test_an_item_keeps_its_key_when_its_title_is_corrected() -> None:
    first, second = (
        parse_feed(ATOM.replace("A mine", title).encode(), a_feed(), now=NOW).items[0] for title in ("A mine", "Two")
    )
    assert first.key == second.key


@pytest.mark.parametrize(
    "raw",
    [
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss version="2.0"><channel/></rss>',
        b'<?xml version="1.0" encoding="utf-7"?><rss version="2.0"><channel/></rss>',
        RSS.encode("utf-16"),
        b"nothing of the kind",
        b'{"items": 3}',
    ],
)
def test_entities_odd_encodings_and_what_is_no_feed_are_refused(raw: bytes) -> None:
    with pytest.raises(CollectError):
        parse_feed(raw, a_feed(), now=NOW)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "https://e.org/a b"])
def test_a_link_that_is_no_web_address_is_dropped(link: str) -> None:
    raw = RSS.replace("https://example.org/1", link)
    assert parse_feed(raw.encode(), a_feed(), now=NOW).items[0].link == ""
