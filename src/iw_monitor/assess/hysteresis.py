"""Up fast, down slow: one problem's walk along the canonical instants (METHOD 4.10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import TOLERANCE, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.model.instants import duration_microseconds
from iw_monitor.model.judgement import WARNING_LEVELS


@dataclass(frozen=True, slots=True)
class Step:
    """From which row on what is recommended; ``since``: the instant of the last change, which may lie before."""

    row: int
    level: int
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The canonical instants, and how far back a step looks from each of them."""

    instants: Integers
    up_from: Integers  # the first row of the time in which a rise must have held
    down_from: Integers  # of the time in which a fall must have held
    long_enough: Booleans  # the history, for a rise
    down_after: int  # microseconds

    @classmethod
    def of(cls, compiled: Compiled, instants: Integers, *, begin: int) -> Times:
        """Return those of some instants; ``begin``: the first instant of the history."""
        rule = compiled.pack.method.hysteresis
        up_after, down_after = duration_microseconds(rule.up_after), duration_microseconds(rule.down_after)
        return cls(
            instants=instants,
            up_from=np.searchsorted(instants, instants - up_after, side="left"),
            down_from=np.searchsorted(instants, instants - down_after, side="left"),
            long_enough=instants - begin >= up_after,
            down_after=down_after,
        )


class Walk:
    """One problem's walk from change to change, on arrays prepared for all instants."""

    def __init__(self, compiled: Compiled, times: Times, *, points: Floats, hold: Floats, floor: Levels) -> None:
        """Prepare; ``hold`` is L_hold."""
        self._times = times
        held = sum(never_since(points < bound - TOLERANCE, times.up_from) for bound in compiled.bounds)
        self._target = np.maximum(np.where(times.long_enough, WARNING_LEVELS[0] + held, 0), floor)
        self._may_rise = {level: self._target > level for level in WARNING_LEVELS}
        self._may_fall = {WARNING_LEVELS[0]: np.zeros(len(times.instants), dtype=bool)}
        falling = compiled.bounds - compiled.pack.method.hysteresis.down_margin - TOLERANCE
        for level, bound in zip(WARNING_LEVELS[1:], falling, strict=True):
            self._may_fall[level] = never_since((hold >= bound) | (floor >= level), times.down_from)

    def stretches(self, begun: Step) -> Iterator[tuple[Step, int]]:
        """Yield what is recommended at the start and from each change on, and before which row that ends."""
        now = begun
        while True:
            up = _next(self._may_rise[now.level], now.row + 1)
            down = _next(self._may_fall[now.level], self._after(now))
            row = min(up, down)
            yield now, row
            if row == len(self._target):
                return
            level = int(self._target[row]) if up <= down else now.level - 1
            now = Step(row, level, int(self._times.instants[row]))

    def _after(self, now: Step) -> int:
        quiet = int(self._times.instants.searchsorted(now.since + self._times.down_after, side="right"))
        return max(now.row + 1, quiet)


def _next(true: Booleans, first: int) -> int:
    """Return the first row from ``first`` on that is true; the number of rows when there is none."""
    if first >= len(true):
        return len(true)
    row = first + int(true[first:].argmax())
    return row if true[row] else len(true)


def never_since(true: Booleans, starts: Integers) -> Booleans:
    """Return for each row whether nothing is true from the row ``starts`` names up to the row itself."""
    last = np.maximum.accumulate(np.where(true, np.arange(len(true)), -1))
    return np.asarray(last < starts)
