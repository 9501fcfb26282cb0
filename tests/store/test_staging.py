"""What is set aside is written in its order, all or none, and never what the journal holds already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from iw_monitor.errors import InputError, StoreError
from iw_monitor.model.observation import Submission
from iw_monitor.store import staging as module
from iw_monitor.store.journal import Journal
from iw_monitor.store.staging import Staging, staged
from iw_monitor.store.writing import BATCH
from tests.builders import SUNDAY, a_submission
from tests.store.conftest import Clock

MANY = [a_submission(statement=f"report {number}, “ü”") for number in range(BATCH + 500)]


@pytest.fixture
def staging() -> Iterator[Staging]:
    with staged() as one:
        yield one


def fill(staging: Staging, submissions: list[Submission]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Set submissions aside, and return that none of them is left out."""
    for one in submissions:
        staging.add(one)
    return np.zeros(len(submissions), dtype=bool)


def test_what_is_set_aside_becomes_what_appending_it_would_have_become(
    open_lasting: Callable[..., Journal], staging: Staging
) -> None:
    with open_lasting() as journal:
        leave = fill(staging, MANY)
        leave[[3, BATCH + 3]] = True
        told: list[int] = []
        left = journal.append_staged(
            staging, pack="harbour", leave=leave, since=0, via="import", on_progress=told.append
        )
        kept = [one for number, one in enumerate(MANY) if number not in (3, BATCH + 3)]
        assert np.array_equal(left, leave)
        assert told == [BATCH - 1, len(kept)]
        written = journal.observations("harbour")
        assert [one.statement for one in written] == [one.statement for one in kept]
        assert written[-1:] == journal.observations("harbour", newest=1)
        assert journal.verify() == len(kept)


def test_what_somebody_else_recorded_meanwhile_is_left_out(
    open_lasting: Callable[..., Journal], staging: Staging
) -> None:
    with open_lasting() as journal:
        leave = fill(staging, MANY[:3])
        since = journal.position()
        journal.append([MANY[1]], via="page")
        left = journal.append_staged(staging, pack="harbour", leave=leave, since=since, via="import")
        assert left.tolist() == [False, True, False]
        assert journal.position() == 3


def test_a_clock_that_was_set_back_meanwhile_keeps_all_of_it_out(
    open_lasting: Callable[..., Journal], staging: Staging, clock: Clock
) -> None:
    with open_lasting() as journal:
        leave = fill(staging, [a_submission(statement="old", observed_at=SUNDAY - timedelta(days=9)), *MANY[:2]])
        clock.now = SUNDAY - timedelta(hours=1)
        with pytest.raises(InputError) as caught:
            journal.append_staged(staging, pack="harbour", leave=leave, since=0, via="import")
        assert [(one.code, one.line) for one in caught.value.findings] == [("J101", 2), ("J101", 3)]
        assert journal.position() == 0


@pytest.mark.parametrize("text", ["\x00", "\ud800"])
def test_text_that_cannot_be_stored_is_not_set_aside(staging: Staging, text: str) -> None:
    staging.add(a_submission())
    with pytest.raises(InputError) as caught:
        staging.add(a_submission(note=text))
    assert [(one.code, one.line, one.field) for one in caught.value.findings] == [("J102", 2, "note")]


def test_where_there_is_no_room_it_says_which_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with staged() as staging, pytest.raises(StoreError, match=r"cannot be set aside in .*gone.*TMPDIR"):
        fill(staging, MANY)
