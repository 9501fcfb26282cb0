"""A whole journal moves between databases as it stands; a file that is not whole moves nothing."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.errors import BrokenChainError, BusyDatabaseError, InputError
from iw_monitor.service.moving import export_journal, export_journal_to, import_journal
from iw_monitor.store.chain import entry_hash
from iw_monitor.store.journal import Journal
from tests.builders import DAY, HOUR, MONDAY, a_submission
from tests.store.behind import behind_its_back
from tests.store.conftest import Clock


@pytest.fixture
def source(clock: Clock) -> Iterator[Journal]:
    """Return a journal of two packs with retractions, written at several instants by several people."""
    with Journal.open("sqlite://", clock=clock) as journal:
        one, _ = journal.append([a_submission(note="“ü” \u202e"), a_submission(level=0, reading=-0.1)], via="page")
        clock.move(HOUR)
        (other,) = journal.append([a_submission(pack="elsewhere", author="ben")], via="api")
        journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="cli")
        clock.move(HOUR)
        journal.append([a_submission(level=level % 5) for level in range(25)], via="import")
        journal.retract(other.id, pack="elsewhere", reason="wrong port", author="cem", via="cli")
        yield journal


@pytest.fixture
def long_source(source: Journal) -> Journal:
    """Return the same journal, longer than what is read and written at once."""
    source.append([a_submission(level=level % 5) for level in range(2500)], via="import")
    return source


def text_of(journal: Journal) -> str:
    target = io.StringIO()
    export_journal(journal, target)
    return target.getvalue()


def bring(journal: Journal, text: str) -> int:
    return import_journal(journal, io.BytesIO(text.encode()), "site.jsonl")


def codes(refused: pytest.ExceptionInfo[InputError]) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in refused.value.findings]


@pytest.mark.slow
def test_a_journal_moves_to_the_letter(long_source: Journal, journal: Journal) -> None:
    assert bring(journal, text_of(long_source)) == 2530
    assert list(journal.entries()) == list(long_source.entries())
    assert (journal.head(), journal.verify()) == (long_source.head(), 2530)
    for pack in ("harbour", "elsewhere"):
        assert journal.observations(pack) == long_source.observations(pack)
        assert journal.retractions(pack) == long_source.retractions(pack)
        assert journal.prints(pack).tolist() == long_source.prints(pack).tolist()
        assert journal.columns(pack).retracted.tolist() == long_source.columns(pack).retracted.tolist()
    assert text_of(journal) == text_of(long_source)


def test_the_journal_goes_on_after_a_move(source: Journal, journal: Journal) -> None:
    bring(journal, text_of(source))
    (one,) = journal.append([a_submission()], via="cli")
    journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="cli")
    assert journal.verify() == 32


def test_an_empty_journal_moves_too(url: str, clock: Clock) -> None:
    with Journal.open("sqlite://", clock=clock) as source, Journal.open(url, clock=clock) as journal:
        assert bring(journal, text_of(source)) == 0
        assert journal.position() == 0


@pytest.mark.postgres
def test_sqlite_to_postgresql_and_back_changes_nothing(
    source: Journal, server: Any, database: str, clock: Clock, file: Path
) -> None:
    with (
        Journal.open(server.url(database), clock=clock) as there,
        Journal.open(f"sqlite:///{file}", clock=clock) as back,
    ):
        bring(there, text_of(source))
        bring(back, text_of(there))
        assert list(back.entries()) == list(there.entries()) == list(source.entries())
        assert (there.verify(), back.verify()) == (30, 30)


def test_a_journal_that_holds_something_takes_no_other(source: Journal, journal: Journal) -> None:
    journal.append([a_submission()], via="cli")
    with pytest.raises(InputError, match="holds 1 entries already") as refused:
        bring(journal, text_of(source))
    assert codes(refused) == [("J306", 0)]
    assert journal.verify() == 1


def lines_of(source: Journal) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of(source).splitlines()]


def rewritten(lines: list[dict[str, Any]], number: int, **changes: object) -> str:
    """Return the lines with one entry changed and every hash from it on made to fit, the first line's too."""
    lines[number - 1] |= changes
    for before, row in pairwise(lines[1:]):
        if row["sequence"] >= lines[number - 1]["sequence"]:
            before["hash"] = entry_hash(before)
            row["previous_hash"] = before["hash"]
    lines[-1]["hash"] = entry_hash(lines[-1])
    lines[0]["hash"] = lines[-1]["hash"]
    return "".join(json.dumps(line) + "\n" for line in lines)


