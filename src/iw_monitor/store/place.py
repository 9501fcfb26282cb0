"""Where the journal lies, and whether that is a good place for it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs
from sqlalchemy.engine import URL

from iw_monitor.errors import ReadOnlyDatabaseError

NETWORK_FILE_SYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.glusterfs",
        "fuse.s3fs",
        "fuse.sshfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    ]
)
MOUNTS = Path("/proc/self/mounts")


def default_file() -> Path:
    """Return the journal's file in the user's data folder."""
    return Path(platformdirs.user_data_dir("iw-monitor", appauthor=False)) / "journal.db"


def default_url() -> str:
    """Return the address of the journal in the user's data folder."""
    return file_url(default_file())


def file_url(file: Path) -> str:
    """Return the address of a journal in this file."""
    return URL.create("sqlite", database=file.as_posix()).render_as_string()


def make_room(file: Path) -> None:
    """Create an empty file that only its owner may read, in a folder made likewise if there is none.

    Raises:
        ReadOnlyDatabaseError: the folder may not be written or made.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    except (PermissionError, NotADirectoryError, FileExistsError, OSError) as error:
        raise ReadOnlyDatabaseError(
            f"The journal {file} cannot be created: {error.strerror}. "
            "Choose a folder you may write with --db, or ask for the right to write there."
        ) from error


def free_bytes(folder: Path | None) -> int | None:
    """Return how much room is left in a folder; None for no folder (a journal in memory or on a server) or one gone."""
    with suppress(OSError):
        return None if folder is None else shutil.disk_usage(folder).free
    return None


def takes_writes(folder: Path) -> bool:
    """Say whether a folder's disk takes writes at all: one that begins to fail does not, and no permission says so.

    Asked with a file that has no name, so that nothing is left behind, and never with the journal's own: SQLite loses
    its locks when its program closes that file elsewhere.
    """
    nameless = getattr(os, "O_TMPFILE", 0)  # Linux
    if not nameless:
        return True
    try:
        os.close(os.open(folder, nameless | os.O_WRONLY, 0o600))
    except OSError as error:
        return error.errno != errno.EROFS
    return True


def log_of(file: Path) -> Path:
    """Return where SQLite keeps the log of a file that is in use."""
    return file.with_name(f"{file.name}-wal")


def network_file_system(file: Path, mounts: str) -> str | None:
    """Return the kind of network file system a file lies on, or None if the disk is local.

    Args:
        file: need not exist.
        mounts: what ``/proc/self/mounts`` says.
    """
    whole = file.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, point, file_system, *_ = line.split(" ")
        where = Path(point.replace("\\040", " "))
        if whole.is_relative_to(where) and len(where.parts) >= best:  # a later mount hides an earlier one
            best, kind = len(where.parts), file_system
    return kind if kind in NETWORK_FILE_SYSTEMS else None


def place_warnings(file: Path) -> tuple[str, ...]:
    """Return what is unwise about the place of this file, in plain words."""
    if not sys.platform.startswith("linux") or not MOUNTS.exists():
        return ()
    kind = network_file_system(file, MOUNTS.read_text(encoding="utf-8", errors="replace"))
    if kind is None:
        return ()
    return (
        f"The journal {file} lies on a network file system ({kind}), where SQLite's locks do not hold "
        "and two writers can damage it. Put it on a local disk, or use PostgreSQL.",
    )
