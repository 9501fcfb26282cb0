"""The tables come to be through migrations only, and the migrations make exactly the tables that the code knows."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from iw_monitor.store.engine import read_url
from iw_monitor.store.journal import Journal
from iw_monitor.store.migrate import revisions
from iw_monitor.store.tables import APPLICATION_ID, VERSION_TABLE, metadata
from iw_monitor.store.upgrading import scripts


def test_the_migrations_make_the_tables_that_the_code_knows(
    open_lasting: Callable[..., Journal], lasting_url: str
) -> None:
    open_lasting().close()
    engine = create_engine(read_url(lasting_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
        made = inspect(connection)
        for table in metadata.sorted_tables:  # what the comparison above does not look at
            named = {str(one.name) for one in table.constraints}
            checks = {one["name"] for one in made.get_check_constraints(table.name)}
            uniques = {one["name"] for one in made.get_unique_constraints(table.name)}
            foreign = {one["name"] for one in made.get_foreign_keys(table.name)}
            key = {made.get_pk_constraint(table.name)["name"]}
            assert checks | uniques | foreign | key == named
    engine.dispose()


def test_the_names_of_the_files_are_the_revisions_in_their_order() -> None:
    assert list(revisions()) == [script.revision for script in scripts().walk_revisions()][::-1]


def test_opening_a_journal_that_is_up_to_date_does_not_load_what_brings_it_up(
    open_file: Callable[..., Journal], file: Path
) -> None:
    open_file().close()
    script = f"""
import sys
from datetime import UTC, datetime
from iw_monitor.store.journal import Journal
Journal.open("sqlite:///{file}", clock=lambda: datetime.now(UTC)).close()
assert "alembic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_file_says_whose_it_is_and_readers_do_not_wait_for_writers(
    open_file: Callable[..., Journal], file: Path
) -> None:
    open_file().close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_second_opening_changes_nothing(open_file: Callable[..., Journal], file: Path) -> None:
    open_file().close()
    before = file.read_bytes()
    open_file().close()
    assert file.read_bytes() == before
