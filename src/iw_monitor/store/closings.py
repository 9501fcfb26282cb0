"""Closed windows as everyone else sees them: what became of each, said by a named person, in the journal."""

from __future__ import annotations

from sqlalchemy import Connection

from iw_monitor.errors import ConflictError, Finding, InputError
from iw_monitor.model.closing import Closed, Closing, Reopening
from iw_monitor.store.act_rows import entries_of, write_act
from iw_monitor.store.closing_records import (
    closing_from,
    closings_from,
    reopening_from,
    said_of_closing,
    said_of_reopening,
)
from iw_monitor.store.journal import Journal
from iw_monitor.store.records import EntryKind

_KINDS = frozenset({EntryKind.CLOSING, EntryKind.REOPENING})


class ClosingStore:
    """Closed windows of one journal. Safe to share between threads; writes take turns with the journal's."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def closings(self, pack: str) -> tuple[Closing, ...]:
        """Return every closing on a pack, in journal order, each with its reopening."""
        with self._journal._reading() as connection:
            return closings_from(entries_of(connection, pack, _KINDS))

    def close(self, closed: Closed, *, via: str, seen: str | None = None) -> Closing:
        """Record what became of a window.

        Args:
            closed: what is said of it.
            via: the way in.
            seen: id of the window's newest closing that the author saw, ``""`` for none, None for unchecked.

        Raises:
            InputError: it is closed already, or holds text that cannot be stored.
            ConflictError: somebody else closed it in between.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            same = [one for one in _closings(connection, closed.pack) if one.window == closed.window]
            newest = same[-1].id if same else None
            if seen is not None and newest != (seen or None):
                raise ConflictError(indicator=closed.window.problem, seen=seen or None, theirs=newest)
            standing = next((one for one in same if one.stands), None)
            if standing is not None:
                problem = f"{standing.author} closed it at {standing.recorded_at:%Y-%m-%d %H:%MZ}: {standing.reason}"
                raise _refused("J421", "window", problem, f"Reopen {standing.id} first, with a reason")
            said = said_of_closing(closed)
            row = write_act(
                connection,
                tail,
                EntryKind.CLOSING,
                said,
                pack=closed.pack,
                author=closed.author,
                via=via,
                pack_hash=closed.pack_hash,
            )
            return closing_from(row)

    def reopen(self, closing: str, *, pack: str, reason: str, author: str, via: str) -> Reopening:
        """Take a closing back. It stays in the journal.

        Raises:
            InputError: the pack has no such closing, or it was taken back before.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            found = next((one for one in _closings(connection, pack) if one.id == closing), None)
            if found is None:
                raise _refused("J422", "closing", f"pack {pack!r} holds no closing {closing!r}")
            if found.reopening is not None:
                raise _refused("J423", "closing", f"{found.reopening.author} took it back already")
            said = said_of_reopening(closing, reason)
            row = write_act(connection, tail, EntryKind.REOPENING, said, pack=pack, author=author, via=via)
            return reopening_from(row)


def _closings(connection: Connection, pack: str) -> tuple[Closing, ...]:
    return closings_from(entries_of(connection, pack, _KINDS))


def _refused(code: str, field: str, problem: str, remedy: str = "Look again at what is there") -> InputError:
    return InputError([Finding(code=code, file="journal", line=0, field=field, problem=problem, remedy=remedy)])
