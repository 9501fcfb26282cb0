"""Following a pack: edits arrive, a broken one leaves the last good pack in place and says so."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from iw_monitor.errors import PackError
from iw_monitor.pack import watch
from iw_monitor.pack.load import LoadedPack, load_pack
from iw_monitor.pack.watch import PackWatch
from tests.packs.broken import BASE


@pytest.fixture
def port(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "port"))


def retitle(port: Path, title: str) -> None:
    (port / "pack.yml").write_text(
        (BASE / "pack.yml").read_text(encoding="utf-8").replace("title: Northern port", f"title: {title}"),
        encoding="utf-8",
    )


def test_an_unchanged_pack_is_not_read_again(port: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = PackWatch(port)
    first = watched.current()
    monkeypatch.setattr(watch, "load_pack", lambda _: pytest.fail("read again"))
    assert watched.current() is first


def test_an_edit_is_seen(port: Path) -> None:
    watched = PackWatch(port)
    retitle(port, "Southern port")
    assert watched.current().loaded.pack.file.title == "Southern port"


def test_files_that_were_just_looked_at_are_left_alone_for_the_pause(
    port: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter((0.0, 0.1, 0.2, 0.2))
    monkeypatch.setattr(watch, "monotonic", lambda: next(seconds))
    watched = PackWatch(port, pause=0.2)
    retitle(port, "Southern port")
    assert watched.current().loaded.pack.file.title == "Northern port"
    assert watched.current().loaded.pack.file.title == "Southern port"


def test_an_edit_of_an_indicator_is_seen(port: Path) -> None:
    watched = PackWatch(port)
    (port / "indicators/war_insurance.yml").unlink()
    assert len(watched.current().loaded.pack.indicators) == 3


def test_a_broken_edit_keeps_the_last_good_pack_and_says_what_is_wrong(port: Path) -> None:
    watched = PackWatch(port)
    retitle(port, "[")
    current = watched.current()
    assert current.loaded.pack.file.title == "Northern port"
    assert [one.code for one in current.broken] == ["P011"]


def test_mending_a_broken_edit_ends_it(port: Path) -> None:
    watched = PackWatch(port)
    retitle(port, "[")
    watched.current()
    retitle(port, "Southern port")
    current = watched.current()
    assert (current.loaded.pack.file.title, current.broken) == ("Southern port", ())


def test_a_broken_edit_is_read_once_and_not_at_every_look(port: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = PackWatch(port)
    retitle(port, "[")
    first = watched.current()
    monkeypatch.setattr(watch, "load_pack", lambda _: pytest.fail("read again"))
    assert watched.current() is first


def test_a_folder_that_vanishes_keeps_the_last_good_pack(port: Path) -> None:
    watched = PackWatch(port)
    shutil.rmtree(port)
    current = watched.current()
    assert current.loaded.pack.id == "port"
    assert [one.code for one in current.broken] == ["P001"]


def test_without_any_good_pack_there_is_nothing_to_keep(port: Path) -> None:
    retitle(port, "[")
    with pytest.raises(PackError):
        PackWatch(port)


def test_while_one_thread_reads_the_others_are_answered_with_what_was_good(
    port: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = PackWatch(port)
    retitle(port, "Southern port")
    begun, go_on, reads = threading.Event(), threading.Event(), []

    def slow(folder: Path) -> LoadedPack:
        reads.append(folder)
        begun.set()
        assert go_on.wait(10)
        return load_pack(folder)

    monkeypatch.setattr(watch, "load_pack", slow)
    reader = threading.Thread(target=watched.current)
    reader.start()
    assert begun.wait(10)
    assert watched.current().loaded.pack.file.title == "Northern port"
    go_on.set()
    reader.join(10)
    assert watched.current().loaded.pack.file.title == "Southern port"
    assert len(reads) == 1
