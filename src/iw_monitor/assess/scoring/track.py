"""An experiment, the model held to its own record: what it expected in vain lowers it, what surprised it raises it.

Only the scorecard shows it, beside the model without it; no gauge, level or alert uses it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from iw_monitor.assess.compiled import Booleans, Floats
from iw_monitor.assess.outline import Outline
from iw_monitor.assess.scoring.days import blanked, episodes
from iw_monitor.assess.scoring.forecasters import Forecaster, Grid, within
from iw_monitor.model.outcome import Outcome

TRACK = "track_record"
CAUTION = 1.0  # k: as if one event had been expected, and had come, before the record begins
LEAST = 0.25  # however much was expected in vain


def track_record(grid: Grid, outline: Outline, outcomes: Sequence[Outcome]) -> Forecaster:
    """Return the model with the hazard of each problem multiplied by how it did in the windows closed by then.

    Formula: ``p' = 1 - (1 - p)**m`` with ``m = max(1/4, (k + n) / (k + E))``, k = 1; n the onsets in the windows of the
    pack's horizon, laid side by side from the first day, that are wholly past; E the onsets the model expected in them,
    the sum of ``-ln(1 - p) / H`` over their days. m is the mean of a rate's multiplier after n events where E were
    expected, if it was Gamma(k, k) before. A floor of a tripwire or table stays.

    Missing values: a day without an assessment, or blanked as part of an episode, expects nothing; nobody is lowered
    because nobody looked.

    Reference: A. Gelman and others, Bayesian Data Analysis (CRC Press 2013), section 2.6, doi:10.1201/b16018
    """
    factor = np.column_stack([_factor(grid, outline, outcomes, column) for column in range(outline.points.shape[1])])
    chance = within(outline.probability, factor)
    held_up: Booleans = outline.level > grid.compiled.level_of(outline.points)
    level = grid.level_of(chance)
    return Forecaster(
        id=TRACK,
        title="experiment: model with its track record",
        level=np.where(held_up, np.maximum(level, outline.level), level).astype(np.int8),
        chances=grid.spread(chance),
    )


def _factor(grid: Grid, outline: Outline, outcomes: Sequence[Outcome], column: int) -> Floats:
    """Return the multiplier of one problem's hazard on each day."""
    horizon = max(1, grid.compiled.pack.file.horizon.days)
    several = episodes(outcomes, grid.compiled.problems[column])
    counts = outline.assessed[:, column] & ~blanked(grid.days, several)
    hazard = -np.log1p(-outline.probability[:, column]) / horizon
    onsets = np.isin(grid.days, [one.onset for one in several if one.onset is not None])
    closed = np.arange(len(grid.days)) // horizon * horizon
    return np.maximum(LEAST, (CAUTION + _before(onsets)[closed]) / (CAUTION + _before(hazard * counts)[closed]))


def _before(daily: Floats | Booleans) -> Floats:
    """Return for each day the sum over the days before it."""
    return np.concatenate(([0.0], np.cumsum(daily, dtype=np.float64)))
