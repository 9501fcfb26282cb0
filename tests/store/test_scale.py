"""What must not grow with the journal does not: memory of an import, and the way to the latest report."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event

from iw_monitor.store import reading
from iw_monitor.store.journal import Journal
from iw_monitor.store.tables import observation
from tests.builders import a_submission
from tests.store.conftest import Clock
from tests.store.server import Server


def peak_of_import(journal: Journal, rows: int) -> int:
    """Return the most memory Python held during an import, in bytes."""
    tracemalloc.start()
    try:
        journal.append_stream((a_submission() for _ in range(rows)), via="import")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_an_import_four_times_as_long_takes_no_more_memory(open_lasting: Callable[..., Journal]) -> None:
    with open_lasting() as journal:
        peak_of_import(journal, 1000)  # what is loaded once
        short, long = peak_of_import(journal, 2000), peak_of_import(journal, 8000)
    assert long < 1.25 * short


def ways(journal: Journal, act: Callable[[], object]) -> list[str]:
    """Return how SQLite goes about each question that an act asks."""
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    questions = [(one, with_) for one, with_ in asked if one.startswith("SELECT")]
    with journal._reading() as connection:
        return [
            str(row[3])
            for question, given in questions
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", given)
        ]


@pytest.mark.parametrize(
    "act",
    [
        lambda journal: journal.columns("harbour"),
        lambda journal: journal.columns("harbour", after=10),
        lambda journal: journal.prints("harbour"),
        lambda journal: journal.observations("harbour"),
        lambda journal: journal.observations("harbour", newest=10),
        lambda journal: journal.latest("harbour", "port_traffic"),
        lambda journal: journal.position(),
        lambda journal: journal.append([a_submission()], via="cli", seen={"port_traffic": None}),
    ],
    ids=["columns", "columns after", "prints", "observations", "newest", "latest", "position", "append"],
)
def test_no_question_sorts_the_journal(open_file: Callable[..., Journal], act: Callable[[Journal], object]) -> None:
    with open_file() as journal:
        found = ways(journal, lambda: act(journal))
    assert found
    assert [way for way in found if "TEMP B-TREE" in way] == []


def test_the_latest_report_is_found_by_index(open_file: Callable[..., Journal]) -> None:
    with open_file() as journal:
        found = ways(journal, lambda: journal.latest("harbour", "port_traffic"))
    assert any("ix_observation_indicator_pack_observed_at_sequence (indicator=? AND pack=?)" in way for way in found)
    assert [way for way in found if way.startswith("SCAN") and "CONSTANT" not in way] == []


@pytest.mark.postgres
def test_on_postgresql_too_the_latest_report_is_found_by_index(server: Server, database: str, clock: Clock) -> None:
    with Journal.open(server.url(database), clock=clock) as journal:
        journal.append([a_submission(indicator=f"ship_{number % 50}") for number in range(5000)], via="import")
        server.do("VACUUM ANALYZE", database=database)
        question = reading._latest(observation.c.id, pack="harbour", indicator="ship_7")
        with journal._reading() as connection:
            asked = str(question.compile(connection, compile_kwargs={"literal_binds": True}))
            way = [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {asked}")]
    assert any("ix_observation_indicator_pack_observed_at_sequence" in step for step in way), way
    assert not any("Sort" in step or "Seq Scan on observation" in step for step in way), way
