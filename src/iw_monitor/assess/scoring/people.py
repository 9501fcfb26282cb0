"""What people said, as forecasters: the declared levels, and each officer's own estimates.

Each is scored on the days on which it was said, and beside it the model and the plain baselines on the very same days:
who speaks only when things are clear must not look better for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

import numpy as np

from iw_monitor.assess.scoring.forecasters import Forecaster, Grid
from iw_monitor.model.judgement import Judgement, JudgementKind, standing

DECLARED = "declared"
ESTIMATE = "estimate:"  # and the officer's name
_NOTHING = 0.0


def people(grid: Grid, judgements: Sequence[Judgement]) -> Iterator[Forecaster]:
    """Yield the declared level, if any was declared, and each officer who ever estimated, in the order of their names.

    A declared level means the probability in the middle of its band, an estimate the level in whose band it lies, as
    for all forecasters. What stands at 00:00Z of a day is what was said on it, from when it was recorded.
    """
    instants = [datetime.combine(date.fromordinal(day), time(), UTC) for day in grid.days.tolist()]
    stands = [standing(judgements, one) for one in instants]
    if any(one.kind is JudgementKind.DECLARATION for one in judgements):
        yield _declared(grid, stands)
    estimates = (one for one in judgements if one.kind is JudgementKind.ESTIMATE)
    for author in sorted({one.author for one in estimates}):
        yield _estimated(grid, stands, author)


def _declared(grid: Grid, stands: Sequence[Sequence[Judgement]]) -> Forecaster:
    level = np.ones((len(grid.days), len(grid.compiled.problems)), dtype=np.int8)
    spoke = np.zeros(level.shape, dtype=bool)
    for row, several in enumerate(stands):
        for one in several:
            if one.kind is JudgementKind.DECLARATION and one.subject in grid.compiled.problems:
                column = grid.compiled.problems.index(one.subject)
                level[row, column], spoke[row, column] = one.level or 1, True
    chances = grid.spread(grid.chance_of(level))
    return Forecaster(id=DECLARED, title="declared level", level=level, chances=chances, spoke=spoke)


def _estimated(grid: Grid, stands: Sequence[Sequence[Judgement]], author: str) -> Forecaster:
    chance = np.full((len(grid.days), len(grid.compiled.problems)), _NOTHING)
    for row, several in enumerate(stands):
        for one in several:
            mine = one.kind is JudgementKind.ESTIMATE and one.author == author
            if mine and one.subject in grid.compiled.problems:
                chance[row, grid.compiled.problems.index(one.subject)] = one.probability or _NOTHING
    return Forecaster(
        id=f"{ESTIMATE}{author}",
        title=f"estimate of {author}",
        level=grid.level_of(chance),
        chances=grid.spread(chance),
        spoke=chance > _NOTHING,
    )
