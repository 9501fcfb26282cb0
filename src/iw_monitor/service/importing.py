"""Importing a file of observations: what it would add, all or nothing, never the same thing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from iw_monitor.collect.csv_file import ReadFile
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.observation import Submission
from iw_monitor.store.fingerprint import fingerprint
from iw_monitor.store.journal import Journal

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
    path: Path,
    read: ReadFile,
    journal: Journal,
    *,
    pack: str,
    via: str,
    order: Iterable[str],
    dry_run: bool,
    held: Callable[[Submission], bool],
    on_progress: Callable[[int], None] | None = None,
) -> ImportResult:
    """Add what the journal does not hold yet, in one transaction.

    Args:
        path: of the file, for the result.
        read: what the file holds.
        journal: takes the new ones.
        pack: id of the pack.
        via: the way in.
        order: ids of its indicators, in the order in which the result lists them.
        dry_run: only say what would be added.
        held: says of which ones a second officer has to say yes; with one of them, nothing is added.
        on_progress: called now and then with the number of reports written.

    Raises:
        InputError: some need a second officer, each with its line.
    """
    fresh: Sequence[Submission] = _fresh(read, journal, pack)
    needing = [_needs_second(path, read.lines[one], one) for one in fresh if held(one)]
    if needing:
        raise InputError(needing)
    if fresh and not dry_run:
        # Asked again under the write lock: the same file may be coming in twice at this moment.
        fresh = journal.append(fresh, via=via, new_only=True, on_progress=on_progress)
    return ImportResult(
        path=path,
        dry_run=dry_run,
        added=len(fresh),
        unchanged=len(read.submissions) - len(fresh),
        indicators=_by_indicator(read.submissions, fresh, order),
        findings=read.issues,
    )


def _needs_second(path: Path, line: int, one: Submission) -> Finding:
    """Return that one row of a file needs a second officer."""
    problem = f"a report of level {one.level} on {one.indicator} needs a second officer"
    remedy = "Leave it out here and record it by its form: there it waits for an approver"
    return Finding(code="S113", file=path.as_posix(), line=line, field="level", problem=problem, remedy=remedy)


def _by_indicator(
    everything: Iterable[Submission], fresh: Iterable[Submission], order: Iterable[str]
) -> tuple[IndicatorDifference, ...]:
    held = Counter(one.indicator for one in everything)
    added = Counter(one.indicator for one in fresh)
    return tuple(
        IndicatorDifference(indicator=name, added=added[name], unchanged=held[name] - added[name])
        for name in order
        if held[name]
    )


def _fresh(read: ReadFile, journal: Journal, pack: str) -> list[Submission]:
    known = journal.fingerprints(pack)
    fresh = [one for one in read.submissions if fingerprint(one) not in known]
    doubtful = {one for one in fresh if one in read.day_only}
    if not doubtful or not known:
        return fresh
    same_day = _known_by_day(journal, pack, {one.observed_at.date() for one in doubtful})
    return [one for one in fresh if one not in doubtful or _by_day(one) not in same_day]


def _known_by_day(journal: Journal, pack: str, days: set[date]) -> set[str]:
    retracted = {one.observation for one in journal.retractions(pack)}
    return {
        _by_day(one) for one in journal.observations(pack) if one.observed_at.date() in days and one.id not in retracted
    }


def _by_day(submission: Submission) -> str:
    """Return a fingerprint that looks at the day only.

    A bare date of today is read as now, so the same row means another instant an hour later.
    """
    published_at = submission.published_at
    return fingerprint(
        replace(
            submission,
            observed_at=_midnight(submission.observed_at),
            published_at=None if published_at is None else _midnight(published_at),
        )
    )


def _midnight(instant: datetime) -> datetime:
    # Backwards, because an observation cannot be recorded before it was made.
    return instant.replace(hour=0, minute=0, second=0, microsecond=0)
