"""Fingerprints by the million are compared as sets of texts would be, to the last bit."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.store.prints import PRINT_SIZE, Prints, among, as_prints, repeats

# Few enough that many are equal, with the zero bytes at the end that numpy cuts from texts.
SOME = st.lists(st.sampled_from([bytes([a, *[0] * (PRINT_SIZE - 2), b]) for a in (0, 1, 17) for b in (0, 1)]))


def prints(given: list[bytes]) -> Prints:
    return as_prints(b"".join(given))


@given(SOME)
def test_each_repeat_is_found_with_the_place_where_it_stood_first(rows: list[bytes]) -> None:
    again, first = repeats(prints(rows))
    expected = [(place, rows.index(one)) for place, one in enumerate(rows) if rows.index(one) < place]
    assert list(zip(again.tolist(), first.tolist(), strict=True)) == expected


@given(SOME, SOME)
def test_what_is_among_others_is_found(rows: list[bytes], others: list[bytes]) -> None:
    assert among(prints(rows), np.sort(prints(others))).tolist() == [one in others for one in rows]
