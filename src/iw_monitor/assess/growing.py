"""Columns that grow at their end: the next state is the one before with a few rows more, and shares its memory.

A journal only grows, and so do the columns that are made of it. To join them anew at every report would cost as much as
the journal is long.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)

_SPARE = 4  # of a room, a part of so many stays free for what is to come


class _Room(np.ndarray[Any, np.dtype[Any]]):
    """Memory for more rows than there are."""

    open_at: dict[int, bool]  # its one free end; whoever takes it out may write from there on, and nobody else


def grown(rows: NDArray[Kind], newer: NDArray[Kind]) -> NDArray[Kind]:
    """Return rows followed by newer ones, as ``numpy.concatenate`` does, to be read only.

    It costs as much as the newer rows, now and then as much as all. Earlier states stay as they are; one that was
    followed by some rows may be followed by others as well. Safe in several threads at once.
    """
    begin, end = len(rows), len(rows) + len(newer)
    room = _room_of(rows)
    is_ours = room is not None and room.open_at.pop(begin, False)
    if room is None or not is_ours or len(room) < end or np.result_type(rows, newer) != room.dtype:
        room = _moved(rows, np.result_type(rows, newer), end + end // _SPARE)
    room[begin:end] = newer
    room.open_at[end] = True
    return _seen(room, end)


def is_continued(newer: NDArray[Kind], rows: NDArray[Kind]) -> bool:
    """Return whether newer rows are known to begin with these, since they lie in the same memory."""
    room = _room_of(newer)
    return room is not None and room is _room_of(rows) and len(rows) <= len(newer)


def _moved(rows: NDArray[Any], kind: np.dtype[Any], size: int) -> _Room:
    """Return a room of so many rows that begins with these."""
    room = _Room((size, *rows.shape[1:]), dtype=kind)
    room[: len(rows)] = rows
    room.open_at = {}
    return room


def _seen(room: _Room, size: int) -> NDArray[Any]:
    """Return the first rows of a room, not to be written to."""
    rows = np.asarray(room)[:size]
    rows.flags.writeable = False
    return rows


def _room_of(rows: NDArray[Any]) -> _Room | None:
    """Return the room that rows lie in from its begin on, None if there is none."""
    whole = rows.base
    room = None if whole is None else whole.base
    if not isinstance(room, _Room) or rows.strides != room.strides or rows.ctypes.data != room.ctypes.data:
        return None
    return room
