"""Backing up a site while it runs: the whole journal, the pack, and what is concluded, in one file."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from iw_monitor.errors import DiskFullError
from iw_monitor.publish.as_json import assessment_json
from iw_monitor.publish.times import iso
from iw_monitor.service.codes import refused
from iw_monitor.service.site import Site
from iw_monitor.store.copying import copy_journal
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url

FORMAT, VERSION = "iw-monitor backup", 1
MANIFEST, JOURNAL, ASSESSMENT, PACK = "manifest.json", "journal.db", "assessment.json", "pack/"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What was put into a backup."""

    entries: int
    hash: str  # of the last entry


def back_up(site: Site, path: Path) -> BackedUp:
    """Write a site into a new file that only its owner may read; there is none of that name until it is whole.

    It holds hashes of passwords and tokens, and no session, no secret of the site and no file of channels.

    Args:
        site: may go on being used meanwhile.
        path: of the file.

    Raises:
        InputError: there is such a file.
        BrokenChainError: the journal is not what was written; a backup would not mend it.
        StoreError: the journal cannot be read.
        DiskFullError: there is no room for the file.
        OSError: it cannot be written.
    """
    if path.exists():
        raise refused("S150", str(path), "is there already", remedy="Name another file; a backup replaces none")
    at = site.now().replace(microsecond=0)  # one moment, as the manifest can write it
    with _no_room_told(path), TemporaryDirectory(prefix=".iw-backup-", dir=path.parent) as folder:
        copy = Path(folder) / JOURNAL
        with Journal.open(file_url(copy), clock=site.now) as journal:
            copy_journal(site.journal, journal)
            entries, newest = journal.head()
            concluded = assessment_json(site.over(journal).assess(at))
        whole = Path(folder) / "whole"
        whole.touch(mode=0o600)
        with whole.open("wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as packed:
                packed.writestr(MANIFEST, _manifest(site, at, entries, newest))
                packed.writestr(ASSESSMENT, concluded)
                packed.write(copy, JOURNAL)
                for name, one in _pack_files(site.loaded.folder):
                    packed.write(one, f"{PACK}{name}")
            file.flush()
            os.fsync(file.fileno())
        os.link(whole, path)  # unlike a rename, it never replaces
    return BackedUp(entries=entries, hash=newest)


@contextmanager
def _no_room_told(path: Path) -> Iterator[None]:
    """Say of the backup, and not of what it is made from, that there is no room for it."""
    try:
        yield
    except (DiskFullError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.ENOSPC:
            raise
        raise DiskFullError(
            f"The backup {path} cannot be written: there is no room left on its disk, and nothing was left behind. "
            "Free some room, or name a file on another disk."
        ) from error


def _manifest(site: Site, at: datetime, entries: int, newest: str) -> str:
    said = {
        "format": FORMAT,
        "version": VERSION,
        "program": version("iw-monitor"),
        "made_at": iso(at),
        "pack": site.pack.id,
        "pack_hash": site.pack.hash,
        "entries": entries,
        "hash": newest,
    }
    return json.dumps(said, indent=2)


def _pack_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every plain file of a pack with its name in it; links may lead out of it, and are left out."""
    for one in sorted(folder.rglob("*")):
        name = one.relative_to(folder)
        if one.is_file() and not one.is_symlink() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), one
