"""A child that does not outlive its supervisor, however that ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

SUPERVISOR = "IW_SUPERVISOR"  # environment: the process that must be the parent of this one
LOOK_EVERY = 1.0  # seconds, where the system itself does not tell

_PR_SET_PDEATHSIG = 1  # of Linux's prctl


def follow_supervisor() -> None:
    """Let this process end like one that was told to, as soon as its supervisor is gone; without one do nothing."""
    named = os.environ.get(SUPERVISOR, "")
    if not named.isdigit():
        return
    supervisor = int(named)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    threading.Thread(target=_watch, args=(supervisor,), name="supervisor", daemon=True).start()


def _watch(supervisor: int) -> None:
    """End this process once its parent is another: the supervisor may also have gone before anybody asked."""
    while os.getppid() == supervisor:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
