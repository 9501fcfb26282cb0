"""A server that cannot be used is said in plain words, without the password; and nothing half-written stays."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from iw_monitor.errors import (
    BusyDatabaseError,
    DiskFullError,
    ForeignDatabaseError,
    InDoubtError,
    NewerDatabaseError,
    ReadOnlyDatabaseError,
    StoreError,
    UnreachableDatabaseError,
)
from iw_monitor.store import engine as engine_module
from iw_monitor.store.journal import Journal
from tests.builders import MONDAY, a_submission
from tests.store.cut_off import Break, WayToServer
from tests.store.server import GUARDED, PASSWORD, Server

pytestmark = pytest.mark.postgres

IMPATIENT = timedelta(seconds=0.3)
SECRET = "s3cr3t/@:x"


def opened(url: str, *, read_only: bool = False) -> Journal:
    return Journal.open(url, clock=lambda: MONDAY, read_only=read_only, patience=IMPATIENT)


def in_plain_words(error: BaseException, name: str) -> bool:
    """Say whether a message names the journal, holds at least two sentences, and no password or talk of machines."""
    said = str(error)
    return (
        name in said
        and said.count(". ") >= 1
        and said.endswith(".")
        and not re.search(r"sqlalche|psycopg|Trace|0x|s3cr3t|\*\*\*|FATAL|file|folder|--db.*--db", said)
        and PASSWORD not in said
    )


@pytest.fixture
def filled(server: Server, database: str) -> str:
    """Return the name of a database with a journal of two thousand entries."""
    with opened(server.url(database)) as journal:
        journal.append([a_submission()] * 2000, via="cli")
    return database


def entries_in(server: Server, database: str) -> int:
    with opened(server.url(database)) as journal:
        return journal.verify()


# --- Nobody there, or nobody let in ---


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    port = closed_port()
    for url, name in [
        (f"postgresql://ada:s3cr3t@127.0.0.1:{port}/iw", f"postgresql://ada@127.0.0.1:{port}/iw"),
        (f"postgresql://ada@/iw?host={tmp_path}&password=s3cr3t", f"postgresql://ada@{tmp_path}/iw"),
        ("postgresql://ada:s3cr3t@nobody.localhost:1/iw", "postgresql://ada@nobody.localhost:1/iw"),
    ]:
        for read_only in (False, True):
            with pytest.raises(UnreachableDatabaseError, match="does not answer") as refused:
                opened(url, read_only=read_only)
            assert in_plain_words(refused.value, name)


def test_a_server_that_is_silent_is_not_waited_for_without_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(UnreachableDatabaseError, match="does not answer"):
            opened(f"postgresql://ada@127.0.0.1:{port}/iw")


@pytest.mark.parametrize("password", ["", "s3cr3t"])
def test_a_wrong_password_is_said(server: Server, database: str, password: str) -> None:
    with pytest.raises(StoreError, match="refuses the user's name or password") as refused:
        opened(server.url(database, user=GUARDED, password=password))
    assert in_plain_words(refused.value, f"{GUARDED}@")
    assert database in str(refused.value)


def test_the_right_password_opens_and_is_never_said(server: Server, database: str) -> None:
    with opened(server.url(database, user=GUARDED, password=PASSWORD)) as journal:
        assert journal.append([a_submission()], via="cli")
        assert PASSWORD not in journal.where
        assert "open" not in journal.where


def test_an_unknown_user_is_said(server: Server, database: str) -> None:
    with pytest.raises(StoreError, match="does not let this user in") as refused:
        opened(server.url(database, user="nobody_we_know"))
    assert in_plain_words(refused.value, "nobody_we_know@")


def test_an_unknown_database_is_said(server: Server) -> None:
    with pytest.raises(StoreError, match="has no such database") as refused:
        opened(server.url("no_such_journal"))
    assert in_plain_words(refused.value, "/no_such_journal")


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ada:{SECRET}@host:port/iw",
        f"mysql://ada:{SECRET}@host/iw",
        "postgresql//ada:s3cr3t@host/iw",
        "oracle://host/iw?user=ada&password=s3cr3t",
    ],
)
def test_a_wrong_address_is_said_without_its_password(address: str) -> None:
    with pytest.raises(StoreError, match="is not the address of a journal") as refused:
        opened(address)
    assert "s3cr3t" not in str(refused.value)


@pytest.mark.parametrize(
    "settings",
    [
        "port=abc",
        "nonsense=1",
        "sslmode=bogus",
        "connect_timeout=soon",
        "options=--bogus",
        "host=127.0.0.1:1&host=127.0.0.1:2",
        "port=99999",
    ],
)
def test_an_address_with_settings_that_are_none_is_said(server: Server, settings: str) -> None:
    with pytest.raises(StoreError) as refused:
        opened(f"{server.url('postgres', user='ada', password='s3cr3t')}&{settings}")
    assert "postgresql" in str(refused.value)
    assert "s3cr3t" not in str(refused.value)


def test_the_short_name_of_the_scheme_is_understood(server: Server, database: str) -> None:
    with opened(server.url(database).replace("postgresql://", "postgres://")) as journal:
        assert journal.verify() == 0


def test_a_driver_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="extra 'postgres'"):
        opened("postgresql://ada@localhost/iw")


# --- Let in, and not allowed ---


def test_a_user_without_any_right_is_told(server: Server, filled: str) -> None:
    for read_only in (False, True):
        with pytest.raises(ReadOnlyDatabaseError, match="does not allow this user") as refused:
            opened(server.url(filled, user="stranger"), read_only=read_only)
        assert in_plain_words(refused.value, f"/{filled}")


def test_a_user_who_may_not_create_tables_is_told(server: Server, database: str) -> None:
    with pytest.raises(ReadOnlyDatabaseError, match="to create them the first time") as refused:
        opened(server.url(database, user="stranger"))
    assert in_plain_words(refused.value, f"/{database}")


def test_a_user_who_may_only_read_reads_and_is_told_when_writing(server: Server, filled: str) -> None:
    server.do("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database=filled)
    with opened(server.url(filled, user="reader")) as journal:
        assert journal.verify() == 2000
        with pytest.raises(ReadOnlyDatabaseError, match="does not allow this user") as refused:
            journal.append([a_submission()], via="cli")
        assert in_plain_words(refused.value, f"/{filled}")
        assert journal.position() == 2000


def test_a_server_that_takes_no_writes_is_told_from_one_that_allows_none(server: Server, filled: str) -> None:
    server.do(f"ALTER DATABASE {filled} SET default_transaction_read_only = on")
    with opened(server.url(filled)) as journal:
        assert journal.verify() == 2000
        with pytest.raises(ReadOnlyDatabaseError, match="takes no writes") as refused:
            journal.append([a_submission()], via="cli")
        assert in_plain_words(refused.value, f"/{filled}")


def test_a_database_whose_transactions_are_strict_by_default_loses_nothing(server: Server, filled: str) -> None:
    server.do(f"ALTER DATABASE {filled} SET default_transaction_isolation = 'serializable'")
    with opened(server.url(filled)) as one, opened(server.url(filled)) as other:
        for _ in range(5):
            one.append([a_submission()], via="cli")
            other.append([a_submission()], via="cli")
        assert one.verify() == 2010


def test_reading_creates_nothing(server: Server, database: str) -> None:
    with pytest.raises(StoreError, match="There is no journal at"):
        opened(server.url(database), read_only=True)
    assert server.do("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=database) == [(0,)]


def test_tables_of_the_same_name_that_are_not_ours_are_left_alone(server: Server, database: str) -> None:
    server.do("CREATE TABLE entry (theirs text)", database=database)
    for read_only in (False, True):
        with pytest.raises(ForeignDatabaseError, match="another program"):
            opened(server.url(database), read_only=read_only)
    assert server.do("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=database) == [(1,)]


def test_a_journal_lives_in_a_schema_beside_other_tables(server: Server, database: str) -> None:
    server.do("CREATE TABLE entry (theirs text)", "CREATE SCHEMA watch", database=database)
    url = f"{server.url(database)}&options=-csearch_path%3Dwatch"
    with opened(url) as journal:
        journal.append([a_submission()], via="cli")
        assert journal.verify() == 1
    assert server.do("SELECT count(*) FROM watch.entry", database=database) == [(1,)]


def test_a_schema_that_is_not_there_is_said(server: Server, database: str) -> None:
    with pytest.raises(StoreError, match="no schema for the tables"):
        opened(f"{server.url(database)}&options=-csearch_path%3Dnowhere")


def test_a_newer_journal_is_left_as_it_is(server: Server, filled: str) -> None:
    server.do("UPDATE iw_monitor_schema SET version_num = '9999'", database=filled)
    for read_only in (False, True):
        with pytest.raises(NewerDatabaseError, match="newer version"):
            opened(server.url(filled), read_only=read_only)


# --- Held, or full ---


def test_a_writer_that_another_one_keeps_waiting_is_told_and_readers_do_not_wait(server: Server, filled: str) -> None:
    lock = f"SELECT pg_advisory_lock({engine_module.ADVISORY_LOCK})"
    with opened(server.url(filled)) as journal, holding(server.url(filled), lock):
        assert journal.position() == 2000
        with pytest.raises(BusyDatabaseError, match="held it for too long") as refused:
            journal.append([a_submission()], via="cli")
        assert in_plain_words(refused.value, f"/{filled}")
    assert entries_in(server, filled) == 2000


@contextmanager
def holding(url: str, statement: str) -> Iterator[None]:
    """Hold what a statement takes."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as other:
        other.execute(statement.encode())
        yield


