"""What is measured on: the shipped pack grown to fifty indicators, and any number of seeded reports on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import overload

import numpy as np

from iw_monitor.assess.compiled import Integers
from iw_monitor.assess.reports import Reports
from iw_monitor.model.instants import NEVER, microseconds
from iw_monitor.model.pack import Indicator, Pack
from iw_monitor.pack.load import load_pack

SHIPPED = Path(__file__).resolve().parents[1] / "indicators" / "multi-front"
BEGIN = datetime(2023, 10, 18, tzinfo=UTC)  # T0 of the shipped pack
HOUR = 3_600_000_000
YEARS_5 = 43_824  # hours
INDICATORS = 50
_DELAY = HOUR // 2  # from what is true to what is recorded
_WORTH = np.array([0.3, 0.5, 0.7, 0.9])  # the first is not scored: it waits in the tray
_ORIGINATORS = 12
_RUN = 40  # reports in a row that say the same level, on average


def grown_pack(size: int = INDICATORS) -> Pack:
    """Return the shipped pack with its scored indicators repeated, under other ids, until there are enough."""
    pack = load_pack(SHIPPED).pack
    return pack.model_copy(update={"indicators": tuple(_grown(pack.scored, size))})


def _grown(indicators: Sequence[Indicator], size: int) -> Iterator[Indicator]:
    for number in range(size):
        again, place = divmod(number, len(indicators))
        one = indicators[place]
        yield one.model_copy(update={"id": f"{one.id}_{again + 1}"}) if again else one


def hours(count: int) -> Integers:
    """Return the first so many full hours (microseconds)."""
    return microseconds(BEGIN) + HOUR * np.arange(1, count + 1, dtype=np.int64)


def some_reports(pack: Pack, count: int, *, within: int = YEARS_5, on_the_hour: bool = False, seed: int = 1) -> Reports:
    """Return reports spread evenly over some hours and over the pack's indicators, in the order of a journal.

    Args:
        pack: whose indicators they are on.
        count: how many.
        within: the first so many hours.
        on_the_hour: they were recorded at full hours, as a collector does; else each half an hour after it was true.
        seed: of the chance.
    """
    chance = np.random.default_rng(seed)
    begin = microseconds(BEGIN)
    observed = np.sort(chance.integers(begin, begin + within * HOUR - _DELAY, size=count))
    indicator = chance.integers(0, len(pack.indicators), size=count)
    recorded = -(-observed // HOUR) * HOUR if on_the_hour else observed + _DELAY
    worth = _WORTH[chance.integers(0, len(_WORTH), size=count)]
    return Reports(
        ids=Numbered(count),
        names=tuple(one.id for one in pack.indicators),
        indicator=indicator,
        level=_levels(chance, indicator),
        worth=worth,
        scored=worth >= pack.method.grades.scored_from,
        originator=chance.integers(0, _ORIGINATORS, size=count),
        observed=observed,
        published=observed,
        recorded=recorded,
        retracted=np.full(count, NEVER, dtype=np.int64),
        unscored=np.flatnonzero(worth < pack.method.grades.scored_from),
    )


def _levels(chance: np.random.Generator, indicator: Integers) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """Return levels that hold for a while, as levels do."""
    result = np.empty(len(indicator), dtype=np.int8)
    order = np.argsort(indicator, kind="stable")
    changes = np.cumsum(chance.random(len(indicator)) < 1 / _RUN)
    result[order] = chance.integers(0, 5, size=int(changes[-1]) + 1, dtype=np.int8)[changes]
    return result


@dataclass(frozen=True, slots=True)
class Numbered(Sequence[str]):
    """The ids of so many reports, made when asked for: fifty million strings would be most of the memory."""

    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [f"{number:012x}" for number in range(self.size)[place]]
        return f"{range(self.size)[place]:012x}"
