"""The account with one indicator changed: what both the queue of re-checks and the sensitivity ask the engine.

No second model: what is changed are levels, ages and grades in the states of one instant; points, floors and levels
follow as they always do (METHOD 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from iw_monitor.assess.compiled import UNREPORTED, Compiled, Floats, Integers, Levels
from iw_monitor.assess.floors import floor_levels, floor_names, holding_now
from iw_monitor.assess.points import conclude
from iw_monitor.assess.states import States
from iw_monitor.model.instants import duration_microseconds
from iw_monitor.model.pack import Pack

_Values = TypeVar("_Values", Floats, Levels, Integers)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is concluded from the states of one instant, P each. ``level``: of the instant, by boundaries and floors."""

    points: Floats
    level: Levels
    floor: Levels
    holding: frozenset[str]  # ids of the tripwires and tables that hold


def outcome_of(compiled: Compiled, states: States) -> Outcome:
    """Return what is concluded from the states of one instant (1 x I)."""
    return outcomes_of(compiled, [states])[0]


def outcomes_of(compiled: Compiled, changed: Sequence[States]) -> list[Outcome]:
    """Return what is concluded from each of several changes of one instant (1 x I each), in one account of them all.

    A hundred changes cost little more than one: what costs is the number of steps, not the length of the arrays.
    """
    states = _stacked(changed)
    points = conclude(compiled, states).points
    names, holding = floor_names(compiled), holding_now(compiled, states)
    floor = floor_levels(names, holding, len(compiled.problems))
    level = np.maximum(compiled.level_of(points), floor).astype(np.int8)
    held = [frozenset(name.id for name, holds in zip(names, row, strict=True) if holds) for row in holding]
    return [Outcome(points[row], level[row], floor[row], held[row]) for row in range(len(changed))]


def _stacked(changed: Sequence[States]) -> States:
    """Return changes of one instant as rows beside each other; the track record is the instant's, whatever changes."""
    track = changed[0].track
    return States(
        level=np.concatenate([one.level for one in changed]),
        observed=np.concatenate([one.observed for one in changed]),
        quality=np.concatenate([one.quality for one in changed]),
        age_factor=np.concatenate([one.age_factor for one in changed]),
        zero_point=np.concatenate([one.zero_point for one in changed]),
        normal=np.concatenate([one.normal for one in changed]),
        track=None if track is None else track.rows(np.zeros(len(changed), dtype=np.int64)),
    )


def presumed_quality(pack: Pack) -> float:
    """Return the quality q of the single report that a change is taken to rest on: of grade B2, by the pack's table."""
    grades = pack.method.grades
    return min(grades.reliability["B"], grades.credibility[2] or 0.0, grades.quality_cap)


def level_held(compiled: Compiled, states: States, index: int) -> int:
    """Return the level of an indicator that a change starts from: the last scored one, else that of T0."""
    level = int(states.level[0, index])
    return int(compiled.base_level[index]) if level == UNREPORTED else level


def with_report(compiled: Compiled, states: States, index: int, *, level: int, quality: float, instant: int) -> States:
    """Return the states with one indicator reported at this instant; its normal follows as METHOD 4.1 has it.

    Args:
        compiled: the pack.
        states: of one instant (1 x I).
        index: place of the indicator.
        level: 0 to 4.
        quality: q of the new report.
        instant: microseconds.
    """
    share = compiled.pack.method.normal.share
    normal = _normal(compiled, states, index, instant)
    zero_point = (1 - share) * float(compiled.base[index]) + share * normal
    return replace(
        states,
        level=_set(states.level, index, level),
        observed=_set(states.observed, index, instant),
        quality=_set(states.quality, index, quality),
        age_factor=_set(states.age_factor, index, 1.0),
        zero_point=_set(states.zero_point, index, zero_point),
        normal=_set(states.normal, index, normal),
    )


def with_nothing_known(states: States, index: int) -> States:
    """Return the states with one indicator unknown, as though its last report were too old to count."""
    return replace(states, age_factor=_set(states.age_factor, index, 0.0))


def _normal(compiled: Compiled, states: States, index: int, instant: int) -> float:
    """Return the normal after a report at this instant: it follows the level held until then."""
    reported = states.level[0, index] != UNREPORTED
    held = level_held(compiled, states, index)
    before = max(int(states.observed[0, index]) if reported else compiled.t0, compiled.t0)
    span = min(max(instant - before, 0), int(compiled.half_life[index]))
    left = 2.0 ** (-span / duration_microseconds(compiled.pack.method.normal.half_life))
    normal, held_strength = float(states.normal[0, index]), float(compiled.strength[held])
    return float(held_strength + (normal - held_strength) * left)


def _set(values: _Values, index: int, value: float) -> _Values:
    changed = values.copy()
    changed[0, index] = value
    return changed
