"""Writing files that are never changed again: whole or not at all, and never over another."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from iw_monitor.errors import ReportError


def write_once(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, all or none, and return those that are new.

    A file that is there already, byte for byte, is left; one of another content is never written over.

    Raises:
        ReportError: a file of that name holds something else.
        OSError: the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for name, content in files.items():
            if _write(folder / name, content):
                written.append(folder / name)
    except BaseException:
        remove(written)
        raise
    return tuple(written)


def remove(files: tuple[Path, ...] | list[Path]) -> None:
    """Take back files that were just written, because what belongs to them failed."""
    for one in files:
        one.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> bool:
    """Write a file unless it is there; it appears under its name only when all of it is on the disk."""
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)  # unlike a rename, it never replaces
    except FileExistsError as error:
        if path.read_bytes() == content:
            return False
        raise ReportError(
            f"{path} is there already and holds something else; a report is never written over."
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return True
