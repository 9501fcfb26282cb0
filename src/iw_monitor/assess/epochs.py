"""What is known of every indicator from when on: its epochs (METHOD 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Compiled, Integers
from iw_monitor.assess.following import Epochs, Followed, Path
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.track import TrackHistory
from iw_monitor.model.instants import NEVER
from iw_monitor.model.observation import Known


@dataclass(frozen=True, slots=True)
class History:
    """The epochs of every watched indicator, and the instants at which anything scored changed."""

    followed: tuple[Followed, ...]
    counted: tuple[bool, ...]  # of the indicators: whether the method looks at it
    track: TrackHistory | None = None  # where the pack applies a track record and there is one

    @property
    def epochs(self) -> tuple[Epochs, ...]:
        """Of each watched indicator."""
        return tuple(one.epochs for one in self.followed)

    def retractions(self) -> Iterator[tuple[int, int, int]]:
        """Yield (instant, indicator, level) of each retracted scored report."""
        return ((gone.at, place, gone.level) for place, one in enumerate(self.followed) for gone in one.gone)

    def changes(self, begin: int, end: int) -> Integers:
        """Return the instants of [begin, end] at which anything scored changed, ascending."""
        return union_of(*self.changes_of_each(begin, end))

    def changes_of_each(self, begin: int, end: int) -> Iterator[Integers]:
        """Yield the same, ascending, of each indicator that the method looks at."""
        for start in self._starts():
            first, last = np.searchsorted(start, (begin, end + 1)).tolist()
            yield start[first:last]

    def begin(self) -> int:
        """Return when anything scored changed for the first time, ``NEVER`` if it never did."""
        return min((int(one[0]) for one in self._starts()), default=NEVER)

    def _starts(self) -> list[Integers]:
        starts = (one.epochs.start[1:] for one, counted in zip(self.followed, self.counted, strict=True) if counted)
        return [one for one in starts if len(one)]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A history of the same journal when it was shorter, of the same pack and by the same reading."""

    history: History
    reports: Reports


def history_of(compiled: Compiled, reports: Reports, known: Known, earlier: Earlier | None = None) -> History:
    """Return what was known of each indicator from when on; only those with news are followed on."""
    names = [reports.names.index(one.id) for one in compiled.indicators]
    seen, size = (frozenset(), 0) if earlier is None else (earlier.reports.withdrawn, len(earlier.reports))
    arrived = reports.counting(known, after=size)
    withdrawn: dict[int, list[int]] = {name: [] for name in range(-1, len(reports.names))}
    for row in sorted(reports.withdrawn - seen):
        withdrawn[int(reports.indicator[row])].append(row)
    before = [None] * len(names) if earlier is None else earlier.history.followed
    return History(
        followed=tuple(
            Path(compiled, reports, known, place).followed(before[place], arrived[name], withdrawn[name])
            for place, name in enumerate(names)
        ),
        counted=tuple(compiled.counted.tolist()),
    )


def union_of(*instants: Integers) -> Integers:
    """Return the instants that stand in any of several ascending arrays, each once, ascending."""
    # Ascending runs are merged, which a set of a million instants would first throw away.
    merged = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *instants]), kind="stable")
    return merged[np.diff(merged, prepend=merged[:1] - 1) > 0]
