"""Fingerprints by the million: sixteen bytes each, compared as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Prints = NDArray[np.bytes_]  # of 16 bytes each
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]

PRINT_SIZE = 16  # bytes
_PARTS = 16  # what is compared at once is so much smaller than the whole
_AT_ONCE = 1 << 16


def as_prints(packed: bytes | bytearray) -> Prints:
    """Return fingerprints that lie one behind the other, sixteen bytes each, as an array."""
    return np.frombuffer(packed, dtype=f"S{PRINT_SIZE}")


def repeats(prints: Prints) -> tuple[Integers, Integers]:
    """Return where something stands that stood before, in order, and for each where it stood first."""
    found = [_repeats_among(prints, rows) for rows in _parts(prints)]
    again = np.concatenate([one for one, _ in found])
    first = np.concatenate([one for _, one in found])
    order = np.argsort(again)
    return again[order], first[order]


def _parts(prints: Prints) -> list[Integers]:
    """Return the rows by the beginning of their print: equal ones are always together."""
    begins = np.frombuffer(prints, dtype=np.uint8)[::PRINT_SIZE] % _PARTS
    return [np.flatnonzero(begins == part) for part in range(_PARTS)]


def _repeats_among(prints: Prints, rows: Integers) -> tuple[Integers, Integers]:
    rows = rows[np.argsort(prints[rows], kind="stable")]
    ordered = prints[rows]
    begins = np.ones(len(rows), dtype=bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    first = rows[np.maximum.accumulate(np.where(begins, np.arange(len(rows)), 0))]
    return rows[~begins], first[~begins]


def among(prints: Prints, held: Prints) -> Booleans:
    """Return which prints are among others.

    Args:
        prints: what is asked for.
        held: the others, in order.
    """
    found = np.zeros(len(prints), dtype=bool)
    if len(held):
        for start in range(0, len(prints), _AT_ONCE):
            some = prints[start : start + _AT_ONCE]
            place = np.minimum(np.searchsorted(held, some), len(held) - 1)
            found[start : start + _AT_ONCE] = held[place] == some
    return found
