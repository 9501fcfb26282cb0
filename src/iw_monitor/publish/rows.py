"""A replay as rows, one for each instant and problem, with the columns of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from iw_monitor.model.assessment import Assessment
from iw_monitor.publish.times import iso

REPLAY_COLUMNS = (
    "at",
    "problem",
    "points",
    "points_low",
    "points_high",
    "probability",
    "level",
    "recommended_level",
    "coverage",
    "confidence",
)


def replay_rows(assessments: Iterable[Assessment]) -> Iterator[dict[str, Any]]:
    """Yield the rows, by instant and then by problem; a level is None where there is no assessment."""
    for assessment in assessments:
        at = iso(assessment.as_of)
        for one in assessment.problems:
            yield {
                "at": at,
                "problem": one.id,
                "points": one.points,
                "points_low": one.points_low,
                "points_high": one.points_high,
                "probability": one.probability,
                "level": one.level,
                "recommended_level": one.recommended_level,
                "coverage": one.coverage,
                "confidence": one.confidence.value,
            }
