"""A snapshot as an alert of the Common Alerting Protocol 1.2 (OASIS, ITU-T X.1303)."""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from datetime import datetime

from iw_monitor.model.instants import as_utc
from iw_monitor.model.snapshot import Marking, Standing
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.told import Told

SPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_SEVERITY = {1: "Minor", 2: "Minor", 3: "Moderate", 4: "Severe", 5: "Extreme"}
_URGENCY = {1: "Future", 2: "Future", 3: "Future", 4: "Expected", 5: "Expected"}
_UNKNOWN = "Unknown"
_LIKELY, _UNLIKELY = 0.5, 0.05  # the standard's own bounds of Likely and Unlikely


def cap(snapshot: Snapshot, told: Told) -> str:
    """Return the alert as XML."""
    alert = Xml.Element("alert", {"xmlns": SPACE})
    for name, text in _head(snapshot):
        Xml.SubElement(alert, name).text = text
    info = Xml.SubElement(alert, "info")
    for name, text in _info(snapshot, told):
        Xml.SubElement(info, name).text = text
    for name, text in _parameters(snapshot):
        parameter = Xml.SubElement(info, "parameter")
        Xml.SubElement(parameter, "valueName").text = name
        Xml.SubElement(parameter, "value").text = text
    Xml.SubElement(Xml.SubElement(info, "area"), "areaDesc").text = _area(snapshot)
    Xml.indent(alert)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(alert, encoding="unicode")}\n'


def _head(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield "identifier", snapshot.name  # without spaces, commas, < and &: the standard forbids them
    yield "sender", f"iw-monitor/{snapshot.at.pack}"
    yield "sent", _time(snapshot.made_at)
    yield "status", snapshot.standing.value
    yield "msgType", "Alert"
    if snapshot.marking is Marking.CLEAR:
        yield "scope", "Public"
    else:
        yield "scope", "Restricted"
        yield "restriction", snapshot.marking.value
    yield "code", snapshot.marking.value
    if snapshot.standing is not Standing.ACTUAL:
        yield "note", f"{snapshot.standing.mark}: not to be acted upon"


def _info(snapshot: Snapshot, told: Told) -> Iterator[tuple[str, str]]:
    level = snapshot.at.headline.level
    marks = f"{told.standing}: " if told.standing else ""
    yield "language", "en"
    yield "category", "Security"
    yield "event", f"{marks}{told.title}"
    yield "urgency", _URGENCY.get(level or 0, _UNKNOWN)
    yield "severity", _SEVERITY.get(level or 0, _UNKNOWN)
    yield "certainty", _certainty(snapshot)
    yield "effective", _time(snapshot.at.as_of)
    yield "expires", _time(snapshot.at.as_of + snapshot.layout.window)
    yield "senderName", snapshot.author
    number = f"{told.level.number} " if told.level.number else ""
    yield "headline", f"{marks}{number}{told.level.word}{f': {told.headline}' if told.headline else ''}"[:160]
    yield "description", "\n".join(told.judgement)


def _certainty(snapshot: Snapshot) -> str:
    name = snapshot.at.headline.problem
    if name is None:
        return _UNKNOWN
    probability = snapshot.at.problem(name).probability
    if probability > _LIKELY:
        return "Likely"
    return "Possible" if probability > _UNLIKELY else "Unlikely"


def _parameters(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield "level", str(snapshot.at.headline.level or "none")
    yield "marking", snapshot.marking.value
    yield "packHash", snapshot.at.pack_hash
    yield "contentHash", snapshot.content_hash


def _area(snapshot: Snapshot) -> str:
    fronts = ", ".join(one.title for one in snapshot.pack.file.fronts)
    return fronts or snapshot.pack.file.title


def _time(instant: datetime) -> str:
    """Return a time as CAP 1.2 wants it: whole seconds, and ``-00:00`` for UTC."""
    return f"{as_utc(instant):%Y-%m-%dT%H:%M:%S}-00:00"
