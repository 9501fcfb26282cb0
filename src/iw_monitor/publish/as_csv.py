"""Tables as CSV: a replay, and observations in the form in which they are imported."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, Observation, Retraction
from iw_monitor.publish.rows import REPLAY_COLUMNS, replay_rows
from iw_monitor.publish.times import iso

OBSERVATION_COLUMNS = (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)
AUDIT_COLUMNS = (
    "id",
    "recorded_at",
    "author",
    "method",
    "retracted_at",
    "retracted_by",
    "retraction_reason",
    "pack_hash",
    "hash",
)

# A spreadsheet computes a cell that begins like this, also one that came from outside.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_replay(target: TextIO, assessments: Iterable[Assessment]) -> None:
    """Write a replay, one row for each instant and problem; a missing level is an empty cell."""
    writer = csv.DictWriter(target, fieldnames=REPLAY_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(replay_rows(assessments))


def write_observations(
    target: TextIO,
    observations: Iterable[Observation],
    retractions: Mapping[str, Retraction],
    *,
    hashes: Mapping[str, str] | None = None,
    spreadsheet: bool = False,
) -> int:
    """Write observations and return how many.

    Args:
        target: takes the text; open it with ``newline=""``.
        observations: in the order to write them.
        retractions: by the id of what they withdraw.
        hashes: the journal's, by id: then every observation is written, with the columns of an audit; without
            them those not retracted, in the form of an import.
        spreadsheet: put an apostrophe before what a spreadsheet would compute; such a file is not for importing.
    """
    columns = OBSERVATION_COLUMNS + (() if hashes is None else AUDIT_COLUMNS)
    writer = csv.DictWriter(target, fieldnames=columns, lineterminator="\n")
    writer.writeheader()
    count = 0
    for one in observations:
        retraction = retractions.get(one.id)
        if retraction is not None and hashes is None:
            continue
        row = _row(one) | ({} if hashes is None else _audit(one, retraction, hashes[one.id]))
        writer.writerow({name: harmless(cell) for name, cell in row.items()} if spreadsheet else row)
        count += 1
    return count


def _row(one: Observation) -> dict[str, Any]:
    return {
        "observed_at": iso(one.observed_at),
        "indicator": one.indicator,
        "level": one.level,
        "statement": one.statement,
        "source_name": one.source_name,
        "source_url": one.source_url,
        "originator": one.originator,
        "reliability": one.grade.reliability,
        "credibility": one.grade.credibility,
        "basis": one.basis.value,
        "published_at": "" if one.published_at is None else iso(one.published_at),
        "reading": "" if one.reading is None else one.reading,
        "unit": one.unit,
        "note": one.note,
    }


def _audit(one: Observation, retraction: Retraction | None, own_hash: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "recorded_at": iso(one.recorded_at),
        "author": one.author,
        "method": one.method.value,
        "retracted_at": iso(retraction.recorded_at) if retraction else "",
        "retracted_by": retraction.author if retraction else "",
        "retraction_reason": retraction.reason if retraction else "",
        "pack_hash": one.pack_hash,
        "hash": own_hash,
    }


def harmless(cell: object) -> object:
    """Return a cell with an apostrophe before it, if a spreadsheet would compute it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA) else cell
