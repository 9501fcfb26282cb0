"""What somebody with the database and bad intentions does to a journal, behind its back, on every engine."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from sqlalchemy.engine import make_url

GUARDS = tuple(
    f"{table}_refuses_{act}"
    for table in ("entry", "observation", "retraction", "act")
    for act in ("update", "delete", "replace")
)


def is_postgresql(url: str) -> bool:
    """Say whether an address is a server's."""
    return make_url(url).get_backend_name() == "postgresql"


def refusals() -> tuple[type[Exception], ...]:
    """Return what the drivers raise when a database refuses what would hurt its integrity."""
    try:
        import psycopg
    except ImportError:  # the tests of servers are skipped by name
        return (sqlite3.IntegrityError,)
    return sqlite3.IntegrityError, psycopg.IntegrityError


def behind_its_back(url: str, *statements: str, guarded: bool = True) -> list[dict[str, Any]]:
    """Run statements in one transaction and return the rows that the last one found.

    Args:
        url: of a journal in a file or on a server.
        statements: to run.
        guarded: by the database's triggers and keys; otherwise they are out of the way, as for its owner.
    """
    return (_on_server if is_postgresql(url) else _in_file)(url, statements, guarded)


def _in_file(url: str, statements: tuple[str, ...], guarded: bool) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(str(make_url(url).database))) as connection:
        connection.row_factory = sqlite3.Row
        for guard in () if guarded else GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        rows = [connection.execute(statement).fetchall() for statement in statements]
        connection.commit()
    return [dict(row) for row in rows[-1]]


def _on_server(url: str, statements: tuple[str, ...], guarded: bool) -> list[dict[str, Any]]:
    import psycopg
    from psycopg.rows import dict_row

    found: list[dict[str, Any]] = []
    with psycopg.connect(url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        if not guarded:
            cursor.execute("SET session_replication_role = replica")  # no trigger, no foreign key
        for statement in statements:
            cursor.execute(statement.encode())
            found = cursor.fetchall() if cursor.description else []
    return found
