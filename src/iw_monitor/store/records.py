"""What is written down: between the things of ``model`` and the rows of the journal. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any

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
from iw_monitor.store.canonical import canonical_json
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
    published_at = submission.published_at
    return canonical_json(
        {
            "basis": submission.basis.value,
            "credibility": submission.grade.credibility,
            "indicator": submission.indicator,
            "level": submission.level,
            "method": submission.method.value,
            "note": submission.note,
            "observed_at": submission.observed_at.isoformat(),
            "originator": submission.originator,
            "published_at": None if published_at is None else published_at.isoformat(),
            "reading": None if submission.reading is None else float(submission.reading),
            "reliability": submission.grade.reliability,
            "source_name": submission.source_name,
            "source_url": submission.source_url,
            "statement": submission.statement,
            "unit": submission.unit,
        }
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


def observation_columns(observation: Observation, sequence: int) -> dict[str, Any]:
    """Return the row of table ``observation``: what its body says, typed."""
    published_at = observation.published_at
    return {
        "sequence": sequence,
        "id": observation.id,
        "pack": observation.pack,
        "indicator": observation.indicator,
        "level": observation.level,
        "reliability": observation.grade.reliability,
        "credibility": observation.grade.credibility,
        "originator": originator_of(observation),
        "observed_at": microseconds(observation.observed_at),
        "published_at": None if published_at is None else microseconds(published_at),
        "recorded_at": microseconds(observation.recorded_at),
        "fingerprint": fingerprint(observation),
    }


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
