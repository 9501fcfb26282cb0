"""Assessments as one table, a row per instant and problem."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from iw_monitor.model.assessment import Assessment

COLUMNS = (
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


def table_of(assessments: Iterable[Assessment]) -> pd.DataFrame:
    """Return the columns of ``COLUMNS``: at (UTC), points in decibans, probability and coverage 0 to 1.

    Levels are missing (``<NA>``) where there is no assessment.
    """
    rows = [
        (
            assessment.as_of,
            one.id,
            one.points,
            one.points_low,
            one.points_high,
            one.probability,
            one.level,
            one.recommended_level,
            one.coverage,
            one.confidence.value,
        )
        for assessment in assessments
        for one in assessment.problems
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"level": "Int64", "recommended_level": "Int64"})
