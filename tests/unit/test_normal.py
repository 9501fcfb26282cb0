"""The moving normal (METHOD 4.1)."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.assess.normal import Held, block_of, moving_normal

DAY = 86_400_000_000
STRENGTH = np.array([0.0, 0.15, 0.35, 0.65, 1.0])


def normal_of(
    days: list[float], levels: list[int], *, base: int = 2, longest: int = 30, half_life: int = 60
) -> list[float]:
    return list(
        moving_normal(
            Held(float(STRENGTH[base]), float(STRENGTH[base]), 0),
            observed=np.array([round(day * DAY) for day in days], dtype=np.int64),
            level=np.array(levels, dtype=np.int8),
            strength=STRENGTH,
            t0=0,
            longest=longest * DAY,
            half_life=half_life * DAY,
        )
    )


def test_the_methods_own_example() -> None:
    # METHOD 4.1: b = 2, h = 30, level 4 reported 10, 20 and 40 days after T0: n = .350, .421, .540
    assert normal_of([10, 20, 40], [4, 4, 4]) == pytest.approx([0.350, 0.421, 0.540], abs=5e-4)


def test_reports_up_to_the_cut_off_do_not_move_it() -> None:
    assert normal_of([-20, -10, 0], [4, 0, 4]) == [0.35, 0.35, 0.35]


def test_the_last_report_before_the_cut_off_is_what_was_held_until_the_first_after_it() -> None:
    # By hand: held 4 (g = 1) for 10 days: .35 + .65 * (1 - 2**(-10/60)) = .4209
    assert normal_of([-5, 10], [4, 0])[-1] == pytest.approx(0.35 + 0.65 * (1 - 2 ** (-10 / 60)))


def test_a_long_silence_counts_for_no_more_than_the_half_life() -> None:
    assert normal_of([10, 40], [4, 4])[-1] == pytest.approx(normal_of([10, 4000], [4, 4])[-1], abs=1e-12)


def test_reports_of_one_instant_move_it_once() -> None:
    assert normal_of([10, 20, 20], [4, 4, 4])[1:] == pytest.approx([normal_of([10, 20], [4, 4])[-1]] * 2)


def recurrence(days: list[float], levels: list[int], *, half_life: int) -> list[float]:
    """Return the normals one after the other, as METHOD 4.1 writes them."""
    value, previous, held = 0.35, 0.0, 0.35
    found = []
    for day, level in zip(days, levels, strict=True):
        step = min(round(day * DAY) - round(previous * DAY), 30 * DAY) / (half_life * DAY)
        value += (held - value) * (1 - 2**-step)
        found.append(value)
        previous, held = day, float(STRENGTH[level])
    return found


@given(st.lists(st.tuples(st.floats(0, 20_000), st.integers(0, 4)), min_size=1, max_size=40), st.integers(1, 90))
def test_what_is_lacking_halves_as_the_recurrence_says(rows: list[tuple[float, int]], half_life: int) -> None:
    rows.sort()
    days, levels = [row[0] for row in rows], [row[1] for row in rows]
    found = normal_of(days, levels, half_life=half_life)
    assert found == pytest.approx(recurrence(days, levels, half_life=half_life), abs=1e-12)


def test_more_reports_than_are_followed_at_once_say_the_same_as_the_recurrence() -> None:
    chance = np.random.default_rng(1)
    days = np.sort(chance.uniform(0, 1000, 100_000)).tolist()
    levels = np.repeat(chance.integers(0, 5, 10_000), 10).tolist()
    found = normal_of(days, levels)
    assert np.allclose(found, recurrence(days, levels, half_life=60), rtol=0, atol=1e-12)


def test_followed_on_from_the_begin_of_a_block_it_is_the_same_to_the_last_bit() -> None:
    chance = np.random.default_rng(2)
    observed = np.sort(chance.integers(-100 * DAY, 1000 * DAY, 40_000))
    level = np.repeat(chance.integers(0, 5, 4_000), 10).astype(np.int8)
    follow = partial(moving_normal, strength=STRENGTH, t0=0, longest=DAY // 24, half_life=60 * DAY)
    whole = follow(Held(0.35, 0.35, 0), observed=observed, level=level)
    first = int(np.searchsorted(observed, block_of(int(observed[-100]), half_life=60 * DAY)))
    begin = Held(float(whole[first - 1]), float(STRENGTH[level[first - 1]]), int(observed[first - 1]))
    again = follow(begin, observed=observed[first:], level=level[first:])
    assert 0 < first < len(whole) - 100 and np.array_equal(again, whole[first:])
