"""Adding only what is new: the same thing sent twice at the same moment is written once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from iw_monitor.store.journal import Journal
from tests.builders import MONDAY, a_submission


def test_what_the_journal_holds_is_left_out(lasting_url: str) -> None:
    with Journal.open(lasting_url, clock=lambda: MONDAY) as journal:
        journal.append([a_submission()], via="import")
        added = journal.append([a_submission(), a_submission(level=3)], via="import", new_only=True)
        assert [one.level for one in added] == [3]
        assert journal.position() == 2


def test_what_was_retracted_may_come_again(lasting_url: str) -> None:
    with Journal.open(lasting_url, clock=lambda: MONDAY) as journal:
        (first,) = journal.append([a_submission()], via="import")
        journal.retract(first.id, pack=first.pack, reason="wrong port", author="ben", via="cli")
        assert len(journal.append([a_submission()], via="import", new_only=True)) == 1


def test_the_same_rows_from_two_sides_at_once_are_written_once(lasting_url: str) -> None:
    rows = [a_submission(statement=f"report {number}") for number in range(200)]
    with (
        Journal.open(lasting_url, clock=lambda: MONDAY) as one,
        Journal.open(lasting_url, clock=lambda: MONDAY) as other,
    ):
        with ThreadPoolExecutor(2) as pool:
            sizes = pool.map(lambda journal: len(journal.append(rows, via="import", new_only=True)), (one, other))
        assert sorted(sizes) == [0, 200]
        assert one.position() == 200
