"""Nothing is ever changed or removed: the code has no word for it, and the database refuses whoever tries."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import iw_monitor.store
from iw_monitor.store.acts import ActStore
from iw_monitor.store.journal import Journal
from tests.builders import a_judgement, a_submission
from tests.store.behind import behind_its_back, refusals

STORE = Path(iw_monitor.store.__file__).parent
# What is now and changes, not what was reported: the tables, by the one file that has statements that change them.
CHANGEABLE = {
    "account_rows.py": {"user_account", "user_role", "user_session", "sign_in_attempt"},
    "alert_rows.py": {"alert_standing", "outbox"},
    "answers.py": {"kept_answer"},
    "lease_rows.py": {"lease", "worker"},
    "link_rows.py": {"public_link"},
    "retiring.py": {"job_run", "outbox", "worker"},
    "run_rows.py": {"job_run"},
    "source_states.py": {"source_state"},
    "token_rows.py": {"api_token"},
}
CHANGING_CALLS = {"update", "delete", "merge", "drop", "drop_all", "truncate"}
CHANGING_SQL = re.compile(
    r"\b(UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE\s+TABLE|DROP\s+TABLE|REPLACE\s+INTO|OR\s+REPLACE)\b"
)


@pytest.fixture
def filled(open_lasting: Callable[..., Journal], lasting_url: str) -> str:
    """Return the address of a journal with two observations, as entry 3 a retraction of the first, then an act."""
    with open_lasting() as journal:
        one, _ = journal.append([a_submission(), a_submission()], via="cli")
        journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="cli")
        ActStore(journal).state(a_judgement(), via="cli")
    return lasting_url


COLUMNS = "id, kind, pack, 0, author, via, pack_hash, body, '', ''"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET author = 'eve'",
        "DELETE FROM entry WHERE sequence = 3",
        "UPDATE observation SET level = 0",
        "DELETE FROM observation",
        "UPDATE retraction SET recorded_at = 0",
        "DELETE FROM retraction",
        "UPDATE act SET subject = 'x'",
        "DELETE FROM act",
        "INSERT INTO entry VALUES (9, 'x', 'observation', 'p', 0, 'eve', 'v', '', '{}', '', '')",
        "INSERT INTO entry VALUES (0, 'x', 'observation', 'p', 0, 'eve', 'v', '', '{}', '', '')",
        f"INSERT INTO entry SELECT sequence + 5, 'x' || {COLUMNS} FROM entry",
    ],
)
def test_the_database_refuses_whoever_changes_or_removes_something(
    filled: str, open_lasting: Callable[..., Journal], statement: str
) -> None:
    with pytest.raises(refusals(), match="append-only"):
        behind_its_back(filled, statement)
    with open_lasting() as journal:
        assert journal.verify() == 4


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT OR REPLACE INTO entry SELECT 1, {COLUMNS} FROM entry",
        "INSERT OR REPLACE INTO entry SELECT 4, id, kind, pack, 0, 'eve', via, pack_hash, body, '', '' FROM entry",
        "INSERT OR REPLACE INTO observation SELECT * FROM observation",
        "INSERT OR REPLACE INTO retraction SELECT 2, pack, observation_sequence, 0 FROM retraction",
    ],
)
@pytest.mark.parametrize("lasting_url", ["sqlite"], indirect=True)
def test_sqlite_refuses_a_replacement(filled: str, open_lasting: Callable[..., Journal], statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        behind_its_back(filled, statement)
    with open_lasting() as journal:
        assert journal.verify() == 4


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET author = 'eve' WHERE sequence = 99",
        "TRUNCATE retraction",
        "TRUNCATE entry CASCADE",
        f"INSERT INTO entry SELECT 1, {COLUMNS} FROM entry ON CONFLICT (sequence) DO UPDATE SET author = 'eve'",
        "MERGE INTO entry USING observation AS o ON entry.id = o.id WHEN MATCHED THEN UPDATE SET author = 'eve'",
    ],
)
@pytest.mark.parametrize("lasting_url", ["postgresql"], indirect=True)
def test_postgresql_refuses_upserts_merges_and_emptying(
    filled: str, open_lasting: Callable[..., Journal], statement: str
) -> None:
    psycopg = pytest.importorskip("psycopg")
    with pytest.raises(psycopg.IntegrityError, match="append-only"):
        behind_its_back(filled, statement)
    with open_lasting() as journal:
        assert journal.verify() == 4


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
    if file.name not in CHANGEABLE:
        assert calls(tree) & CHANGING_CALLS == set()
    assert CHANGING_SQL.search(texts(tree).upper()) is None


def changed_tables(tree: ast.AST) -> set[str]:
    """Return the names of what is given to ``update`` and ``delete``."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return {ast.unparse(node.args[0]) for node in found if ast.unparse(node.func) in CHANGING_CALLS}


@pytest.mark.parametrize("file", CHANGEABLE)
def test_what_changes_something_changes_its_own_tables_and_never_the_journal(file: str) -> None:
    tree = ast.parse((STORE / file).read_text(encoding="utf-8"))
    assert calls(tree) & CHANGING_CALLS <= {"update", "delete"}
    assert changed_tables(tree) == CHANGEABLE[file]
    assert not CHANGEABLE[file] & {"entry", "observation", "retraction", "act"}


def test_the_search_for_such_statements_finds_them() -> None:
    assert calls(ast.parse("table.update()\ndelete(entry)")) == {"update", "delete"}
    assert CHANGING_SQL.search(texts(ast.parse("x = f'delete from {table}'")).upper())
