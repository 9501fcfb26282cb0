"""Why a gauge says what it says, and why it changed: pieces that add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iw_monitor.model.assessment import Assessment, ProblemAssessment

TRACK_RECORD = "track_record"  # stands for it among the pieces; of no family


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one indicator or interaction counted before and after, in points."""

    id: str
    family: str
    interaction: bool
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Why a problem's points changed between two instants: ``sum(part.change) = after - before``, before clipping."""

    problem: str
    before_at: datetime
    after_at: datetime
    before: float  # points before clipping
    after: float
    parts: tuple[Part, ...]  # largest change first; those that did not change are left out

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """What an indicator or interaction moved between two assessments, at the problem that it moved most."""

    id: str
    interaction: bool
    problem: str
    change: float  # points
    level_before: int | None
    level_after: int | None


def difference(before: Assessment, after: Assessment, problem: str) -> Difference:
    """Return why a problem's points changed between two assessments of one pack.

    Raises:
        KeyError: an assessment does not have the problem.
    """
    old, new = before.problem(problem), after.problem(problem)
    parts = [part for part in _parts(old, new) if abs(part.change) > 1e-12]
    return Difference(
        problem=problem,
        before_at=before.as_of,
        after_at=after.as_of,
        before=old.points_summed,
        after=new.points_summed,
        parts=tuple(sorted(parts, key=lambda part: (-abs(part.change), part.id))),
    )


def _parts(old: ProblemAssessment, new: ProblemAssessment) -> list[Part]:
    def counted(one: ProblemAssessment) -> dict[tuple[str, str, bool], float]:
        plain = {(each.indicator, each.family, False): each.counted for each in one.contributions}
        plain |= {(each.id, each.family, True): each.counted for each in one.interactions}
        return plain | ({(TRACK_RECORD, "", True): one.track.points} if one.track else {})

    earlier, later = counted(old), counted(new)
    return [
        Part(id=key[0], family=key[1], interaction=key[2], before=earlier.get(key, 0.0), after=later.get(key, 0.0))
        for key in dict.fromkeys((*earlier, *later))
    ]


def movers(before: Assessment, after: Assessment, *, at_least: float = 0.0) -> tuple[Mover, ...]:
    """Return what moved the problems most, largest change first; each thing once, at the problem that it moved most.

    Args:
        before: the earlier assessment.
        after: the later assessment of the same pack.
        at_least: changes up to this many points are left out.
    """
    best: dict[str, Mover] = {}
    for problem in after.problems:
        for part in difference(before, after, problem.id).parts:
            if abs(part.change) > max(at_least, abs(best[part.id].change) if part.id in best else 0.0):
                best[part.id] = _mover(before, after, problem.id, part)
    return tuple(sorted(best.values(), key=lambda one: (-abs(one.change), one.id)))


def _mover(before: Assessment, after: Assessment, problem: str, part: Part) -> Mover:
    return Mover(
        id=part.id,
        interaction=part.interaction,
        problem=problem,
        change=part.change,
        level_before=None if part.interaction else before.indicator(part.id).level,
        level_after=None if part.interaction else after.indicator(part.id).level,
    )
