"""Connections: one engine, two manners. Writers take the write lock at once, readers never do."""

from __future__ import annotations

import os
import re
import shutil
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
from iw_monitor.store.place import log_of, takes_writes

WRITES = {"iw_writes": True}  # execution option of a connection whose transaction will write
ADVISORY_LOCK = 0x49574D4A  # PostgreSQL: one writer at a time, as SQLite has it
# Of a writer between two statements: a host that is frozen or gone keeps nobody else from writing for longer.
LONGEST_REST = timedelta(seconds=60)

_ROOM_FOR_A_LOG = 1 << 17  # bytes; what SQLite needs beside a file before it reads it
_CONNECTIONS = 8  # kept; as many again may come for a while
_MEMORY = frozenset({"", ":memory:"})
_POSTGRESQL = frozenset({"postgresql", "postgres"})  # the second is not SQLAlchemy's, but what many hosts hand out
_PASSWORD = re.compile(r"(//[^:/@]*:).*@")  # up to the last @: a password may hold one, written wrongly
_PASSWORD_IN_QUERY = re.compile(r"(password=)[^&]*", re.IGNORECASE)


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
    if backend in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(_unreadable(address))
    return url


def _unreadable(address: str) -> str:
    return (
        f"{without_password(address)!r} is not the address of a journal. "
        "Write sqlite:////folder/journal.db, or postgresql://user@host/database."
    )


def without_password(address: str) -> str:
    """Return an address that may be shown: whatever could be a password in it is starred out.

    Example:
        >>> without_password("postgresql://ada:s@cret@db/iw?sslmode=require&password=x")
        'postgresql://ada:***@db/iw?sslmode=require&password=***'
    """
    return _PASSWORD_IN_QUERY.sub(r"\1***", _PASSWORD.sub(r"\1***@", address))


def name_for_people(url: URL) -> str:
    """Return the name of a journal as messages have it: its file, or its address without a password or settings."""
    if url.get_backend_name() == "sqlite":
        return str(sqlite_file(url) or url)
    user = f"{url.username}@" if url.username else ""
    host, port = (_words(url.query.get(name, getattr(url, name))) for name in ("host", "port"))
    return f"postgresql://{user}{host}{port and f':{port}'}/{url.database or ''}"


def _words(setting: object) -> str:
    if isinstance(setting, tuple):  # given more than once
        return ",".join(setting)
    return "" if setting is None else str(setting)


def sqlite_file(url: URL) -> Path | None:
    """Return the absolute path of an SQLite file, or None for a journal in memory or on a server."""
    if url.get_backend_name() != "sqlite" or (url.database or "") in _MEMORY:
        return None
    return Path(str(url.database)).absolute()


def open_engine(url: URL, *, read_only: bool, patience: timedelta) -> Engine:
    """Return an engine whose connections are set up for a journal. Connects to nothing yet.

    Raises:
        StoreError: the driver for PostgreSQL is not installed, or the address holds settings that are none.
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
        except UnicodeDecodeError as error:  # SQLite repeats in its message what is damaged, and the driver reads that
            connection.close()
            raise sqlite3.OperationalError("Could not decode to UTF-8 what SQLite says of the file") from error
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
    log = log_of(file)
    has_log = log.exists() and log.stat().st_size > 0  # an empty one holds nothing that the file does not
    may_write = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    may_write = may_write and (not read_only or takes_writes(file.parent))
    is_full = read_only and not has_log and shutil.disk_usage(file.parent).free < _ROOM_FOR_A_LOG
    if not read_only or (may_write and not is_full):
        return "mode=rw"  # never "rwc": who creates a file is place.make_room. query_only keeps a reader from writing
    if has_log or (log.exists() and not is_full):
        return "mode=ro"
    return "immutable=1"  # nobody is writing, and SQLite must not try to make a log in a folder that is not ours


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turned writer would fail at once when another wrote in between: writers take the lock first.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("iw_writes"))


def _postgresql_engine(url: URL, *, read_only: bool, patience: timedelta) -> Engine:
    try:
        from iw_monitor.store.silence import connector

        engine = create_engine(
            url,
            connect_args=_postgresql_settings(url, patience),
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_timeout=patience.total_seconds(),
            pool_pre_ping=True,  # a server that was restarted meanwhile costs nobody a failed write
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            "A journal on PostgreSQL needs the package 'psycopg', which is not installed. "
            "Install iw-monitor with its extra 'postgres'."
        ) from error
    except ArgumentError as error:  # a port that is no number, and the like
        raise StoreError(_unreadable(url.render_as_string(hide_password=True))) from error
    event.listen(engine, "do_connect", connector(url))
    event.listen(engine, "begin", _begin_postgresql_reader if read_only else _begin_postgresql)
    return engine


def _postgresql_settings(url: URL, patience: timedelta) -> dict[str, Any]:
    """Return what is set on every connection; what the address itself sets stays."""
    waits = max(1, int(patience.total_seconds() * 1000))  # 0 would mean for ever
    ours = f"-c lock_timeout={waits} -c timezone=UTC"
    theirs = url.query.get("options", "")
    settings: dict[str, Any] = {"options": f"{ours} {theirs if isinstance(theirs, str) else ' '.join(theirs)}".strip()}
    if "connect_timeout" not in url.query:
        settings["connect_timeout"] = max(2, int(patience.total_seconds()))
    if "application_name" not in url.query:
        settings["application_name"] = "iw-monitor"
    return settings


def _begin_postgresql(connection: Connection) -> None:
    if not _writes(connection):
        _begin_postgresql_reader(connection)
        return
    rest = int(LONGEST_REST.total_seconds() * 1000)
    # Whatever the server's default: a snapshot taken before the lock is had would not show what the others wrote.
    connection.exec_driver_sql(
        f"SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = {rest}"
    )
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def _begin_postgresql_reader(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")  # one view for all reads
