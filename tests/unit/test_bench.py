"""The benchmarks' own bookkeeping: what counts as reached, and how a page is renewed. They are run by .ci/run."""

from __future__ import annotations

import pytest

from bench.measure import Spread, figure, side_by_side
from bench.table import Row, Section, Target, page_with

HEAD = "# Benchmarks\n"


def a_row(value: float, target: Target) -> Row:
    return Row(what="ours / theirs", measured="", figure=Spread((value, value)), target=target, why="It sorts twice.")


def test_a_target_that_is_missed_says_by_how_much_and_why() -> None:
    assert a_row(7.5, Target(limit=5)).cells()[-1] == "missed by 1.5×. It sorts twice."
    assert a_row(2.0, Target(limit=4, at_least=True)).cells()[-1] == "missed by 2.0×. It sorts twice."
    assert a_row(2.06, Target(limit=2)).cells()[-1] == "missed by 1.03×. It sorts twice."


def test_a_target_that_is_just_met_is_reached() -> None:
    assert a_row(5.0, Target(limit=5)).cells()[-1] == "reached"
    assert a_row(4.0, Target(limit=4, at_least=True)).cells()[-1] == "reached"


def test_a_ratio_is_taken_round_by_round_and_its_median_is_told() -> None:
    ratio = Spread((4.0, 9.0, 100.0)).over(Spread((2.0, 3.0, 10.0)))
    assert (ratio.median, ratio.lowest, ratio.highest) == (3.0, 2.0, 10.0)


def test_every_way_runs_once_a_round_in_turn() -> None:
    calls: list[str] = []
    side_by_side({"ours": lambda: calls.append("ours"), "theirs": lambda: calls.append("theirs")}, rounds=2)
    assert calls == ["ours", "theirs"] * 3  # the first time unmeasured


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.000_004_2, "4.20 µs"), (0.0321, "32.1 ms"), (1.5, "1.50 s"), (1234.0, "1,234 s")]
)
def test_a_time_is_told_in_the_unit_that_suits_it(seconds: float, said: str) -> None:
    assert figure(seconds, "s") == said


def a_section(title: str, about: str) -> Section:
    return Section(title=title, about=about, rows=(a_row(1.0, Target(limit=5)),))


def test_renewing_one_section_leaves_the_others_as_they_were() -> None:
    first = page_with(HEAD, "", a_section("Reading", "Old.").text("Monday."))
    both = page_with(HEAD, first, a_section("Writing", "Also old.").text("Tuesday."))
    renewed = page_with(HEAD, both, a_section("Reading", "New.").text("Friday."))
    assert "Old." not in renewed
    assert renewed.index("New.") < renewed.index("Friday.") < renewed.index("Also old.") < renewed.index("Tuesday.")
