"""Who forecasts: the model, its levels, the plain baselines, and the ablations; all on the same days.

Every forecaster gives a level and, for each horizon, a probability. Where it has only one of the two by itself, the
other is read off by these rules, the same for all, and none of them fitted to anything:

- A probability p for the pack's horizon H (30 days) means for h days ``1 - (1 - p)**(h/H)``: an even hazard.
- A level means the probability in the middle of its band of points (the outermost bands end at the clip of +-20).
- A probability means the level in whose band its points lie (0 and 1 counting as -20 and +20 points).
- A gauge of 0 to 100 means that many percent, which is how such a dial is read; it is one dial for all problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.baselines import drivers, naive_of
from iw_monitor.assess.compiled import UNREPORTED, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.assess.outline import Outline
from iw_monitor.assess.points import probability
from iw_monitor.model.outcome import Outcome

MODEL, LEVEL, RECOMMENDED = "model", "level", "recommended"
PRIOR, PERSISTENCE, MEAN, MAXIMUM = "prior", "persistence", "mean_gauge", "maximum_gauge"
REFERENCES = (PRIOR, PERSISTENCE, MEAN, MAXIMUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecaster:
    """One forecaster on T days x P problems."""

    id: str
    title: str
    level: Levels
    chances: Mapping[int, Floats]  # by horizon in days
    spoke: Booleans | None = None  # T x P, on which days it said anything; None: on all


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What all forecasters share: the days, the horizons, and the bands of the pack."""

    compiled: Compiled
    days: Integers  # ordinals, consecutive
    horizons: tuple[int, ...]  # days, rising

    def spread(self, chance: Floats) -> dict[int, Floats]:
        """Return the chances within each horizon of a chance within the pack's own."""
        own = self.compiled.pack.file.horizon.total_seconds() / 86_400
        return {days: within(chance, days / own) for days in self.horizons}

    def level_of(self, chance: Floats) -> Levels:
        """Return the level in whose band a probability lies."""
        limit = self.compiled.pack.method.clip
        least = float(probability(np.array(-limit)))
        held = np.clip(chance, least, 1 - least)
        return self.compiled.level_of(10 * np.log10(held / (1 - held)))

    def chance_of(self, level: Levels) -> Floats:
        """Return the probability in the middle of a level's band of points."""
        limit = self.compiled.pack.method.clip
        edges = np.concatenate(([-limit], self.compiled.bounds, [limit]))
        middles: Floats = probability((edges[1:] + edges[:-1]) / 2)
        return np.asarray(middles[np.maximum(level, 1) - 1])


def within(chance: Floats, share: Floats | float) -> Floats:
    """Return the chance within a share of the time, by an even hazard: ``1 - (1 - p)**share``.

    Example:
        >>> float(within(np.array(0.75), 0.5))
        0.5
    """
    return np.asarray(1 - (1 - chance) ** share)


def models(grid: Grid, outline: Outline) -> Iterator[Forecaster]:
    """Yield the model's probability, its level of the instant, and its recommended level."""
    yield from_model(grid, outline, name=MODEL, title="model: probability")
    for name, title, level in (
        (LEVEL, "model: level of the instant", outline.level),
        (RECOMMENDED, "model: recommended level", outline.recommended),
    ):
        yield Forecaster(id=name, title=title, level=level, chances=grid.spread(grid.chance_of(level)))


def from_model(grid: Grid, outline: Outline, *, name: str, title: str) -> Forecaster:
    """Return a model's own probability with its level of the instant."""
    return Forecaster(id=name, title=title, level=outline.level, chances=grid.spread(outline.probability))


def baselines(grid: Grid, outline: Outline, outcomes: Sequence[Outcome]) -> Iterator[Forecaster]:
    """Yield the four baselines of METHOD §6."""
    shape = outline.points.shape
    prior = np.broadcast_to(probability(grid.compiled.prior), shape)
    yield Forecaster(id=PRIOR, title="constant prior", level=grid.level_of(prior), chances=grid.spread(prior))
    yield _persistence(grid, outcomes)
    for name, title, read in _GAUGES:
        dial = np.array([[read(row)] for row in _gauge_levels(grid, outline)]) / 100
        chance = np.broadcast_to(dial, shape)
        yield Forecaster(id=name, title=title, level=grid.level_of(chance), chances=grid.spread(chance))


def _persistence(grid: Grid, outcomes: Sequence[Outcome]) -> Forecaster:
    """Return "as lately, so soon": certain where an event fell within the last horizon, impossible where none did."""
    several = [[one.day.toordinal() for one in outcomes if one.problem == name] for name in grid.compiled.problems]
    chances = {days: _lately(grid.days, several, days) for days in grid.horizons}
    own = round(grid.compiled.pack.file.horizon.total_seconds() / 86_400)
    level = grid.level_of(_lately(grid.days, several, own))
    return Forecaster(id=PERSISTENCE, title="persistence", level=level, chances=chances)


def _lately(days: Integers, events: Sequence[Sequence[int]], horizon: int) -> Floats:
    result = np.zeros((len(days), len(events)))
    for column, several in enumerate(events):
        for day in several:
            result[(days > day) & (days <= day + horizon), column] = 1.0
    return result


def _gauge_levels(grid: Grid, outline: Outline) -> Iterator[list[int | None]]:
    names = drivers(grid.compiled.pack)
    columns = [place for place, one in enumerate(grid.compiled.indicators) if one.id in names]
    for row in outline.last[:, columns].tolist():
        yield [None if level == UNREPORTED else level for level in row]


def _mean(levels: list[int | None]) -> float:
    return naive_of(levels).mean or 0.0


def _maximum(levels: list[int | None]) -> float:
    return naive_of(levels).maximum or 0.0


_GAUGES: tuple[tuple[str, str, Callable[[list[int | None]], float]], ...] = (
    (MEAN, "mean-of-levels gauge", _mean),
    (MAXIMUM, "maximum-of-levels gauge", _maximum),
)
