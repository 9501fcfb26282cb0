"""Reading a file of observations: the header of the import contract, every finding with its row and column."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from iw_monitor.collect.reading import Notes, Where, is_bare_date, shown
from iw_monitor.collect.validate import RawReport, examine
from iw_monitor.errors import Finding, InputError, Severity
from iw_monitor.model.observation import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, Method, Submission
from iw_monitor.model.pack import Pack

HEADER = REQUIRED_COLUMNS + OPTIONAL_COLUMNS
RETRACTED = "retracted_at"  # of an audit export: what was withdrawn there must not come back to life here

MOST_FINDINGS = 10_000  # then reading stops: a file this wrong is another kind of file
LONGEST_LINE = 1 << 20  # characters; a binary file has no lines at all
MOST_NAMES = 20  # of unknown columns that are named one by one
PROGRESS_EVERY = 500  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What a file of observations holds: the submissions in the order of the rows, and the issues."""

    submissions: tuple[Submission, ...]
    day_only: frozenset[Submission]  # those whose observed_at was given as a bare date
    issues: tuple[Finding, ...]
    lines: Mapping[Submission, int]  # of the file, where each begins


def read_observations(
    path: Path,
    pack: Pack,
    *,
    now: datetime,
    author: str,
    ignore_extra: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> ReadFile:
    """Read a file of observations, all or nothing.

    Args:
        path: a UTF-8 CSV file.
        pack: whose indicators are reported on.
        now: no time may be later than this.
        author: who imports.
        ignore_extra: leave unknown columns out instead of refusing them.
        on_progress: called now and then with the number of rows read.

    Raises:
        InputError: with everything that is wrong, at once.
    """
    reader = _Reader(path, pack, now=now, author=author, on_progress=on_progress or _silent)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader.read(file, ignore_extra=ignore_extra)
    except UnicodeDecodeError as wrong:
        problem = f"the byte {wrong.object[wrong.start]:#04x} is not UTF-8 text"
        reader.note("C002", _first_bad_line(path), problem, remedy="Save the file as CSV UTF-8")
    except OSError as wrong:
        reader.note("C001", 0, f"cannot be read ({wrong.strerror})", remedy="Name a CSV file that can be read")
    return reader.result()


def _silent(_rows: int) -> None:
    """Tell nobody."""


def _first_bad_line(path: Path) -> int:
    """Return the first line that is not UTF-8; a decoder that works by blocks does not know it."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0


class _StoppedError(Exception):
    """Reading has stopped; what is wrong has been noted."""


class _Reader:
    """Holds what was read so far."""

    def __init__(
        self, path: Path, pack: Pack, *, now: datetime, author: str, on_progress: Callable[[int], None]
    ) -> None:
        self._file = path.as_posix()
        self._pack, self._now, self._author = pack, now, author
        self._on_progress = on_progress
        self._errors: list[Finding] = []
        self._issues: list[Finding] = []
        self._seen: dict[Submission, int] = {}  # submission: its line
        self._day_only: set[Submission] = set()

    def result(self) -> ReadFile:
        if self._errors:
            raise InputError(self._errors)
        return ReadFile(
            submissions=tuple(self._seen),
            day_only=frozenset(self._day_only),
            issues=tuple(self._issues),
            lines=self._seen,
        )

    def note(self, code: str, line: int, problem: str, *, remedy: str, column: str = "", issue: bool = False) -> None:
        notes = Notes(Where(self._file, line))
        (notes.issue if issue else notes.error)(code, column, problem, remedy=remedy)
        self._keep(notes.findings)

    def _keep(self, findings: list[Finding]) -> None:
        for one in findings:
            (self._errors if one.severity is Severity.ERROR else self._issues).append(one)

    def read(self, file: TextIO, *, ignore_extra: bool) -> None:
        try:
            rows = self._rows(file)
            _, names = next(rows, (1, None))
            if names is None:
                self.note("C003", 0, "is empty", remedy=f"Begin with the header {','.join(REQUIRED_COLUMNS)}")
            elif self._header_is_good(names, ignore_extra=ignore_extra):
                self._read_rows(names, rows)
        except _StoppedError:
            return

    def _rows(self, file: TextIO) -> Iterator[tuple[int, list[str]]]:
        """Yield each record with the line on which it begins; empty lines are passed over."""
        reader = csv.reader(self._lines(file), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as wrong:
                remedy = "Close every quoted cell, double the quotes inside it, and put no text after its closing quote"
                self.note("C008", line, f"is not well-formed CSV ({wrong})", remedy=remedy)
                raise _StoppedError from wrong
            if cells:
                yield line, cells

    def _lines(self, file: TextIO) -> Iterator[str]:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                problem = f"is longer than {LONGEST_LINE:,} characters"
                self.note("C008", number, problem, remedy="Name a CSV file with one observation a row")
                raise _StoppedError
            yield line

    def _header_is_good(self, names: list[str], *, ignore_extra: bool) -> bool:
        names[:] = [one.strip() for one in names]
        for column in sorted(name for name, times in Counter(names).items() if times > 1 and name in HEADER):
            self.note("C006", 1, "stands twice in the header", remedy="Keep one of them", column=column)
        missing = [one for one in REQUIRED_COLUMNS if one not in names]
        for column in missing:
            self.note("C004", 1, "is missing in the header", remedy=self._missing_remedy(names), column=column)
        absent = [one for one in HEADER if one not in names]
        self._extra([one for one in names if one not in HEADER], absent, ignore_extra=ignore_extra)
        return not self._errors

    @staticmethod
    def _missing_remedy(names: list[str]) -> str:
        if len(names) == 1 and ";" in names[0]:
            return "Separate the cells by commas, not by semicolons"
        return "Add the column; its cells may be empty where nothing is required"

    def _extra(self, extra: list[str], absent: list[str], *, ignore_extra: bool) -> None:
        if extra and ignore_extra:
            problem = f"left out, as asked: {_listed(extra)}"
            self.note("C207", 1, problem, remedy="Look whether anything of it belongs into the note", issue=True)
            return
        for name in extra[:MOST_NAMES]:
            near = get_close_matches(name.lower()[:100], absent, n=1)
            remedy = f"Write {near[0]} if that was meant" if near else "Remove it, or leave it out with --ignore-extra"
            self.note("C005", 1, f"{shown(name)} is not a column of observations", remedy=remedy)
        if len(extra) > MOST_NAMES:
            problem = f"{len(extra) - MOST_NAMES:,} more columns are not columns of observations"
            self.note("C005", 1, problem, remedy="Look whether the file begins with its header")

    def _read_rows(self, names: list[str], rows: Iterator[tuple[int, list[str]]]) -> None:
        for count, (line, cells) in enumerate(rows, start=1):
            self._read_row(names, line, cells)
            if len(self._errors) >= MOST_FINDINGS:
                problem = f"reading stopped here, after {MOST_FINDINGS:,} findings"
                self.note("C009", line, problem, remedy="Mend what is listed and import again")
                return
            if count % PROGRESS_EVERY == 0:
                self._on_progress(count)

    def _read_row(self, names: list[str], line: int, cells: list[str]) -> None:
        if len(cells) != len(names):
            problem = f"has {len(cells)} cells, the header has {len(names)}"
            self.note("C007", line, problem, remedy="Put a cell with a comma or a line break into quotes")
            return
        row = dict(zip(names, cells, strict=True))
        if row.get(RETRACTED, "").strip():
            self.note("C206", line, "was retracted where it came from and is left out", remedy="Nothing", issue=True)
            return
        raw = RawReport(**{name: row[name] for name in _FIELDS if name in row})
        where = Where(self._file, line)
        examined = examine(self._pack, raw, now=self._now, author=self._author, method=Method.IMPORT, where=where)
        self._keep(list(examined.findings))
        if examined.submission is not None:
            self._take(examined.submission, line, day_only=is_bare_date(raw.observed_at))

    def _take(self, submission: Submission, line: int, *, day_only: bool) -> None:
        if day_only:
            self._day_only.add(submission)
        first = self._seen.setdefault(submission, line)
        if first != line:
            self.note("C205", line, f"repeats line {first} and is taken once", remedy="Remove it", issue=True)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return ", ".join(shown(one) for one in names[:MOST_NAMES]) + more


_FIELDS = tuple(one.name for one in fields(RawReport))
