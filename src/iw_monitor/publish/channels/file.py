"""Writing a notice to the end of a file, as one line of JSON."""

from __future__ import annotations

import os
from datetime import datetime

from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.publish.channels.settings import FileChannel
from iw_monitor.publish.of_notices import file_line

_MODE = 0o600


def append(channel: FileChannel, message: Message, *, now: datetime) -> TargetResult:
    """Write a message as one line that is on the disk when this returns, and return what came of it."""
    line = (file_line(message, now=now) + "\n").encode()
    try:
        place = os.open(channel.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _MODE)
        try:
            written = os.write(place, line)
            os.fsync(place)
        finally:
            os.close(place)
    except OSError as error:
        return TargetResult(target="file", is_done=False, error=f"cannot be written ({error.strerror})")
    done = written == len(line)
    return TargetResult(target="file", is_done=done, error="" if done else "was written in part only: the disk is full")
