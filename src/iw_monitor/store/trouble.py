"""What a database's error means for people: what happened, where, and what to do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import exc

from iw_monitor.errors import (
    BusyDatabaseError,
    CorruptDatabaseError,
    DiskFullError,
    ForeignDatabaseError,
    ReadOnlyDatabaseError,
    ReadOnlyDiskError,
    StoreError,
)
from iw_monitor.store.engine import without_password
from iw_monitor.store.place import takes_writes
from iw_monitor.store.trouble_of_servers import server_trouble

_PRIMARY = 0xFF  # SQLite's extended codes carry the primary one in their lowest byte
_LITTLE_ROOM = 1 << 20

_KIND_OF_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_BUSY: BusyDatabaseError,
    sqlite3.SQLITE_LOCKED: BusyDatabaseError,
    sqlite3.SQLITE_READONLY: ReadOnlyDatabaseError,
    sqlite3.SQLITE_PERM: ReadOnlyDatabaseError,
    sqlite3.SQLITE_CANTOPEN: ReadOnlyDatabaseError,
    sqlite3.SQLITE_CORRUPT: CorruptDatabaseError,
    sqlite3.SQLITE_NOTADB: ForeignDatabaseError,
}
_WHERE_WRITES_FAIL = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
_SENTENCE: dict[type[StoreError], str] = {
    DiskFullError: "there is no room left on its disk. Nothing was written. Free some room and try again.",
    BusyDatabaseError: (
        "another program held it for too long. Nothing was written. Try again; if it stays so, "
        "look which other program has it open."
    ),
    ReadOnlyDatabaseError: (
        "it may not be written, or its folder may not. Nothing was written. "
        "Ask for the right to write there, or choose another place with --db."
    ),
    ReadOnlyDiskError: (
        "its disk takes no writes any more, as disks do that begin to fail. Nothing was written. Look at the disk, and "
        "once it can be written again, whether the journal is whole: iw-monitor verify."
    ),
    CorruptDatabaseError: (
        "it is damaged. Nothing was written. Keep a copy of the file as it is, and restore the newest backup."
    ),
    ForeignDatabaseError: "it is not a journal of this program. Nothing was written. Choose another place with --db.",
}


@contextmanager
def in_plain_words(where: str, file: Path | None = None) -> Iterator[None]:
    """Turn every error of the database inside the block into a StoreError that says what to do.

    Args:
        where: the journal's name for people, without a password.
        file: its file, if it is one.

    Raises:
        StoreError: the database failed.
    """
    try:
        yield
    except exc.TimeoutError as error:  # all connections of this process are in use
        raise BusyDatabaseError(_said(where, BusyDatabaseError)) from error
    except exc.DBAPIError as error:
        raise plain_error(error.orig, where=where, file=file) from error
    except sqlite3.Error as error:
        raise plain_error(error, where=where, file=file) from error


def plain_error(error: BaseException | None, *, where: str, file: Path | None) -> StoreError:
    """Return what an error of the database's driver means, in plain words."""
    if not isinstance(error, sqlite3.Error):
        trouble = server_trouble(error)
        return _unknown(error, where) if trouble is None else trouble.kind(f"{_begin(where)} {trouble.said}")
    kind = _kind(error, file)
    return _unknown(error, where) if kind is StoreError else kind(_said(where, kind))


def _unknown(error: BaseException | None, where: str) -> StoreError:
    said = without_password(str(error)).strip().rstrip(".").splitlines()
    first = said[0] if said else type(error).__name__
    return StoreError(
        f"{_begin(where)} the database says '{first}'. "
        "Nothing was written. Check that the disk or the server works and try again."
    )


def _begin(where: str) -> str:
    return f"The journal {where} cannot be used:"


def _said(where: str, kind: type[StoreError]) -> str:
    return f"{_begin(where)} {_SENTENCE[kind]}"


def _kind(error: sqlite3.Error, file: Path | None) -> type[StoreError]:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _kind_of_sqlite(code & _PRIMARY, file)
    if isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error):
        return CorruptDatabaseError  # raised by the driver, not by SQLite: no code
    return StoreError


def _kind_of_sqlite(code: int, file: Path | None) -> type[StoreError]:
    if code == sqlite3.SQLITE_IOERR and file is not None and shutil.disk_usage(file.parent).free < _LITTLE_ROOM:
        return DiskFullError  # a shared-memory file that cannot grow is reported as an I/O error
    if code in _WHERE_WRITES_FAIL and file is not None and not takes_writes(file.parent):
        return ReadOnlyDiskError
    return _KIND_OF_SQLITE.get(code, StoreError)
