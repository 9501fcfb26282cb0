"""A site that was backed up while it ran and restored elsewhere concludes the same, and its chain is whole."""

from __future__ import annotations

import errno
import json
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from iw_monitor.errors import BrokenChainError, DiskFullError, InputError
from iw_monitor.model.accounts import Role
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.watch import PackWatch
from iw_monitor.publish.as_json import assessment_json
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.simulate import run_now
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.backup import back_up
from iw_monitor.service.restoring import Restored, is_same, restore
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from iw_monitor.store.running import RunningStore
from tests.accounts_site import PASSWORD, accounts_on, add
from tests.accounts_site import Clock as AccountsClock
from tests.builders import DAY, HOUR, a_raw_report
from tests.store.behind import behind_its_back
from tests.store.conftest import Clock
from tests.store.server import Server

pytestmark = pytest.mark.slow  # sites in files, again and again

PACK = "volcano-unrest"


def lived_in(journal: Journal, clock: Clock) -> Site:
    """Return a site with a history, a person and a worker that evaluated."""
    found = Site(PackWatch(find_pack(PACK)), journal, clock)
    for number, indicator in enumerate(found.pack.indicators):
        seen = f"{clock.now:%Y-%m-%dT%H:%MZ}"
        raw = a_raw_report(indicator=indicator.id, level=str(number % 4), observed_at=seen)
        found.record(raw, author="ada", via="test")
        clock.move(HOUR)
    add(accounts_on(journal, AccountsClock(clock.now)), "ada", Role.EDITOR)
    run_now(Worker(found, lambda _: (Evaluation(act=conclude),), name="one", version="1"))
    clock.move(timedelta(minutes=5, milliseconds=1))  # no clock stands at a full second
    return found


