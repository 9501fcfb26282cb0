"""Following one indicator over its reports, stretch by stretch (METHOD 4.1, 4.2).

While reports arrive in the order in which they were observed, their epochs are computed all at once. A late report or a
retraction begins a new stretch, for which only what was observed since is looked at again; what a journal has grown by
is nothing but one more stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from iw_monitor.assess.compiled import UNREPORTED, Booleans, Compiled, Floats, Integers, Levels
from iw_monitor.assess.evidence import quality
from iw_monitor.assess.growing import grown
from iw_monitor.assess.line import NO_LINE, Line, LineInTheMaking
from iw_monitor.assess.reports import Reports
from iw_monitor.model.instants import NEVER
from iw_monitor.model.observation import Known


@dataclass(frozen=True, slots=True)
class Epochs:
    """What is known of one indicator from ``start`` until the next row's start; the first row: nothing, since ever."""

    start: Integers
    level: Levels
    observed: Integers
    quality: Floats
    normal: Floats

    def before(self, instant: int) -> Epochs:
        """Return the epochs that began before an instant."""
        end = int(np.searchsorted(self.start, instant, side="left"))
        return Epochs(self.start[:end], self.level[:end], self.observed[:end], self.quality[:end], self.normal[:end])

    @classmethod
    def joined(cls, parts: Sequence[Epochs]) -> Epochs:
        """Return several, one after the other."""
        return cls(
            start=np.concatenate([part.start for part in parts]),
            level=np.concatenate([part.level for part in parts]),
            observed=np.concatenate([part.observed for part in parts]),
            quality=np.concatenate([part.quality for part in parts]),
            normal=np.concatenate([part.normal for part in parts]),
        )

    def followed_by(self, newer: Epochs) -> Epochs:
        """Return these and then the newer ones, at the cost of the newer ones."""
        return Epochs(
            start=grown(self.start, newer.start),
            level=grown(self.level, newer.level),
            observed=grown(self.observed, newer.observed),
            quality=grown(self.quality, newer.quality),
            normal=grown(self.normal, newer.normal),
        )


@dataclass(frozen=True, slots=True)
class Gone:
    """A report that was scored until it was retracted."""

    row: int
    level: int
    observed: int
    at: int  # when it was retracted


