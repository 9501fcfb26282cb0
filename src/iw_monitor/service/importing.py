"""Importing a file of observations: what it would add, all or nothing, never the same thing twice."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from iw_monitor.collect.csv_file import ObservationFile, ReadRow
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.observation import Submission
from iw_monitor.store.fingerprint import fingerprint
from iw_monitor.store.journal import Journal
from iw_monitor.store.prints import Booleans, Prints, among, as_prints, repeats
from iw_monitor.store.staging import Staging, staged

Progress = Callable[[str, int, int | None], None]  # stage ("read" or "write"), rows done, rows in all if known


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDifference:
    """What a file holds on one indicator."""

    indicator: str
    added: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did, or in a dry run would do."""

    path: Path
    dry_run: bool
    added: int
    unchanged: int  # already in the journal, to the letter
    indicators: tuple[IndicatorDifference, ...]  # in the order of the pack
    findings: tuple[Finding, ...]  # issues; an error would have stopped the import


def import_file(
    file: ObservationFile,
    journal: Journal,
    *,
    pack: str,
    via: str,
    order: Sequence[str],
    dry_run: bool,
    held: Callable[[Submission], bool],
    on_progress: Progress,
) -> ImportResult:
    """Add what the journal does not hold yet, in one transaction and in flat memory.

    The whole file is read and set aside before the journal is touched; others may write until then.

    Args:
        file: not yet read.
        journal: takes the new ones.
        pack: id of the pack.
        via: the way in.
        order: ids of its indicators, in the order in which the result lists them.
        dry_run: only say what would be added.
        held: says of which ones a second officer has to say yes; with one of them, nothing is added.
        on_progress: called now and then with the number of reports written.

    Raises:
        InputError: something is wrong with the file, or some rows need a second officer, each with its line.
        StoreError: the journal cannot be written; nothing was.
    """
    with staged() as staging:
        rows = _Rows(staging, order)
        for row in file.rows():
            rows.take(row, needs_second=held(row.submission))
        repeated = rows.repeats(file)
        since = journal.position()
        leave = repeated | rows.held_by(journal, pack)
        rows.refuse_waiting(file.path, leave)
        if not dry_run and not leave.all():
            total = int(np.count_nonzero(~repeated))
            leave = journal.append_staged(
                staging,
                pack=pack,
                leave=leave,
                since=since,
                via=via,
                on_progress=lambda count: on_progress("write", count, total),
            )
    return ImportResult(
        path=file.path,
        dry_run=dry_run,
        added=int(np.count_nonzero(~leave)),
        unchanged=int(np.count_nonzero(leave & ~repeated)),
        indicators=rows.by_indicator(leave, repeated),
        findings=file.issues,
    )


class _Rows:
    """What is remembered of a file's rows beside the submissions that are set aside: some thirty bytes each."""

    def __init__(self, staging: Staging, order: Sequence[str]) -> None:
        self._staging, self._order = staging, order
        self._places = {name: place for place, name in enumerate(order)}
        self._lines = array("Q")
        self._indicators = array("H")
        self._waiting: list[tuple[int, Submission]] = []  # row, what needs a second officer
        self._by_day = array("Q")  # the rows whose observed_at was given as a bare date
        self._day_prints = bytearray()
        self._days: set[date] = set()

    def take(self, row: ReadRow, *, needs_second: bool) -> None:
        """Set a row aside."""
        submission = row.submission
        if needs_second:
            self._waiting.append((len(self._lines), submission))
        if row.day_only:
            self._by_day.append(len(self._lines))
            self._day_prints += _day_print(submission)
            self._days.add(submission.observed_at.date())
        self._staging.add(submission)
        self._lines.append(row.line)
        self._indicators.append(self._places[submission.indicator])

    def repeats(self, file: ObservationFile) -> Booleans:
        """Return which rows say what an earlier one said, and have the file note them."""
        again, first = repeats(self._staging.prints())
        for row, before in zip(again.tolist(), first.tolist(), strict=True):
            file.note_repeat(self._lines[row], self._lines[before])
        found = np.zeros(len(self._lines), dtype=bool)
        found[again] = True
        return found

    def held_by(self, journal: Journal, pack: str) -> Booleans:
        """Return which rows the journal holds already, to the letter; a bare date of its day is held by any hour."""
        known = journal.prints(pack)
        found = among(self._staging.prints(), known)
        rows = np.array(self._by_day, dtype=np.int64)
        if len(known) and not found[rows].all():
            found[rows] |= among(as_prints(bytes(self._day_prints)), self._known_by_day(journal, pack))
        return found

    def _known_by_day(self, journal: Journal, pack: str) -> Prints:
        begin, end = (_midnight_of(day) for day in (min(self._days), max(self._days) + timedelta(days=1)))
        packed = bytearray()
        for one in journal.observed_between(pack, begin, end):
            if one.observed_at.date() in self._days:
                packed += _day_print(one)
        return np.sort(as_prints(packed))

    def refuse_waiting(self, path: Path, leave: Booleans) -> None:
        """Refuse the file if a row that would be added needs a second officer."""
        needing = [_needs_second(path, self._lines[row], one) for row, one in self._waiting if not leave[row]]
        if needing:
            raise InputError(needing)

    def by_indicator(self, leave: Booleans, repeated: Booleans) -> tuple[IndicatorDifference, ...]:
        """Return what the file holds on each indicator, in order."""
        indicators = np.array(self._indicators, dtype=np.int64)
        held = np.bincount(indicators[~repeated], minlength=len(self._order)).tolist()
        added = np.bincount(indicators[~leave], minlength=len(self._order)).tolist()
        return tuple(
            IndicatorDifference(indicator=name, added=new, unchanged=all_ - new)
            for name, all_, new in zip(self._order, held, added, strict=True)
            if all_
        )


def _needs_second(path: Path, line: int, one: Submission) -> Finding:
    """Return that one row of a file needs a second officer."""
    problem = f"a report of level {one.level} on {one.indicator} needs a second officer"
    remedy = "Leave it out here and record it by its form: there it waits for an approver"
    return Finding(code="S113", file=path.as_posix(), line=line, field="level", problem=problem, remedy=remedy)


def _day_print(submission: Submission) -> bytes:
    """Return a fingerprint that looks at the day only.

    A bare date of today is read as now, so the same row means another instant an hour later.
    """
    published_at = submission.published_at
    said = fingerprint(
        replace(
            submission,
            observed_at=_midnight(submission.observed_at),
            published_at=None if published_at is None else _midnight(published_at),
        )
    )
    return bytes.fromhex(said)


def _midnight_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _midnight(instant: datetime) -> datetime:
    # Backwards, because an observation cannot be recorded before it was made.
    return instant.replace(hour=0, minute=0, second=0, microsecond=0)
