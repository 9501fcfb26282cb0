"""docs/reference/fields.md: every key of every file of a pack, from the schemas that editors use."""

from __future__ import annotations

import json
from typing import Any

from iw_monitor.pack.schema import schemas

_HEAD = """# Fields: every key of a pack's files

Generated from the types by `python -m tests.packs.renew`; the same words stand in `indicators/schema/`, where an editor
finds them while you write. How to put them together: [writing a pack](../writing-a-pack.md).
"""


def fields_page() -> str:
    """Return the page: a table for each kind of file, then one for each thing that stands inside several."""
    blocks = [_HEAD]
    for schema in schemas().values():
        blocks.append(f"## {schema['title'].partition(':')[0]}\n\n{_sentence(schema)}\n\n{_table(schema)}")
        for name, part in sorted(schema.get("$defs", {}).items()):
            if part.get("properties"):
                blocks.append(
                    f"### {name} (in {schema['title'].partition(':')[0]})\n\n{_sentence(part)}\n\n{_table(part)}"
                )
            elif part.get("enum"):
                blocks.append(
                    f"### {name} (in {schema['title'].partition(':')[0]})\n\n{_sentence(part)}\n\n{_words(part)}"
                )
    return "\n".join(f"{one.rstrip()}\n" for one in blocks)


def _sentence(part: dict[str, Any]) -> str:
    return " ".join(str(part.get("description", part.get("title", ""))).split()).replace("``", "`")


def _words(part: dict[str, Any]) -> str:
    return "One of: " + ", ".join(f"`{one}`" for one in part["enum"]) + "."


def _table(part: dict[str, Any]) -> str:
    rows = ["| key | what it is | kind | needed |", "|---|---|---|---|"]
    needed = part.get("required", ())
    for key, field in part.get("properties", {}).items():
        said = " ".join(str(field.get("description", "")).split()).replace("|", "\\|")
        rows.append(f"| `{key}` | {said} | {_kind(field)} | {'yes' if key in needed else _default(field)} |")
    if isinstance(part.get("additionalProperties"), dict):
        field = part["additionalProperties"]
        rows.append(f"| any other | {field.get('description', '')} | {_kind(field)} | no |")
    return "\n".join(rows)


def _default(field: dict[str, Any]) -> str:
    if field.get("default") in (None, [], {}, ""):
        return "no"
    return f"no; `{json.dumps(field['default'], ensure_ascii=False)}`"


def _kind(field: dict[str, Any]) -> str:
    """Say what a key holds, in words of YAML."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "enum" in field:
        return ", ".join(f"`{one}`" for one in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    choices = [*field.get("anyOf", []), *field.get("oneOf", [])]
    if choices and field.get("type") != "string":
        return " or ".join(dict.fromkeys(_kind(one) for one in choices if one.get("type") != "null"))
    return _plain(field)


def _plain(field: dict[str, Any]) -> str:
    kind = field.get("type")
    if kind == "array":
        inner: dict[str, Any] = field.get("items") or next(iter(field.get("prefixItems", [])), {})
        return f"list of {_kind(inner)}"
    if kind == "object":
        inside = {**field.get("patternProperties", {}), **field.get("properties", {})}
        value: dict[str, Any] = field.get("additionalProperties") or next(iter(inside.values()), {})
        return f"table of {_kind(value)}"
    if kind in ("integer", "number"):
        return " ".join(filter(None, ["whole number" if kind == "integer" else "number", _range(field)]))
    return {"string": _text(field), "boolean": "true or false"}.get(str(kind), "not accepted")


def _range(field: dict[str, Any]) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    above, below = field.get("exclusiveMinimum"), field.get("exclusiveMaximum")
    said = [f"{word} {limit:g}" for word, limit in (("from", low), ("above", above)) if limit is not None]
    said += [f"{word} {limit:g}" for word, limit in (("to", high), ("below", below)) if limit is not None]
    return " ".join(said)


def _text(field: dict[str, Any]) -> str:
    form = field.get("format") or next((one["format"] for one in field.get("anyOf", []) if "format" in one), "")
    words = {"duration": "duration", "date": "day", "date-time": "instant"}
    return words.get(form, "text")
