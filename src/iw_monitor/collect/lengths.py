"""Durations as people type them: 48h, 3d, P3D, PT6H."""

from __future__ import annotations

import re
from datetime import timedelta

HOW = "Give one such as 1d, 6h, 30m or P1D"

_SHORT = re.compile(r"([0-9]{1,6})(w|d|h|m|s)")
_ISO = re.compile(r"P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def read_length(text: str) -> timedelta | None:
    """Return the duration that a text says, or None if it says none, or nothing.

    Example:
        >>> read_length("48h") == read_length("P2D") == timedelta(days=2)
        True
        >>> read_length("soon") is None
        True
    """
    plain = text.strip()
    short, iso = _SHORT.fullmatch(plain), _ISO.fullmatch(plain)
    length = timedelta(0)
    if short:
        length = timedelta(**{_UNITS[short[2]]: int(short[1])})
    elif iso:
        length = timedelta(**{name: int(part or 0) for name, part in zip(_UNITS.values(), iso.groups(), strict=True)})
    return length if length > timedelta(0) else None
