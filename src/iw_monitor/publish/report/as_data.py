"""A snapshot for programs: JSON (the assessment with what the report adds) and CSV (problems and indicators)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from iw_monitor.publish.as_csv import harmless
from iw_monitor.publish.as_json import assessment_dict
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.times import iso

COLUMNS = (
    "marking",
    "status",
    "as_of",
    "kind",
    "id",
    "title",
    "level",
    "word",
    "points",
    "points_low",
    "points_high",
    "probability",
    "probability_low",
    "probability_high",
    "coverage",
    "confidence",
    "freshness",
    "observed_at",
    "pack_hash",
    "content_hash",
)


def snapshot_json(snapshot: Snapshot) -> str:
    """Return exactly what ``assess --json`` prints, with the report's own facts under ``report``.

    Raises:
        ValueError: a number is not finite.
    """
    plain = {**assessment_dict(snapshot.at), "report": snapshot.metadata()}
    return json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def snapshot_csv(snapshot: Snapshot) -> str:
    """Return one row for each problem, then one for each indicator; no cell is computed by a spreadsheet."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, fieldnames=COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    same = {
        "marking": snapshot.marking.value,
        "status": snapshot.standing.mark or snapshot.standing.value,
        "as_of": iso(snapshot.at.as_of),
        "pack_hash": snapshot.at.pack_hash,
        "content_hash": snapshot.content_hash,
    }
    for row in (*_problems(snapshot), *_indicators(snapshot)):
        writer.writerow({name: harmless(cell) for name, cell in (same | row).items()})
    return target.getvalue()


def _problems(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for one in snapshot.at.problems:
        level = one.recommended_level
        yield {
            "kind": "problem",
            "id": one.id,
            "title": one.title,
            "level": level,
            "word": "" if level is None else snapshot.pack.word(level),
            "points": one.points,
            "points_low": one.points_low,
            "points_high": one.points_high,
            "probability": one.probability,
            "probability_low": one.probability_low,
            "probability_high": one.probability_high,
            "coverage": one.coverage,
            "confidence": one.confidence.value,
        }


def _indicators(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for one in snapshot.at.indicators:
        yield {
            "kind": "indicator",
            "id": one.id,
            "title": one.title,
            "level": one.level,
            "freshness": one.status.value,
            "observed_at": "" if one.observed_at is None else iso(one.observed_at),
        }
