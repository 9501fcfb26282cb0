"""Reading the journal backwards: everything that was done, narrowed by who, what and about what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from iw_monitor.store.chain import Entry
from iw_monitor.store.journal import Journal
from iw_monitor.store.reading import as_entry
from iw_monitor.store.records import EntryKind
from iw_monitor.store.tables import act, entry, observation, retraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which entries somebody asks for. Everything that is not said narrows nothing."""

    packs: Collection[str]  # an account's entries are of no pack: ""
    kinds: Collection[EntryKind] = ()
    author: str = ""
    subject: str = ""  # id of an indicator or a problem
    before: int | None = None  # only entries that stand before this place
    limit: int = 50


def entries_back(journal: Journal, asked: Asked) -> tuple[Entry, ...]:
    """Return the newest entries that are asked for, newest first."""
    question = select(entry).where(entry.c.pack.in_(sorted(asked.packs)))
    if asked.kinds:
        question = question.where(entry.c.kind.in_(sorted(asked.kinds)))
    if asked.author:
        question = question.where(entry.c.author == asked.author)
    if asked.before is not None:
        question = question.where(entry.c.sequence < asked.before)
    if asked.subject:
        question = _about(question, asked.subject)
    with journal._reading() as connection:
        rows = connection.execute(question.order_by(entry.c.sequence.desc()).limit(asked.limit))
        return tuple(as_entry(row) for row in rows)


def _about(question: Select[tuple[object, ...]], subject: str) -> Select[tuple[object, ...]]:
    reported = select(observation.c.sequence).where(observation.c.indicator == subject)
    gone = select(retraction.c.sequence).where(retraction.c.observation_sequence.in_(reported))
    done = select(act.c.sequence).where(act.c.subject == subject)
    return question.where(or_(*(entry.c.sequence.in_(some) for some in (reported, gone, done))))


def places(journal: Journal, ids: Collection[str]) -> dict[str, int]:
    """Return the sequence of each entry that there is of these ids."""
    with journal._reading() as connection:
        rows = connection.execute(select(entry.c.id, entry.c.sequence).where(entry.c.id.in_(ids)))
        return {name: int(sequence) for name, sequence in rows}


def entry_of(journal: Journal, pack: str, entry_id: str) -> Entry | None:
    """Return the entry of this id, or None if the pack has none."""
    with journal._reading() as connection:
        row = connection.execute(select(entry).where(entry.c.id == entry_id, entry.c.pack == pack)).first()
    return None if row is None else as_entry(row)
