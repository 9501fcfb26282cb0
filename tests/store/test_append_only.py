"""Nothing is ever changed or removed: the code has no word for it, and the database refuses whoever tries."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import iw_monitor.store
from iw_monitor.store.journal import Journal
from tests.builders import a_submission

STORE = Path(iw_monitor.store.__file__).parent
CHANGING_CALLS = {"update", "delete", "merge", "drop", "drop_all", "truncate"}
CHANGING_SQL = re.compile(
    r"\b(UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE\s+TABLE|DROP\s+TABLE|REPLACE\s+INTO|OR\s+REPLACE)\b"
)


@pytest.fixture
def filled(open_file: Callable[..., Journal], file: Path) -> Path:
    with open_file() as journal:
        one, _ = journal.append([a_submission(), a_submission()], via="cli")
        journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="cli")
    return file


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET author = 'eve'",
        "DELETE FROM entry WHERE sequence = 3",
        "UPDATE observation SET level = 0",
        "DELETE FROM observation",
        "UPDATE retraction SET recorded_at = 0",
        "DELETE FROM retraction",
        "INSERT OR REPLACE INTO entry SELECT 1, id, kind, pack, 0, author, via, pack_hash, body, '', '' FROM entry",
        "INSERT OR REPLACE INTO entry SELECT 4, id, kind, pack, 0, 'eve', via, pack_hash, body, '', '' FROM entry",
        "INSERT INTO entry VALUES (9, 'x', 'observation', 'p', 0, 'eve', 'v', '', '{}', '', '')",
        "INSERT OR REPLACE INTO observation SELECT * FROM observation",
        "INSERT OR REPLACE INTO retraction SELECT 2, pack, observation_sequence, 0 FROM retraction",
    ],
)
def test_the_database_refuses_whoever_changes_or_removes_something(
    filled: Path, open_file: Callable[..., Journal], statement: str
) -> None:
    with closing(sqlite3.connect(filled)) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    with open_file() as journal:
        assert journal.verify() == 3


def calls(tree: ast.AST) -> set[str]:
    """Return the names of everything called."""
    found = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        one.id if isinstance(one, ast.Name) else one.attr for one in found if isinstance(one, ast.Name | ast.Attribute)
    }


def texts(tree: ast.AST) -> str:
    """Return everything written between quotation marks."""
    return "\n".join(
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize("file", sorted(STORE.rglob("*.py")), ids=lambda file: file.name)
def test_the_code_has_no_statement_that_changes_or_removes(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert calls(tree) & CHANGING_CALLS == set()
    assert CHANGING_SQL.search(texts(tree).upper()) is None


def test_the_search_for_such_statements_finds_them() -> None:
    assert calls(ast.parse("table.update()\ndelete(entry)")) == {"update", "delete"}
    assert CHANGING_SQL.search(texts(ast.parse("x = f'delete from {table}'")).upper())
