"""What people declared, put beside what the engine recommends: shown together, never mixed (METHOD 4.10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from iw_monitor.model.assessment import Assessment
from iw_monitor.model.judgement import Judgement, JudgementKind, standing


def declared_levels(judgements: Iterable[Judgement], instant: datetime) -> dict[str, int]:
    """Return the level that is declared of each problem at an instant; what nobody declared is left out."""
    return {
        one.subject: one.level
        for one in standing(judgements, instant)
        if one.kind is JudgementKind.DECLARATION and one.level is not None
    }


def with_declared(assessment: Assessment, judgements: Iterable[Judgement]) -> Assessment:
    """Return the assessment with the levels that were declared and stand at its instant; nothing else differs.

    A declaration counts from when it was recorded, in both readings of "known": nobody publishes it earlier.
    """
    levels = declared_levels(judgements, assessment.as_of)
    if not levels:
        return assessment
    problems = (replace(one, declared_level=levels.get(one.id)) for one in assessment.problems)
    return replace(assessment, problems=tuple(problems))
