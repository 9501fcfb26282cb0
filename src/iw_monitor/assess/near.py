"""Which tripwires are near: how many steps of which indicators are missing until one sets its floor."""

from __future__ import annotations

from dataclasses import dataclass

from iw_monitor.assess.compiled import TOLERANCE
from iw_monitor.model.assessment import Assessment, Freshness, IndicatorAssessment
from iw_monitor.model.pack import Condition, Pack, Tripwire


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One condition that does not hold: what its indicator says, and what it would have to say."""

    indicator: str
    level: int | None  # the last scored one, whatever its age; None if never reported
    needed: int
    steps: int  # levels that are missing; 0: only the evidence is too old or too weak


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A tripwire that is not tripped, and all that is missing."""

    tripwire: Tripwire
    missing: tuple[Missing, ...]

    @property
    def steps(self) -> int:
        """How many levels are missing in all; 0 where better or newer evidence of what is reported would trip it."""
        return sum(one.steps for one in self.missing)


def near_tripwires(pack: Pack, assessment: Assessment, *, within: int = 1) -> tuple[Near, ...]:
    """Return the tripwires that at most so many steps would trip, the nearest first; those that hold are left out.

    An indicator that was never reported counts as standing at level 0.
    """
    held = {floor.id for one in assessment.problems for floor in one.floors if floor.now}
    found = [_near(pack, one, assessment) for one in pack.file.tripwires if one.id not in held]
    return tuple(sorted((one for one in found if one.missing and one.steps <= within), key=lambda one: one.steps))


def _near(pack: Pack, tripwire: Tripwire, assessment: Assessment) -> Near:
    states = {one.id: one for one in assessment.indicators}
    every = [_missing(pack, one, states.get(one.indicator)) for one in tripwire.when.all]
    some = [_missing(pack, one, states.get(one.indicator)) for one in tripwire.when.any]
    missing = [one for one in every if one is not None]
    if some and None not in some:
        missing += [min((one for one in some if one is not None), key=lambda one: one.steps)]
    return Near(tripwire=tripwire, missing=tuple(missing))


def _missing(pack: Pack, condition: Condition, state: IndicatorAssessment | None) -> Missing | None:
    """Return what a condition lacks, or None where it holds (METHOD 4.6: not unknown, and of enough quality)."""
    level = None if state is None else state.level
    lowest, highest = condition.at_least or 0, 4 if condition.at_most is None else condition.at_most
    needed = min(max(level or 0, lowest), highest)
    enough = (
        state is not None
        and state.status is not Freshness.UNKNOWN
        and state.quality >= pack.method.grades.condition_quality - TOLERANCE
    )
    if level is not None and enough and lowest <= level <= highest:
        return None
    return Missing(indicator=condition.indicator, level=level, needed=needed, steps=abs(needed - (level or 0)))