def test_a_server_that_takes_no_more_connections_is_said(server: Server, filled: str) -> None:
    server.do("ALTER ROLE reader CONNECTION LIMIT 1")
    taken = pytest.raises(BusyDatabaseError, match="all connections of its server are taken")
    with holding(server.url(filled, user="reader"), "SELECT 1"), taken:
        opened(server.url(filled, user="reader"))
    server.do("ALTER ROLE reader CONNECTION LIMIT -1")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk cannot be made on this platform")
def test_a_servers_full_disk_is_said_and_the_journal_is_as_before(server: Server) -> None:
    with (
        small_tablespace(server) as tablespace,
        server.database(settings=f"TABLESPACE {tablespace}") as name,
        opened(server.url(name)) as journal,
    ):
        journal.append([a_submission()] * 10, via="cli")
        with pytest.raises(DiskFullError, match="no room left on its server's disk") as refused:
            journal.append([a_submission()] * 30_000, via="import")
        assert in_plain_words(refused.value, f"/{name}")
        assert journal.verify() == 10


@contextmanager
def small_tablespace(server: Server) -> Iterator[str]:
    """Give the server a disk of 24 MB."""
    if os.getuid() != 0 or server.running.system_user is None:
        pytest.skip("a small disk can only be made as root")
    point = Path(server.running.pgdata).with_name(f"{server.running.pgdata.name}-small")
    point.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", point], capture_output=True, check=False)
    if made.returncode:
        point.rmdir()
        pytest.skip("a small disk can only be made as root")
    try:
        shutil.chown(point, server.running.system_user)
        server.do(f"CREATE TABLESPACE small LOCATION '{point}'")
        yield "small"
        server.do("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", point], check=True)
        point.rmdir()


