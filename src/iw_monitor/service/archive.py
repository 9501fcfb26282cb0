"""The archive: what is taken out of a site's database is first written into files beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from iw_monitor.service.site import Site
from iw_monitor.store.place import default_file


def archive_of(site: Site) -> Path:
    """Return the folder for a site's archive: beside its journal, or in the data folder where that is on a server."""
    return (site.journal.folder or default_file().parent) / "archive"


def append(folder: Path, pack: str, lines: Iterable[str], *, at: datetime) -> None:
    """Append lines to a pack's file of the month, which only its owner may read; they are on disk then.

    A row that is in it twice was taken out once: the database could not be written after it was kept.

    Raises:
        OSError: the file cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{pack}-{at:%Y-%m}.jsonl"
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        # A power cut in the middle of a line spoils that line alone.
        before = b"" if file.seek(0, os.SEEK_END) == 0 or _last(file) == b"\n" else b"\n"
        file.write(before + "".join(f"{one}\n" for one in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def _last(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)
