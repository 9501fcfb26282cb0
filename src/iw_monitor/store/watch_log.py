"""The watch log as everyone else sees it: notes, questions, handovers, in the journal like everything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from iw_monitor.errors import Finding, InputError
from iw_monitor.model.watch_log import Countersignature, Handover, LogEntry, LogKind, Noted
from iw_monitor.store.act_rows import entries_of, entry_of, write_act
from iw_monitor.store.journal import Journal
from iw_monitor.store.log_records import (
    countersignature_from,
    handover_from,
    handovers_from,
    log_entry_from,
    said_of_countersignature,
    said_of_handover,
    said_of_note,
)
from iw_monitor.store.records import EntryKind

_LOG = frozenset({EntryKind.LOG})
_HANDOVERS = frozenset({EntryKind.HANDOVER, EntryKind.COUNTERSIGNATURE})


class WatchLogStore:
    """The watch log of one journal. Safe to share between threads; writes take turns with the journal's."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def entries(self, pack: str) -> tuple[LogEntry, ...]:
        """Return everything ever noted, in journal order."""
        with self._journal._reading() as connection:
            return tuple(log_entry_from(row) for row in entries_of(connection, pack, _LOG))

    def handovers(self, pack: str) -> tuple[Handover, ...]:
        """Return all handovers, in journal order, each with who took it."""
        with self._journal._reading() as connection:
            return handovers_from(entries_of(connection, pack, _HANDOVERS))

    def note(self, noted: Noted, *, via: str) -> LogEntry:
        """Write an entry of the watch log.

        Raises:
            InputError: it answers what is no question, or holds text that cannot be stored.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            if noted.answers:
                asked = entry_of(connection, noted.pack, _LOG, noted.answers)
                if asked is None or log_entry_from(asked).kind is not LogKind.QUESTION:
                    raise _refused("J411", "answers", f"{noted.answers!r} is no question of this watch log")
            said = said_of_note(noted)
            row = write_act(connection, tail, EntryKind.LOG, said, pack=noted.pack, author=noted.author, via=via)
            return log_entry_from(row)

    def hand_over(
        self, sheet: Mapping[str, Any], *, pack: str, since: datetime, remark: str, author: str, via: str
    ) -> Handover:
        """Keep a handover with its sheet as it stands now.

        Raises:
            InputError: it holds text that cannot be stored.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            said = said_of_handover(sheet, since=since, remark=remark)
            return handover_from(
                write_act(connection, tail, EntryKind.HANDOVER, said, pack=pack, author=author, via=via)
            )

    def countersign(self, handover: str, *, pack: str, remark: str, author: str, via: str) -> Countersignature:
        """Record that somebody took a handover: another than who handed over, and once.

        Raises:
            InputError: there is no such handover, it is one's own, or somebody took it already.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            held = entry_of(connection, pack, {EntryKind.HANDOVER}, handover)
            if held is None:
                raise _refused("J412", "handover", f"pack {pack!r} holds no handover {handover!r}")
            if held["author"] == author:
                raise _refused("J413", "handover", f"{author} handed over and cannot take it", "Let a colleague sign")
            taken = entries_of(connection, pack, {EntryKind.COUNTERSIGNATURE}, subject=handover)
            if taken:
                raise _refused("J414", "handover", f"{taken[0]['author']} took it already", "Nothing more is needed")
            said = said_of_countersignature(handover, remark)
            row = write_act(connection, tail, EntryKind.COUNTERSIGNATURE, said, pack=pack, author=author, via=via)
            return countersignature_from(row)


def _refused(code: str, field: str, problem: str, remedy: str = "Look again at what is there") -> InputError:
    return InputError([Finding(code=code, file="journal", line=0, field=field, problem=problem, remedy=remedy)])
