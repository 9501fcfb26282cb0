"""Measuring: several ways of one thing in turn, again and again, so that whatever goes on meanwhile hits all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """What repeats came to: the median, and between which values they lay."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def lowest(self) -> float:
        return min(self.values)

    @property
    def highest(self) -> float:
        return max(self.values)

    def said(self) -> str:
        """Return the median as a time in the unit that suits it."""
        return figure(self.median, "s")

    def over(self, other: Spread) -> Spread:
        """Return the ratio in each round: both ran within moments of each other."""
        return Spread(tuple(mine / theirs for mine, theirs in zip(self.values, other.values, strict=True)))


_TIMES = ((1e-3, 1e6, "µs"), (1.0, 1e3, "ms"), (float("inf"), 1.0, "s"))  # below so many seconds: times, unit


def figure(value: float, unit: str) -> str:
    """Return a figure with two or three digits that count; seconds in the unit that suits them."""
    if unit == "s":
        factor, unit = next((factor, short) for below, factor, short in _TIMES if value < below)
        value *= factor
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    joined = "" if unit == "×" else " "
    return f"{value:,.{digits}f}{joined}{unit}"


Clock = Callable[[], float]
PROCESSOR: Clock = time.process_time  # of all threads of this process: what others do on the machine hardly counts
WALL: Clock = time.perf_counter  # where the disk or another process is waited for


def side_by_side(
    ways: Mapping[str, Callable[[], object]], *, rounds: int, warm: int = 1, clock: Clock = PROCESSOR
) -> dict[str, Spread]:
    """Run every way once a round, and return the seconds that each took in each round.

    Args:
        ways: by name; each does its whole work when called.
        rounds: how often each is measured.
        warm: rounds before that, which are not measured.
        clock: by which time.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(warm + rounds):
        for name, way in ways.items():
            took = seconds_of(way, clock=clock)
            if number >= warm:
                seconds[name].append(took)
    return {name: Spread(tuple(taken)) for name, taken in seconds.items()}


def seconds_of(way: Callable[[], object], *, clock: Clock = PROCESSOR) -> float:
    """Return how long one call takes; what it leaves behind is cleared away first, so that no other way pays for it."""
    gc.collect()
    begun = clock()
    way()
    return clock() - begun
