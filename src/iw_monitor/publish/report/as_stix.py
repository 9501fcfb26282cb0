"""A snapshot as a STIX 2.1 bundle: a report with a note on each problem, and our opinion on it.

STIX has no word for points and levels, so an extension of our own carries them. Every id follows from the content: the
same snapshot is the same bundle.
"""

from __future__ import annotations

import hashlib
import json
from importlib import import_module
from typing import Any
from uuid import UUID

from iw_monitor.model.assessment import ProblemAssessment
from iw_monitor.model.instants import as_utc
from iw_monitor.model.snapshot import Marking
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.told import Told

stix2: Any = import_module("stix2")  # it brings no types


def _uuid(*names: str) -> str:
    """Return the UUID of some names, always the same; in the form of version 4, which STIX 2.1 asks of its objects."""
    return str(UUID(bytes=hashlib.sha256("/".join(names).encode()).digest()[:16], version=4))


_EXTENSION = f"extension-definition--{_uuid('iw-monitor', 'points and levels', '1')}"
_SCHEMA = {
    "type": "object",
    "properties": {
        "extension_type": {"const": "property-extension"},
        "problem": {"type": "string"},
        "level": {"type": ["integer", "null"], "minimum": 1, "maximum": 5},
        "points": {"type": "number"},
        "points_low": {"type": "number"},
        "points_high": {"type": "number"},
        "probability_low": {"type": "number", "minimum": 0, "maximum": 1},
        "probability_high": {"type": "number", "minimum": 0, "maximum": 1},
    },
}
# TLP 1 is what STIX 2.1 itself defines; the exact words of TLP 2 stand beside it as a statement.
_TLP = {
    Marking.CLEAR: stix2.TLP_WHITE,
    Marking.GREEN: stix2.TLP_GREEN,
    Marking.AMBER: stix2.TLP_AMBER,
    Marking.AMBER_STRICT: stix2.TLP_AMBER,
    Marking.RED: stix2.TLP_RED,
}
_AGREES = ((0.20, "strongly-disagree"), (0.45, "disagree"), (0.55, "neutral"), (0.80, "agree"))


def stix(snapshot: Snapshot, told: Told) -> str:
    """Return the bundle as JSON."""
    return _Bundle(snapshot, told).text()


class _Bundle:
    """The objects of one snapshot, all of one time, one author and one marking."""

    def __init__(self, snapshot: Snapshot, told: Told) -> None:
        self._snapshot, self._told = snapshot, told
        moment = as_utc(snapshot.made_at)
        self._when = {"created": moment, "modified": moment}
        self._author = stix2.Identity(
            id=self._id("identity", snapshot.author),
            name=snapshot.author,
            identity_class="unknown",
            **self._when,
        )
        self._statement = stix2.MarkingDefinition(
            id=self._id("marking-definition", snapshot.marking.value, snapshot.standing.mark),
            definition_type="statement",
            definition=stix2.StatementMarking(" · ".join(filter(None, (told.marking, told.standing)))),
            created=moment,
        )
        self._tlp = _TLP[snapshot.marking]
        self._common: dict[str, Any] = {
            **self._when,
            "created_by_ref": self._author.id,
            "object_marking_refs": [self._tlp.id, self._statement.id],
            "labels": [one.lower() for one in (snapshot.layout.value, told.standing) if one],
        }

    def text(self) -> str:
        report_id = self._id("report")
        notes = [self._note(one, report_id) for one in self._snapshot.at.problems]
        opinions = [self._opinion(one, note) for one, note in zip(self._snapshot.at.problems, notes, strict=True)]
        given = [one for one in opinions if one is not None]
        report = stix2.Report(
            id=report_id,
            name=self._name(),
            description="\n".join(self._told.judgement),
            report_types=["threat-report"],
            published=as_utc(self._snapshot.at.as_of),
            object_refs=[one.id for one in (*notes, *given)],
            **self._common,
        )
        objects = [self._author, self._tlp, self._statement, self._extension(), report, *notes, *given]
        bundle = stix2.Bundle(objects=objects, id=self._id("bundle"))
        return json.dumps(json.loads(bundle.serialize()), indent=2, ensure_ascii=False, sort_keys=True) + "\n"

    def _name(self) -> str:
        marks = f"{self._told.standing}: " if self._told.standing else ""
        return f"{marks}{self._told.title}, {self._told.kind}, as of {self._told.as_of}"

    def _id(self, kind: str, *names: str) -> str:
        return f"{kind}--{_uuid(self._snapshot.content_hash, kind, *names)}"

    def _extension(self) -> Any:
        return stix2.ExtensionDefinition(
            id=_EXTENSION,
            name="Evidence points and warning levels",
            description="Points are decibans: 3 double the odds, 10 make them tenfold. Levels are 1 (low) to 5.",
            schema=json.dumps(_SCHEMA),
            version="1.0.0",
            extension_types=["property-extension"],
            created_by_ref=self._author.id,
            **self._when,
        )

    def _note(self, one: ProblemAssessment, report: str) -> Any:
        asked = self._snapshot.pack.problem(one.id)
        told = next(each for each in self._told.problems if each.title == one.title)
        level = f"{told.level.number} {told.level.word}" if told.level.number else told.level.word
        return stix2.Note(
            id=self._id("note", one.id),
            abstract=f"{one.title}: {level}",
            content="\n".join([asked.resolves_yes_when, f"{told.likelihood}.", *told.told]),
            authors=[self._snapshot.author],
            object_refs=[report],
            **self._common,
        )

    def _opinion(self, one: ProblemAssessment, note: Any) -> Any:
        """Return how far we agree that a problem comes true; nothing where there is no assessment."""
        if not one.assessed:
            return None
        told = next(each for each in self._told.problems if each.title == one.title)
        return stix2.Opinion(
            id=self._id("opinion", one.id),
            explanation=f"{told.likelihood}.",
            opinion=next((word for end, word in _AGREES if one.probability < end), "strongly-agree"),
            authors=[self._snapshot.author],
            object_refs=[note.id],
            extensions={
                _EXTENSION: {
                    "extension_type": "property-extension",
                    "problem": one.id,
                    "level": one.recommended_level,
                    "points": round(one.points, 3),
                    "points_low": round(one.points_low, 3),
                    "points_high": round(one.points_high, 3),
                    "probability_low": round(one.probability_low, 4),
                    "probability_high": round(one.probability_high, 4),
                }
            },
            **self._common,
        )
