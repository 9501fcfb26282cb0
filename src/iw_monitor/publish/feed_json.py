"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from iw_monitor.publish.feed import Feed, FeedEntry, entry_id
from iw_monitor.publish.report.parts import readable
from iw_monitor.publish.times import iso

MEDIA_TYPE = "application/feed+json"
PLACE = "/feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


def feed_json(feed: Feed) -> str:
    """Return a feed as JSON. The format has no word for rights; they stand in the description."""
    said = {
        "version": VERSION,
        "title": readable(feed.title),
        "description": readable(f"Changes of level, and reports. {feed.rights}"),
        "home_page_url": feed.address(""),
        "feed_url": feed.address(PLACE),
        "language": "en",
        "items": [_item(one, feed) for one in feed.entries],
    }
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n"


def _item(one: FeedEntry, feed: Feed) -> dict[str, Any]:
    return {
        "id": entry_id(feed, one),
        "url": f"{feed.base}/{one.path}",
        "title": readable(one.title),
        "content_text": readable(one.text),
        "date_published": iso(one.at),
        "authors": [{"name": readable(one.author)}],
    }
