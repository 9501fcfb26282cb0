"""Bringing a database to the newest tables, once, under a lock; and refusing what is not ours."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table

from iw_monitor.errors import ForeignDatabaseError, NewerDatabaseError, StoreError
from iw_monitor.store.engine import WRITES
from iw_monitor.store.tables import APPLICATION_ID, VERSION_TABLE, metadata

_SQLITE_MAGIC = b"SQLite format 3\x00"
_PRIMARY_CODE = 0xFF  # of SQLite's error codes; the rest says more precisely what happened
_REVISION = re.compile(r"([0-9]{4})_")
_HEADER = 100  # bytes; the application id stands at 68


def refuse_foreign_file(file: Path) -> None:
    """Refuse a file that is not ours by its first bytes, before SQLite touches it. An empty file is welcome.

    Raises:
        ForeignDatabaseError: it is something else.
    """
    if not _foreign_header(file):
        return
    if file.with_name(f"{file.name}-journal").exists():
        return  # somebody is creating it just now, or broke off: SQLite sorts that out, and is asked again later
    if problem := _foreign_header(file):  # whoever was creating it a moment ago is done by now
        raise ForeignDatabaseError(
            f"{file} is not a journal: it is {problem}. It was left as it is. Choose another file with --db."
        )


def _foreign_header(file: Path) -> str:
    """Return what a file is that is not ours, or an empty text."""
    with file.open("rb") as stream:
        start = stream.read(_HEADER)
    if not start:
        return ""
    if not start.startswith(_SQLITE_MAGIC):
        return "not a database at all"
    ours = int.from_bytes(start[68:72], "big") == APPLICATION_ID
    return "" if ours else "the database of another program"


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers and the writer work beside each other (SQLite's WAL), for good.

    For this switch SQLite does not wait for others. Whoever finds the file held at that moment leaves it to them: the
    manner stays with the file, whoever sets it, and every opening asks for it again.
    """
    with closing(engine.raw_connection()) as connection:  # SQLite refuses this inside a transaction
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY:
                raise


def require_current(engine: Engine, where: str) -> None:
    """Accept only a journal with the newest tables. Writes nothing.

    Raises:
        ForeignDatabaseError: the database belongs to another program, or to none.
        NewerDatabaseError: it was written by a newer version.
        StoreError: it was written by an older version.
    """
    with engine.connect() as connection:
        _refuse_foreign(connection, where)
        held = _held(connection)
    _refuse_newer(held, where)
    if held is None:
        raise StoreError(
            f"There is no journal at {where} yet. Record or import something first, or name another with --db."
        )
    if held != revisions()[-1]:
        raise StoreError(
            f"The journal {where} was written by an older version and is opened for reading only. "
            "Run 'iw-monitor migrate' once, with the right to write."
        )


def upgrade(engine: Engine, where: str) -> None:
    """Create or bring up the tables, in one transaction that holds the write lock: of two programs, one waits.

    Raises:
        ForeignDatabaseError: the database belongs to another program.
        NewerDatabaseError: it was written by a newer version.
    """
    with engine.connect() as connection:  # reading is enough nearly always, and waits for nobody
        _refuse_foreign(connection, where)
        held = _held(connection)
    _refuse_newer(held, where)
    if held == revisions()[-1]:
        return
    # Only now: Alembic takes a third of a second to load, and a journal is brought up once in its life.
    from iw_monitor.store.upgrading import to_newest

    with engine.execution_options(**WRITES).begin() as connection:
        _refuse_foreign(connection, where)
        _refuse_newer(_held(connection), where)
        to_newest(connection)


def _refuse_foreign(connection: Connection, where: str) -> None:
    tables = set(inspect(connection).get_table_names())
    if _is_foreign(connection, tables):
        raise ForeignDatabaseError(
            f"{where} is the database of another program. It was left as it is. Choose another place with --db."
        )


def _is_foreign(connection: Connection, tables: set[str]) -> bool:
    if connection.dialect.name != "sqlite":  # a server's database may well hold other people's tables beside ours
        return VERSION_TABLE not in tables and bool(tables & set(metadata.tables))
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if mark == APPLICATION_ID:
        return VERSION_TABLE not in tables
    return mark != 0 or bool(tables)


def _held(connection: Connection) -> str | None:
    """Return the revision of the tables, as Alembic keeps it; None where there are none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    held = connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()
    return None if held is None else str(held)


@cache
def revisions() -> tuple[str, ...]:
    """Return every revision there has been, the newest last: the numbers with which the migrations' files begin."""
    found = (_REVISION.match(one.name) for one in files("iw_monitor.store.migrations.versions").iterdir())
    return tuple(sorted({one[1] for one in found if one}))


def _refuse_newer(held: str | None, where: str) -> None:
    if held is not None and held not in revisions():
        raise NewerDatabaseError(
            f"The journal {where} was written by a newer version (its tables are at {held!r}). "
            "It was left as it is. Install that version or a newer one."
        )
