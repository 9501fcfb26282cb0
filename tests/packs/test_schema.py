"""The JSON Schemas: fresh, described, and of one mind with the loader."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.pack.find import shipped_packs
from iw_monitor.pack.schema import schema_texts, schemas, write_schemas
from iw_monitor.pack.yaml_file import read_yaml
from tests.packs.broken import BASE, broken_packs

jsonschema: Any = import_module("jsonschema")  # arrives with altair, and brings no types

KINDS = {
    "pack.yml": "pack",
    "method.yml": "method",
    "article.yml": "article",
    "alerts.yml": "alerts",
    "sources.yml": "sources",
}
# What a schema can see in one file: keys, types, ranges, choices, whole tables.
SEEN_BY_SCHEMA = {"P201", "P202", "P203", "P204", "P205", "P206"}
# ... and what it cannot, although it has the same code: a year, and the length of a duration.
BEYOND_SCHEMA = {
    "P204_year_zero",
    "P204_negative_duration",
    "P204_infinite",
    "P204_expected_after_eleven_years",
    "P204_case_in_the_year_9999",
}


def _kind(path: Path) -> str:
    return KINDS.get(path.name, "case" if path.parent.name == "cases" else "indicator")


def _files(folder: Path) -> list[Path]:
    inner = [*sorted((folder / "indicators").glob("*.yml")), *sorted((folder / "cases").glob("*.yml"))]
    return [*(folder / name for name in KINDS if (folder / name).is_file()), *inner]


def complaints(path: Path) -> list[str]:
    tree, _ = read_yaml(path.read_bytes(), path.name)
    said: Any = None if tree is None else tree.plain()
    validator = jsonschema.Draft202012Validator(schemas()[_kind(path)])
    return [one.message for one in validator.iter_errors(said)]


def test_the_written_schemas_are_fresh(repository: Path) -> None:
    folder = repository / "indicators" / "schema"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert written == schema_texts(), "renew it: python -m tests.packs.renew"


def test_writing_them_writes_what_is_checked(tmp_path: Path) -> None:
    paths = write_schemas(tmp_path / "schema")
    assert {path.name: path.read_text(encoding="utf-8") for path in paths} == schema_texts()


@pytest.mark.parametrize("name", ["pack", "method", "article", "indicator", "alerts", "sources", "case"])
def test_a_schema_is_one_and_describes_every_key(name: str) -> None:
    schema = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    parts = [schema, *schema["$defs"].values()]
    bare = [
        (part.get("title"), key)
        for part in parts
        for key, one in part.get("properties", {}).items()
        if not one.get("description")
    ]
    assert bare == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", [BASE, *shipped_packs().values()], ids=lambda one: one.name)
def test_good_packs_fit_their_schemas(folder: Path) -> None:
    assert [(path.name, complaints(path)) for path in _files(folder) if complaints(path)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "broken",
    [one for one in broken_packs() if one.code in SEEN_BY_SCHEMA and one.name not in BEYOND_SCHEMA],
    ids=lambda one: one.name,
)
def test_what_one_file_shows_to_be_wrong_the_editor_sees_too(broken: Any, tmp_path: Path) -> None:
    folder = tmp_path / "port"
    broken.make(folder)
    assert any(complaints(path) for path in _files(folder))
