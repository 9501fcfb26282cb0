"""What the type checker found, said in plain words and with the line it stands in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, to_json

from iw_monitor.errors import Finding
from iw_monitor.model.case import LONGEST
from iw_monitor.model.pack import CENTURY
from iw_monitor.pack import codes
from iw_monitor.pack.node import Node
from iw_monitor.pack.yaml_file import shorten

Model = TypeVar("Model", bound=BaseModel)
MOST_NAMES = 12  # in a remedy
NEAR = 0.7  # how alike two names must be for the one to be taken for the other misspelt


def read_as(model: type[Model], node: Node) -> tuple[Model | None, tuple[Finding, ...]]:
    """Return what a file says as a type of the model, or None, and every way in which it does not fit."""
    try:
        return model.model_validate_json(to_json(node.plain())), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    findings = (_finding(model, node, one) for one in details)
    return None, tuple(one for one in findings if one is not None)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a remedy naming what was most likely meant, and what there is to choose from; may be empty."""
    names = sorted(set(known))
    near = difflib.get_close_matches(name[:100], names, n=1, cutoff=NEAR)
    many = len(names) > MOST_NAMES
    listed = ", ".join(names[:MOST_NAMES]) + (", …" if many else "")
    if near and len(names) > 1:
        return f"Write {near[0]} if that was meant" + ("" if many else f", or another of: {listed}")
    return f"Use one of: {listed}" if names else ""


def _finding(model: type[BaseModel], root: Node, error: ErrorDetails) -> Finding | None:
    node, kind, context = _place(root, error["loc"]), error["type"], error.get("ctx", {})
    if kind == "missing":
        return _missing(node, error["loc"])
    if kind == "extra_forbidden":
        key = node.path[-1]
        keys = _keys_at(model, error["loc"][:-1])
        return codes.UNKNOWN_KEY.at(node, f"{shorten(key)} is not known here", did_you_mean(key, keys))
    if kind == "too_short" and len(node.items or node.entries) >= context["min_length"]:
        return None  # there are enough, and those that are wrong were not counted
    given = f"the key {shorten(node.path[-1])}" if error["loc"][-1:] == ("[key]",) else _shown(node)
    if kind in {"literal_error", "enum", "union_tag_invalid", "union_tag_not_found"}:
        return _not_a_choice(node, error, given)
    code, problem, remedy = _said(node, kind, context, given)
    return code.at(node, problem, remedy)


_duration = TypeAdapter(timedelta)


def read_length(node: Node) -> timedelta | None:
    """Return a duration that is one: what is none is a finding of its own."""
    if node.text is None or not node.text.startswith("P"):
        return None
    try:
        return _duration.validate_python(node.text)
    except ValidationError:
        return None


def _place(root: Node, loc: tuple[int | str, ...]) -> Node:
    """Return the node of an error: the checker's path holds words that the file does not, which are passed over."""
    node = root
    for step in loc:
        if step == "[key]" or (not (node / str(step)).there and (node / "kind").text == step):
            continue
        node = node / str(step)
    return node


def _missing(node: Node, loc: tuple[int | str, ...]) -> Finding:
    if isinstance(loc[-1], int):
        return codes.OUT_OF_RANGE.at(node, "a value is missing from the list", "List as many as are needed here")
    return codes.MISSING_KEY.at(node, f"{loc[-1]} is missing")


def _not_a_choice(node: Node, error: ErrorDetails, given: str) -> Finding:
    context, kind = error.get("ctx", {}), error["type"]
    if kind == "union_tag_not_found":
        return codes.MISSING_KEY.at(node / "kind", "kind is missing")
    choices = re.findall(r"'([^']*)'", str(context.get("expected_tags") or context.get("expected") or ""))
    if kind == "union_tag_invalid":
        node = node / "kind"
        given = _shown(node)
    remedy = did_you_mean(given.removeprefix("the key "), choices)
    return codes.NOT_A_CHOICE.at(node, f"{given} is not one of the words allowed here", remedy)


def _shown(node: Node) -> str:
    if node.value is None:
        return "an empty value"
    if node.items or isinstance(node.value, list):
        return "a list"
    return "a table" if isinstance(node.value, Mapping) else shorten(str(node.value))


