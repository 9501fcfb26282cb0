"""What was done, as a table for an audit: CSV and JSON with the same columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from iw_monitor.model.done import Done
from iw_monitor.publish.as_csv import harmless
from iw_monitor.publish.times import iso

HISTORY_COLUMNS = ("sequence", "at", "author", "via", "kind", "subject", "before", "after", "why", "of", "id")


def history_rows(done: Iterable[Done]) -> Iterator[dict[str, Any]]:
    """Give one row for each act; what there is none of is None."""
    for one in done:
        yield {name: iso(one.at) if name == "at" else getattr(one, name) for name in HISTORY_COLUMNS}


def history_json(done: Iterable[Done]) -> str:
    """Return what was done as a JSON list."""
    return json.dumps(list(history_rows(done)), indent=2, ensure_ascii=False)


def write_history(target: TextIO, done: Iterable[Done], *, spreadsheet: bool = False) -> None:
    """Write what was done as CSV; ``spreadsheet`` puts an apostrophe before what one would compute."""
    writer = csv.DictWriter(target, fieldnames=HISTORY_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in history_rows(done):
        writer.writerow({name: harmless(value) if spreadsheet else value for name, value in row.items()})
