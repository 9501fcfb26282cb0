"""The journal's observations as columns, ready for the engine."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from iw_monitor.assess.coded import Coded
from iw_monitor.assess.compiled import Booleans, Floats, Integers, Levels, Texts
from iw_monitor.assess.evidence import order_of
from iw_monitor.assess.growing import grown, is_continued
from iw_monitor.model.closing import Closing
from iw_monitor.model.instants import NEVER, microseconds
from iw_monitor.model.observation import (
    CREDIBILITIES,
    LEVELS,
    Known,
    Observation,
    Retraction,
    originator_of,
)
from iw_monitor.model.pack import Pack

ALL = slice(None)


@dataclass(frozen=True, slots=True)
class Reports:
    """All reports on a pack, one row each, scored or not. Times in microseconds, ``NEVER`` where there is none."""

    ids: Sequence[str] | Texts
    names: tuple[str, ...]  # of the indicators that ``indicator`` counts
    indicator: Integers
    level: Levels
    worth: Floats  # min(cap(reliability), value(credibility)); 0 where the pack gives none
    scored: Booleans  # worth at or above the pack's threshold
    originator: Integers  # in the order of the normalised names by code points
    observed: Integers
    published: Integers  # known as published
    recorded: Integers
    retracted: Integers
    unscored: Integers  # rows
    withdrawn: frozenset[int] = frozenset()  # rows that are retracted
    voices: dict[str, int] = field(default_factory=dict)  # of originators: what ``originator`` holds
    closings: tuple[Closing, ...] = ()  # of windows: what the pack's track record rests on

    def __len__(self) -> int:
        return len(self.indicator)

    def known(self, reading: Known) -> Integers:
        """Return when each report became known, by this reading."""
        return self.recorded if reading is Known.RECORDED else self.published

    def gone(self, reading: Known, rows: slice | Integers = ALL) -> Integers:
        """Return when each report stopped counting: at its retraction; as published, it then never counts."""
        retracted = self.retracted[rows]
        return retracted if reading is Known.RECORDED else np.where(retracted < NEVER, -NEVER, NEVER)

    def counting(self, reading: Known, *, after: int = 0) -> list[Integers]:
        """Return the rows of each indicator's scored reports that ever count, leaving out the first so many rows."""
        new = slice(after, None)
        counts = self.scored[new] & (self.gone(reading, new) > self.known(reading)[new])
        small = np.min_scalar_type(-len(self.names))  # sorted by radix
        place = np.where(counts, self.indicator[new], -1).astype(small)
        order = np.argsort(place, kind="stable")
        edges = np.searchsorted(place[order], np.arange(len(self.names) + 1), side="left")
        return [after + order[first:end] for first, end in pairwise(edges.tolist())]

    def in_order(self, rows: Integers) -> Integers:
        """Return rows of one indicator in the order in which the last one known is the current one (METHOD 4.2)."""
        if np.all(np.diff(self.observed[rows]) > 0):
            return rows  # as they mostly come: what was observed later was reported later
        order = order_of(
            observed=self.observed[rows],
            worth=self.worth[rows],
            level=self.level[rows],
            originator=self.originator[rows],
        )
        return rows[order]

    @classmethod
    def of(
        cls,
        pack: Pack,
        observations: Iterable[Observation],
        retractions: Iterable[Retraction] = (),
        closings: Iterable[Closing] = (),
    ) -> Reports:
        """Return the columns of observations and their retractions, with what people say of past windows."""
        rows = [one for one in observations if one.pack == pack.id]
        withdrawn = {one.observation: microseconds(one.recorded_at) for one in retractions}
        return cls.from_columns(
            pack,
            ids=[one.id for one in rows],
            indicator=Coded.of(one.indicator for one in rows),
            level=[one.level for one in rows],
            reliability=Coded.of(one.grade.reliability for one in rows),
            credibility=[one.grade.credibility for one in rows],
            originator=Coded.of(originator_of(one) for one in rows),
            observed=[microseconds(one.observed_at) for one in rows],
            published=[NEVER if one.published_at is None else microseconds(one.published_at) for one in rows],
            recorded=[microseconds(one.recorded_at) for one in rows],
            retracted=[withdrawn.get(one.id, NEVER) for one in rows],
            closings=tuple(closings),
        )

    @classmethod
    def from_columns(
        cls,
        pack: Pack,
        *,
        ids: ArrayLike,
        indicator: Coded,
        level: ArrayLike,
        reliability: Coded,
        credibility: ArrayLike,
        originator: Coded,
        observed: ArrayLike,
        published: ArrayLike,
        recorded: ArrayLike,
        retracted: ArrayLike,
        closings: tuple[Closing, ...] = (),
        earlier: Reports | None = None,
    ) -> Reports:
        """Return the columns, with names turned into places and grades into worth.

        Args:
            pack: whose grades and indicators count.
            ids: one per report.
            indicator: ids; those the pack does not have are kept and never scored.
            level: 0 to 4.
            reliability: ``A`` to ``F``.
            credibility: 1 to 6.
            originator: normalised names (``originator_of``).
            observed: microseconds since 1970.
            published: microseconds, ``NEVER`` where the source's time is not known (then the end of the observed day).
            recorded: microseconds.
            retracted: microseconds, ``NEVER`` where not.
            closings: of windows.
            earlier: of the same pack and the first of these rows, which are not looked at again.

        Raises:
            ValueError: a level is not 0 to 4.
        """
        voices = None if earlier is None else _more_voices(earlier.voices, originator.after(len(earlier)).numbers)
        if voices is None:
            earlier, voices = None, _voices(originator.numbers)
        first = 0 if earlier is None else len(earlier)
        new = slice(first, None)
        levels, graded = np.asarray(level)[new], np.asarray(credibility)[new].astype(np.int64)
        if levels.size and not np.isin(levels, LEVELS).all():
            raise ValueError("a report's level must be 0 to 4")
        names = tuple(one.id for one in pack.indicators)
        worth = _worth(pack, reliability.after(first), graded)
        scored = worth >= pack.method.grades.scored_from - 1e-9
        times, gone = np.asarray(observed, dtype=np.int64), np.asarray(retracted, dtype=np.int64)
        rows = cls(
            ids=np.asarray(ids, dtype=object),
            names=names,
            indicator=_places(indicator.after(first), names),
            level=levels.astype(np.int8),
            worth=worth,
            scored=scored,
            originator=originator.after(first).each(voices.__getitem__),
            observed=times[new],
            published=_published(times[new], np.asarray(published, dtype=np.int64)[new]),
            recorded=np.asarray(recorded, dtype=np.int64)[new],
            retracted=gone,
            unscored=first + np.flatnonzero(~scored),
            withdrawn=_withdrawn(gone, earlier),
            voices=voices,
            closings=closings,
        )
        return rows if earlier is None else earlier._followed_by(rows)

    def _followed_by(self, newer: Reports) -> Reports:
        """Return these rows and then the newer ones, which tell of retractions for all."""
        return replace(
            newer,
            indicator=grown(self.indicator, newer.indicator),
            level=grown(self.level, newer.level),
            worth=grown(self.worth, newer.worth),
            scored=grown(self.scored, newer.scored),
            originator=grown(self.originator, newer.originator),
            observed=grown(self.observed, newer.observed),
            published=grown(self.published, newer.published),
            recorded=grown(self.recorded, newer.recorded),
            unscored=grown(self.unscored, newer.unscored),
        )


