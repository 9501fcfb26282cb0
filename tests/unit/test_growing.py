"""Columns that grow at their end: as if joined anew, in the same memory, and no state is touched by a later one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.assess.growing import grown, is_continued

some_rows = st.lists(st.integers(-5, 5), max_size=6)


@given(some_rows, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40), some_rows), max_size=30))
def test_whatever_grows_from_whatever_is_what_joining_makes(
    begin: list[int], steps: list[tuple[int, int, list[int]]]
) -> None:
    columns, lists = [np.array(begin, dtype=np.int64)], [begin]
    for which, kept, newer in steps:
        place = which % len(columns)
        columns.append(grown(columns[place][:kept], np.array(newer, dtype=np.int64)))
        lists.append([*lists[place][:kept], *newer])
    assert [one.tolist() for one in columns] == lists


def test_growing_costs_no_copy_of_what_is_there() -> None:
    column = grown(np.arange(1000), np.arange(1))
    assert np.shares_memory(column, grown(column, np.arange(1)))


@pytest.mark.parametrize("rows", [slice(1, None), slice(None, None, -1), slice(None, None, 2)])
def test_what_does_not_begin_where_its_room_does_is_moved_to_a_room_of_its_own(rows: slice) -> None:
    column = grown(np.arange(3), np.arange(3))
    longer = grown(column[rows], np.array([7]))
    assert longer.tolist() == [*column[rows].tolist(), 7]
    assert not is_continued(longer, column)


def test_texts_and_tables_grow_too_and_a_wider_kind_widens() -> None:
    assert grown(np.array(["a"], dtype=object), np.array(["bc"], dtype=object)).tolist() == ["a", "bc"]
    assert grown(np.zeros((1, 2)), np.ones((1, 2))).tolist() == [[0, 0], [1, 1]]
    narrow = grown(np.zeros(2, dtype=np.int8), np.zeros(1, dtype=np.int8))
    assert grown(narrow, np.array([1000])).tolist() == [0, 0, 0, 1000]


def test_nobody_writes_into_what_others_see() -> None:
    with pytest.raises(ValueError, match="read-only"):
        grown(np.zeros(2), np.zeros(1))[0] = 1


def test_two_who_follow_the_same_state_at_once_do_not_meet() -> None:
    for _ in range(50):
        column = grown(np.zeros(4, dtype=np.int64), np.zeros(1, dtype=np.int64))
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda number, one=column: grown(one, np.full(3, number)), range(8)))
        assert [one[5:].tolist() for one in found] == [[number] * 3 for number in range(8)]


def test_it_is_known_whether_a_column_goes_on_from_another() -> None:
    column = grown(np.arange(3), np.arange(1))
    longer = grown(column, np.arange(1))
    assert is_continued(longer, column)
    assert is_continued(longer, column[:2])
    assert not is_continued(column, longer)
    assert not is_continued(np.append(column, 1), column)
