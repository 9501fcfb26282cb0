"""The file that a journal is open on: while it is in use it stays the same one, and whole."""

from __future__ import annotations

from pathlib import Path

from iw_monitor.errors import CorruptDatabaseError, StoreError
from iw_monitor.store.place import log_of


class UsedFile:
    """One file, as it was found when the journal was opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity = _identity(path)
        self._size = 0  # when last looked at

    def check(self, where: str) -> None:
        """Look whether the file is still what it was; ``where`` names the journal for people.

        SQLite would go on in a file that no longer has a name, and what is written there is lost at the end. Nor would
        it see that the end of its file is gone: it answers, and takes entries, from what it remembers.

        Raises:
            StoreError: it was removed, or another one has taken its place.
            CorruptDatabaseError: its end was cut off.
        """
        if _identity(self.path) != self._identity:
            raise StoreError(
                f"The journal {where} was removed or replaced while it was in use. Nothing was written. "
                "Stop this program, see that the right file is in place, and start it again."
            )
        before, now = self._size, _size(self.path)
        if now < before and log_of(self.path).exists():  # with its log a file grows and never shrinks
            raise CorruptDatabaseError(
                f"The journal {where} cannot be used: its end was cut off while it was in use. "
                "Nothing was written. Keep a copy of the file as it is, and restore the newest backup."
            )
        self._size = now


def _identity(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one that takes its name later; None if there is none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _size(file: Path) -> int:
    """Return how many bytes a file has; none if there is none."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
