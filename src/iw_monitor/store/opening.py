"""Opening: what may be opened, and the steps until it is ready."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine

from iw_monitor.errors import ForeignDatabaseError, ReadOnlyDatabaseError, StoreError
from iw_monitor.store.migrate import refuse_foreign_file, require_current, upgrade, use_write_ahead_log
from iw_monitor.store.place import make_room


def refuse_unusable(file: Path, *, read_only: bool) -> None:
    """Refuse a path that cannot be a journal, before anything touches it; make an empty file for a new one.

    Raises:
        StoreError: there is no journal to read, or what is there cannot be used.
    """
    if file.is_dir():
        raise ForeignDatabaseError(f"{file} is a folder, not a journal. Name a file in it, for example journal.db.")
    if not file.exists():
        if read_only:
            raise StoreError(
                f"There is no journal at {file}. Record or import something first, or name another with --db."
            )
        make_room(file)
    _refuse_without_right(file, read_only=read_only)
    refuse_foreign_file(file)


def _refuse_without_right(file: Path, *, read_only: bool) -> None:
    if not os.access(file, os.R_OK):
        raise ReadOnlyDatabaseError(f"The journal {file} may not be read. Ask its owner for the right to read it.")
    if read_only:
        return
    for what, place in (("file", file), ("folder", file.parent)):  # SQLite keeps its log beside the file
        if not os.access(place, os.W_OK):
            raise ReadOnlyDatabaseError(
                f"The journal {file} may not be written: the {what} {place} is read-only. It was left as it is. "
                "Ask for the right to write there, or choose another file with --db."
            )


def make_ready(engine: Engine, where: str, *, file: Path | None, read_only: bool) -> None:
    """Bring a journal's tables up to date; for reading only, check that they are.

    Raises:
        StoreError: it is not ours, or of another version.
    """
    if read_only:
        require_current(engine, where)
        return
    upgrade(engine, where)
    if file is not None:
        use_write_ahead_log(engine)
