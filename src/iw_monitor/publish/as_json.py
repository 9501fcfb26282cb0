"""An assessment as JSON: the contract that outside tools rely on. Change it only with ``SCHEMA_VERSION``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from iw_monitor.model.assessment import (
    Assessment,
    Headline,
    IndicatorAssessment,
    ProblemAssessment,
)
from iw_monitor.publish.rows import replay_rows
from iw_monitor.publish.times import iso

SCHEMA_VERSION = "1"


def assessment_json(assessment: Assessment) -> str:
    """Return an assessment as indented JSON.

    Raises:
        ValueError: a number is not finite.
    """
    return _text(assessment_dict(assessment))


def replay_json(assessments: Iterable[Assessment]) -> str:
    """Return a replay as JSON: the pack and reading once, and the rows of the CSV with null for a missing level.

    Raises:
        ValueError: a number is not finite.
    """
    several = tuple(assessments)
    head: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    if several:
        head |= {"pack": several[0].pack, "pack_hash": several[0].pack_hash, "known": several[0].known.value}
    return _text({**head, "rows": list(replay_rows(several))})


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)


def assessment_dict(assessment: Assessment) -> dict[str, Any]:
    """Return the plain values of an assessment, keys in the order of the contract."""
    return {
        "schema_version": SCHEMA_VERSION,
        "pack": assessment.pack,
        "pack_hash": assessment.pack_hash,
        "as_of": iso(assessment.as_of),
        "known": assessment.known.value,
        "headline": headline_dict(assessment.headline),
        "problems": [_problem(one) for one in assessment.problems],
        "indicators": [_indicator(one) for one in assessment.indicators],
        "coverage": assessment.coverage,
        "unconfirmed": list(assessment.unconfirmed),
    }


def headline_dict(headline: Headline) -> dict[str, Any]:
    """Return the plain values of a headline."""
    return {
        "status": "assessed" if headline.assessed else "no_assessment",
        "level": headline.level,
        "word": headline.word,
        "problem": headline.problem,
    }


def _problem(one: ProblemAssessment) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "prior": one.prior,
        "points": one.points,
        "points_low": one.points_low,
        "points_high": one.points_high,
        "probability": one.probability,
        "probability_low": one.probability_low,
        "probability_high": one.probability_high,
        "level": one.level,
        "recommended_level": one.recommended_level,
        "declared_level": one.declared_level,
        "stability": one.stability,
        "coverage": one.coverage,
        "confidence": one.confidence.value,
        "tripwires": list(dict.fromkeys(floor.id for floor in one.floors)),
        "interactions": [
            {"id": each.id, "family": each.family, "raw": each.raw, "counted": each.counted}
            for each in one.interactions
        ],
        "contributions": [
            {
                "indicator": each.indicator,
                "family": each.family,
                "raw": each.raw,
                "softened": each.softened,
                "counted": each.counted,
            }
            for each in one.contributions
        ],
    } | ({} if one.track is None else {"track_record": asdict(one.track)})


def _indicator(one: IndicatorAssessment) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "level": one.level,
        "status": one.status.value,
        "observed_at": _or_null(one.observed_at),
        "age_days": one.age_days,
        "quality": one.quality,
        "age_factor": one.age_factor,
        "zero_point": one.zero_point,
        "observations": list(one.observations),
    }


def _or_null(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)
