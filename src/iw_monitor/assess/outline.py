"""What many instants conclude, in arrays and without drawing intervals: for scoring, where only the numbers count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.chain import Chain
from iw_monitor.assess.compiled import TOLERANCE, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.assess.coverage import coverage
from iw_monitor.assess.floors import floor_levels, floor_names, holding_now
from iw_monitor.assess.points import conclude, probability
from iw_monitor.assess.states import States


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """T instants x P problems; the same numbers as in their assessments."""

    points: Floats
    probability: Floats
    level: Levels  # of the instant, also where there is no assessment
    recommended: Levels  # 0 before the first assessment
    assessed: Booleans
    last: Levels  # T x I: the last scored level of each watched indicator, -1 where there is none


def outline_of(compiled: Compiled, states: States, instants: Integers, chain: Chain | None = None) -> Outline:
    """Return what the instants (microseconds) conclude.

    Without a chain there is no recommendation, and so nothing is assessed; points and levels are the same.
    """
    points = conclude(compiled, states).points
    floor = floor_levels(floor_names(compiled), holding_now(compiled, states), len(compiled.problems))
    recommended = np.zeros(points.shape, dtype=np.int8)
    if chain is not None:
        recommended = chain.at(instants).recommended
    least = compiled.pack.method.coverage.no_assessment_below - TOLERANCE
    return Outline(
        points=points,
        probability=probability(points),
        level=np.maximum(compiled.level_of(points), floor),
        recommended=recommended,
        assessed=(coverage(compiled, states).problems >= least) & (recommended > 0),
        last=states.level,
    )
