"""Connections: one engine, two manners. Writers take the write lock at once, readers never do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from iw_monitor.errors import StoreError

WRITES = {"iw_writes": True}  # execution option of a connection whose transaction will write
ADVISORY_LOCK = 0x49574D4A  # PostgreSQL: one writer at a time, as SQLite has it

_CONNECTIONS = 8  # kept; as many again may come for a while
_MEMORY = frozenset({"", ":memory:"})


def read_url(address: str) -> URL:
    """Return the parsed address of a journal: an SQLite file or a PostgreSQL server.

    Raises:
        StoreError: it is neither.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise StoreError(_unreadable(address)) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(_unreadable(url.render_as_string(hide_password=True)))
    return url


def _unreadable(address: str) -> str:
    return (
        f"{address!r} is not the address of a journal. "
        "Write sqlite:////folder/journal.db, or postgresql://user@host/database."
    )


def sqlite_file(url: URL) -> Path | None:
    """Return the absolute path of an SQLite file, or None for a journal in memory or on a server."""
    if url.get_backend_name() != "sqlite" or (url.database or "") in _MEMORY:
        return None
    return Path(str(url.database)).absolute()


def open_engine(url: URL, *, read_only: bool, patience: timedelta) -> Engine:
    """Return an engine whose connections are set up for a journal. Connects to nothing yet.

    Raises:
        StoreError: the driver for PostgreSQL is not installed.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(sqlite_file(url), read_only=read_only, patience=patience)
    return _postgresql_engine(url, read_only=read_only, patience=patience)


def _sqlite_engine(file: Path | None, *, read_only: bool, patience: timedelta) -> Engine:
    connect = _connector(file, read_only=read_only, patience=patience)
    # A journal in memory lives in its one connection; threads take turns.
    size = {"pool_size": 1, "max_overflow": 0} if file is None else {"pool_size": _CONNECTIONS, "max_overflow": -1}
    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        paramstyle="named",  # rows as mappings, as psycopg takes them
        pool_timeout=patience.total_seconds(),
        **size,
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connector(file: Path | None, *, read_only: bool, patience: timedelta) -> Callable[[], sqlite3.Connection]:
    def connect() -> sqlite3.Connection:
        name = ":memory:" if file is None else f"{file.as_uri()}?{_manner(file, read_only=read_only)}"
        # isolation_level=None: the driver must not begin transactions of its own; _begin_sqlite does.
        connection = sqlite3.connect(
            name, uri=file is not None, timeout=patience.total_seconds(), isolation_level=None, check_same_thread=False
        )
        try:
            _set_up(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _set_up(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE meets the triggers that refuse DELETE
    # FULL: what was acknowledged survives a power cut. NORMAL would be some 2.5 times faster and lose the last.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")  # 64 MiB: a long import fills its indexes in memory
    if read_only:
        connection.execute("PRAGMA query_only = ON")


def _manner(file: Path, *, read_only: bool) -> str:
    """Return how SQLite is to open a file so that a reader leaves no file behind and stands in no writer's way."""
    if not read_only or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return "mode=rw"  # never "rwc": who creates a file is place.make_room. query_only keeps a reader from writing
    if file.with_name(f"{file.name}-wal").exists():
        return "mode=ro"
    return "immutable=1"  # nobody is writing, and SQLite must not try to make a log in a folder that is not ours


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turned writer would fail at once when another wrote in between: writers take the lock first.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("iw_writes"))


def _postgresql_engine(url: URL, *, read_only: bool, patience: timedelta) -> Engine:
    options = f"-c lock_timeout={int(patience.total_seconds() * 1000)} -c timezone=UTC"
    arguments: dict[str, Any] = {"options": options, "connect_timeout": max(2, int(patience.total_seconds()))}
    try:
        engine = create_engine(
            url, connect_args=arguments, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS, pool_pre_ping=True
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            "A journal on PostgreSQL needs the package 'psycopg', which is not installed. "
            "Install iw-monitor with its extra 'postgres'."
        ) from error
    event.listen(engine, "begin", _begin_postgresql_reader if read_only else _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if _writes(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    else:
        _begin_postgresql_reader(connection)


def _begin_postgresql_reader(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")  # one view for all reads
