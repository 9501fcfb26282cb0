"""Documents as rows: JSON, CSV, and pages of an ArcGIS feature layer. Pure; what cannot be read says so in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

import jmespath

from iw_monitor.errors import CollectError

_LONGEST_CELL = 2**20


def text_of(raw: bytes) -> str:
    """Return a document as text.

    Raises:
        CollectError: it is not UTF-8, or nothing.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CollectError(f"the answer is not UTF-8 text (byte {error.start + 1})") from error


def looks_like_json(raw: bytes) -> bool:
    """Say whether a document begins as JSON does."""
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")


def json_of(raw: bytes) -> object:
    """Return what a JSON document says; None if it is empty or says so.

    Raises:
        CollectError: it is not JSON, or cannot be UTF-8.
    """
    text = text_of(raw)
    if not text.strip():
        return None
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        kind = "a web page" if text.lstrip()[:1] == "<" else "no JSON"
        raise CollectError(f"the answer is {kind}, not what the source usually sends") from error


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is not a number of JSON")


def rows_of(said: object, path: str) -> list[object]:
    """Return the list of rows that stands at a path of a document.

    Raises:
        CollectError: something else stands there, or nothing.
    """
    if said is None:
        return []
    found = jmespath.search(path, said)
    if not isinstance(found, list):
        raise CollectError(f"no list of rows stands at {path}; the layout may have changed")
    return found


def csv_rows(raw: bytes, *, needed: Iterable[str]) -> Iterator[Mapping[str, str | None]]:
    """Give each row of a CSV table by its header.

    Raises:
        CollectError: it is not CSV, or a column is not there.
    """
    text = text_of(raw)
    if not text.strip():
        return
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = reader.fieldnames or ()
        missing = [name for name in needed if name not in header]
        if missing:
            raise CollectError(f"the column {', '.join(missing)} is not there; the layout may have changed")
        yield from reader
    except csv.Error as error:
        raise CollectError(f"the answer is not CSV (line {reader.line_num})") from error


def features_of(said: object) -> list[object]:
    """Return the attributes of each feature of one page.

    Raises:
        CollectError: the service reports an error, or answers with something else.
    """
    if isinstance(said, Mapping) and "error" in said:
        raise CollectError("the feature service reports an error instead of features")
    return [one.get("attributes") if isinstance(one, Mapping) else one for one in rows_of(said, "features")]


def has_more(said: object) -> bool:
    """Say whether a feature service has further pages."""
    return isinstance(said, Mapping) and said.get("exceededTransferLimit") is True
