"""Snapshots for other machines, held to their standards: STIX 2.1 and CAP 1.2.

The CAP schema may not be shipped along; its order, its numbers of elements and its closed lists of values are written
down here from the standard itself (OASIS, Common Alerting Protocol 1.2, 1 July 2010, sections 3.2 and 3.4).
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as Xml
from importlib import import_module
from typing import Any

import pytest

from iw_monitor.model.snapshot import Format, Layout
from iw_monitor.publish.report.as_cap import SPACE
from iw_monitor.publish.report.rendering import rendered
from tests.unit.reports_site import a_hostile_site, a_reported_site, a_snapshot

stix2: Any = import_module("stix2")  # it brings no types

# Section 3.4: name, fewest, most (None: any number), in the order of the schema.
ALERT = (
    ("identifier", 1, 1),
    ("sender", 1, 1),
    ("sent", 1, 1),
    ("status", 1, 1),
    ("msgType", 1, 1),
    ("source", 0, 1),
    ("scope", 1, 1),
    ("restriction", 0, 1),
    ("addresses", 0, 1),
    ("code", 0, None),
    ("note", 0, 1),
    ("references", 0, 1),
    ("incidents", 0, 1),
    ("info", 0, None),
)
INFO = (
    ("language", 0, 1),
    ("category", 1, None),
    ("event", 1, 1),
    ("responseType", 0, None),
    ("urgency", 1, 1),
    ("severity", 1, 1),
    ("certainty", 1, 1),
    ("audience", 0, 1),
    ("eventCode", 0, None),
    ("effective", 0, 1),
    ("onset", 0, 1),
    ("expires", 0, 1),
    ("senderName", 0, 1),
    ("headline", 0, 1),
    ("description", 0, 1),
    ("instruction", 0, 1),
    ("web", 0, 1),
    ("contact", 0, 1),
    ("parameter", 0, None),
    ("resource", 0, None),
    ("area", 0, None),
)
PARAMETER = (("valueName", 1, 1), ("value", 1, 1))
AREA = (("areaDesc", 1, 1), ("polygon", 0, None), ("circle", 0, None), ("geocode", 0, None))
VALUES = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {
        *("Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other")
    },
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")  # 3.3.2: never a Z


def faults_of_cap(text: bytes) -> list[str]:
    """Return what the schema would refuse."""
    alert = Xml.fromstring(text)
    found = [] if alert.tag == f"{{{SPACE}}}alert" else ["the root is no alert"]
    found += _order(alert, ALERT)
    for name, table in (("info", INFO), ("parameter", PARAMETER), ("area", AREA)):
        found += [fault for one in alert.iter(f"{{{SPACE}}}{name}") for fault in _order(one, table)]
    for name, allowed in VALUES.items():
        found += [f"{name} {one.text}" for one in alert.iter(f"{{{SPACE}}}{name}") if one.text not in allowed]
    for name in ("sent", "effective", "onset", "expires"):
        times = [one.text or "" for one in alert.iter(f"{{{SPACE}}}{name}")]
        found += [f"{name} {one}" for one in times if not TIME.fullmatch(one)]
    for name in ("identifier", "sender"):
        found += [name for one in alert.iter(f"{{{SPACE}}}{name}") if re.search(r"[\s,<&]", one.text or " ")]
    return found


def _order(parent: Xml.Element, table: tuple[tuple[str, int, int | None], ...]) -> list[str]:
    names = [one.tag.removeprefix(f"{{{SPACE}}}") for one in parent]
    places = [[name for name, _, _ in table].index(one) if one in [row[0] for row in table] else -1 for one in names]
    found = [] if places == sorted(places) and -1 not in places else [f"the order of {names}"]
    return found + [
        f"{names.count(name)} times {name}"
        for name, fewest, most in table
        if names.count(name) < fewest or (most is not None and names.count(name) > most)
    ]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("handling", ["TLP:CLEAR", "TLP:AMBER+STRICT"])
def test_the_cap_is_what_its_schema_allows(layout: Layout, handling: str) -> None:
    made = rendered(a_snapshot(a_reported_site(file={"handling": handling}), layout=layout), [Format.CAP])
    assert faults_of_cap(made[Format.CAP]) == []


def test_the_cap_of_hostile_texts_is_what_its_schema_allows() -> None:
    assert faults_of_cap(rendered(a_snapshot(a_hostile_site()), [Format.CAP])[Format.CAP]) == []


def test_a_cap_out_of_order_or_with_a_word_of_its_own_is_found_out() -> None:
    text = rendered(a_snapshot(), [Format.CAP])[Format.CAP].decode()
    moved = text.replace("<msgType>Alert</msgType>", "").replace("<scope>", "<msgType>Warning</msgType><scope>")
    late = re.sub(r"(<sender>.*?</sender>)(\s*<sent>.*?</sent>)", r"\2\1", text, flags=re.DOTALL)
    assert faults_of_cap(moved.encode()) == ["msgType Warning"]
    assert "the order of" in faults_of_cap(late.encode())[0]


@pytest.mark.parametrize("layout", list(Layout))
def test_the_stix_is_read_strictly_with_every_reference_met(layout: Layout) -> None:
    """``stix2`` in strict mode: known types, needed properties, closed words, well-formed ids."""
    text = rendered(a_snapshot(layout=layout, exercise=True), [Format.STIX])[Format.STIX].decode()
    bundle = stix2.parse(text, allow_custom=False, version="2.1")
    there = {one["id"] for one in json.loads(text)["objects"]}
    named = set(re.findall(r'"([a-z-]+--[0-9a-f-]{36})"', text)) - {bundle.id}
    assert named == there
    assert {one.type for one in bundle.objects} == {
        *("extension-definition", "identity", "marking-definition", "note", "opinion", "report")
    }
    assert all(one.spec_version == "2.1" for one in bundle.objects)
