"""A feed: what happened, newest first; written as Atom and as JSON Feed, which say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from iw_monitor.telling.links import lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """Something that happened, once: its name never changes."""

    name: str  # what it is, in words that no other entry has
    at: datetime
    title: str
    text: str
    path: str  # of the page that says more
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What happened, and whose feed it is."""

    pack: str
    title: str
    rights: str  # how far it may be passed on
    base: str  # the address of the pages, without a slash at its end
    made_at: datetime  # the feed's own time while it has no entry
    entries: tuple[FeedEntry, ...]  # newest first

    def address(self, place: str) -> str:
        """Return the address of a page of this feed's pack, or of the feed itself."""
        return f"{self.base}/{lasting(place.removeprefix('/'), pack=self.pack)}"


def feed_id(feed: Feed) -> str:
    """Return the name of a feed for good."""
    return _urn(feed.pack)


def entry_id(feed: Feed, entry: FeedEntry) -> str:
    """Return the name of an entry for good, the same in every form of the feed."""
    return _urn(feed.pack, entry.name)


def _urn(*names: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join(("iw-monitor", *names))).urn
