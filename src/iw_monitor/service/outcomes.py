"""What really happened: the outcomes that a pack's history names, to be drawn beside what was warned."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from iw_monitor.errors import Finding, InputError
from iw_monitor.model.outcome import Outcome

OUTCOMES = Path("history", "outcomes.csv")
HEADER = ("date", "problem", "phase", "description", "source_name", "source_url", "basis")
CODE = "S120"


def read_outcomes(folder: Path) -> tuple[Outcome, ...]:
    """Return the outcomes in a pack's folder in order of time; none if the pack has no such file.

    Raises:
        InputError: with everything that is wrong with the file, at once.
    """
    path = folder / OUTCOMES
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError([_finding(0, "", f"this is not a CSV file in UTF-8 ({error})")]) from error


def _read(reader: csv.DictReader[str]) -> tuple[Outcome, ...]:
    missing = [name for name in HEADER if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError([_finding(1, "", f"the header lacks {', '.join(missing)}")])
    findings: list[Finding] = []
    found = list(_outcomes(reader, findings))
    if findings:
        raise InputError(findings)
    return tuple(sorted(found, key=lambda one: (one.day, one.problem)))


def _outcomes(rows: Iterable[Mapping[str, str | None]], findings: list[Finding]) -> Iterator[Outcome]:
    for line, row in enumerate(rows, start=2):
        texts = {name: (row.get(name) or "").strip() for name in HEADER}
        try:
            day = date.fromisoformat(texts.pop("date"))
        except ValueError as error:
            findings.append(_finding(line, "date", str(error)))
            continue
        if not texts["problem"]:
            findings.append(_finding(line, "problem", "the row names no problem"))
            continue
        yield Outcome(day=day, **texts)


def _finding(line: int, field: str, problem: str) -> Finding:
    remedy = f"Give a CSV with the columns {','.join(HEADER)} and dates such as 2024-01-31"
    return Finding(code=CODE, file=OUTCOMES.as_posix(), line=line, field=field, problem=problem, remedy=remedy)