# --- Cut off ---


def cut(server: Server, database: str) -> None:
    server.cut(database)


def crash(server: Server, database: str) -> None:
    server.crash()


@pytest.mark.parametrize("lose", [cut, crash])
def test_a_connection_lost_in_the_middle_of_a_write_leaves_nothing_and_the_next_write_works(
    server: Server, filled: str, lose: Callable[[Server, str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    with opened(server.url(filled)) as journal:
        with pytest.raises(UnreachableDatabaseError, match="the connection to its server was lost") as refused:
            journal.append([a_submission()] * 4000, via="import", on_progress=lambda _: lose(server, filled))
        assert in_plain_words(refused.value, f"/{filled}")
        assert journal.verify() == 2000
        journal.append([a_submission()], via="cli")
        assert journal.verify() == 2001
    assert capfd.readouterr().err == ""


def test_who_stops_in_the_middle_of_a_write_leaves_nothing_and_keeps_others_from_writing_only_for_a_while(
    server: Server, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "LONGEST_REST", timedelta(seconds=0.5))
    patient = Journal.open(server.url(filled), clock=lambda: MONDAY, patience=timedelta(seconds=10))
    with opened(server.url(filled)) as journal, patient as other:

        def stop(_: int) -> None:
            other.append([a_submission()], via="cli")

        with pytest.raises(UnreachableDatabaseError, match="the connection to its server was lost") as refused:
            journal.append([a_submission()] * 4000, via="import", on_progress=stop)
        assert in_plain_words(refused.value, f"/{filled}")
        assert journal.verify() == 2001
        journal.append([a_submission()], via="cli")
        assert other.verify() == 2002


@pytest.mark.parametrize("lose", [cut, crash])
def test_a_server_that_was_away_between_two_acts_is_not_noticed(
    server: Server, filled: str, lose: Callable[[Server, str], None]
) -> None:
    with opened(server.url(filled)) as journal:
        lose(server, filled)
        assert journal.position() == 2000
        lose(server, filled)
        journal.append([a_submission()], via="cli")
        assert journal.verify() == 2001


@pytest.fixture
def way(server: Server) -> Iterator[WayToServer]:
    if os.name == "nt":
        pytest.skip("the server has no local socket on this platform")
    path = server.running.get_postmaster_info().socket_path
    with WayToServer(str(path)) as opened_way:
        yield opened_way


def test_a_write_whose_completion_never_reached_the_server_is_not_there(
    server: Server, filled: str, way: WayToServer
) -> None:
    with opened(f"postgresql://postgres@127.0.0.1:{way.port}/{filled}") as journal:
        way.breaks = Break.BEFORE_COMMIT
        with pytest.raises(UnreachableDatabaseError, match=r"was lost\. Nothing was written"):
            journal.append([a_submission()], via="page")
        assert journal.position() == 2000
        journal.append([a_submission()], via="page")
    assert entries_in(server, filled) == 2001


def test_a_write_whose_acknowledgement_was_lost_is_found_to_be_there(
    server: Server, filled: str, way: WayToServer
) -> None:
    with opened(f"postgresql://postgres@127.0.0.1:{way.port}/{filled}") as journal:
        way.breaks = Break.AFTER_COMMIT
        (one,) = journal.append([a_submission()], via="page")
        assert journal.observations("harbour", ids=[one.id]) == (one,)
    assert entries_in(server, filled) == 2001


def test_a_write_whose_end_nobody_can_know_says_so(server: Server, filled: str, way: WayToServer) -> None:
    with opened(f"postgresql://postgres@127.0.0.1:{way.port}/{filled}") as journal:
        way.breaks = Break.FOR_GOOD
        with pytest.raises(InDoubtError, match="All of it is there, or nothing") as refused:
            journal.append([a_submission()] * 3, via="page")
        assert in_plain_words(refused.value, f"/{filled}")
    assert entries_in(server, filled) in (2000, 2003)


def test_a_server_that_falls_silent_is_not_waited_for_without_end_and_used_again_when_it_speaks(
    server: Server, filled: str, way: WayToServer
) -> None:
    url = f"postgresql://postgres@127.0.0.1:{way.port}/{filled}?tcp_user_timeout=700&connect_timeout=2"
    with opened(url) as journal:
        assert journal.position() == 2000
        way.is_silent = True
        for act in (journal.position, lambda: journal.append([a_submission()], via="page")):
            began = time.monotonic()
            with pytest.raises(UnreachableDatabaseError) as refused:
                act()
            assert time.monotonic() - began < 5
            assert in_plain_words(refused.value, f"/{filled}")
        way.is_silent = False
        journal.append([a_submission()], via="page")
    assert entries_in(server, filled) == 2001
