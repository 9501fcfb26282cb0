"""Writing down, now and then, that something which lets somebody in is in use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from iw_monitor.access.tokens import is_due_for_note
from iw_monitor.errors import BusyDatabaseError, ReadOnlyDatabaseError

_PAUSE = timedelta(minutes=1)


class UseNotes:
    """Notes of use. A request is answered even when a note has to wait."""

    def __init__(self, write: Callable[[str, datetime], None]) -> None:
        """Use a way to write down that what is called so was in use at an instant."""
        self._write = write
        self._pause_until: datetime | None = None

    def note(self, name: str, used_at: datetime | None, now: datetime) -> None:
        """Write down that it is in use, unless that was done just now or could not be."""
        pauses = self._pause_until is not None and now < self._pause_until
        if pauses or not is_due_for_note(used_at, now):
            return
        try:
            self._write(name, now)
        except (BusyDatabaseError, ReadOnlyDatabaseError):
            self._pause_until = now + _PAUSE
