"""Restoring a site from a backup into an empty database, after seeing that it concludes what it concluded then."""

from __future__ import annotations

import json
import math
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from iw_monitor.errors import InputError, PackError, StoreError
from iw_monitor.pack.watch import PackWatch
from iw_monitor.publish.as_json import assessment_json
from iw_monitor.service.backup import ASSESSMENT, FORMAT, JOURNAL, MANIFEST, PACK, VERSION
from iw_monitor.service.codes import refused
from iw_monitor.service.site import Site
from iw_monitor.store.copying import copy_journal
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of a restore."""

    entries: int
    pack: str
    made_at: datetime
    is_same: bool  # whether this program concludes of that moment what the one then did


def restore(
    path: Path,
    url: str,
    *,
    clock: Clock,
    pack_to: Path | None = None,
    although_different: bool = False,
) -> Restored:
    """Bring a backup into an empty database, all or nothing.

    Before anything is written the backup itself is verified, and the moment at which it was made is assessed anew.

    Args:
        path: of the backup.
        url: of the database, on any engine; a file is made if there is none.
        clock: the world's.
        pack_to: a new folder for the pack that is in the backup.
        although_different: go on where another assessment comes out than the backup holds.

    Raises:
        InputError: it is no whole backup, the database or the folder holds something, or it concludes otherwise.
        StoreError: the database cannot be written; nothing was.
        OSError: a file cannot be read or written.
    """
    if pack_to is not None and pack_to.exists():
        raise refused("S152", str(pack_to), "is there already", remedy="Name a new folder for the pack")
    with _unpacked(path) as folder:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        with Journal.open(file_url(folder / JOURNAL), clock=clock) as held:
            is_same = _concludes_the_same(path, folder, manifest, held, clock)
            if not is_same and not although_different:
                problem = f"concludes otherwise than it did with version {manifest['program']}"
                remedy = "Restore with that version and upgrade then, or give --although-different"
                raise refused("S153", str(path), problem, remedy=remedy)
            entries = _into(url, held, clock)
        if pack_to is not None:
            shutil.copytree(folder / PACK, pack_to)
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Restored(entries=entries, pack=manifest["pack"], made_at=made_at, is_same=is_same)


def _into(url: str, held: Journal, clock: Clock) -> int:
    with Journal.open(url, clock=clock) as target:
        try:
            return copy_journal(held, target)
        except ValueError as error:
            remedy = "Name an empty database with --db; a restore adds to none and replaces none"
            raise refused("S152", target.where, "holds something already", remedy=remedy) from error


def _concludes_the_same(path: Path, folder: Path, manifest: dict[str, Any], held: Journal, clock: Clock) -> bool:
    """Verify the journal of a backup, and say whether its moment is assessed as it was."""
    try:
        held.verify()
        if held.head() != (manifest["entries"], manifest["hash"]):
            raise _broken(path, "its journal ends elsewhere than the backup says")
        site = Site(PackWatch(folder / PACK), held, clock)
    except (StoreError, PackError) as error:
        raise _broken(path, f"its journal or its pack cannot be used: {error}") from error
    anew = json.loads(assessment_json(site.assess(datetime.fromisoformat(manifest["made_at"]))))
    return is_same(anew, json.loads((folder / ASSESSMENT).read_text(encoding="utf-8")))


def is_same(one: Any, other: Any) -> bool:
    """Say whether two values of JSON are equal, numbers as far as machines differ in the last digits."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


# --- The file ---

# What the standard library says of a file that is no whole ZIP file: flags and methods that it does not know, too.
_DAMAGE = (BadZipFile, EOFError, KeyError, ValueError, RuntimeError, zlib.error, struct.error)


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """Unpack a backup into a folder that is gone in the end."""
    with TemporaryDirectory(prefix="iw-restore-") as folder:
        try:
            with ZipFile(path) as packed:
                _check_manifest(path, packed)
                for one in packed.infolist():
                    _check_name(path, one)
                    packed.extract(one, folder)  # and sees that the sum of its bytes is right
        except _DAMAGE as error:
            raise _broken(path, "it is no backup, or is damaged") from error
        yield Path(folder)


def _check_manifest(path: Path, packed: ZipFile) -> None:
    said = json.loads(packed.read(MANIFEST))
    if said["format"] != FORMAT:
        raise _broken(path, "it is no backup")
    if said["version"] != VERSION:
        raise refused("S151", str(path), "was made by a newer version", remedy="Restore with that version or a newer")
    for name in (JOURNAL, ASSESSMENT):
        packed.getinfo(name)


def _check_name(path: Path, one: ZipInfo) -> None:
    name = PurePosixPath(one.filename)
    inside = one.filename in (MANIFEST, JOURNAL, ASSESSMENT) or one.filename.startswith(PACK)
    if not inside or ".." in name.parts or "\\" in one.filename:
        raise _broken(path, f"it holds {one.filename!r}, which no backup does")


def _broken(path: Path, why: str) -> InputError:
    return refused("S151", str(path), f"cannot be restored: {why}", remedy="Use another backup")