_SPANS = {  # as the checker writes the limits of durations
    repr(CENTURY): "at most a century",
    repr(LONGEST): "at most ten years",
    repr(timedelta(0)): "longer than no time at all",
}
_Said = tuple[codes.Code, str, str]
_NOT_BLANK = r"\S"
_DURATION = ("a duration", "Write it like P14D (days) or PT6H (hours)")
_TIMES = {  # by how the checker's word begins
    "datetime_": ("an instant with a time zone", "Write it like 2023-10-18T00:00Z"),
    "timezone_": ("an instant with a time zone", "Write it like 2023-10-18T00:00Z"),
    "date_": ("a day", "Write it like 2024-01-31"),
    "time_delta_": _DURATION,
    "value_error": _DURATION,
    "case_report": ("a report", "Write a level 0 to 4, 3@C3/AFP with grade and originator, several in [ ], or _"),
    "case_level": ("a warning level", "Write a level 1 to 5, or NO ASSESSMENT"),
}
_FORMS = {
    r"^[a-z][a-z0-9_]{1,62}$": "Use 2 to 63 small letters, digits and underscores, a letter first",
    r"^[a-z][a-z0-9-]{1,62}$": "Use 2 to 63 small letters, digits and hyphens, a letter first",
    r"^[A-Za-z][A-Za-z0-9_]{0,31}$": "Use at most 32 letters, digits and underscores, a letter first",
    "^[A-F][1-6]$": "Write reliability A to F and credibility 1 to 6, like B2",
    r"^([01]\d|2[0-3]):[0-5]\d$": 'Write a time of day in quotes, like "22:00"',
    r"^data/[A-Za-z0-9_-]+\.[a-z]{1,8}$": "Write data/ and the name of a file there, like data/zones.csv",
    r"^IW_SECRET_[A-Z0-9_]{1,60}$": "Name a variable that begins with IW_SECRET_; the secret itself never stands here",
    r"^https?://[^\s]+$": "Write a whole address that begins with https://",
    r"^([0-9*/,-]+ ){4}[0-9a-z*/,-]+$": "Write minute, hour, day, month and day of the week, like 15 4 * * mon-fri",
    r"^\d+\.\d+\.\d+$": "Write three numbers with dots, like 1.0.0",
}
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
    "model_attributes_type": "a table of keys and values",
}
_LIMITS = {
    "greater_than": ("greater than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}


def _said(node: Node, kind: str, context: Mapping[str, Any], given: str) -> _Said:
    if kind in _TYPES:
        return _wrong_type(node, _TYPES[kind], given)
    if kind in _LIMITS:
        return codes.OUT_OF_RANGE, f"{given} must be {_limit(kind, context)}", ""
    if kind == "string_pattern_mismatch":
        return _pattern(str(context.get("pattern")), given)
    for start, (problem, remedy) in _TIMES.items():
        if kind.startswith(start):
            return codes.BAD_FORM, f"{given} is not {problem}", remedy
    return _SIZES.get(kind, _unexpected)(context)


def _pattern(pattern: str, given: str) -> _Said:
    if pattern == _NOT_BLANK:
        return codes.OUT_OF_RANGE, "the text is empty", "Write it"
    return codes.BAD_FORM, f"{given} does not have the form needed here", _FORMS.get(pattern, "")


def _wrong_type(node: Node, wanted: str, given: str) -> _Said:
    if node.value is None:
        problem = f"the value is empty, and {wanted} is needed"
        return codes.WRONG_TYPE, problem, "Write it, or remove the key if it may be left out"
    remedy = "Put it in quotes" if wanted == "text" and isinstance(node.value, int | float) else f"Write {wanted}"
    return codes.WRONG_TYPE, f"{given} is not {wanted}", remedy


def _limit(kind: str, context: Mapping[str, Any]) -> str:
    words, name = _LIMITS[kind]
    limit = context[name]
    if isinstance(limit, int | float):
        return f"{words} {limit:g}"
    return _SPANS.get(str(limit), words)  # the only others are durations


def _unexpected(_context: Mapping[str, Any]) -> _Said:
    return codes.WRONG_TYPE, "the value is not what is expected here", "Compare it with indicators/schema"


_SIZES: dict[str, Callable[[Mapping[str, Any]], _Said]] = {
    "string_too_short": lambda _: (codes.OUT_OF_RANGE, "the text is empty", "Write it"),
    "string_too_long": lambda ctx: (
        codes.OUT_OF_RANGE,
        f"the text is longer than {ctx['max_length']} characters",
        "Say it shorter",
    ),
    "too_short": lambda ctx: (codes.OUT_OF_RANGE, f"fewer than {ctx['min_length']} are listed", "List more"),
    "too_long": lambda ctx: (codes.OUT_OF_RANGE, f"more than {ctx['max_length']} are listed", "List fewer"),
    "case_start": lambda _: (codes.OUT_OF_RANGE, "the year is not between 1900 and 2200", ""),
    "case_length": lambda _: (codes.TOO_LONG, "the reports run for more than ten years", ""),
    "finite_number": lambda _: (codes.OUT_OF_RANGE, "the value is not a number one can count with", ""),
}


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> frozenset[str]:
    """Return the keys that the model knows at a place."""
    schema = _schema(model)
    here = [schema]
    for step in loc:
        here = [inner for one in here for inner in _inside(schema, one, step)]
    return frozenset(key for one in here for key in _resolved(schema, one).get("properties", {}))


def _inside(schema: dict[str, Any], part: dict[str, Any], step: int | str) -> Iterator[dict[str, Any]]:
    part = _resolved(schema, part)
    mapping = part.get("discriminator", {}).get("mapping", {})
    if step in mapping:
        yield {"$ref": mapping[step]}
        return
    for choice in part.get("anyOf", []):
        yield from _inside(schema, choice, step)
    if isinstance(step, int):
        yield part.get("items", {})
    elif step in part.get("properties", {}):
        yield part["properties"][step]
    else:
        yield part.get("additionalProperties") or {}


def _resolved(schema: dict[str, Any], part: dict[str, Any] | bool) -> dict[str, Any]:
    while isinstance(part, dict) and "$ref" in part:
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[-1]]
    return part if isinstance(part, dict) else {}
