"""JSON Schemas of a pack's files, for editors that complete and check YAML; generated from the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from iw_monitor.model.case import Case
from iw_monitor.model.pack import Article, Indicator, MethodNumbers, PackFile
from iw_monitor.model.pack.alerts import AlertsFile
from iw_monitor.model.pack.reports import ReportsFile
from iw_monitor.model.pack.sources import SourcesFile
from iw_monitor.pack.descriptions import DESCRIPTIONS
from iw_monitor.pack.descriptions_of_sources import DESCRIPTIONS_OF_SOURCES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, tuple[type[BaseModel], str]] = {
    "pack": (PackFile, "pack.yml: the problems of a pack and how its indicators work on them"),
    "method": (MethodNumbers, "method.yml: every number of the method that is a judgement"),
    "article": (Article, "article.yml: the source of a pack and what may be quoted from it"),
    "indicator": (Indicator, "indicators/<id>.yml: one observable question with five anchored levels"),
    "alerts": (AlertsFile, "alerts.yml: what is told to whom, and when"),
    "sources": (SourcesFile, "sources.yml: what machines collect, what they make of it, and how far they may go"),
    "reports": (ReportsFile, "reports.yml: what is reported by itself, and where to"),
    "case": (Case, "cases/<name>.yml: reports in short notation, and what must be concluded from them"),
}
_DESCRIBED = {**DESCRIPTIONS, **DESCRIPTIONS_OF_SOURCES}
# Tables whose every entry is needed: JSON Schema cannot tell that from the types alone.
_WHOLE: dict[str, tuple[str, ...]] = {
    "anchors": ("0", "1", "2", "3", "4"),
    "ratings": ("HL", "L", "C", "U", "HU"),
    "kinds": ("E", "P", "S"),
    "reliability": ("A", "B", "C", "D", "E", "F"),
    "credibility": ("1", "2", "3", "4", "5", "6"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file, by its short name."""
    return {name: _schema(model, title) for name, (model, title) in _FILES.items()}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write each schema to ``<name>.schema.json`` in a folder and return the files, whether changed or not."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_texts().items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


def schema_texts() -> dict[str, str]:
    """Return what each schema file must hold, by file name."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        for key, field in part.get("properties", {}).items():
            field.pop("title", None)  # only repeats the key
            described = _DESCRIBED.get(part["title"], {}).get(key)
            if described:
                field["description"] = described
            if key in _WHOLE and not (key == "ratings" and part["title"] == Indicator.__name__):
                _make_whole(field, _WHOLE[key])
            _drop_durations(field)
    schema.pop("title", None)
    return {"$schema": _DIALECT, "title": title, **schema}


def _drop_durations(field: Any) -> None:
    """Remove limits that JSON Schema has no words for: the length of a duration."""
    for part in (field, *field.get("anyOf", [])):
        if part.get("format") == "duration":
            for limit in ("gt", "ge", "le"):
                part.pop(limit, None)


def _make_whole(table: dict[str, Any], entries: tuple[str, ...]) -> None:
    """Ask for every entry of a table, and for no other."""
    value = table.get("additionalProperties", {})
    for key in ("propertyNames", "patternProperties"):
        table.pop(key, None)
    table.update(properties=dict.fromkeys(entries, value), required=list(entries), additionalProperties=False)
