"""docs/reference/api.md: every address, what it takes and what it answers, from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from iw_monitor.api import codes
from iw_monitor.api.app import document
from iw_monitor.api.openapi import ROOT
from iw_monitor.collect import codes as of_reports
from iw_monitor.service import codes as of_requests

HEAD = f"""\
# API

Generated from the OpenAPI document, which a running monitor serves at `{ROOT}/openapi.json`. How to begin, with `curl`:
[api.md](../api.md).

"""
_FAILURES = ("4", "5")


def api_page() -> str:
    """Return the page."""
    said = document()
    lines = [*_operations(said), "## Shapes", "", *_shapes(said), *_codes()]
    return f"{HEAD}{said['info']['description']}\n" + "\n".join(lines).rstrip() + "\n"


def _operations(said: Mapping[str, Any]) -> Iterator[str]:
    for tag in said["tags"]:
        yield from (f"## To {tag['name']}", "", tag["description"], "")
        for path, item in said["paths"].items():
            for method, operation in item.items():
                if tag["name"] in operation["tags"]:
                    yield from _operation(f"{method.upper()} {ROOT}{path}", operation)


def _operation(heading: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"### {heading}", "", operation["description"], "")
    parameters = operation.get("parameters", [])
    if parameters:
        yield from ("| takes | in | type | |", "| --- | --- | --- | --- |")
        yield from (_parameter(one) for one in parameters)
        yield ""
    if body := operation.get("requestBody"):
        yield from (f"Body: {_contents(body)}.", "")
    answers = operation["responses"]
    good = [f"{code} {_contents(one)}" for code, one in answers.items() if not code.startswith(_FAILURES)]
    bad = [code for code in answers if code.startswith(_FAILURES)]
    yield from (f"Answers {', '.join(good)}; or a [Problem](#problem): {', '.join(bad)}.", "")


def _parameter(one: Mapping[str, Any]) -> str:
    name = f"`{one['name']}`{' (needed)' if one.get('required') else ''}"
    said = one.get("description") or one["schema"].get("description", "")
    return f"| {name} | {one['in']} | {_type(one['schema'])} | {said} |"


def _contents(part: Mapping[str, Any]) -> str:
    return " or ".join(f"`{kind}` {_type(one.get('schema', {}))}" for kind, one in part["content"].items())


def _shapes(said: Mapping[str, Any]) -> Iterator[str]:
    for name, schema in sorted(said["components"]["schemas"].items()):
        yield from (f"### {name}", "")
        if meaning := schema.get("description"):
            yield from (meaning, "")
        if "enum" in schema:
            yield from (f"One of {_words(schema['enum'])}.", "")
        elif "properties" in schema:
            yield from ("| field | type | |", "| --- | --- | --- |")
            needed = set(schema.get("required", ()))
            for field, kind in schema["properties"].items():
                mark = "" if field in needed else " (optional)"
                yield f"| `{field}`{mark} | {_type(kind)} | {kind.get('description', '')} |"
            yield ""


def _codes() -> Iterator[str]:
    yield from ("## Codes of findings", "", "| code | what it means |", "| --- | --- |")
    meanings = {**of_reports.MEANINGS, **codes.MEANINGS, **of_requests.MEANINGS}
    yield from (f"| {code} | {meaning} |" for code, meaning in meanings.items())
    yield from ("", "Codes that begin with J are the journal's own; their problem and remedy say all there is to know.")


def _type(schema: Mapping[str, Any]) -> str:
    """Return a type in words, with a link to the shape it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return _words(schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    return str(schema.get("type", "")) + _bounds(schema)


def _bounds(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    return f", {low:g} to {high:g}" if low is not None and high is not None else ""


def _words(values: list[Any]) -> str:
    return ", ".join(f"`{one}`" for one in values)
