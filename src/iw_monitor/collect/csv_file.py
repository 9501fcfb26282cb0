"""Reading a file of observations: the header of the import contract, every finding with its row and column."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple, Self, TextIO

from iw_monitor.collect.reading import Notes, Where, is_bare_date, shown
from iw_monitor.collect.validate import Examiner, RawReport
from iw_monitor.errors import Finding, InputError, Severity
from iw_monitor.model.observation import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, Method, Submission
from iw_monitor.model.pack import Pack

HEADER = REQUIRED_COLUMNS + OPTIONAL_COLUMNS
RETRACTED = "retracted_at"  # of an audit export: what was withdrawn there must not come back to life here

MOST_FINDINGS = 10_000  # then reading stops: a file this wrong is another kind of file
LONGEST_LINE = 1 << 20  # characters; a binary file has no lines at all
MOST_NAMES = 20  # of unknown columns that are named one by one
PROGRESS_EVERY = 500  # rows


class ReadRow(NamedTuple):
    """One row of a file, read."""

    line: int  # on which it begins
    submission: Submission
    day_only: bool  # its observed_at was given as a bare date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What a file of observations holds: the submissions in the order of the rows, and the issues."""

    submissions: tuple[Submission, ...]
    issues: tuple[Finding, ...]


def read_observations(
    path: Path,
    pack: Pack,
    *,
    now: datetime,
    author: str,
    ignore_extra: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> ReadFile:
    """Read a whole file of observations into memory, all or nothing; what it is asked is asked of ``ObservationFile``.

    Raises:
        InputError: with everything that is wrong, at once.
    """
    file = ObservationFile(path, pack, now=now, author=author, ignore_extra=ignore_extra, on_progress=on_progress)
    seen: dict[Submission, int] = {}  # submission: its line
    for row in file.rows():
        first = seen.setdefault(row.submission, row.line)
        if first != row.line:
            file.note_repeat(row.line, first)
    return ReadFile(submissions=tuple(seen), issues=file.issues)


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


class ObservationFile:
    """A file of observations, read row by row in flat memory, however long it is."""

    def __init__(
        self,
        path: Path,
        pack: Pack,
        *,
        now: datetime,
        author: str,
        ignore_extra: bool = False,
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            path: a UTF-8 CSV file.
            pack: whose indicators are reported on.
            now: no time may be later than this.
            author: who imports.
            ignore_extra: leave unknown columns out instead of refusing them.
            on_progress: called now and then with the number of rows read.
        """
        self.path = path
        self._name = path.as_posix()
        self._examiner = Examiner(pack, now=now, author=author, method=Method.IMPORT)
        self._ignore_extra = ignore_extra
        self._on_progress = on_progress or _silent
        self._errors: list[Finding] = []
        self._issues: list[Finding] = []
        self._unlisted = 0  # issues beyond those that are kept

    @property
    def issues(self) -> tuple[Finding, ...]:
        """What should be mended, in the order of the lines; of very many the first, and how many more there are."""
        listed = sorted(self._issues, key=lambda one: one.line)
        if self._unlisted:
            problem = f"{self._unlisted:,} more issues of this file are not listed"
            listed.append(self._finding("C208", 0, problem, remedy="Mend what is listed first", issue=True))
        return tuple(listed)

    def rows(self) -> Iterator[ReadRow]:
        """Give the rows that are right, until one is wrong; then read on and give nothing more.

        Raises:
            InputError: at the end, with everything that is wrong, at once.
        """
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._read(file)
        except _StoppedError:
            pass
        except UnicodeDecodeError as wrong:
            problem = f"the byte {wrong.object[wrong.start]:#04x} is not UTF-8 text"
            self._note("C002", _first_bad_line(self.path), problem, remedy="Save the file as CSV UTF-8")
        except OSError as wrong:
            self._note("C001", 0, f"cannot be read ({wrong.strerror})", remedy="Name a CSV file that can be read")
        if self._errors:
            raise InputError(self._errors)

    def note_repeat(self, line: int, first: int) -> None:
        """Note that a row says what an earlier one said."""
        self._note("C205", line, f"repeats line {first} and is taken once", remedy="Remove it", issue=True)

    def _note(self, code: str, line: int, problem: str, *, remedy: str, column: str = "", issue: bool = False) -> None:
        self._keep([self._finding(code, line, problem, remedy=remedy, column=column, issue=issue)])

    def _finding(
        self, code: str, line: int, problem: str, *, remedy: str, column: str = "", issue: bool = False
    ) -> Finding:
        notes = Notes(Where(self._name, line))
        (notes.issue if issue else notes.error)(code, column, problem, remedy=remedy)
        return notes.findings[0]

    def _keep(self, findings: Iterable[Finding]) -> None:
        for one in findings:
            if one.severity is Severity.ERROR:
                self._errors.append(one)
            elif len(self._issues) < MOST_FINDINGS:
                self._issues.append(one)
            else:
                self._unlisted += 1

    def _read(self, file: TextIO) -> Iterator[ReadRow]:
        rows = self._rows(file)
        _, names = next(rows, (1, None))
        if names is None:
            self._note("C003", 0, "is empty", remedy=f"Begin with the header {','.join(REQUIRED_COLUMNS)}")
        elif self._header_is_good(names):
            yield from self._read_rows(names, rows)

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
                self._note("C008", line, f"is not well-formed CSV ({wrong})", remedy=remedy)
                raise _StoppedError from wrong
            if cells:
                yield line, cells

    def _lines(self, file: TextIO) -> Iterator[str]:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                problem = f"is longer than {LONGEST_LINE:,} characters"
                self._note("C008", number, problem, remedy="Name a CSV file with one observation a row")
                raise _StoppedError
            yield line

    def _header_is_good(self, names: list[str]) -> bool:
        names[:] = [one.strip() for one in names]
        for column in sorted(name for name, times in Counter(names).items() if times > 1 and name in HEADER):
            self._note("C006", 1, "stands twice in the header", remedy="Keep one of them", column=column)
        missing = [one for one in REQUIRED_COLUMNS if one not in names]
        for column in missing:
            self._note("C004", 1, "is missing in the header", remedy=self._missing_remedy(names), column=column)
        absent = [one for one in HEADER if one not in names]
        self._extra([one for one in names if one not in HEADER], absent)
        return not self._errors

    @staticmethod
    def _missing_remedy(names: list[str]) -> str:
        if len(names) == 1 and ";" in names[0]:
            return "Separate the cells by commas, not by semicolons"
        return "Add the column; its cells may be empty where nothing is required"

    def _extra(self, extra: list[str], absent: list[str]) -> None:
        if extra and self._ignore_extra:
            problem = f"left out, as asked: {_listed(extra)}"
            self._note("C207", 1, problem, remedy="Look whether anything of it belongs into the note", issue=True)
            return
        for name in extra[:MOST_NAMES]:
            near = get_close_matches(name.lower()[:100], absent, n=1)
            remedy = f"Write {near[0]} if that was meant" if near else "Remove it, or leave it out with --ignore-extra"
            self._note("C005", 1, f"{shown(name)} is not a column of observations", remedy=remedy)
        if len(extra) > MOST_NAMES:
            problem = f"{len(extra) - MOST_NAMES:,} more columns are not columns of observations"
            self._note("C005", 1, problem, remedy="Look whether the file begins with its header")

    def _read_rows(self, names: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[ReadRow]:
        columns = _Columns.of(names)
        for count, (line, cells) in enumerate(rows, start=1):
            row = self._read_row(columns, line, cells)
            if row is not None and not self._errors:
                yield row
            if len(self._errors) >= MOST_FINDINGS:
                problem = f"reading stopped here, after {MOST_FINDINGS:,} findings"
                self._note("C009", line, problem, remedy="Mend what is listed and import again")
                return
            if count % PROGRESS_EVERY == 0:
                self._on_progress(count)

    def _read_row(self, columns: _Columns, line: int, cells: list[str]) -> ReadRow | None:
        if len(cells) != columns.count:
            problem = f"has {len(cells)} cells, the header has {columns.count}"
            self._note("C007", line, problem, remedy="Put a cell with a comma or a line break into quotes")
            return None
        if columns.retracted is not None and cells[columns.retracted].strip():
            self._note("C206", line, "was retracted where it came from and is left out", remedy="Nothing", issue=True)
            return None
        raw = RawReport(**{name: cells[place] for name, place in columns.ours})
        examined = self._examiner.examine(raw, Where(self._name, line))
        if examined.findings:
            self._keep(examined.findings)
        if examined.submission is None:
            return None
        return ReadRow(line, examined.submission, is_bare_date(raw.observed_at))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a row each of our columns stands."""

    count: int
    ours: tuple[tuple[str, int], ...]
    retracted: int | None

    @classmethod
    def of(cls, names: list[str]) -> Self:
        """Return the columns of a header; of a foreign column that stands twice, the last counts."""
        places = {name: place for place, name in enumerate(names)}
        ours = tuple((name, places[name]) for name in _FIELDS if name in places)
        return cls(len(names), ours, places.get(RETRACTED))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return ", ".join(shown(one) for one in names[:MOST_NAMES]) + more


_FIELDS = tuple(one.name for one in fields(RawReport))
