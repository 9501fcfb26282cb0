"""What the specifications of feeds say MUST be so, one named rule each."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as Xml
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_FEED_CHILDREN = {"id", "title", "updated", "author", "link", "rights", "generator", "subtitle", "entry", "category"}
_ENTRY_CHILDREN = {"id", "title", "updated", "author", "link", "rights", "summary", "content", "published", "category"}
_AT_MOST_ONCE = {"rights", "generator", "subtitle", "summary", "content", "published", "icon", "logo"}
_JSON_FEED = {"version", "title", "home_page_url", "feed_url", "description", "language", "items", "authors"}
_JSON_ITEM = {"id", "url", "title", "content_text", "content_html", "summary", "date_published", "authors", "tags"}


def is_iri(text: str | None) -> bool:
    """Say whether a text is an absolute address or name."""
    return bool(text and urlsplit(text).scheme and " " not in text)


def broken_atom_rules(text: str) -> list[str]:
    """Return the sections of RFC 4287 that a document breaks."""
    feed = Xml.fromstring(text.encode())
    return sorted(set(_feed_rules(feed)))


def _feed_rules(feed: Xml.Element) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield "2: the root is atom:feed"
    entries = feed.findall(f"{ATOM}entry")
    yield from _container_rules(feed, _FEED_CHILDREN)
    if feed.find(f"{ATOM}author") is None and any(one.find(f"{ATOM}author") is None for one in entries):
        yield "4.1.1: an author of the feed, or one of every entry"
    named = [(one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated")) for one in entries]
    if len(set(named)) != len(named):
        yield "4.1.1: entries of one id differ in when they were updated"
    for entry in entries:
        yield from _container_rules(entry, _ENTRY_CHILDREN)
        if entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}link[@rel='alternate']") is None:
            yield "4.1.2: an entry without content has an alternate link"


def _container_rules(parent: Xml.Element, known: set[str]) -> Iterator[str]:
    counted = Counter(one.tag.removeprefix(ATOM) for one in parent)
    if any(counted[name] != 1 for name in ("id", "title", "updated")):
        yield "4.1: one id, one title, one updated"
    if set(counted) - known:
        yield "4.1: no element that is not one of Atom's"
    if any(counted[name] > 1 for name in _AT_MOST_ONCE):
        yield "4.1: what stands at most once"
    if not is_iri(parent.findtext(f"{ATOM}id")):
        yield "4.2.6: an id is an absolute IRI"
    if not _RFC_3339.fullmatch(parent.findtext(f"{ATOM}updated") or ""):
        yield "3.3: a date is one of RFC 3339"
    for text in parent.findall(f"{ATOM}title") + parent.findall(f"{ATOM}summary") + parent.findall(f"{ATOM}rights"):
        if len(text) or text.get("type", "text") != "text":
            yield "3.1.1: plain text has no elements in it"
    if any(len(one.findall(f"{ATOM}name")) != 1 for one in parent.findall(f"{ATOM}author")):
        yield "3.2: a person has one name"
    links = parent.findall(f"{ATOM}link")
    if not all(is_iri(one.get("href")) for one in links):
        yield "4.2.7.1: a link has an address"
    alternates = [(one.get("type"), one.get("hreflang")) for one in links if one.get("rel", "alternate") == "alternate"]
    if len(set(alternates)) != len(alternates):
        yield "4.1: one alternate link of a type and language"


def broken_json_rules(text: str) -> list[str]:
    """Return the rules of JSON Feed 1.1 that a document breaks."""
    return sorted(set(_json_rules(json.loads(text))))


def _json_rules(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version: the address of the version"
    if not isinstance(feed.get("title"), str):
        yield "title: required"
    if not all(is_iri(feed.get(name)) for name in ("home_page_url", "feed_url")):
        yield "home_page_url, feed_url: strongly recommended, addresses"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", feed.get("language", "en")):
        yield "language: a tag of RFC 5646"
    if _unknown(feed, _JSON_FEED):
        yield "extensions begin with _"
    items = feed.get("items")
    if not isinstance(items, list):
        yield "items: an array, required"
        return
    if len({one.get("id") for one in items}) != len(items):
        yield "id: unique"
    for one in items:
        yield from _item_rules(one)


def _item_rules(item: dict[str, Any]) -> Iterator[str]:
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "id: a string, required"
    if not any(isinstance(item.get(name), str) for name in ("content_html", "content_text")):
        yield "content_html or content_text: one is required"
    if not is_iri(item.get("url")):
        yield "url: an address"
    if not _RFC_3339.fullmatch(item.get("date_published", "")):
        yield "date_published: a date of RFC 3339"
    if not all(set(one) & {"name", "url", "avatar"} for one in item.get("authors", [])):
        yield "authors: each has a name, an address or a picture"
    if _unknown(item, _JSON_ITEM):
        yield "extensions begin with _"


def _unknown(said: dict[str, Any], known: set[str]) -> bool:
    return any(name not in known and not name.startswith("_") for name in said)
