"""Reading the journal: queries and nothing else. All of them run inside a transaction of the caller."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Row, Select, exists, func, or_, select

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Observation, Retraction, Submission
from iw_monitor.store.chain import Entry
from iw_monitor.store.fingerprint import fingerprint
from iw_monitor.store.prints import Prints, as_prints
from iw_monitor.store.records import observation_from, retraction_from
from iw_monitor.store.tables import entry, observation, retraction

_ROWS_AT_ONCE = 2_000
_NAMES_AT_ONCE = 500  # databases limit how many values one question may carry

# Asked at every turn of every page and at every write, so put into words once.
_POSITION = select(func.max(entry.c.sequence))
_NEWEST = select(entry.c.sequence, entry.c.hash, entry.c.recorded_at).order_by(entry.c.sequence.desc()).limit(1)
_not_retracted = ~exists().where(retraction.c.observation_sequence == observation.c.sequence)


def position(connection: Connection) -> int:
    """Return the sequence of the newest entry, 0 when there is none."""
    return int(connection.execute(_POSITION).scalar() or 0)


class Newest(NamedTuple):
    """Where the chain ends."""

    sequence: int
    hash: str
    recorded_at: datetime


def newest(connection: Connection) -> Newest | None:
    """Return the end of the chain, None when there is no entry."""
    row = connection.execute(_NEWEST).first()
    return None if row is None else Newest(row.sequence, row.hash, from_microseconds(row.recorded_at))


def hash_of(connection: Connection, sequence: int) -> str | None:
    """Return the hash of the entry at this place, or None if there is none."""
    found = connection.execute(select(entry.c.hash).where(entry.c.sequence == sequence)).scalar()
    return None if found is None else str(found)


def latest_id(connection: Connection, pack: str, indicator: str) -> str | None:
    """Return the id of the newest observed, not retracted observation (of equals, the newest recorded)."""
    row = connection.execute(_latest(observation.c.id, pack=pack, indicator=indicator)).first()
    return None if row is None else str(row[0])


def latest(connection: Connection, pack: str, indicator: str) -> Observation | None:
    """Return the newest observed, not retracted observation (of equals, the newest recorded)."""
    newest = _latest(observation.c.sequence, pack=pack, indicator=indicator).scalar_subquery()
    row = connection.execute(select(entry).where(entry.c.sequence == newest)).mappings().first()
    return None if row is None else observation_from(dict(row))


def _latest(column: Any, *, pack: str, indicator: str) -> Select[Any]:
    return (
        select(column)
        .where(observation.c.pack == pack, observation.c.indicator == indicator, _not_retracted)
        .order_by(observation.c.observed_at.desc(), observation.c.sequence.desc())
        .limit(1)
    )


def sequence_of(connection: Connection, pack: str, observation_id: str) -> int | None:
    """Return where an observation of this pack stands in the journal."""
    found = connection.execute(
        select(observation.c.sequence)
        .join(entry, entry.c.sequence == observation.c.sequence)
        .where(entry.c.id == observation_id, observation.c.pack == pack)
    ).scalar()
    return None if found is None else int(found)


def retraction_of(connection: Connection, sequence: int) -> Retraction | None:
    """Return the retraction of the observation at this place."""
    row = (
        connection.execute(
            select(entry)
            .join(retraction, retraction.c.sequence == entry.c.sequence)
            .where(retraction.c.observation_sequence == sequence)
        )
        .mappings()
        .first()
    )
    return None if row is None else retraction_from(dict(row))


def observations(
    connection: Connection,
    pack: str,
    *,
    indicator: str | None,
    ids: Collection[str] | None,
    newest: int | None,
) -> tuple[Observation, ...]:
    """Return observations in journal order, narrowed by what is given."""
    question = select(entry).join(observation, observation.c.sequence == entry.c.sequence)
    question = question.where(observation.c.pack == pack)
    if indicator is not None:
        question = question.where(observation.c.indicator == indicator)
    if ids is None:
        return _last_of(connection, question, newest)
    return _with_ids(connection, question, ids, newest)


def _last_of(connection: Connection, question: Select[Any], newest: int | None) -> tuple[Observation, ...]:
    if newest is None:
        rows = connection.execute(question.order_by(entry.c.sequence)).mappings()
        return tuple(observation_from(dict(row)) for row in rows)
    rows = connection.execute(question.order_by(entry.c.sequence.desc()).limit(newest)).mappings()
    return tuple(observation_from(dict(row)) for row in rows)[::-1]


def _with_ids(
    connection: Connection, question: Select[Any], ids: Collection[str], newest: int | None
) -> tuple[Observation, ...]:
    rows: dict[int, dict[str, Any]] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _NAMES_AT_ONCE):
        some = wanted[start : start + _NAMES_AT_ONCE]
        for row in connection.execute(question.where(entry.c.id.in_(some))).mappings():
            rows[row["sequence"]] = dict(row)
    found = tuple(observation_from(rows[sequence]) for sequence in sorted(rows))
    return found if newest is None else found[max(0, len(found) - newest) :]


def retractions(connection: Connection, pack: str) -> tuple[Retraction, ...]:
    """Return all retractions of a pack, in journal order."""
    rows = connection.execute(
        select(entry)
        .join(retraction, retraction.c.sequence == entry.c.sequence)
        .where(retraction.c.pack == pack)
        .order_by(entry.c.sequence)
    ).mappings()
    return tuple(retraction_from(dict(row)) for row in rows)


def prints(connection: Connection, pack: str, *, after: int) -> Prints:
    """Return the fingerprints of all observations behind a place that are not retracted, sorted; a million: 16 MB."""
    mine = select(observation.c.fingerprint).where(
        observation.c.pack == pack, observation.c.sequence > after, _not_retracted
    )
    packed = bytearray()
    for rows in connection.execute(mine).partitions(_ROWS_AT_ONCE):
        packed += bytes.fromhex("".join(one for (one,) in rows))
    return np.sort(as_prints(packed))


def observations_page(
    connection: Connection, pack: str, *, begin: int, end: int, after: int, limit: int
) -> list[tuple[int, Observation]]:
    """Return the next observations with their places that were true in a span and are not retracted, in order."""
    question = (
        select(entry)
        .join(observation, observation.c.sequence == entry.c.sequence)
        .where(observation.c.pack == pack, observation.c.sequence > after, _not_retracted)
        .where(observation.c.observed_at >= begin, observation.c.observed_at < end)
        .order_by(observation.c.sequence)
        .limit(limit)
    )
    rows = connection.execute(question).mappings()
    return [(int(row["sequence"]), observation_from(dict(row))) for row in rows]


def is_held(connection: Connection, submission: Submission) -> bool:
    """Say whether the same, to the letter, is there and not retracted; costs the same however long the journal is."""
    same = select(observation.c.sequence).where(
        observation.c.pack == submission.pack,
        observation.c.indicator == submission.indicator,
        observation.c.observed_at == microseconds(submission.observed_at),
        observation.c.fingerprint == fingerprint(submission),
        _not_retracted,
    )
    return connection.execute(same.limit(1)).first() is not None


def acts(connection: Connection, pack: str, indicator: str) -> tuple[Entry, ...]:
    """Return the entries that concern an indicator: its observations and their retractions, in order."""
    mine = select(observation.c.sequence).where(observation.c.pack == pack, observation.c.indicator == indicator)
    gone = select(retraction.c.sequence).where(retraction.c.observation_sequence.in_(mine))
    rows = connection.execute(
        select(entry).where(or_(entry.c.sequence.in_(mine), entry.c.sequence.in_(gone))).order_by(entry.c.sequence)
    )
    return tuple(as_entry(row) for row in rows)


def entries_page(connection: Connection, *, after: int, limit: int) -> list[Entry]:
    """Return the next entries, in order."""
    rows = connection.execute(select(entry).where(entry.c.sequence > after).order_by(entry.c.sequence).limit(limit))
    return [as_entry(row) for row in rows]


def as_entry(row: Row[Any]) -> Entry:
    """Return a row of table ``entry`` as an entry."""
    columns = dict(row._mapping)
    return Entry(recorded_us=columns.pop("recorded_at"), **columns)
