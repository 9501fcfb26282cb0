"""From an assessment to what the gauge is given. Only picks values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iw_monitor.model.assessment import Assessment
from iw_monitor.model.pack import Pack
from iw_monitor.telling.changes import Change
from iw_monitor.telling.charts import GaugeReading, Scale
from iw_monitor.telling.sentences import cause


def scale_of(pack: Pack) -> Scale:
    """Return the scale of points of a pack."""
    return Scale.of(pack.file.levels, pack.method.clip)


def gauge_reading(
    assessment: Assessment, pack: Pack, changes: Mapping[str, Sequence[Change]], *, problem: str | None = None
) -> GaugeReading:
    """Return what a gauge shows: one problem, by default the worst, its interval, and where it stood."""
    hatched = assessment.coverage < pack.method.coverage.hatched_below
    name = problem or assessment.headline.problem
    if name is None or not assessment.problem(name).assessed:
        return GaugeReading(
            level=None, points=0, low=0, high=0, problem=None, coverage=assessment.coverage, hatched=True
        )
    one = assessment.problem(name)
    before = [change.before for change in changes.get(name, ())] + [None, None]
    return GaugeReading(
        level=one.recommended_level,
        points=one.points,
        low=one.points_low,
        high=one.points_high,
        problem=pack.problem(name).short_title,
        set_by=cause(one, pack),
        day_ago=before[0],
        week_ago=before[1],
        declared_level=one.declared_level,
        coverage=one.coverage,
        hatched=hatched or one.coverage < pack.method.coverage.hatched_below,
    )
