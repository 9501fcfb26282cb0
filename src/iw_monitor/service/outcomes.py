"""What really happened: the outcomes that a file names, to be drawn beside what was warned and to score it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from iw_monitor.assess.scoring.days import BLANKED_AFTER, ONSET, WITHIN
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.outcome import Outcome

OUTCOMES = Path("history", "outcomes.csv")
HEADER = ("date", "problem", "phase", "description", "source_name", "source_url", "basis")
CODE = "S120"
_COLUMNS = f"Give a CSV with the columns {','.join(HEADER)} and dates such as 2024-01-31"


def read_outcomes(folder: Path) -> tuple[Outcome, ...]:
    """Return the outcomes in a pack's folder in order of time; none if the pack has no such file.

    Raises:
        InputError: with everything that is wrong with the file, at once.
    """
    path = folder / OUTCOMES
    return read_outcome_file(path, named=OUTCOMES.as_posix()) if path.is_file() else ()


def read_outcome_file(path: Path, *, named: str = "") -> tuple[Outcome, ...]:
    """Return the outcomes of a file in order of time.

    Args:
        path: a CSV file in UTF-8.
        named: how findings call it; by default its path.

    Raises:
        InputError: with everything that is wrong with the file, at once.
        OSError: it cannot be opened.
    """
    reader = _Reader(named or path.as_posix(), [])
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = reader.read(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        reader.note(0, "", f"this is not a CSV file in UTF-8 ({error})")
    if reader.findings:
        raise InputError(sorted(reader.findings, key=lambda one: one.line))
    return tuple(one for _, one in found)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One reading of one file."""

    name: str
    findings: list[Finding]

    def note(self, line: int, field: str, problem: str, remedy: str = _COLUMNS) -> None:
        self.findings.append(Finding(code=CODE, file=self.name, line=line, field=field, problem=problem, remedy=remedy))

    def read(self, rows: csv.DictReader[str]) -> list[tuple[int, Outcome]]:
        missing = [name for name in HEADER if name not in (rows.fieldnames or ())]
        if missing:
            self.note(1, "", f"the header lacks {', '.join(missing)}")
            return []
        found = sorted(self._outcomes(rows), key=lambda one: (one[1].day, one[1].problem))
        for problem in {one.problem for _, one in found}:
            self._check_order([one for one in found if one[1].problem == problem])
        return found

    def _outcomes(self, rows: Iterable[Mapping[str, str | None]]) -> Iterator[tuple[int, Outcome]]:
        for line, row in enumerate(rows, start=2):
            texts = {name: (row.get(name) or "").strip() for name in HEADER}
            before = len(self.findings)
            day = self._day(line, texts.pop("date"))
            if not texts["problem"]:
                self.note(line, "problem", "the row names no problem")
            if texts["phase"] not in (ONSET, WITHIN):
                remedy = f"Write {ONSET} for the day it began, {WITHIN} for a day while it went on"
                self.note(line, "phase", f"{texts['phase']!r} is not a phase", remedy)
            if day is not None and len(self.findings) == before:
                yield line, Outcome(day=day, **texts)

    def _day(self, line: int, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            self.note(line, "date", str(error))
            return None

    def _check_order(self, rows: list[tuple[int, Outcome]]) -> None:
        """Refuse an onset of what has not ended: it would be blanked, and nobody could have warned of it."""
        for (_, before), (line, one) in pairwise(rows):
            gap = (one.day - before.day).days
            if one.phase == ONSET and gap < BLANKED_AFTER:
                problem = f"an onset of {one.problem} only {gap} days after its event of {before.day}"
                remedy = f"Write {WITHIN}: an onset is {BLANKED_AFTER} days or more after the last event"
                self.note(line, "phase", problem, remedy)
