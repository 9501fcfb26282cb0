"""All observations of a pack as columns: what the engine works on, read in one sweep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from iw_monitor.assess.coded import Coded, numbering
from iw_monitor.assess.compiled import Texts
from iw_monitor.assess.growing import grown
from iw_monitor.model.instants import NEVER
from iw_monitor.store.tables import entry, observation, retraction

_ROWS_AT_ONCE = 500  # fewer than make Python look for garbage, which a million rows would have it do in vain

Integers = NDArray[np.int64]
Small = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Observations in journal order, a column each; instants in microseconds since 1970, ``NEVER`` for none."""

    position: int  # of the journal when this was read: what to give as ``after`` next time
    changed: int  # of the journal when there was last something new in here: the key of what is computed from it
    sequence: Integers
    ids: Texts
    indicator: Coded
    level: Small
    reliability: Coded
    credibility: Small
    originator: Coded  # normalised
    observed: Integers
    published: Integers
    recorded: Integers
    retracted: Integers
    withdrawn: Mapping[int, int]  # sequence of an *earlier* observation -> when it was retracted since

    def __len__(self) -> int:
        return len(self.ids)

    def extended(self, newer: Columns) -> Columns:
        """Return these columns with what came since, as if read at once.

        Args:
            newer: read with ``after=self.position``.
        """
        if not len(newer) and not newer.withdrawn:
            return replace(self, position=newer.position)  # the journal tells of other things too
        retracted, others = self.retracted, dict(self.withdrawn)
        if newer.withdrawn:
            retracted = retracted.copy()
        for place, instant in newer.withdrawn.items():
            row = int(np.searchsorted(self.sequence, place))
            if row < self.sequence.size and self.sequence[row] == place:
                retracted[row] = instant
            else:
                others[place] = instant
        return replace(
            newer,
            sequence=grown(self.sequence, newer.sequence),
            ids=grown(self.ids, newer.ids),
            indicator=self.indicator.followed_by(newer.indicator),
            level=grown(self.level, newer.level),
            reliability=self.reliability.followed_by(newer.reliability),
            credibility=grown(self.credibility, newer.credibility),
            originator=self.originator.followed_by(newer.originator),
            observed=grown(self.observed, newer.observed),
            published=grown(self.published, newer.published),
            recorded=grown(self.recorded, newer.recorded),
            retracted=grown(retracted, newer.retracted),
            withdrawn=others,
        )


def read_columns(connection: Connection, pack: str, *, after: int) -> Columns:
    """Read all observations of a pack that stand after a place in the journal."""
    upto = connection.execute(select(func.max(entry.c.sequence))).scalar() or 0
    sweep = _Sweep()
    result = connection.execute(
        select(*_SWEPT)
        .where(observation.c.pack == pack, observation.c.sequence > after)
        .order_by(observation.c.sequence)
    )
    cursor = result.cursor  # the driver's own: a million rows need no dressing
    while cursor is not None and (rows := cursor.fetchmany(_ROWS_AT_ONCE)):
        sweep.add(tuple(zip(*rows, strict=True)))
    result.close()
    return sweep.columns(_retracted(connection, pack, after), after=after, position=int(upto))


_SWEPT = (
    observation.c.sequence,
    observation.c.id,
    observation.c.indicator,
    observation.c.level,
    observation.c.reliability,
    observation.c.credibility,
    observation.c.originator,
    observation.c.observed_at,
    func.coalesce(observation.c.published_at, NEVER),
    observation.c.recorded_at,
)


def _retracted(connection: Connection, pack: str, after: int) -> dict[int, int]:
    """Return place of the observation -> when retracted, of all retractions that stand after a place."""
    rows = connection.execute(
        select(retraction.c.observation_sequence, retraction.c.recorded_at).where(
            retraction.c.pack == pack, retraction.c.sequence > after
        )
    )
    return {int(place): int(instant) for place, instant in rows}


class _Sweep:
    """Gathers what a cursor gives, column by column."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._parts = {name: [np.empty(0, kind)] for name, kind in _KINDS.items()}
        self._known = {name: numbering() for name in _CODED}

    def add(self, columns: tuple[tuple[Any, ...], ...]) -> None:
        named = dict(zip(_ORDER, columns, strict=True))
        self._ids.extend(named["ids"])
        for name, parts in self._parts.items():
            numbers = map(self._known[name].__getitem__, named[name]) if name in self._known else named[name]
            parts.append(np.fromiter(numbers, _KINDS[name], len(named[name])))

    def columns(self, retracted: dict[int, int], *, after: int, position: int) -> Columns:
        numbers = {name: np.concatenate(parts) for name, parts in self._parts.items()}
        coded = {name: Coded(dict(known), numbers[name]) for name, known in self._known.items()}
        sequence = numbers["sequence"]
        when = np.full(len(sequence), NEVER, dtype=np.int64)
        here = {place: instant for place, instant in retracted.items() if place > after}
        when[np.searchsorted(sequence, np.array(list(here), dtype=np.int64))] = list(here.values())
        earlier = {place: instant for place, instant in retracted.items() if place <= after}
        return Columns(
            position=position,
            changed=position,
            sequence=sequence,
            ids=np.array(self._ids, dtype=object),
            indicator=coded["indicator"],
            level=numbers["level"],
            reliability=coded["reliability"],
            credibility=numbers["credibility"],
            originator=coded["originator"],
            observed=numbers["observed"],
            published=numbers["published"],
            recorded=numbers["recorded"],
            retracted=when,
            withdrawn=earlier,
        )


_ORDER = (
    "sequence",
    "ids",
    "indicator",
    "level",
    "reliability",
    "credibility",
    "originator",
    "observed",
    "published",
    "recorded",
)
_CODED = ("indicator", "reliability", "originator")
_KINDS: dict[str, type[np.generic]] = dict.fromkeys(_CODED, np.int32) | {
    "sequence": np.int64,
    "level": np.int8,
    "credibility": np.int8,
    "observed": np.int64,
    "published": np.int64,
    "recorded": np.int64,
}
