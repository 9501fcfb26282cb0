"""One indicator's reports in the order in which the last one known is the current one (METHOD 4.2), as it grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Compiled, Floats, Integers
from iw_monitor.assess.normal import Held, block_of, moving_normal
from iw_monitor.assess.reports import Reports
from iw_monitor.model.instants import duration_microseconds


@dataclass(frozen=True, slots=True)
class Line:
    """The scored reports that count, the current one last."""

    rows: Integers  # of the reports
    observed: Integers
    normal: Floats  # after each

    def __len__(self) -> int:
        return len(self.rows)


NO_LINE = Line(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


class LineInTheMaking:
    """A line that reports join and leave; what was observed before them is left as it stands."""

    def __init__(self, compiled: Compiled, reports: Reports, place: int, begin: Line, *, room: int) -> None:
        """Begin with the line of the indicator at a place, with room for so many more reports."""
        self._reports = reports
        self._strength, self._t0 = compiled.strength, compiled.t0
        self._base, self._longest = float(compiled.base[place]), int(compiled.half_life[place])
        self._half_life = duration_microseconds(compiled.pack.method.normal.half_life)
        self._rows = np.concatenate([begin.rows, np.zeros(room, dtype=np.int64)])
        self._observed = np.concatenate([begin.observed, np.zeros(room, dtype=np.int64)])
        self._normal = np.concatenate([begin.normal, np.zeros(room)])
        self._size = len(begin)

    def __len__(self) -> int:
        return self._size

    def line(self) -> Line:
        """Return the line as it is now, in the same memory."""
        return Line(self._rows[: self._size], self._observed[: self._size], self._normal[: self._size])

    def newest(self) -> Integers:
        """Return the row of the current report; none where nothing counts."""
        return self._rows[max(self._size - 1, 0) : self._size]

    def since(self, instant: int) -> Line:
        """Return the end of the line: what was observed at or after an instant."""
        first = int(np.searchsorted(self._observed[: self._size], instant, side="left"))
        now = slice(first, self._size)
        return Line(self._rows[now], self._observed[now], self._normal[now])

    def change(self, *, joining: Integers, leaving: Integers) -> None:
        """Let some reports (in their own order) in, each at its place, and others out."""
        if not len(joining) and not len(leaving):
            return
        later = self.since(int(self._reports.observed[np.concatenate([joining, leaving])].min())).rows
        self._size -= len(later)
        staying = later[~np.isin(later, leaving)] if len(leaving) else later
        self.follow(self._reports.in_order(np.concatenate([staying, joining])) if len(staying) else joining)

    def follow(self, rows: Integers) -> None:
        """Let in reports that belong behind all others, in this order."""
        if not len(rows):
            return
        begin, self._size = self._size, self._size + len(rows)
        self._rows[begin : self._size] = rows
        self._observed[begin : self._size] = self._reports.observed[rows]
        block = block_of(int(self._observed[begin]), half_life=self._half_life)
        first = int(np.searchsorted(self._observed[: self._size], block, side="left"))
        self._normal[first : self._size] = moving_normal(
            self._held(first),
            observed=self._observed[first : self._size],
            level=self._reports.level[self._rows[first : self._size]],
            strength=self._strength,
            t0=self._t0,
            longest=self._longest,
            half_life=self._half_life,
        )

    def _held(self, first: int) -> Held:
        """Return what was held before the report at a place in the line."""
        if first == 0:
            return Held(self._base, self._base, self._t0)
        level = self._reports.level[self._rows[first - 1]]
        return Held(float(self._normal[first - 1]), float(self._strength[level]), int(self._observed[first - 1]))
