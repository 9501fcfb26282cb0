"""What changed between two assessments, as pages and reports list it: movers, levels, what went stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from iw_monitor.assess import explain
from iw_monitor.model.assessment import Assessment, Freshness, IndicatorAssessment
from iw_monitor.model.pack import Pack
from iw_monitor.telling.sentences import titles

LEAST_WRITTEN = 0.05  # points; less is written as 0.0
_CURRENT = (Freshness.FRESH, Freshness.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A problem's points against those of a window ago; None where there is nothing to compare with."""

    window: str
    before: float | None
    points: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An indicator or interaction that moved a problem; ``indicator`` is None for an interaction."""

    indicator: str | None
    title: str
    problem_title: str
    change: float
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """A problem whose level is another than before."""

    problem: str
    title: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed since a moment."""

    start: datetime
    movers: tuple[Moved, ...]
    levels: tuple[LevelChange, ...]
    newly_stale: tuple[IndicatorAssessment, ...]


def changes(after: Assessment, windows: Iterable[tuple[str, Assessment | None]]) -> dict[str, tuple[Change, ...]]:
    """Return each problem's points of some windows ago beside those of an assessment; None: nothing was known then."""
    listed = tuple(windows)
    return {
        one.id: tuple(_change(window, before, after, one.id) for window, before in listed) for one in after.problems
    }


def _change(window: str, earlier: Assessment | None, later: Assessment, problem: str) -> Change:
    after = later.problem(problem)
    before = earlier.problem(problem) if earlier else None
    if before is None or not before.assessed or not after.assessed:
        return Change(window=window, before=None, points=None)
    return Change(window=window, before=before.points, points=after.points - before.points)


def since(pack: Pack, earlier: Assessment, later: Assessment) -> Since:
    """Return what changed between two assessments of a pack."""
    names = titles(pack)
    moved = tuple(
        Moved(
            indicator=None if one.interaction else one.id,
            title=names.get(one.id, one.id),
            problem_title=pack.problem(one.problem).short_title,
            change=one.change,
            before=one.level_before,
            after=one.level_after,
        )
        for one in explain.movers(earlier, later, at_least=LEAST_WRITTEN)
    )
    return Since(
        start=earlier.as_of,
        movers=moved,
        levels=_level_changes(earlier, later),
        newly_stale=_newly_stale(earlier, later),
    )


def _level_changes(earlier: Assessment, later: Assessment) -> tuple[LevelChange, ...]:
    before = {one.id: one.recommended_level for one in earlier.problems}
    return tuple(
        LevelChange(problem=one.id, title=one.title, before=before.get(one.id), after=one.recommended_level)
        for one in later.problems
        if one.recommended_level != before.get(one.id)
    )


def _newly_stale(earlier: Assessment, later: Assessment) -> tuple[IndicatorAssessment, ...]:
    current = {one.id for one in earlier.indicators if one.status in _CURRENT}
    return tuple(one for one in later.indicators if one.id in current and one.status not in _CURRENT)
