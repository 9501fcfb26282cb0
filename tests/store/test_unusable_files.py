"""What cannot be used is said in plain words (what, where, what to do), and the file stays as it was."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

import pytest
from sqlalchemy import Engine, event

from iw_monitor.errors import (
    BusyDatabaseError,
    CorruptDatabaseError,
    DiskFullError,
    ForeignDatabaseError,
    NewerDatabaseError,
    ReadOnlyDatabaseError,
    ReadOnlyDiskError,
    StoreError,
)
from iw_monitor.store import place
from iw_monitor.store.journal import Journal
from tests.builders import a_submission
from tests.store.conftest import Clock

CHILD = Path(__file__).with_name("child.py")


def in_plain_words(error: BaseException, file: Path) -> bool:
    """Say whether a message names the file, holds at least two sentences and no talk of machines."""
    said = str(error)
    return (
        str(file) in said and said.count(". ") >= 1 and said.endswith(".") and not re.search(r"sqlalche|Trace|0x", said)
    )


def beside(folder: Path) -> list[str]:
    """Return the names of everything in a folder."""
    return sorted(one.name for one in folder.iterdir())


def make_folder(file: Path) -> None:
    file.parent.mkdir(parents=True)


@pytest.fixture
def filled(open_file: Callable[..., Journal], file: Path) -> Path:
    with open_file() as journal:
        journal.append([a_submission()] * 2000, via="cli")
    return file


# --- Not ours ---


def test_a_text_file_is_left_as_it_is(open_file: Callable[..., Journal], file: Path) -> None:
    make_folder(file)
    file.write_text("Dear diary, " * 1000, encoding="utf-8")
    before = file.read_bytes()
    for read_only in (False, True):
        with pytest.raises(ForeignDatabaseError, match="not a database at all") as refused:
            open_file(read_only=read_only)
        assert in_plain_words(refused.value, file)
    assert (file.read_bytes(), beside(file.parent)) == (before, [file.name])


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("mark", [0, 252006674])
def test_another_programs_database_is_left_as_it_is(
    open_file: Callable[..., Journal], file: Path, mode: str, mark: int
) -> None:
    make_folder(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(f"PRAGMA journal_mode={mode}; PRAGMA application_id={mark}; CREATE TABLE entry (a);")
    before = file.read_bytes()
    for read_only in (False, True):
        with pytest.raises(ForeignDatabaseError, match="another program") as refused:
            open_file(read_only=read_only)
        assert in_plain_words(refused.value, file)
    assert (file.read_bytes(), beside(file.parent)) == (before, [file.name])


def test_a_file_with_our_mark_and_nothing_of_ours_in_it_is_foreign(
    open_file: Callable[..., Journal], file: Path
) -> None:
    make_folder(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(f"PRAGMA application_id={0x49574D4A}; CREATE TABLE other (a);")
    for read_only in (False, True):
        with pytest.raises(ForeignDatabaseError, match="another program"):
            open_file(read_only=read_only)


def test_a_folder_is_not_a_journal(open_file: Callable[..., Journal], file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(ForeignDatabaseError, match="is a folder") as refused:
        open_file()
    assert in_plain_words(refused.value, file)


@pytest.mark.parametrize("url", ["journal.db", "", "mysql://u:secret@host/db", "sqlite:/x", "https://example.org"])
def test_an_address_that_is_none_is_refused(url: str, clock: Clock) -> None:
    with pytest.raises(StoreError, match="is not the address of a journal") as refused:
        Journal.open(url, clock=clock)
    assert "secret" not in str(refused.value)


# --- Of another version ---


def test_a_newer_journal_is_left_as_it_is(filled: Path, open_file: Callable[..., Journal]) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE iw_monitor_schema SET version_num = '9999'")
        connection.commit()
    before = filled.read_bytes()
    for read_only in (False, True):
        with pytest.raises(NewerDatabaseError, match="newer version") as refused:
            open_file(read_only=read_only)
        assert in_plain_words(refused.value, filled)
    assert filled.read_bytes() == before


def test_an_older_journal_is_not_brought_up_when_only_read(filled: Path, open_file: Callable[..., Journal]) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE iw_monitor_schema SET version_num = '0001'")
        connection.commit()
    with pytest.raises(StoreError, match="older version") as refused:
        open_file(read_only=True)
    assert in_plain_words(refused.value, filled)


# --- Reading only ---


def test_reading_creates_nothing(open_file: Callable[..., Journal], file: Path) -> None:
    with pytest.raises(StoreError, match="There is no journal at") as refused:
        open_file(read_only=True)
    assert in_plain_words(refused.value, file)
    assert not file.parent.exists()


def test_an_empty_file_is_no_journal_to_read(open_file: Callable[..., Journal], file: Path) -> None:
    make_folder(file)
    file.touch()
    with pytest.raises(StoreError):
        open_file(read_only=True)
    assert file.stat().st_size == 0


def test_a_reader_cannot_write_and_leaves_no_file_behind(filled: Path, open_file: Callable[..., Journal]) -> None:
    before = filled.read_bytes()
    with open_file(read_only=True) as journal:
        assert journal.verify() == 2000
        with pytest.raises(ReadOnlyDatabaseError) as refused:
            journal.append([a_submission()], via="cli")
        assert in_plain_words(refused.value, filled)
    assert (filled.read_bytes(), beside(filled.parent)) == (before, [filled.name])


def test_a_reader_sees_what_a_writer_adds(filled: Path, open_file: Callable[..., Journal]) -> None:
    with open_file(read_only=True) as reader, open_file() as writer:
        writer.append([a_submission()], via="cli")
        assert reader.position() == 2001


# --- Without the right ---


def as_somebody(act: str, file: Path, environment: dict[str, str]) -> str:
    """Do something to a journal as a user who is not root, and return what came of it."""
    done = subprocess.run(
        [sys.executable, CHILD, "as-somebody", act, str(file)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    if "cannot read the program" in done.stdout:
        pytest.skip("as root, nobody else may read the program itself")
    return done.stdout.strip()


@pytest.fixture
def refusing(tmp_path: Path, filled: Path) -> Iterator[Path]:
    """Return a journal that everybody may read and nobody but root may write."""
    ours = [
        folder for folder in tmp_path.parents if folder != Path(gettempdir()) and folder.is_relative_to(gettempdir())
    ]
    for folder in (*ours, tmp_path, filled.parent):
        folder.chmod(folder.stat().st_mode | 0o055)
    filled.chmod(0o444)
    filled.parent.chmod(0o555)
    yield filled
    filled.parent.chmod(0o755)


posix = pytest.mark.skipif(sys.platform == "win32", reason="on this platform folders refuse nobody")


@pytest.mark.slow
@posix
def test_a_journal_that_may_not_be_written_says_so(refusing: Path, child_environment: dict[str, str]) -> None:
    before = refusing.read_bytes()
    said = as_somebody("append", refusing, child_environment)
    assert said.startswith("ReadOnlyDatabaseError The journal")
    assert "is read-only. It was left as it is. Ask for the right to write there" in said
    refusing.chmod(0o666)  # the file may be written, its folder may not
    said = as_somebody("append", refusing, child_environment)
    assert f"the folder {refusing.parent} is read-only" in said
    assert (refusing.read_bytes(), beside(refusing.parent)) == (before, [refusing.name])


@pytest.mark.slow
@posix
def test_a_journal_in_a_folder_that_refuses_writing_can_be_read(
    refusing: Path, child_environment: dict[str, str]
) -> None:
    assert as_somebody("verify", refusing, child_environment) == "2000"
    assert beside(refusing.parent) == [refusing.name]


@pytest.mark.slow
@posix
def test_a_journal_that_cannot_be_created_says_so(refusing: Path, child_environment: dict[str, str]) -> None:
    said = as_somebody("append", refusing.with_name("new.db"), child_environment)
    assert said.startswith("ReadOnlyDatabaseError The journal")
    assert "cannot be created: Permission denied. Choose a folder you may write" in said


@pytest.mark.slow
@posix
def test_a_journal_that_may_not_be_read_says_so(refusing: Path, child_environment: dict[str, str]) -> None:
    refusing.chmod(0o000)
    assert "may not be read" in as_somebody("verify", refusing, child_environment)


@posix
def test_a_new_journal_is_private(open_file: Callable[..., Journal], file: Path) -> None:
    with open_file() as journal:
        journal.append([a_submission()], via="cli")
        assert file.parent.stat().st_mode & 0o777 == 0o700
        assert {one.stat().st_mode & 0o777 for one in file.parent.iterdir()} == {0o600}  # its log too


def test_the_usual_place_is_in_the_users_data_folder(empty_home: Path, clock: Clock) -> None:
    assert place.default_file().is_relative_to(empty_home)
    with Journal.open(place.default_url(), clock=clock) as journal:
        assert journal.where == str(place.default_file())


def test_a_path_with_awkward_letters_works(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "a b?c#d%20é&mode=ro" / "jour nal.db"
    with Journal.open(place.file_url(file), clock=clock) as journal:
        journal.append([a_submission()], via="cli")
    assert file.exists()


# --- No room ---


def test_a_full_disk_is_said_and_the_journal_is_as_before(filled: Path, open_file: Callable[..., Journal]) -> None:
    def leave_no_room(connection: sqlite3.Connection, _: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")

    event.listen(Engine, "connect", leave_no_room)
    try:
        with open_file() as journal:
            with pytest.raises(DiskFullError, match="no room left") as refused:
                journal.append([a_submission()] * 2000, via="import")
            assert in_plain_words(refused.value, filled)
            assert journal.verify() == 2000
            journal.append([a_submission()], via="cli")  # what still fits is still taken
    finally:
        event.remove(Engine, "connect", leave_no_room)
    with open_file() as journal:
        assert journal.verify() == 2001


@contextmanager
def small_disk(point: Path, size: str) -> Iterator[Path]:
    """Mount a disk of this size."""
    point.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", point], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can only be made as root")
    try:
        yield point
    finally:
        subprocess.run(["umount", point], check=True)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk cannot be made on this platform")
def test_a_disk_that_is_really_full_is_said_and_the_journal_is_as_before(tmp_path: Path, clock: Clock) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        url = place.file_url(disk / "journal.db")
        with Journal.open(url, clock=clock) as journal:
            journal.append([a_submission()] * 10, via="cli")
            with pytest.raises(DiskFullError, match="no room left"):
                journal.append([a_submission()] * 20_000, via="import")
            assert journal.verify() == 10
        with Journal.open(url, clock=clock) as journal:
            assert journal.verify() == 10


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk cannot be made on this platform")
def test_a_journal_that_no_longer_fits_when_created_says_so(tmp_path: Path, clock: Clock) -> None:
    with small_disk(tmp_path / "disk", "16k") as disk, pytest.raises(DiskFullError, match="no room left"):
        Journal.open(place.file_url(disk / "journal.db"), clock=clock)


# --- Held by somebody else ---


def test_a_journal_that_another_program_holds_says_so_and_works_once_it_lets_go(
    filled: Path, open_file: Callable[..., Journal]
) -> None:
    with open_file() as journal, closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(BusyDatabaseError, match="held it for too long") as refused:
            journal.append([a_submission()], via="cli")
        assert 0.2 < time.monotonic() - started < 5
        assert in_plain_words(refused.value, filled)
        assert journal.position() == 2000  # readers do not wait for writers
        other.execute("ROLLBACK")
        journal.append([a_submission()], via="cli")
        assert journal.verify() == 2001


def test_a_new_journal_that_another_program_holds_says_so(open_file: Callable[..., Journal], file: Path) -> None:
    make_folder(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyDatabaseError):
            open_file()
    with open_file() as journal:
        assert journal.verify() == 0


def test_a_reader_who_keeps_the_log_from_being_set_up_is_waited_for_and_at_last_left_alone(
    filled: Path, open_file: Callable[..., Journal]
) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None, check_same_thread=False)) as other:
        other.execute("PRAGMA journal_mode = DELETE")  # as a file put back from a backup is
        other.execute("BEGIN")
        other.execute("SELECT * FROM entry LIMIT 1").fetchall()
        with open_file() as journal:  # works without the log
            assert journal.verify() == 2000
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        leaving = threading.Timer(0.15, other.execute, ["ROLLBACK"])
        leaving.start()
        with open_file() as journal:
            assert journal.verify() == 2000
        leaving.join()
    with closing(sqlite3.connect(filled)) as later:
        assert later.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_thread_that_waits_too_long_for_its_turn_is_told(
    open_file: Callable[..., Journal], file: Path, clock: Clock
) -> None:
    with open_file() as journal:
        told: list[BaseException] = []

        def write_meanwhile(_: int) -> None:
            def write() -> None:
                try:
                    journal.append([a_submission()], via="page")
                except BusyDatabaseError as error:
                    told.append(error)

            thread = threading.Thread(target=write)
            thread.start()
            thread.join()

        journal.append([a_submission()], via="import", on_progress=write_meanwhile)
        assert in_plain_words(told[0], file)
        assert journal.verify() == 1


# --- Damaged ---


def test_a_damaged_page_is_said(filled: Path, open_file: Callable[..., Journal]) -> None:
    with filled.open("r+b") as stream:
        pages = filled.stat().st_size // 4096
        for page in range(pages // 2, pages):
            stream.seek(page * 4096)
            stream.write(b"\xff" * 4096)
    with open_file(read_only=True) as journal:
        for reading in (journal.verify, lambda: journal.observations("harbour"), lambda: list(journal.entries())):
            with pytest.raises(CorruptDatabaseError, match="damaged") as refused:
                reading()
            assert in_plain_words(refused.value, filled)
    with open_file() as journal, pytest.raises(CorruptDatabaseError):
        journal.append([a_submission()] * 2000, via="cli")


def test_a_truncated_file_is_said(filled: Path, open_file: Callable[..., Journal]) -> None:
    os.truncate(filled, filled.stat().st_size // 2)
    with pytest.raises(CorruptDatabaseError), open_file() as journal:
        journal.verify()


def test_a_file_that_is_cut_off_while_in_use_takes_no_more_entries_and_mended_it_does(
    filled: Path, open_file: Callable[..., Journal]
) -> None:
    with open_file() as journal:
        journal.append([a_submission()], via="cli")
        whole = filled.read_bytes()
        os.truncate(filled, len(whole) // 2)  # SQLite itself would go on from what it remembers
        for act in (journal.position, lambda: journal.append([a_submission()], via="cli")) * 2:
            with pytest.raises(CorruptDatabaseError, match="cut off") as refused:
                act()
            assert in_plain_words(refused.value, filled)
        filled.write_bytes(whole)
        journal.append([a_submission()], via="cli")
        assert journal.verify() == 2002


def test_without_a_log_a_file_may_shrink_again(filled: Path, open_file: Callable[..., Journal]) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN")
        other.execute("SELECT * FROM entry LIMIT 1").fetchall()
        with open_file() as journal:
            with filled.open("ab") as stream:  # as another program's large write does, before it is rolled back
                stream.write(bytes(4096))
            assert journal.position() == 2000
            os.truncate(filled, filled.stat().st_size - 4096)
            assert journal.position() == 2000
        other.execute("ROLLBACK")


def test_what_was_damaged_is_read_anew_once_it_is_mended(filled: Path, open_file: Callable[..., Journal]) -> None:
    whole = filled.read_bytes()
    with open_file(read_only=True) as journal:
        half = len(whole) // 8192 * 4096
        filled.write_bytes(whole[:half] + b"\xff" * (len(whole) - half))
        for _ in range(2):
            with pytest.raises(CorruptDatabaseError):
                journal.verify()
        with filled.open("r+b") as stream:
            stream.write(whole)
        assert journal.verify() == 2000


@pytest.mark.parametrize("damage", ["\xff\xfe", "\x00\x00\x00"])
def test_letters_damaged_inside_a_page_are_said(filled: Path, open_file: Callable[..., Journal], damage: str) -> None:
    content = filled.read_bytes()
    at = content.rindex(b"A third fewer ships")
    with filled.open("r+b") as stream:
        stream.seek(at)
        stream.write(damage.encode("latin-1"))
    with open_file(read_only=True) as journal, pytest.raises(StoreError):
        journal.verify()


def test_a_damaged_name_that_the_database_repeats_in_its_own_words_is_said(
    filled: Path, open_file: Callable[..., Journal]
) -> None:
    content = filled.read_bytes()
    sql = content.index(b"CREATE INDEX")
    name = content.rindex(b"index", 0, sql) + len(b"index")
    filled.write_bytes(content[:name] + b"\xff\xfe" + content[name + 2 : sql] + b"SPOILT" + content[sql + 6 :])
    with pytest.raises(CorruptDatabaseError, match="damaged") as refused, open_file():
        pass
    assert in_plain_words(refused.value, filled)


# --- Taken away ---


@posix
@pytest.mark.parametrize("replaced", [True, False])
def test_a_journal_taken_away_while_in_use_takes_no_more_entries(
    filled: Path, open_file: Callable[..., Journal], replaced: bool
) -> None:
    with open_file() as journal:
        filled.rename(filled.with_name("kept.db"))
        if replaced:
            filled.write_bytes(filled.with_name("kept.db").read_bytes())
        for act in (journal.position, lambda: journal.append([a_submission()], via="cli")):
            with pytest.raises(StoreError, match="removed or replaced") as refused:
                act()
            assert in_plain_words(refused.value, filled)


# --- A disk that begins to fail ---


@contextmanager
def failing_disk(point: Path) -> Iterator[Callable[[], None]]:
    """Mount a disk and return what makes it fail: the kernel then lets nobody write to it, as with a real one."""
    image = point.with_suffix(".img")
    with image.open("wb") as stream:
        stream.truncate(48 << 20)
    point.mkdir()
    for command in (["mkfs.ext4", "-q", str(image)], ["mount", "-o", "loop,errors=remount-ro", str(image), str(point)]):
        try:
            subprocess.run(command, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("a disk that fails can only be made as root, with a loop device and mkfs.ext4")
    device = next(
        Path(line.split()[0]).name for line in Path("/proc/mounts").read_text().splitlines() if f" {point} " in line
    )

    def fail() -> None:
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("a test", encoding="utf-8")

    try:
        yield fail
    finally:
        subprocess.run(["umount", point], check=True)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a disk cannot be made to fail on this platform")
@pytest.mark.parametrize("is_in_use", [True, False])
def test_a_disk_that_turned_read_only_is_said_and_can_still_be_read(
    tmp_path: Path, clock: Clock, is_in_use: bool
) -> None:
    with failing_disk(tmp_path / "disk") as fail:
        file = tmp_path / "disk" / "journal.db"
        with Journal.open(place.file_url(file), clock=clock) as journal:
            journal.append([a_submission()] * 10, via="cli")
        with closing(sqlite3.connect(file)) as other:
            if is_in_use:
                other.execute("SELECT * FROM entry LIMIT 1").fetchall()
            fail()
            with (
                pytest.raises(ReadOnlyDiskError, match="disk takes no writes any more") as refused,
                Journal.open(place.file_url(file), clock=clock) as journal,
            ):
                journal.append([a_submission()], via="cli")
            assert in_plain_words(refused.value, file)
        assert os.access(file, os.W_OK)  # nothing but a write tells
        with Journal.open(place.file_url(file), clock=clock, read_only=True) as journal:
            assert journal.verify() == 10


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this platform has no files without a name")
@pytest.mark.parametrize(("number", "takes"), [(errno.EROFS, False), (errno.EOPNOTSUPP, True), (errno.EACCES, True)])
def test_only_a_disk_that_says_so_takes_no_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, takes: bool
) -> None:
    assert place.takes_writes(tmp_path)
    assert beside(tmp_path) == []

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    assert place.takes_writes(tmp_path) is takes


# --- A bad place ---


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/home/ada/journal.db", None),
        ("/srv/share/journal.db", "nfs4"),
        ("/srv/share/local/journal.db", None),
        ("/mnt/my disk/journal.db", "cifs"),
        ("/srv/shares/journal.db", None),
    ],
)
def test_a_network_disk_is_recognised(file: str, kind: str | None) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nfiler:/x /srv/share nfs4 rw 0 0\n"
        "/dev/sdb1 /srv/share/local xfs rw 0 0\n//filer/y /mnt/my\\040disk cifs rw 0 0\n"
    )
    assert place.network_file_system(Path(file), mounts) == kind


def test_a_journal_on_a_network_disk_says_that_this_is_unwise(
    file: Path, open_file: Callable[..., Journal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nfiler:/x {tmp_path} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(place, "MOUNTS", mounts)
    with open_file() as journal:
        assert journal.warnings == place.place_warnings(file)
        assert "network file system (nfs)" in journal.warnings[0]


def test_patience_has_an_end_that_is_not_zero(url: str, clock: Clock) -> None:
    with Journal.open(url, clock=clock, patience=timedelta(0)) as journal:
        journal.append([a_submission()], via="cli")
        assert journal.verify() == 1
