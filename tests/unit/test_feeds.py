"""Both forms of the feed keep what their specifications say, are read back, and say the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest

from iw_monitor.collect.feeds import parse_feed
from iw_monitor.publish.feed import Feed, FeedEntry
from iw_monitor.publish.feed_atom import feed_atom
from iw_monitor.publish.feed_json import feed_json
from tests.builders import HOUR, MONDAY
from tests.collect.sources import a_feed as a_source_of_items
from tests.feed_rules import broken_atom_rules, broken_json_rules
from tests.unit.reports_site import ARABIC, HEBREW, HOSTILE


def an_entry(name: str, hours: int, **changes: Any) -> FeedEntry:
    ordinary: dict[str, Any] = {
        "name": name,
        "at": MONDAY - hours * HOUR,
        "title": f"Blockade: {HEBREW}",
        "text": f"Changed. {ARABIC}",
        "path": "why?problem=blockade&as_of=2024-05-06T00:00:00Z",
        "author": "iw_monitor",
    }
    return FeedEntry(**{**ordinary, **changes})


def a_feed(*entries: FeedEntry) -> Feed:
    return Feed(
        pack="harbour",
        title=f"Blockade & {HEBREW}",
        rights="TLP:CLEAR",
        base="https://watch.example",
        made_at=MONDAY,
        entries=entries,
    )


FEEDS = [
    a_feed(),
    a_feed(an_entry("one", 0), an_entry("two", 1)),
    a_feed(an_entry("one", 0, title=f"{HOSTILE}\x00\x0b", text=f"]]>{HOSTILE}\x1b", author="Ada <ada@example.org>")),
    a_feed(an_entry("one", 0, at=datetime(2024, 5, 6, 1, 2, 3, 456789, tzinfo=UTC))),
]


@pytest.mark.parametrize("feed", FEEDS)
def test_the_feed_keeps_every_rule_of_atom_and_of_json_feed(feed: Feed) -> None:
    """RFC 4287, and https://www.jsonfeed.org/version/1.1/."""
    assert broken_atom_rules(feed_atom(feed)) == []
    assert broken_json_rules(feed_json(feed)) == []


def test_both_forms_say_the_same_under_the_same_names() -> None:
    """The Atom form as a feed reader reads it; feedparser 6.0.14 reads no JSON Feed, so that one is read as JSON."""
    feed = FEEDS[1]
    read: Any = feedparser.parse(feed_atom(feed))
    assert not read.bozo
    said = json.loads(feed_json(feed))
    assert said["title"] == read.feed.title
    assert [(one["id"], one["url"], one["title"], one["content_text"]) for one in said["items"]] == [
        (one.id, one.link, one.title, one.summary) for one in read.entries
    ]
    assert [one["date_published"] for one in said["items"]] == [one.updated for one in read.entries]
    assert [one["authors"][0]["name"] for one in said["items"]] == [one.author for one in read.entries]


@pytest.mark.parametrize("write", [feed_atom, feed_json])
def test_another_monitor_can_collect_the_feed_in_both_its_forms(write: Callable[[Feed], str]) -> None:
    items = parse_feed(write(FEEDS[1]).encode(), a_source_of_items(), now=MONDAY).items
    assert [(one.title, one.published_at) for one in items] == [(one.title, one.at) for one in FEEDS[1].entries]
    assert all(one.link.startswith("https://watch.example/why?") for one in items)


@pytest.mark.parametrize(
    ("whole", "broken", "rule"),
    [
        ("<updated>2024-05-06T00:00:00Z", "<updated>2024-05-06 00:00", "3.3"),
        ("<id>urn:uuid:", "<id>", "4.2.6"),
        ('rel="alternate" type="text/html" href="https://watch.example/why', 'rel="via" href="https://x/', "4.1.2"),
        ("<name>iw_monitor</name>", "", "3.2"),
        ("<rights>", "<rights>a</rights><rights>", "4.1: what stands at most once"),
        ("<summary>", "<sumary/><summary>", "4.1: no element"),
    ],
)
def test_the_rules_find_what_breaks_them_in_atom(whole: str, broken: str, rule: str) -> None:
    text = feed_atom(FEEDS[1])
    assert whole in text
    assert any(one.startswith(rule) for one in broken_atom_rules(text.replace(whole, broken)))


@pytest.mark.parametrize(
    ("whole", "broken", "rule"),
    [
        ("version/1.1", "version/1", "version"),
        ('"content_text"', '"text"', "content_html or content_text"),
        ('"date_published": "2024-05-06T00:00:00Z"', '"date_published": "6 May"', "date_published"),
        ('"id": "urn', '"id": 3, "x": "urn', "id: a string"),
        ('"name"', '"nick"', "authors"),
    ],
)
def test_the_rules_find_what_breaks_them_in_json(whole: str, broken: str, rule: str) -> None:
    text = feed_json(FEEDS[1])
    assert whole in text
    assert any(one.startswith(rule) for one in broken_json_rules(text.replace(whole, broken)))
