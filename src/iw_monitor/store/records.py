"""What is written down: between the things of ``model`` and the rows of the journal. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import (
    Basis,
    Grade,
    Method,
    Observation,
    Retraction,
    Submission,
    originator_of,
)
from iw_monitor.store.canonical import canonical_json, number_or_null, quoted
from iw_monitor.store.fingerprint import fingerprint


class EntryKind(StrEnum):
    """What an entry of the journal is."""

    OBSERVATION = "observation"
    RETRACTION = "retraction"
    ACCOUNT = "account"  # of no pack
    DECLARATION = "declaration"
    DISSENT = "dissent"
    OVERRIDE = "override"
    ESTIMATE = "estimate"
    WITHDRAWAL = "withdrawal"  # of one of the four before
    PROPOSAL = "proposal"
    DECISION = "decision"  # on a proposal
    CLOSING = "closing"  # of a past window of a problem
    REOPENING = "reopening"  # of a window, which takes its closing back
    SNAPSHOT = "snapshot"  # a report that was made, with the hash of each file
    LOG = "log"
    HANDOVER = "handover"
    COUNTERSIGNATURE = "countersignature"  # of a handover
    ALERT = "alert"  # changed its state
    LEVEL_CHANGE = "level change"
    ANSWER = "alert answer"  # of a person


_SUBMITTED = tuple(one.name for one in fields(Submission))


def observation_body(submission: Submission) -> str:
    """Return what an observation says, as canonical JSON: everything that has no column of its own in ``entry``."""
    one, published_at = submission, submission.published_at
    published = "null" if published_at is None else quoted(published_at.isoformat())
    reading = number_or_null(None if one.reading is None else float(one.reading))
    return (
        f'{{"basis":{quoted(one.basis)},"credibility":{one.grade.credibility:d},"indicator":{quoted(one.indicator)},'
        f'"level":{one.level:d},"method":{quoted(one.method)},"note":{quoted(one.note)},'
        f'"observed_at":{quoted(one.observed_at.isoformat())},"originator":{quoted(one.originator)},'
        f'"published_at":{published},"reading":{reading},"reliability":{quoted(one.grade.reliability)},'
        f'"source_name":{quoted(one.source_name)},"source_url":{quoted(one.source_url)},'
        f'"statement":{quoted(one.statement)},"unit":{quoted(one.unit)}}}'
    )


def observation_from(row: Mapping[str, Any]) -> Observation:
    """Return the observation that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what an observation's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    published_at = body["published_at"]
    return Observation(
        id=row["id"],
        pack=row["pack"],
        indicator=body["indicator"],
        level=body["level"],
        grade=Grade(reliability=body["reliability"], credibility=body["credibility"]),
        observed_at=datetime.fromisoformat(body["observed_at"]),
        statement=body["statement"],
        author=row["author"],
        method=Method(body["method"]),
        published_at=None if published_at is None else datetime.fromisoformat(published_at),
        source_name=body["source_name"],
        source_url=body["source_url"],
        originator=body["originator"],
        basis=Basis(body["basis"]),
        reading=body["reading"],
        unit=body["unit"],
        note=body["note"],
        pack_hash=row["pack_hash"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


def recorded(submission: Submission, *, observation_id: str, recorded_at: datetime) -> Observation:
    """Return a submission as the observation it becomes."""
    said = {name: getattr(submission, name) for name in _SUBMITTED}
    return Observation(**said, id=observation_id, recorded_at=recorded_at)


class Prepared(NamedTuple):
    """A submission made ready to be written: all of its two rows that does not hang on when, and after what."""

    pack: str
    pack_hash: str
    author: str
    indicator: str
    level: int
    reliability: str
    credibility: int
    originator: str  # normalised
    observed_at: int  # microseconds, as the next
    published_at: int | None
    fingerprint: str
    body: str  # one line of canonical JSON

    def row(self, *, sequence: int, observation_id: str, recorded_at: int) -> tuple[Any, ...]:
        """Return the row of table ``observation``, in the order of ``OBSERVATION``: what the body says, typed."""
        return (
            sequence,
            observation_id,
            self.pack,
            self.indicator,
            self.level,
            self.reliability,
            self.credibility,
            self.originator,
            self.observed_at,
            self.published_at,
            recorded_at,
            self.fingerprint,
        )


OBSERVATION = (
    "sequence",
    "id",
    "pack",
    "indicator",
    "level",
    "reliability",
    "credibility",
    "originator",
    "observed_at",
    "published_at",
    "recorded_at",
    "fingerprint",
)


def prepare(submission: Submission) -> Prepared:
    """Return a submission made ready to be written."""
    one, published_at = submission, submission.published_at
    return Prepared(
        one.pack,
        one.pack_hash,
        one.author,
        one.indicator,
        one.level,
        one.grade.reliability,
        one.grade.credibility,
        originator_of(one),
        microseconds(one.observed_at),
        None if published_at is None else microseconds(published_at),
        fingerprint(one),
        observation_body(one),
    )


def observation_columns(observation: Observation, sequence: int) -> dict[str, Any]:
    """Return the row of table ``observation`` that belongs to an observation."""
    row = prepare(observation).row(
        sequence=sequence, observation_id=observation.id, recorded_at=microseconds(observation.recorded_at)
    )
    return dict(zip(OBSERVATION, row, strict=True))


def retraction_body(*, observation: str, reason: str) -> str:
    """Return what a retraction says, as canonical JSON."""
    return canonical_json({"observation": observation, "reason": reason})


def retraction_from(row: Mapping[str, Any]) -> Retraction:
    """Return the retraction that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what a retraction's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return Retraction(
        id=row["id"],
        observation=body["observation"],
        reason=body["reason"],
        author=row["author"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )
