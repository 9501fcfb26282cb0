"""A feed: what happened, newest first, as Atom (RFC 4287)."""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from iw_monitor.publish.report.parts import readable
from iw_monitor.publish.times import iso

MEDIA_TYPE = "application/atom+xml"
SPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """Something that happened, once: its name never changes."""

    name: str  # what it is, in words that no other entry has
    at: datetime
    title: str
    text: str
    path: str  # of the page that says more
    author: str


def feed_atom(entries: Iterable[FeedEntry], *, pack: str, title: str, rights: str, base: str, made_at: datetime) -> str:
    """Return the feed as XML.

    Args:
        entries: what happened, newest first.
        pack: whose feed it is.
        title: of the feed.
        rights: how far it may be passed on.
        base: the address of the pages, without a slash at its end.
        made_at: the feed's own time while it has no entry.
    """
    listed = tuple(entries)
    feed = Xml.Element("feed", {"xmlns": SPACE, "xml:lang": "en"})
    _add(feed, "id", _urn(pack))
    _add(feed, "title", title)
    _add(feed, "updated", iso(listed[0].at if listed else made_at))
    _add(feed, "rights", rights)
    _add(feed, "generator", "iw_monitor")
    Xml.SubElement(feed, "link", {"rel": "self", "type": MEDIA_TYPE, "href": f"{base}/feed.atom"})
    Xml.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/"})
    for one in listed:
        feed.append(_entry(one, pack, base))
    Xml.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(feed, encoding="unicode")}\n'


def _entry(one: FeedEntry, pack: str, base: str) -> Xml.Element:
    entry = Xml.Element("entry")
    _add(entry, "id", _urn(pack, one.name))
    _add(entry, "title", one.title)
    _add(entry, "updated", iso(one.at))
    _add(Xml.SubElement(entry, "author"), "name", one.author)
    Xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/{one.path}"})
    _add(entry, "summary", one.text)
    return entry


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = readable(text)


def _urn(*names: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join(("iw-monitor", *names))).urn