def changed_from(old: Reports, new: Reports, known: Known) -> int:
    """Return from which instant (microseconds) on the newer of two states of one journal can say anything else."""
    withdrawn = np.array([row for row in new.withdrawn - old.withdrawn if row < len(old)], dtype=np.int64)
    return int(min([NEVER, *new.known(known)[len(old) :].tolist(), *new.gone(known, withdrawn).tolist()]))


def _withdrawn(gone: Integers, earlier: Reports | None) -> frozenset[int]:
    """Return the rows that are retracted; earlier ones are looked at again only where one may have been since."""
    if earlier is None or not is_continued(gone, earlier.retracted):
        return frozenset(np.flatnonzero(gone < NEVER).tolist())
    first = len(earlier)
    return earlier.withdrawn.union((first + np.flatnonzero(gone[first:] < NEVER)).tolist())


def _worth(pack: Pack, reliability: Coded, credibility: Integers) -> Floats:
    grades = pack.method.grades
    table = np.zeros((len(grades.reliability), len(CREDIBILITIES) + 1))
    for row, cap in enumerate(grades.reliability.values()):
        for number, value in grades.credibility.items():
            table[row, number] = 0.0 if value is None else min(cap, value)
    return np.asarray(table[_places(reliability, tuple(grades.reliability)), credibility], dtype=np.float64)


def _places(names: Coded, order: tuple[str, ...]) -> Integers:
    place = {name: index for index, name in enumerate(order)}
    return names.each(lambda name: place.get(name, -1))


_APART = 1 << 32  # two names of the first reading, so that later ones find room between them


def _voices(names: Iterable[str]) -> dict[str, int]:
    """Return a number for each name, in their order by code points; each name comes once."""
    # Ranked by Python's own order: numpy would pad every name to the longest.
    return {name: _APART * place for place, name in enumerate(sorted(names))}


def _more_voices(before: dict[str, int], names: Iterable[str]) -> dict[str, int] | None:
    """Return the numbers given before, with one for each new name; None if there is no room for it in the order."""
    if not before:
        return None
    new = sorted(set(names).difference(before))
    if not new:
        return before
    given, order = dict(before), sorted(before)
    for name in new:
        place = bisect(order, name)
        low = given[order[place - 1]] if place else given[order[0]] - 2 * _APART
        high = given[order[place]] if place < len(order) else low + 2 * _APART
        if high - low < 2:
            return None
        order.insert(place, name)
        given[name] = (low + high) // 2
    return given


DAY = 86_400_000_000
END_OF_DAY = DAY - 60_000_000  # 23:59


def _published(observed: Integers, published: Integers) -> Integers:
    """The columns' form of ``published_known_at``."""
    end = observed - observed % DAY + END_OF_DAY
    return np.maximum(observed, np.where(published < NEVER, published, end))