def damaged(source: Journal, how: Callable[[list[str]], list[str]]) -> str:
    return "".join(f"{line}\n" for line in how(text_of(source).splitlines()))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "found"),
    [
        (lambda lines: [], ("J301", 1)),
        (lambda lines: ["observed_at,indicator,level"], ("J301", 1)),
        (lambda lines: ["[" * 100_000], ("J301", 1)),
        (lambda lines: lines[1:], ("J301", 1)),
        (lambda lines: [lines[0].replace('"version":1', '"version":2'), *lines[1:]], ("J302", 1)),
        (lambda lines: [*lines[:5], "", *lines[5:]], ("J303", 6)),
        (lambda lines: [*lines[:5], lines[5].replace('"sequence":5', '"sequence":"5"')], ("J303", 6)),
        (lambda lines: [*lines[:5], lines[5].replace('"via"', '"vai"')], ("J303", 6)),
        (lambda lines: [*lines[:5], "[" * 100_000], ("J303", 6)),
        (lambda lines: [*lines[:3], *lines[4:]], ("J304", 4)),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], ("J304", 4)),
        (lambda lines: [*lines[:3], lines[3].replace('"ben"', '"eve"'), *lines[4:]], ("J304", 4)),
        (lambda lines: [*lines[:20], lines[20].replace("ships", "shops"), *lines[21:]], ("J304", 21)),
        (lambda lines: lines[:-1], ("J305", 0)),
        (lambda lines: [*lines, lines[-1]], ("J304", 32)),
    ],
)
def test_a_file_that_was_changed_or_cut_off_moves_nothing(
    source: Journal, journal: Journal, how: Callable[[list[str]], list[str]], found: tuple[str, int]
) -> None:
    with pytest.raises(InputError) as refused:
        bring(journal, damaged(source, how))
    assert codes(refused) == [found]
    assert journal.position() == 0


@pytest.mark.parametrize(
    ("line", "changes", "code"),
    [
        (4, {"kind": "prophecy"}, "J308"),
        (4, {"body": "{}"}, "J308"),
        (4, {"body": "[" * 100_000}, "J308"),
        (4, {"author": "zero \x00"}, "J304"),
        (4, {"author": "half \ud800"}, "J304"),
        (5, {"pack": "elsewhere"}, "J304"),
        (2, {"recorded_at": -(10**17)}, "J304"),
        (31, {"recorded_at": 10**17}, "J307"),
    ],
)
def test_a_forged_file_whose_hashes_fit_is_still_looked_at(
    source: Journal, journal: Journal, line: int, changes: dict[str, object], code: str
) -> None:
    try:
        text = rewritten(lines_of(source), line, **changes)
    except UnicodeEncodeError:  # such a text has no hash: it stands there with a wrong one
        lines = lines_of(source)
        lines[line - 1] |= changes
        text = "".join(json.dumps(one) + "\n" for one in lines)
    with pytest.raises(InputError) as refused:
        bring(journal, text)
    assert codes(refused) == [(code, line)]
    assert journal.position() == 0


def test_an_observation_that_cannot_be_is_refused(source: Journal, journal: Journal) -> None:
    lines = lines_of(source)
    body = lines[1]["body"].replace('"level":2', '"level":7')
    with pytest.raises(InputError) as refused:
        bring(journal, rewritten(lines, 2, body=body))
    assert codes(refused) == [("J308", 2)]


def test_a_clock_behind_the_journals_last_entry_is_told(source: Journal, url: str) -> None:
    with Journal.open(url, clock=lambda: MONDAY - DAY) as journal, pytest.raises(InputError, match="in the future"):
        bring(journal, text_of(source))


@pytest.mark.slow
def test_a_move_that_is_broken_off_leaves_nothing(long_source: Journal, journal: Journal) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_journal(journal, io.BytesIO(text_of(long_source).encode()), "site.jsonl", on_progress=interrupt)
    assert journal.position() == 0
    assert bring(journal, text_of(long_source)) == 2530


def test_a_journal_that_is_not_what_was_written_is_not_exported(
    open_lasting: Callable[..., Journal], lasting_url: str, tmp_path: Path
) -> None:
    with open_lasting() as journal:
        journal.append([a_submission()] * 3, via="cli")
    behind_its_back(lasting_url, "UPDATE entry SET author = 'eve' WHERE sequence = 2", guarded=False)
    with open_lasting() as journal, pytest.raises(BrokenChainError):
        export_journal_to(journal, tmp_path / "site.jsonl")
    assert not (tmp_path / "site.jsonl").exists()


def test_the_exported_file_is_private_and_replaces_no_other(source: Journal, tmp_path: Path) -> None:
    file = tmp_path / "site.jsonl"
    assert export_journal_to(source, file) == 30
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        export_journal_to(source, file)
    assert file.read_bytes() == before


def test_what_is_added_while_a_journal_is_exported_is_left_out(source: Journal, url: str, clock: Clock) -> None:
    class Slow(io.StringIO):
        def write(self, text: str) -> int:
            if self.tell() == 0:
                source.append([a_submission()], via="page")
            return super().write(text)

    target = Slow()
    assert export_journal(source, target) == 30
    with Journal.open(url, clock=clock) as journal:
        assert bring(journal, target.getvalue()) == 30


@pytest.mark.slow
def test_a_move_and_a_writer_at_once_do_not_mix(long_source: Journal, lasting_url: str, clock: Clock) -> None:
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(Journal.open(lasting_url, clock=clock, patience=timedelta(seconds=0.2)))
            for _ in range(2)
        )
        refusals: list[Exception] = []

        def write_meanwhile(_: int) -> None:
            try:
                other.append([a_submission()], via="page")
            except BusyDatabaseError as error:
                refusals.append(error)

        text = io.BytesIO(text_of(long_source).encode())
        import_journal(one, text, "site.jsonl", on_progress=write_meanwhile)
        assert len(refusals) == 3
        assert (one.verify(), other.position()) == (2530, 2530)
