"""What rules look at: the few things of an assessment that alerts hang on, for many instants at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, Integers, Levels
from iw_monitor.assess.declared import declared_levels
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.floors import floor_names, holding_now
from iw_monitor.assess.outline import outline_of
from iw_monitor.assess.states import States, states_at
from iw_monitor.model.assessment import Assessment, Freshness
from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.judgement import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemSeen:
    """One problem; ``level`` is the recommended one, None while there is no assessment."""

    level: int | None
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSeen:
    """One indicator; ``level`` is the last scored one, None if never reported."""

    level: int | None
    status: Freshness


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One instant as rules see it: problems, indicators, and the level of each floor in force, by their ids."""

    at: datetime
    problems: Mapping[str, ProblemSeen]
    indicators: Mapping[str, IndicatorSeen]
    floors: Mapping[str, int]
    declared: Mapping[str, int]  # by problem; what nobody declared is not there


def picture_of(assessment: Assessment) -> Picture:
    """Return what rules see of an assessment."""
    return Picture(
        at=assessment.as_of,
        problems={one.id: ProblemSeen(level=one.recommended_level, points=one.points) for one in assessment.problems},
        indicators={one.id: IndicatorSeen(level=one.level, status=one.status) for one in assessment.indicators},
        floors=_highest((floor.id, floor.level) for one in assessment.problems for floor in one.floors),
        declared={one.id: one.declared_level for one in assessment.problems if one.declared_level is not None},
    )


def pictures(engine: Engine, instants: Integers, judgements: Sequence[Judgement] = ()) -> tuple[Picture, ...]:
    """Return the pictures of many instants (microseconds): the same as of their assessments, without the intervals."""
    compiled, chain = engine.reading.compiled, engine.reading.chain
    states = states_at(compiled, engine.history, instants)
    outline = outline_of(compiled, states, instants, chain)
    floors = holding_now(compiled, states) | chain.at(instants).latched
    level = np.where(outline.assessed, outline.recommended, 0)
    status = _statuses(compiled, states, instants)
    return tuple(
        Picture(
            at=from_microseconds(int(instant)),
            problems={
                one: ProblemSeen(level=int(level[row, place]) or None, points=float(outline.points[row, place]))
                for place, one in enumerate(compiled.problems)
            },
            indicators={
                one.id: IndicatorSeen(level=_level(outline.last[row, place]), status=_STATUSES[status[row, place]])
                for place, one in enumerate(compiled.indicators)
            },
            floors=_highest(_floors(compiled, floors[row])),
            declared=declared_levels(judgements, from_microseconds(int(instant))),
        )
        for row, instant in enumerate(instants)
    )


_STATUSES = (Freshness.FRESH, Freshness.DUE, Freshness.STALE, Freshness.UNKNOWN)


def _statuses(compiled: Compiled, states: States, instants: Integers) -> Levels:
    """Return how current each indicator is, as a place in ``_STATUSES``."""
    age = np.asarray(instants)[:, None] - states.observed
    current = np.where(age >= compiled.cadence, 1, 0)
    return np.select([states.unknown, states.stale], [3, 2], default=current).astype(np.int8)


def _level(value: int) -> int | None:
    return int(value) if value >= 0 else None


def _floors(compiled: Compiled, holding: Booleans) -> Iterator[tuple[str, int]]:
    return ((name.id, name.level) for name, held in zip(floor_names(compiled), holding, strict=True) if held)


def _highest(floors: Iterator[tuple[str, int]]) -> dict[str, int]:
    """Return the highest floor that each rule sets: a table of counts sets one for each count it has reached."""
    highest: dict[str, int] = {}
    for name, level in floors:
        highest[name] = max(level, highest.get(name, 0))
    return highest
