"""Disks that are full, read-only or damaged, and files cut off: said in plain words, and nothing is lost unseen.

The commands are run as people run them; what they print is all that is looked at, and what is left of the journal.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from iw_monitor.cli import main
from iw_monitor.errors import StoreError
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.conftest import IS_THOROUGH
from tests.store.test_unusable_files import small_disk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk cannot be made on this platform"),
]
TRIES = 200 if IS_THOROUGH else 8
SEED = 20240506
PACK = ("--pack", "volcano-unrest")
RECORD = ("record", "so2_emission", "2", "--statement", "Gas.", "--source", "Flight", "--author", "ada")
GRADED = ("--reliability", "B", "--credibility", "2")
Record = Callable[[str, Any], None]
Commands = Callable[..., tuple[int, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Commands:
    """Return a way to run a command: its exit code and everything that it printed."""

    def run(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["iw-monitor", *map(str, arguments)])
        capfd.readouterr()
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        else:
            code = 0
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err + printed.out
        return code, printed.err + printed.out

    return run


def filled(journal: Path, command: Commands) -> list[str]:
    """Record six reports, and return the hashes of all entries."""
    for _ in range(6):
        assert command(*RECORD, *GRADED, *PACK, "--db", journal)[0] == 0
    return hashes(journal)


def hashes(journal: Path) -> list[str]:
    """Return the hashes of all entries of a journal, in order."""
    with Journal.open(file_url(journal), clock=lambda: datetime.now(UTC), read_only=True) as opened:
        return [one.hash for one in opened.entries()]


def refuses(answer: tuple[int, str], *words: str) -> None:
    """See that a command ended with 1, and said where, what and what to do."""
    code, said = answer
    assert code == 1, said
    assert all(word in said for word in words), said


# --- Full ---


@contextmanager
def no_room(disk: Path) -> Iterator[None]:
    """Leave no byte free on a disk."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
    yield
    ballast.unlink()


def test_on_a_full_disk_everybody_may_look_and_who_writes_is_told_and_afterwards_all_is_there(
    tmp_path: Path, command: Commands, record_property: Record
) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        journal = disk / "journal.db"
        acknowledged, refused = filled(journal, command), 0
        with no_room(disk):
            while (answer := command(*RECORD, *GRADED, *PACK, "--db", journal))[0] == 0:
                acknowledged.append(hashes(journal)[-1])  # what still fits is still taken
            for _ in range(TRIES):
                answer = command(*RECORD, *GRADED, *PACK, "--db", journal)
                refused += answer[0]
            refuses(answer, str(journal), "no room left", "Nothing was written", "Free some room")
            assert command("assess", *PACK, "--db", journal)[0] == 0
            assert command("verify", "--db", journal)[0] == 0
            before = sorted(one.name for one in disk.iterdir())
            refuses(command("backup", disk / "backup.zip", *PACK, "--db", journal), "room")
            refuses(command("snapshot", "--out", disk / "out", *PACK, "--db", journal), "room")
            assert [one for one in disk.rglob("*") if one.is_file() and one.name not in before] == []
        assert command(*RECORD, *GRADED, *PACK, "--db", journal)[0] == 0
        lost = [one for one in acknowledged if one not in hashes(journal)]
        record_property("figures", f"refused {refused}, acknowledged {len(acknowledged)}, lost {len(lost)}")
        assert lost == []
        assert command("verify", "--db", journal)[0] == 0


# --- Read-only ---


def test_on_a_disk_that_became_read_only_everybody_may_look_and_who_writes_is_told(
    tmp_path: Path, command: Commands
) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        journal = disk / "journal.db"
        acknowledged = filled(journal, command)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        told = (str(journal), "read-only", "It was left as it is", "--db")
        refuses(command(*RECORD, *GRADED, *PACK, "--db", journal), *told)
        refuses(command("worker", *PACK, "--db", journal), *told)
        assert command("assess", *PACK, "--db", journal)[0] == 0
        assert command("verify", "--db", journal)[0] == 0
        refuses(command("backup", disk / "backup.zip", *PACK, "--db", journal), str(disk), "Read-only")
        assert command("backup", tmp_path / "backup.zip", *PACK, "--db", journal)[0] == 0
        assert hashes(journal) == acknowledged


# --- Damaged, or cut off ---


def spoil(file: Path, chance: Random) -> None:
    """Overwrite up to 64 bytes somewhere."""
    with file.open("r+b") as stream:
        stream.seek(chance.randrange(file.stat().st_size))
        stream.write(chance.randbytes(chance.randint(1, 64)))


def cut(file: Path, chance: Random) -> None:
    """Cut off the end, from somewhere on."""
    os.truncate(file, chance.randrange(file.stat().st_size))


@pytest.mark.parametrize("harm", [spoil, cut])
def test_a_damaged_journal_is_named_or_whole(
    harm: Callable[[Path, Random], None], tmp_path: Path, command: Commands, record_property: Record
) -> None:
    whole, journal, chance = tmp_path / "whole.db", tmp_path / "journal.db", Random(SEED)
    acknowledged = filled(whole, command)
    came_to: Counter[str] = Counter()
    for _ in range(TRIES):
        for left in tmp_path.glob("journal.db*"):
            left.unlink()
        shutil.copy(whole, journal)
        harm(journal, chance)
        code, said = command("verify", "--db", journal)
        looked, _ = command("assess", *PACK, "--db", journal)
        wrote, _ = command(*RECORD, *GRADED, *PACK, "--db", journal)
        assert {code, looked, wrote} <= {0, 1}
        found = "named" if code else "harmless" if _is_whole(journal, acknowledged) else "lost unseen"
        came_to[found] += 1
        if code:
            assert said.startswith("Error: ")
            assert said.strip().endswith(".")
    record_property(
        "figures",
        f"tries {TRIES}, " + ", ".join(f"{one} {came_to[one]}" for one in ("named", "harmless", "lost unseen")),
    )
    assert came_to["lost unseen"] == 0
    assert came_to["named"] > 0


def _is_whole(journal: Path, acknowledged: list[str]) -> bool:
    try:
        return hashes(journal)[: len(acknowledged)] == acknowledged
    except StoreError:
        return False


@pytest.mark.parametrize("harm", [spoil, cut])
def test_a_torn_backup_is_refused_and_nothing_is_written(
    harm: Callable[[Path, Random], None], tmp_path: Path, command: Commands, record_property: Record
) -> None:
    source, whole, torn = tmp_path / "source.db", tmp_path / "whole.zip", tmp_path / "torn.zip"
    acknowledged, chance = filled(source, command), Random(SEED)
    assert command("backup", whole, *PACK, "--db", source)[0] == 0
    refused = 0
    for number in range(TRIES):
        target = tmp_path / f"restored-{number}.db"
        shutil.copy(whole, torn)
        harm(torn, chance)
        code, said = command("restore", torn, "--db", target)
        if code:
            refused += 1
            assert "torn.zip" in said
            assert "Use another backup" in said
            assert not target.exists()
        else:  # the bytes were ones that nobody reads
            assert hashes(target) == acknowledged
    record_property("figures", f"tries {TRIES}, refused {refused}, wrongly restored 0")
    assert refused > 0
