"""The record behind a scorecard: every forecast beside what became of its day, so that anyone can score it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from iw_monitor.assess.compiled import Booleans
from iw_monitor.assess.scoring.days import Sample, Use, episodes
from iw_monitor.assess.scoring.forecasters import Forecaster
from iw_monitor.model.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What one forecaster said on one day of one problem, for one horizon, and what came of it."""

    day: date
    problem: str
    horizon: int  # days
    use: Use
    assessed: bool  # the gauge gave an assessment, whatever else became of the day
    event: bool  # an event of the problem began on this very day
    outcome: bool  # ... or on one of the horizon - 1 days after it
    forecaster: str
    level: int | None  # 1 to 5; None on a day on which the forecaster said nothing
    chance: float | None  # within the horizon


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """T days x P problems, all forecasters and horizons."""

    problems: tuple[str, ...]
    samples: tuple[Sample, ...]  # of each horizon, rising
    forecasters: tuple[Forecaster, ...]
    assessed: Booleans  # T x P
    events: Booleans  # T x P

    def __iter__(self) -> Iterator[Forecast]:
        for sample in self.samples:
            for column, problem in enumerate(self.problems):
                for one in self.forecasters:
                    yield from self._of(sample, column, problem, one)

    def _of(self, sample: Sample, column: int, problem: str, one: Forecaster) -> Iterator[Forecast]:
        mine = sample if one.spoke is None else sample.among(one.spoke)
        for row, day in enumerate(sample.days.tolist()):
            spoke = one.spoke is None or bool(one.spoke[row, column])
            yield Forecast(
                day=date.fromordinal(day),
                problem=problem,
                horizon=sample.horizon,
                use=Use(int(mine.use[row, column])),
                assessed=bool(self.assessed[row, column]),
                event=bool(self.events[row, column]),
                outcome=bool(sample.outcome[row, column]),
                forecaster=one.id,
                level=int(one.level[row, column]) if spoke else None,
                chance=float(one.chances[sample.horizon][row, column]) if spoke else None,
            )


def events_of(days: Sequence[int], outcomes: Sequence[Outcome], problems: Sequence[str]) -> Booleans:
    """Return on which days (ordinals, consecutive) an event of each problem began; T x P."""
    begun = np.zeros((len(days), len(problems)), dtype=bool)
    for column, problem in enumerate(problems):
        onsets = {one.onset for one in episodes(outcomes, problem)}
        begun[:, column] = [day in onsets for day in days]
    return begun
