"""Completing a write; and where the server was lost at that very moment, asking it again how that ended."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from iw_monitor.errors import InDoubtError
from iw_monitor.store.reading import hash_of
from iw_monitor.store.writing import Tail


def complete(connection: Connection, tail: Tail, *, before: int, again: Callable[[], Connection], where: str) -> None:
    """Commit. A commit whose acknowledgement was lost counts if its last entry is found to be there.

    Args:
        connection: holds the write lock.
        tail: the end of the chain after the write.
        before: the sequence of the last entry before the write.
        again: connects anew, to write; so it waits until a write that was lost is over.
        where: the journal's name for people.

    Raises:
        InDoubtError: the server was lost, and nobody can say whether the write is there.
        DBAPIError: nothing was written.
    """
    try:
        connection.commit()
    except DBAPIError as error:
        if not error.connection_invalidated or not _is_there(tail, before, again, where):
            raise


def _is_there(tail: Tail, before: int, again: Callable[[], Connection], where: str) -> bool:
    try:
        with again() as connection:
            held = hash_of(connection, tail.sequence)
    except DBAPIError as error:
        raise _in_doubt(where) from error
    if tail.sequence == before:  # nothing of the chain was written, so it cannot tell
        raise _in_doubt(where)
    return held == tail.hash


def _in_doubt(where: str) -> InDoubtError:
    return InDoubtError(
        f"The server of the journal {where} was lost just as a write was being completed. "
        "All of it is there, or nothing. Look before you try again."
    )
