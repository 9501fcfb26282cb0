"""Following a pack while people edit it: reload when a file changes, keep the last good pack when an edit is broken."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic

from iw_monitor.errors import Finding, PackError
from iw_monitor.pack.folder import INDICATORS
from iw_monitor.pack.load import LoadedPack, load_pack

PAUSE = 0.2  # seconds; what one page asks of its pack is answered by one look at the files
Signature = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPack:
    """The pack to use now. ``broken`` holds the findings of a newer edit that could not be used, else nothing."""

    loaded: LoadedPack
    broken: tuple[Finding, ...] = ()


class PackWatch:
    """The pack in a folder, as it is now; safe to ask from several threads.

    Raises:
        PackError: when made: the folder holds no pack that can be used, so there is no last good one.
    """

    def __init__(self, folder: Path, *, pause: float = 0.0) -> None:
        """Read a pack.

        Args:
            folder: its folder.
            pause: for how many seconds the files, once looked at, are not looked at again: an edit counts that much
                later, and many who ask at once do not wait for the disk.
        """
        self.folder = folder
        self._pause = pause
        self._looked = monotonic()
        self._reloading = Lock()
        # Taken before loading: what changes while it loads is then seen as a change the next time.
        self._signature = signature(folder)
        self._current = WatchedPack(loaded=load_pack(folder))

    def current(self) -> WatchedPack:
        """Return the newest pack that can be used, reading the folder again if a file has changed.

        At most one thread reads at a time; the others are answered with what was good before.
        """
        if monotonic() - self._looked >= self._pause and self._reloading.acquire(blocking=False):
            try:
                self._reload_if_changed()
            finally:
                self._looked = monotonic()
                self._reloading.release()
        return self._current

    def _reload_if_changed(self) -> None:
        now = signature(self.folder)
        if now == self._signature:
            return
        try:
            self._current = WatchedPack(loaded=load_pack(self.folder))
        except PackError as error:
            self._current = WatchedPack(loaded=self._current.loaded, broken=error.findings)
        self._signature = now


def signature(folder: Path) -> Signature:
    """Return names, sizes and times of change of a pack's files: equal as long as nobody changed one."""
    return tuple(sorted((*_signature_of(folder), *_signature_of(folder / INDICATORS))))


def _signature_of(folder: Path) -> Signature:
    try:
        with os.scandir(folder) as entries:
            return tuple(_one(entry) for entry in entries if not entry.name.startswith("."))
    except OSError:
        return ((str(folder), 0, 0, -1),)


def _one(entry: os.DirEntry[str]) -> tuple[str, int, int, int]:
    try:
        found = entry.stat()
    except OSError:
        return entry.path, 0, 0, -1
    # A folder's own time changes with every file an editor puts beside the others; its files are looked at themselves.
    return (entry.path, 0, 0, 0) if entry.is_dir() else (entry.path, found.st_mtime_ns, found.st_size, found.st_ino)
