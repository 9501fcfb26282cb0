"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

import xml.etree.ElementTree as Xml

from iw_monitor.publish.feed import Feed, FeedEntry, entry_id, feed_id
from iw_monitor.publish.report.parts import readable
from iw_monitor.publish.times import iso

MEDIA_TYPE = "application/atom+xml"
PLACE = "/feed.atom"
SPACE = "http://www.w3.org/2005/Atom"


def feed_atom(feed: Feed) -> str:
    """Return a feed as XML."""
    root = Xml.Element("feed", {"xmlns": SPACE, "xml:lang": "en"})
    _add(root, "id", feed_id(feed))
    _add(root, "title", feed.title)
    _add(root, "updated", iso(feed.entries[0].at if feed.entries else feed.made_at))
    _add(root, "rights", feed.rights)
    _add(root, "generator", "iw_monitor")
    Xml.SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.address(PLACE)})
    Xml.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.address("")})
    for one in feed.entries:
        root.append(_entry(one, feed))
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _entry(one: FeedEntry, feed: Feed) -> Xml.Element:
    entry = Xml.Element("entry")
    _add(entry, "id", entry_id(feed, one))
    _add(entry, "title", one.title)
    _add(entry, "updated", iso(one.at))
    _add(Xml.SubElement(entry, "author"), "name", one.author)
    Xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{feed.base}/{one.path}"})
    _add(entry, "summary", one.text)
    return entry


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = readable(text)
