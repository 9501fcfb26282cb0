"""RSS, Atom and JSON Feed as items. Entities are refused: a few bytes of them can stand for gigabytes."""

from __future__ import annotations

import hashlib
import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from time import struct_time

import feedparser

from iw_monitor.collect.documents import json_of, looks_like_json
from iw_monitor.collect.readings import Item, Parsed
from iw_monitor.errors import CollectError
from iw_monitor.model.pack.sources import FeedSource

MOST_ITEMS = 200
MOST_BYTES = 8 * 2**20
LONGEST = 500  # characters of a title
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENCODINGS = re.compile(r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\\s]+")
_WEB = re.compile(r"https?://[^\s\\]{1,1900}")
# What the parser of other people's markup is known to stumble over.
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError)


def parse_feed(raw: bytes, source: FeedSource, *, now: datetime) -> Parsed:
    """Return the items of a feed that were said by an instant and hold one of the source's words.

    Raises:
        CollectError: it is no feed, declares entities, or is larger than any feed.
    """
    if len(raw) > MOST_BYTES:
        raise CollectError(f"the feed is larger than {MOST_BYTES // 2**20} MiB")
    entries = _json_items(raw) if looks_like_json(raw) else _xml_items(raw)
    items = [_item(one, now) for one in entries[:MOST_ITEMS]]
    said = [one for one in items if one is not None and one.published_at <= now]
    unread = sum(one is None for one in items)
    damage = (f"{unread} items have neither title nor address",) if unread else ()
    wanted = tuple(one for one in said if _has_word(one.title, source.words))
    return Parsed(items=wanted, rows=len(items), damage=damage, withheld=len(items) - len(said) - unread)


def _has_word(title: str, words: tuple[str, ...]) -> bool:
    """Say whether one of the words stands in a title, whole: a mine is no determined guess."""
    if not words:
        return True
    listed = "|".join(re.escape(one) for one in words)
    return re.search(rf"(?<!\w)({listed})(?!\w)", title, re.IGNORECASE) is not None


def _xml_items(raw: bytes) -> list[Mapping[str, object]]:
    if b"\0" in raw or _ENTITY.search(raw):
        raise CollectError("the feed declares entities, or is not written in a usual encoding")
    stated = _ENCODING.search(raw[:500])
    if stated and not _ENCODINGS.fullmatch(stated[1].decode()):
        raise CollectError("the feed is not written in a usual encoding")
    try:
        found = feedparser.parse(io.BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    except _STUMBLES as error:
        raise CollectError("the feed cannot be made out") from error
    if not found.version and not found.entries:
        raise CollectError("the answer is no feed")
    return [dict(one.items()) for one in found.entries]  # as written, without what the parser says of old names


def _json_items(raw: bytes) -> list[Mapping[str, object]]:
    said = json_of(raw)
    items = said.get("items") if isinstance(said, Mapping) else None
    if not isinstance(items, list):
        raise CollectError("the answer is no JSON feed")
    return [
        {**one, "link": one.get("url"), "published": one.get("date_published")}
        for one in items
        if isinstance(one, Mapping)
    ]


def _item(entry: Mapping[str, object], now: datetime) -> Item | None:
    """Return an entry as an item; one without a date was said when it was first seen."""
    title = _plain(entry.get("title"))
    link = str(entry.get("link") or "").strip()
    link = link if _WEB.fullmatch(link) else ""
    if not title and not link:
        return None
    said_at = _said_at(entry) or now
    key = hashlib.sha256(str(entry.get("id") or link or title).encode("utf-8", "replace")).hexdigest()[:24]
    return Item(key=key, title=title or link, link=link, published_at=said_at)


def _plain(text: object) -> str:
    flat = _HIDDEN.sub(" ", _TAG.sub(" ", str(text or ""))).strip()
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"


def _said_at(entry: Mapping[str, object]) -> datetime | None:
    return next((one for one in _dates(entry) if one is not None), None)


def _dates(entry: Mapping[str, object]) -> Iterator[datetime | None]:
    try:
        for name in ("published_parsed", "updated_parsed"):
            parsed = entry.get(name)
            if isinstance(parsed, struct_time):
                yield datetime.fromtimestamp(timegm(parsed), UTC)
        text = entry.get("published")
        if isinstance(text, str) and "T" in text:
            found = datetime.fromisoformat(text)
            yield found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError, OSError):
        yield None