@pytest.fixture
def site(file: Path, clock: Clock) -> Iterator[Site]:
    with Journal.open(file_url(file), clock=clock) as journal:
        yield lived_in(journal, clock)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a backup, made once; it is copied for each test, so that none changes it."""
    folder, clock = tmp_path_factory.mktemp("backup"), Clock()
    with Journal.open(file_url(folder / "journal.db"), clock=clock) as journal:
        back_up(lived_in(journal, clock), folder / "site.zip")
    return folder / "site.zip"


@pytest.fixture
def backup(made: Path, clock: Clock, tmp_path: Path) -> Path:
    """Return a backup, a day after it was made."""
    clock.move(2 * DAY)
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def site_anywhere(lasting_url: str, clock: Clock) -> Iterator[Site]:
    """Return the same on every engine in turn."""
    with Journal.open(lasting_url, clock=clock) as journal:
        yield lived_in(journal, clock)


def restored(backup: Path, clock: Clock, *, although_different: bool = False) -> tuple[Restored, str]:
    url = file_url(backup.parent / "elsewhere" / "journal.db")
    return restore(backup, url, clock=clock, although_different=although_different), url


def refusal(backup: Path, clock: Clock) -> str:
    with pytest.raises(InputError) as refused:
        restored(backup, clock)
    assert not (backup.parent / "elsewhere" / "journal.db").exists()
    return refused.value.findings[0].code


def test_a_restored_site_concludes_the_same_at_every_instant_and_its_chain_is_whole(
    site_anywhere: Site, clock: Clock, tmp_path: Path
) -> None:
    site = site_anywhere
    made = back_up(site, tmp_path / "site.zip")
    clock.move(DAY)
    done, url = restored(tmp_path / "site.zip", clock)
    assert (done.pack, done.is_same, done.entries) == (PACK, True, site.journal.position())
    with Journal.open(url, clock=clock) as journal:
        there = site.over(journal)
        assert journal.verify() == done.entries
        assert journal.head() == site.journal.head() == (made.entries, made.hash)
        for back in (timedelta(0), HOUR, 3 * HOUR, DAY):
            assert assessment_json(there.assess(clock.now - back)) == assessment_json(site.assess(clock.now - back))


def test_a_backup_that_takes_its_time_is_of_one_moment_all_the_same(site: Site, clock: Clock, tmp_path: Path) -> None:
    def going_on() -> datetime:
        clock.move(HOUR)
        return clock.now

    back_up(Site(PackWatch(find_pack(PACK)), site.journal, going_on), tmp_path / "site.zip")
    done, _ = restored(tmp_path / "site.zip", clock)
    assert done.is_same


@pytest.mark.postgres
def test_a_backup_of_a_file_is_restored_on_a_server(site: Site, clock: Clock, server: Server, tmp_path: Path) -> None:
    backup = tmp_path / "site.zip"
    back_up(site, backup)
    with server.database() as name:
        assert restore(backup, server.url(name), clock=clock).is_same
        with Journal.open(server.url(name), clock=clock) as journal:
            assert journal.head() == site.journal.head()
            site.over(journal).record(a_raw_report(indicator=site.pack.indicators[0].id), author="ada", via="test")
            assert journal.verify() == site.journal.position() + 1


def test_people_runs_and_alerts_come_along_and_nobody_stays_signed_in(site: Site, clock: Clock, tmp_path: Path) -> None:
    accounts = accounts_on(site.journal, AccountsClock(clock.now))
    cookie = accounts.sign_in("ada", PASSWORD, address="192.0.2.7")
    back_up(site, tmp_path / "site.zip")
    _, url = restored(tmp_path / "site.zip", clock)
    with Journal.open(url, clock=clock) as journal:
        there = accounts_on(journal, AccountsClock(clock.now))
        assert there.actor_of(cookie) is None
        assert there.sign_in("ada", PASSWORD, address="192.0.2.7")
        assert RunningStore(journal, PACK).newest(limit=9) == RunningStore(site.journal, PACK).newest(limit=9)
        assert AlertStore(journal, PACK).look() == AlertStore(site.journal, PACK).look()


def test_the_pack_comes_along_and_can_be_put_into_a_new_folder(backup: Path, clock: Clock, tmp_path: Path) -> None:
    folder = tmp_path / "pack again"
    restore(backup, file_url(tmp_path / "elsewhere" / "journal.db"), clock=clock, pack_to=folder)
    assert PackWatch(folder).current().loaded.pack.hash == PackWatch(find_pack(PACK)).current().loaded.pack.hash


# --- What is refused ---


def test_what_holds_something_is_neither_added_to_nor_replaced(backup: Path, clock: Clock) -> None:
    _, url = restored(backup, clock)
    with pytest.raises(InputError, match="holds something already"):
        restore(backup, url, clock=clock)


def test_a_backup_replaces_no_file_and_leaves_nothing_half_behind(site: Site, tmp_path: Path) -> None:
    backup = tmp_path / "site.zip"
    back_up(site, backup)
    with pytest.raises(InputError, match="is there already"):
        back_up(site, backup)

    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "site.zip"]


NO_ROOM = {
    "zipfile.ZipFile.write": OSError(errno.ENOSPC, "No space left on device"),
    "iw_monitor.service.backup.copy_journal": DiskFullError("The journal .iw-backup-1/journal.db cannot be used."),
}


@pytest.mark.parametrize("part", NO_ROOM)
def test_a_full_disk_is_told_of_the_backup_and_not_of_what_it_is_made_from(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: str
) -> None:
    def full(*_: object) -> None:
        raise NO_ROOM[part]

    monkeypatch.setattr(part, full)
    with pytest.raises(DiskFullError, match=r"^The backup .*other\.zip cannot be written: there is no room left"):
        back_up(site, tmp_path / "other.zip")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data"]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such rights on this platform")
def test_only_its_owner_may_read_a_backup(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_damaged_journal_is_not_backed_up_as_if_it_were_whole(site: Site, tmp_path: Path) -> None:
    behind_its_back(site.journal.url, "UPDATE entry SET author = 'eve' WHERE sequence = 2", guarded=False)
    with pytest.raises(BrokenChainError):
        back_up(site, tmp_path / "site.zip")
    assert not (tmp_path / "site.zip").exists()


def changed(backup: Path, name: str, content: bytes) -> Path:
    """Return the same backup with another content of one of its parts."""
    other = backup.with_name("changed.zip")
    with ZipFile(backup) as before, ZipFile(other, "w") as after:
        for one in before.infolist():
            after.writestr(one.filename, content if one.filename == name else before.read(one))
        if name not in before.namelist():
            after.writestr(name, content)
    return other


def test_what_is_no_whole_backup_is_refused_and_nothing_is_written(backup: Path, clock: Clock) -> None:
    with ZipFile(backup) as packed:
        manifest = json.loads(packed.read("manifest.json"))
    cut = backup.with_name("cut.zip")
    cut.write_bytes(backup.read_bytes()[:-400])
    assert refusal(cut, clock) == "S151"
    (backup.with_name("text.zip")).write_text("no zip", encoding="utf-8")
    assert refusal(backup.with_name("text.zip"), clock) == "S151"
    for said in ({"version": 2}, {"format": "other"}, {"entries": 1}):
        assert refusal(changed(backup, "manifest.json", json.dumps(manifest | said).encode()), clock) == "S151"
    assert refusal(changed(backup, "pack/../../out.yml", b"x"), clock) == "S151"
    assert refusal(changed(backup, "pack/pack.yml", b"id: ["), clock) == "S151"


def test_a_backup_that_concludes_otherwise_is_refused_unless_that_is_wanted(backup: Path, clock: Clock) -> None:
    with ZipFile(backup) as packed:
        said = json.loads(packed.read("assessment.json"))
    said["problems"][0]["points"] += 0.5
    other = changed(backup, "assessment.json", json.dumps(said).encode())
    assert refusal(other, clock) == "S153"
    done, _ = restored(other, clock, although_different=True)
    assert not done.is_same


def test_numbers_may_differ_in_the_last_digits_of_another_machine_and_levels_may_not() -> None:
    assert is_same({"points": [1.0, None]}, {"points": [1.0 + 1e-12, None]})
    assert not is_same({"level": 2}, {"level": 3})
    assert not is_same({"points": 1.0}, {"points": 1.0001})
    assert not is_same({"a": 1}, {"a": 1, "b": 2})