@dataclass(frozen=True, slots=True)
class Followed:
    """One indicator, followed over all of its scored reports."""

    epochs: Epochs
    line: Line  # the reports that count after all that is known
    gone: tuple[Gone, ...]  # those that do not count any more
    upto: int  # the last instant at which anything arrived or was retracted

    def reports_of(self, first: int, last: int) -> Integers:
        """Return the rows of all reports observed in [first, last], also of those that are gone, in no order."""
        begin, end = np.searchsorted(self.line.observed, (first, last + 1)).tolist()
        gone = [one.row for one in self.gone if first <= one.observed <= last]
        return np.concatenate([self.line.rows[begin:end], np.array(gone, dtype=np.int64)])

    @property
    def begin(self) -> int:
        """When the oldest report was observed, ``NEVER`` if there is none."""
        return min([*self.line.observed[:1].tolist(), *(one.observed for one in self.gone)], default=NEVER)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What happens in a stretch of time: at its begin, and then in the order of rank."""

    begin: int
    joining: Integers  # rows
    leaving: Integers
    following: Integers
    arrival: Integers  # of those that follow


@dataclass(frozen=True, slots=True)
class Path:
    """One indicator's way through a journal."""

    compiled: Compiled
    reports: Reports
    known: Known
    place: int  # of the indicator among those that are watched

    def followed(self, before: Followed | None, arrived: Integers, withdrawn: Sequence[int]) -> Followed:
        """Return how the indicator was followed so far, followed on.

        Args:
            before: up to now; None for a beginning.
            arrived: rows of the scored reports that came since and count.
            withdrawn: rows of the reports that were retracted since, also of those.
        """
        gone = np.array([row for row in withdrawn if self.reports.scored[row]], dtype=np.int64)
        if before is None:
            return self._onward(self._silent(), arrived, gone[self._counts(gone)])
        if not len(arrived) and not len(gone):
            return before
        news = np.concatenate([self._arrival(arrived), self.reports.gone(self.known, gone)])
        if np.all(self._counts(gone)) and news.min() >= before.upto:
            return self._onward(before, arrived, gone)
        return self._anew()

    def _anew(self) -> Followed:
        """Return the same from the beginning: what is new changes what was known long ago."""
        reports, name = self.reports, self.reports.names.index(self.compiled.indicators[self.place].id)
        mine = np.flatnonzero(reports.scored & (reports.indicator == name))
        mine = mine[self._counts(mine)]
        return self._onward(self._silent(), mine, mine[reports.gone(self.known, mine) < NEVER])

    def _silent(self) -> Followed:
        return Followed(self._silence(-NEVER), NO_LINE, (), -NEVER)

    def _arrival(self, rows: Integers) -> Integers:
        return self.reports.known(self.known)[rows]

    def _counts(self, rows: Integers) -> Booleans:
        return np.asarray(self.reports.gone(self.known, rows) > self._arrival(rows))

    def _onward(self, before: Followed, arrived: Integers, gone: Integers) -> Followed:
        """Return how the indicator is followed on, with reports that arrived and others that were retracted since."""
        arrived = self.reports.in_order(arrived)
        gone_at = self.reports.gone(self.known, gone)
        news = np.concatenate([self._arrival(arrived), gone_at])
        if not len(news):
            return before
        line = LineInTheMaking(self.compiled, self.reports, self.place, before.line, room=len(arrived))
        parts: list[Epochs] = []
        for stretch in self._stretches(before.line, arrived, gone):
            parts += self._epochs(line, stretch)
        levels, observed = self.reports.level[gone], self.reports.observed[gone]
        told = zip(gone.tolist(), levels.tolist(), observed.tolist(), gone_at.tolist(), strict=True)
        return Followed(
            epochs=before.epochs.before(int(news.min())).followed_by(Epochs.joined(parts)),
            line=line.line(),
            gone=(*before.gone, *(Gone(*one) for one in told)),
            upto=max(before.upto, int(news.max())),
        )

    def _stretches(self, line: Line, arrived: Integers, gone: Integers) -> Iterator[_Stretch]:
        """Yield stretches of time within which reports arrive in the order of their rank and none is retracted.

        Args:
            line: what counts already.
            arrived: rows, in the order of their rank.
            gone: rows, each of them in the line or among those that arrived.
        """
        order = np.argsort(self._arrival(arrived), kind="stable")
        rows, arrival = arrived[order], self._arrival(arrived)[order]
        late = order < np.maximum.accumulate(order)
        if len(line) and len(rows):  # what was observed before the newest that counts already is late, too
            newest = line.observed[-1]
            late |= self.reports.observed[rows] <= newest
        gone_at = self.reports.gone(self.known, gone)
        begins = np.unique(np.concatenate([arrival[:1], arrival[late], gone_at]))
        for begin, end in pairwise([*begins.tolist(), NEVER]):
            first, middle, last = np.searchsorted(arrival, [begin, begin + 1, end], side="left").tolist()
            yield _Stretch(
                begin=begin,
                joining=rows[first:middle],
                leaving=gone[gone_at == begin],
                following=rows[middle:last],
                arrival=arrival[middle:last],
            )

    def _epochs(self, line: LineInTheMaking, stretch: _Stretch) -> Iterator[Epochs]:
        """Let a stretch pass, and yield its epochs: that of its begin, and one for each report that follows."""
        line.change(joining=stretch.joining, leaving=stretch.leaving)
        begun_with = min(len(line), 1)
        oldest = stretch.following[:1] if not begun_with else line.newest()
        line.follow(stretch.following)
        if not begun_with:  # nothing is known: all of it has been retracted
            yield self._silence(stretch.begin)
        if not len(oldest):
            return
        span = self.compiled.evidence_span(self.place)
        window = line.since(int(self.reports.observed[oldest[0]]) - span)
        new = slice(len(window) - len(stretch.following) - begun_with, None)
        level = self.reports.level[window.rows]
        q = quality(
            observed=window.observed,
            level=level,
            worth=self.reports.worth[window.rows],
            originator=self.reports.originator[window.rows],
            span=span,
            cap=self.compiled.pack.method.grades.quality_cap,
        )
        start = np.concatenate([np.full(begun_with, stretch.begin), stretch.arrival])
        last = np.append(start[1:] > start[:-1], True)  # of what arrives together only the end is seen
        yield Epochs(start[last], level[new][last], window.observed[new][last], q[new][last], window.normal[new][last])

    def _silence(self, begin: int) -> Epochs:
        """Return the epoch in which nothing is known: not yet, or not any more."""
        return Epochs(
            start=np.array([begin]),
            level=np.array([UNREPORTED], dtype=np.int8),
            observed=np.zeros(1, dtype=np.int64),
            quality=np.zeros(1),
            normal=self.compiled.base[self.place : self.place + 1],
        )
