"""What strangers are told of a journal that cannot be used: that it is so, and nothing of where it lies.

Whether somebody is signed in stands in the journal itself. While that cannot be read, everybody is a stranger.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from iw_monitor.errors import StoreError

TOLD_TO_STRANGERS = (
    "The journal of this monitor cannot be used at this moment. "
    "Whoever runs the monitor finds what is wrong in its log, and with iw-monitor verify."
)
REPEATED_AFTER = 60.0  # seconds: browsers ask every few, and a log is to stay readable

_LOG = logging.getLogger("iw_monitor.journal")


class Reticence:
    """Keeps the details for the log."""

    def __init__(self, steady_clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = steady_clock
        self._logged: tuple[str, float] | None = None
        self._lock = threading.Lock()

    def said(self, error: StoreError) -> str:
        """Return what a stranger is told of an error; the log has all of it, the same one once a minute."""
        if self._is_new(str(error)):
            _LOG.warning("%s", error)
        return TOLD_TO_STRANGERS

    def _is_new(self, words: str) -> bool:
        with self._lock:
            now = self._clock()
            if self._logged is not None and self._logged[0] == words and now - self._logged[1] < REPEATED_AFTER:
                return False
            self._logged = (words, now)
            return True


said_to_strangers = Reticence().said
