"""docs/threat-model.md: what it says a test would show, a test shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_FILE = re.compile(r"`(\w+\.py)`")
_NAMED = re.compile(r"`(\w+\.py)`: ((?:\*\w+…?\*(?:, )?)+)")


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "threat-model.md").read_text(encoding="utf-8")


def _text_of(repository: Path, name: str) -> str:
    return "\n".join(one.read_text(encoding="utf-8") for one in (repository / "tests").rglob(name))


def test_every_test_that_is_named_is_there(page: str, repository: Path) -> None:
    files = set(_FILE.findall(page))
    assert len(files) > 30
    assert [name for name in sorted(files) if not _text_of(repository, name)] == []
    for name, tests in _NAMED.findall(page):
        for one in re.findall(r"\*(\w+)…?\*", tests):
            assert f"def test_{one}" in _text_of(repository, name), (name, one)


def test_every_kind_of_threat_has_a_row_and_every_row_its_test(page: str) -> None:
    rows = [row.split(" | ") for row in page.partition("## Threats")[2].partition("## What a browser")[0].split("\n")]
    threats = [row for row in rows if len(row) == 4 and "|---" not in row[0]][1:]
    assert {row[0].strip("| *")[:1] for row in threats} - {""} == set("STRIDE")
    assert all(re.search(r"`[^`]+`", row[3]) for row in threats)
