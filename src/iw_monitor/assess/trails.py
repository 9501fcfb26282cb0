"""Trails: how each indicator stood over time, and nothing concluded from it; what sparklines and histories draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from iw_monitor.assess.compiled import Compiled, Integers
from iw_monitor.assess.states import States
from iw_monitor.model.instants import from_microseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """One indicator at many instants: the same as in their assessments."""

    at: tuple[datetime, ...]
    level: tuple[int | None, ...]  # None: never reported
    age_factor: tuple[float, ...]  # 1 fresh .. 0 unknown


def trails_of(compiled: Compiled, states: States, instants: Integers) -> dict[str, Trail]:
    """Return the trail of each watched indicator by its id, without the instants at which nothing at all was reported.

    Args:
        compiled: the pack.
        states: of every instant.
        instants: microseconds.
    """
    kept = np.flatnonzero(states.reported.any(axis=1))
    at = tuple(from_microseconds(int(one)) for one in instants[kept])
    levels, factors = states.level[kept].T.tolist(), states.age_factor[kept].T.tolist()
    return {
        one.id: Trail(at=at, level=tuple(_reported(level) for level in levels[row]), age_factor=tuple(factors[row]))
        for row, one in enumerate(compiled.indicators)
    }


def _reported(level: int) -> int | None:
    return None if level < 0 else level
