"""The track record, an experiment: the model with it and without it, and a what-if that is no record of anybody's.

What named persons closed is the gauge's record: the engine applies it where the pack says so, and the scorecard shows
the other way beside it. The outcomes close no window of a gauge; what would follow if they did bears *what if* in its
name, and no gauge, level or alert uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from iw_monitor.assess.compiled import Booleans, Floats
from iw_monitor.assess.outline import Outline
from iw_monitor.assess.scoring.days import blanked, episodes
from iw_monitor.assess.scoring.forecasters import Forecaster, Grid, from_model, within
from iw_monitor.assess.scoring.scorecard import TrackBasis
from iw_monitor.assess.track import multiplier
from iw_monitor.assess.tracking import counting_at
from iw_monitor.model.closing import Closing
from iw_monitor.model.observation import Known
from iw_monitor.model.outcome import Outcome
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.method import TrackRecordRule

WITHOUT, WITH, WHAT_IF = "no_track_record", "what_if_track_record", "what_if_outcomes_close"
_TITLES = {WITHOUT: "no track record: the model without it", WITH: "what if: with its track record"}


def track_basis(pack: Pack, closings: Iterable[Closing], known: Known, *, at: int) -> TrackBasis:
    """Return whether a pack applies a track record, and how many windows named persons had closed by an instant."""
    counted = [one.window.problem for one in counting_at(pack, closings, known, at=at)]
    return TrackBasis(
        applied=pack.method.tracked is not None,
        closed=tuple((one.id, counted.count(one.id)) for one in pack.file.problems),
    )


def turned(pack: Pack) -> Pack:
    """Return a pack without its track record, or with one where it applies none."""
    rule = _rule(pack)
    other = rule.model_copy(update={"applied": not rule.applied})
    method = pack.method.model_copy(update={"track_record": other})
    return Pack(file=pack.file, method=method, article=pack.article, indicators=pack.indicators)


def the_other_way(grid: Grid, other: Outline) -> Forecaster:
    """Return the model without its track record where the gauge applies one, else what it would be with it."""
    name = WITH if grid.compiled.pack.method.tracked is None else WITHOUT
    return from_model(grid, other, name=name, title=_TITLES[name])


def track_record(grid: Grid, without: Outline, outcomes: Sequence[Outcome]) -> Forecaster:
    """Return what if the outcomes had closed every window at its end: no record of the gauge, a supposition.

    Formula: ``p' = 1 - (1 - p)**m`` with ``m = max(least, (k + n) / (k + E))``, by default k = 1 and least = 1/4; n the
    onsets in the windows of the pack's horizon, laid side by side from the first day, that are wholly past; E the
    onsets the model without a track record expected in them, the sum of ``-ln(1 - p) / H`` over their days. m is the
    mean of a rate's multiplier after n events where E were expected, if it was Gamma(k, k) before. A floor of a
    tripwire or table stays. The gauge itself does the same with the windows that named persons closed, and only those.

    Range: of m, from least up; p' from 0 to 1, and p where as many came as were expected.

    Missing values: a day without an assessment, or blanked as part of an episode, expects nothing; nobody is lowered
    because nobody looked.

    Reference: A. Gelman and others, Bayesian Data Analysis (CRC Press 2013), section 2.6, doi:10.1201/b16018
    """
    factor = np.column_stack([_factor(grid, without, outcomes, column) for column in range(without.points.shape[1])])
    chance = within(without.probability, factor)
    held_up: Booleans = without.level > grid.compiled.level_of(without.points)
    level = grid.level_of(chance)
    return Forecaster(
        id=WHAT_IF,
        title="what if: outcomes had closed every window",
        level=np.where(held_up, np.maximum(level, without.level), level).astype(np.int8),
        chances=grid.spread(chance),
    )


def _rule(pack: Pack) -> TrackRecordRule:
    return pack.method.track_record or TrackRecordRule(applied=False)


def _factor(grid: Grid, outline: Outline, outcomes: Sequence[Outcome], column: int) -> Floats:
    """Return the multiplier of one problem's hazard on each day."""
    horizon = max(1, grid.compiled.pack.file.horizon.days)
    several = episodes(outcomes, grid.compiled.problems[column])
    counts = outline.assessed[:, column] & ~blanked(grid.days, several)
    hazard = -np.log1p(-outline.probability[:, column]) / horizon
    onsets = np.isin(grid.days, [one.onset for one in several if one.onset is not None])
    closed = np.arange(len(grid.days)) // horizon * horizon
    return multiplier(_rule(grid.compiled.pack), _before(onsets)[closed], _before(hazard * counts)[closed])


def _before(daily: Floats | Booleans) -> Floats:
    """Return for each day the sum over the days before it."""
    return np.concatenate(([0.0], np.cumsum(daily, dtype=np.float64)))
