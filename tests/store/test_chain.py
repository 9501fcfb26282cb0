"""Whatever is changed behind the journal's back is found, and the first place is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest

from iw_monitor.errors import BrokenChainError
from iw_monitor.store.journal import Journal
from tests.builders import a_submission
from tests.store.behind import behind_its_back


@pytest.fixture
def filled(open_lasting: Callable[..., Journal], lasting_url: str) -> str:
    """Return the address of a journal with three observations and, as entry 4, a retraction of the second."""
    with open_lasting() as journal:
        (_, second, _) = journal.append([a_submission(level=level) for level in (0, 1, 2)], via="cli")
        journal.retract(second.id, pack="harbour", reason="wrong port", author="ben", via="cli")
        assert journal.verify() == 4
    return lasting_url


def change(url: str, *statements: str) -> None:
    """Change a journal as somebody with the database and bad intentions would."""
    behind_its_back(url, *statements, guarded=False)


@pytest.mark.parametrize(
    ("statement", "sequence", "problem"),
    [
        ("UPDATE entry SET body = replace(body, '\"level\":1', '\"level\":4') WHERE sequence = 2", 2, "its hash"),
        ("UPDATE entry SET author = 'eve' WHERE sequence = 3", 3, "its hash"),
        ("UPDATE entry SET recorded_at = recorded_at + 1 WHERE sequence = 1", 1, "its hash"),
        ("UPDATE entry SET pack_hash = 'x' WHERE sequence = 1", 1, "its hash"),
        ("UPDATE entry SET via = 'x' WHERE sequence = 4", 4, "its hash"),
        ("UPDATE entry SET hash = 'x' WHERE sequence = 4", 4, "its hash"),
        ("UPDATE entry SET previous_hash = 'x' WHERE sequence = 2", 2, "does not follow"),
        ("DELETE FROM entry WHERE sequence = 2", 2, "is missing; the next one there is 3"),
        ("DELETE FROM entry WHERE sequence = 1", 1, "is missing; the next one there is 2"),
        ("UPDATE entry SET sequence = 0 WHERE sequence = 1", 1, "is missing; the next one there is 0"),
        ("DELETE FROM entry WHERE sequence = 4", 4, "is missing, though table 'retraction' has a row for it"),
        ("DELETE FROM observation WHERE sequence = 3", 3, "its row in table 'observation'"),
        ("UPDATE observation SET level = 0 WHERE sequence = 2", 2, "its row in table 'observation'"),
        ("UPDATE observation SET originator = 'x' WHERE sequence = 2", 2, "its row in table 'observation'"),
        ("UPDATE observation SET fingerprint = 'x' WHERE sequence = 2", 2, "its row in table 'observation'"),
        ("UPDATE observation SET id = 'x' WHERE sequence = 3", 3, "its row in table 'observation'"),
        ("UPDATE observation SET published_at = 1 WHERE sequence = 3", 3, "its row in table 'observation'"),
        ("DELETE FROM retraction", 4, "its row in table 'retraction'"),
        ("UPDATE retraction SET observation_sequence = 3", 4, "its row in table 'retraction'"),
        ("INSERT INTO retraction VALUES (3, 'harbour', 3, 0)", 3, "its row in table 'retraction'"),
        ("INSERT INTO retraction VALUES (9, 'harbour', 3, 0)", 9, "is missing, though"),
    ],
)
def test_a_change_behind_the_journals_back_is_found(
    filled: str, open_lasting: Callable[..., Journal], statement: str, sequence: int, problem: str
) -> None:
    change(filled, statement)
    with open_lasting(read_only=True) as journal, pytest.raises(BrokenChainError) as found:
        journal.verify()
    assert found.value.sequence == sequence
    assert problem in str(found.value)
    assert "restore the newest backup that verifies" in str(found.value)


def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_next_one(
    filled: str, open_lasting: Callable[..., Journal]
) -> None:
    (row,) = behind_its_back(filled, "SELECT * FROM entry WHERE sequence = 2")
    row["author"] = "eve"
    change(filled, f"UPDATE entry SET author = 'eve', hash = '{hash_by_hand(row)}' WHERE sequence = 2")
    with open_lasting() as journal, pytest.raises(BrokenChainError) as found:
        journal.verify()
    assert found.value.sequence == 3


def hash_by_hand(row: dict[str, object]) -> str:
    """Return the hash as the documentation says it, without the journal's own code."""
    rest = {name: value for name, value in row.items() if name not in ("hash", "previous_hash")}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((str(row["previous_hash"]) + text).encode()).hexdigest()


def test_the_chain_can_be_checked_without_this_program(filled: str) -> None:
    rows = behind_its_back(filled, "SELECT * FROM entry ORDER BY sequence")
    assert rows[0]["previous_hash"] == "0" * 64
    assert [row["hash"] for row in rows] == [hash_by_hand(row) for row in rows]
    assert [row["previous_hash"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]


def test_entries_cut_off_at_the_end_show_in_the_head_kept_elsewhere(
    filled: str, open_lasting: Callable[..., Journal]
) -> None:
    with open_lasting() as journal:
        kept = journal.head()
    change(filled, "DELETE FROM retraction", "DELETE FROM entry WHERE sequence = 4")
    with open_lasting() as journal:
        assert journal.verify() == 3  # a chain alone cannot know
        assert journal.head() != kept


def test_a_chain_longer_than_a_page_is_checked_to_its_end(
    open_lasting: Callable[..., Journal], lasting_url: str
) -> None:
    with open_lasting() as journal:
        journal.append([a_submission()] * 4500, via="import")
        assert journal.verify() == 4500
    change(lasting_url, "UPDATE entry SET author = 'eve' WHERE sequence = 4321")
    with open_lasting() as journal, pytest.raises(BrokenChainError) as found:
        journal.verify()
    assert found.value.sequence == 4321
