"""How docs/faults.md is written from what the tests of faults count."""

from __future__ import annotations

from tests.faults.figures import Outcome, printed

SAVED = """\
tests/faults/test_kills.py ..                                            [100%]

============================= what faults came to ==============================
test_nobody_loses[sqlite]: kills {'worker': 5}, starts 2; writes 526, lost 0, doubled 0
test_nobody_loses[sqlite]: runs 40, begun again 3, lost 0
test_nobody_loses[postgresql]: writes 12, lost 0
================= 2 passed, 28 deselected in 123.45s (0:02:03) =================
test_nobody_loses[sqlite]: said later, by somebody else
"""


def test_what_a_saved_run_printed_is_taken_over_test_by_test() -> None:
    sqlite, postgresql = printed(SAVED)
    assert sqlite.title == "Nobody loses (sqlite)"
    assert sqlite.told == (
        "kills {'worker': 5}, starts 2; writes 526, lost 0, doubled 0",
        "runs 40, begun again 3, lost 0",
    )
    assert (postgresql.title, postgresql.told) == ("Nobody loses (postgresql)", ("writes 12, lost 0",))


def test_what_must_be_zero_is_marked_and_called_out_where_it_is_not() -> None:
    told = ("tries 40, lost unseen 0, doubled unmarked 2; arrived again under the same key 7",)
    assert Outcome(test="test_it", told=told).text("On Monday.").splitlines() == [
        "## It",
        "",
        "On Monday.",
        "",
        "- tries 40, lost unseen **0**, doubled unmarked **2** (must be 0)",
        "- arrived again under the same key 7",
    ]


def test_a_test_that_failed_says_so_before_its_figures() -> None:
    text = Outcome(test="test_it", told=("lost 1",), held=False).text("On Monday.")
    assert "**The test failed.**" in text
    assert text.index("failed") < text.index("lost **1** (must be 0)")
