"""The one validation path: whoever brings a report in, by page, command, API or file, passes here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from difflib import get_close_matches
from operator import attrgetter
from typing import Any

from iw_monitor.collect.reading import (
    Notes,
    Where,
    is_bare_date,
    is_long_before,
    read_basis,
    read_credibility,
    read_instant,
    read_level,
    read_number,
    read_reliability,
    read_text,
    read_url,
    shown,
)
from iw_monitor.errors import Finding, InputError, Severity
from iw_monitor.model.observation import Grade, Method, Submission
from iw_monitor.model.pack import Indicator, Pack, Status

STATEMENT_LENGTH = 2000
NAME_LENGTH = 300
URL_LENGTH = 2000
UNIT_LENGTH = 40

_MOST_SAID = 5_000  # texts of one column that are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class RawReport:
    """A report as somebody typed it: texts only, nothing checked."""

    indicator: str
    level: str
    statement: str
    observed_at: str
    reliability: str
    credibility: str
    source_name: str = ""
    source_url: str = ""
    originator: str = ""
    basis: str = "seen"
    published_at: str = ""
    reading: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What came of a report: a submission if nothing is an error, and everything there is to say about it."""

    submission: Submission | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def issues(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.ISSUE)


_NOWHERE = Where()


def validate(
    pack: Pack, raw: RawReport, *, now: datetime, author: str, method: Method, where: Where = _NOWHERE
) -> Submission:
    """Return the submission of a report as typed.

    Raises:
        InputError: with everything that is wrong, at once.
    """
    examined = examine(pack, raw, now=now, author=author, method=method, where=where)
    if examined.submission is None:
        raise InputError(examined.errors)
    return examined.submission


def examine(
    pack: Pack, raw: RawReport, *, now: datetime, author: str, method: Method, where: Where = _NOWHERE
) -> Examined:
    """Look at a report as typed and say everything there is to say; issues do not keep it out, errors do.

    Args:
        pack: whose indicators are reported on.
        raw: the report.
        now: no time may be later than this.
        author: who reports.
        method: how it came in.
        where: file and line, for the findings.
    """
    return Examiner(pack, now=now, author=author, method=method).examine(raw, where)


class Examiner:
    """Looks at reports of one author on one pack; what several columns said once without a finding is not read again.

    A file of a million rows has a few hundred indicators, grades and sources in it.
    """

    def __init__(self, pack: Pack, *, now: datetime, author: str, method: Method) -> None:
        self._pack, self._now, self._author, self._method = pack, now, author, method
        self._said: defaultdict[str, dict[str, Any]] = defaultdict(dict)  # by column: text, what it says
        self._alike: dict[tuple[str, ...], dict[str, Any]] = {}  # texts of the columns that repeat, what they say

    def examine(self, raw: RawReport, where: Where = _NOWHERE) -> Examined:
        """Return what comes of a report, as ``examine`` does."""
        notes = Notes(where)
        texts = _REPEATED(raw)
        alike = self._alike.get(texts) or self._read_alike(texts, raw, notes)
        reading = read_number(raw.reading, notes) if raw.reading else None
        statement = read_statement(raw.statement, notes)
        source_url = self._once("source_url", raw.source_url, notes, _read_source_url)
        note = self._once("note", raw.note, notes, _read_note)
        observed_at, published_at = _times(self._pack, raw, notes, now=self._now)
        if raw.unit:
            _needs_reading(raw, notes)
        findings = tuple(sorted(notes.findings, key=_in_order)) if notes.findings else ()
        if observed_at is None or (findings and _any_error(findings)):
            return Examined(submission=None, findings=findings)
        submission = Submission(
            pack_hash=self._pack.hash,
            observed_at=observed_at,
            published_at=published_at,
            reading=reading,
            statement=statement,
            source_url=source_url,
            note=note,
            **alike,
        )
        return Examined(submission=submission, findings=findings)

    def _read_alike(self, texts: tuple[str, ...], raw: RawReport, notes: Notes) -> dict[str, Any]:
        """Return what the columns that repeat say; remember it if there is nothing to say about it."""
        said: dict[str, Any] = {
            "pack": self._pack.id,
            "indicator": self._indicator(raw.indicator, notes),
            "level": read_level(raw.level, notes),
            "basis": read_basis(raw.basis, notes),
            "author": read_author(self._author, notes),
            "method": self._method,
            "source_name": read_text(raw.source_name, notes, column="source_name", longest=NAME_LENGTH),
            "originator": read_text(raw.originator, notes, column="originator", longest=NAME_LENGTH),
            "unit": read_text(raw.unit, notes, column="unit", longest=UNIT_LENGTH),
        }
        reliability, credibility = read_reliability(raw.reliability, notes), read_credibility(raw.credibility, notes)
        if reliability is not None and credibility is not None:
            said["grade"] = Grade(reliability=reliability, credibility=credibility)
        _needs_source(self._pack, said, notes)
        if not notes.findings:
            if len(self._alike) >= _MOST_SAID:
                self._alike.clear()
            self._alike[texts] = said
        return said

    def _once(self, column: str, text: str, notes: Notes, read: Callable[[str, Notes], Any]) -> Any:
        said = self._said[column]
        if text in said:
            return said[text]
        before = len(notes.findings)
        value = read(text, notes)
        if len(notes.findings) == before:
            if len(said) >= _MOST_SAID:
                said.clear()
            said[text] = value
        return value

    def _indicator(self, name: str, notes: Notes) -> str | None:
        indicator = read_indicator(self._pack, name.strip(), notes)
        if indicator is None:
            return None
        check_takes_reports(indicator, notes)
        return indicator.id


_REPEATED = attrgetter("indicator", "level", "reliability", "credibility", "basis", "source_name", "originator", "unit")
_ORDER = {one.name: place for place, one in enumerate(fields(RawReport))}


def _in_order(finding: Finding) -> int:
    """Say where in a report a finding stands; what is wrong with who reports comes first."""
    return _ORDER.get(finding.field, -1)


def _any_error(findings: tuple[Finding, ...]) -> bool:
    return any(one.severity is Severity.ERROR for one in findings)


def validate_reason(reason: str, author: str) -> tuple[str, str]:
    """Return why something is withdrawn or decided, and by whom.

    Raises:
        InputError: one of them is missing or cannot be shown.
    """
    return validate_words(reason, author, field="reason", remedy="Say why")


def validate_words(words: str, author: str, *, field: str, remedy: str) -> tuple[str, str]:
    """Return what somebody says in free text, and who says it; without a ``remedy`` the words may be left out.

    Raises:
        InputError: one of them is missing or cannot be shown.
    """
    notes = Notes(_NOWHERE)
    said = read_text(words, notes, column=field, longest=STATEMENT_LENGTH, lines=True)
    if remedy and not said:
        notes.error("C108", field, "is missing", remedy=remedy)
    who = read_author(author, notes)
    if notes.findings:
        raise InputError(notes.findings)
    return said, who


def known_indicator(pack: Pack, name: str) -> Indicator:
    """Return an indicator of the pack.

    Raises:
        InputError: the pack does not have it; names the nearest.
    """
    notes = Notes(_NOWHERE)
    indicator = read_indicator(pack, name.strip(), notes)
    if indicator is None:
        raise InputError(notes.findings)
    return indicator


def read_indicator(pack: Pack, name: str, notes: Notes) -> Indicator | None:
    """Return the indicator that is meant; notes that the pack does not have it, and names the nearest."""
    if not name:
        notes.error("C108", "indicator", "is missing", remedy="Give the id of an indicator of the pack")
        return None
    try:
        return pack.indicator(name)
    except KeyError:
        problem = f"{shown(name)} is not an indicator of the pack {pack.id}"
        notes.error("C101", "indicator", problem, remedy=nearest(name, [one.id for one in pack.indicators]))
        return None


def nearest(name: str, names: Sequence[str]) -> str:
    """Return the name that was probably meant, as a remedy; else all of them."""
    near = get_close_matches(name[:100].lower().replace(" ", "_").replace("-", "_"), names, n=1)
    return f"Write {near[0]} if that was meant" if near else f"Use one of: {', '.join(names)}"


def check_takes_reports(indicator: Indicator, notes: Notes) -> None:
    """Note that an indicator is not in service."""
    change = indicator.change
    because = f" ({change.reason})" if change else ""
    if indicator.status is Status.DRAFT:
        problem = f"{indicator.id} is a draft and takes no reports yet{because}"
        notes.error("C102", "indicator", problem, remedy="Set its status to active in the pack first")
    elif indicator.status is Status.RETIRED:
        since = f" since {change.since}" if change else ""
        successor = f"Report on {change.successor} instead" if change and change.successor else "Do not report on it"
        notes.error("C102", "indicator", f"{indicator.id} is retired{since}{because}", remedy=successor)
    elif indicator.status is Status.MUTED:
        problem = f"{indicator.id} is muted{because}: the report is kept and not scored"
        notes.issue("C202", "indicator", problem, remedy="Set its status to active when it is to count again")


def _times(pack: Pack, raw: RawReport, notes: Notes, *, now: datetime) -> tuple[datetime | None, datetime | None]:
    observed_at = _observed(pack, raw.observed_at, notes, now=now)
    published_at = None
    if raw.published_at and raw.published_at.strip():
        published_at = read_instant(raw.published_at, notes, column="published_at", now=now)
    if published_at is not None and observed_at is not None and published_at < observed_at:
        _published_first(raw, published_at, observed_at, notes)
    return observed_at, published_at


def _observed(pack: Pack, value: str, notes: Notes, *, now: datetime) -> datetime | None:
    if not value.strip():
        notes.error("C108", "observed_at", "is missing", remedy="Give the time at which it was true in the world")
        return None
    instant = read_instant(value, notes, column="observed_at", now=now)
    if instant is not None and is_long_before(instant, pack.t0):
        problem = f"{value.strip()} lies more than ten years before the pack's T0"
        notes.issue("C203", "observed_at", problem, remedy="Look at the year")
    return instant


def _published_first(raw: RawReport, published_at: datetime, observed_at: datetime, notes: Notes) -> None:
    if is_bare_date(raw.observed_at) and published_at.date() == observed_at.date():
        return  # a bare date says only the day; the source may have spoken at any hour of it
    problem = "was published before it was observed"
    notes.issue("C201", "published_at", problem, remedy="Look whether the two times are exchanged")


def read_statement(value: str, notes: Notes) -> str:
    """Return what was reported; notes that it is missing or cannot be shown."""
    statement = read_text(value, notes, column="statement", longest=STATEMENT_LENGTH, lines=True)
    if not statement:
        notes.error("C108", "statement", "is missing", remedy="Say in one sentence what was reported")
    return statement


def _read_source_url(value: str, notes: Notes) -> str:
    return read_url(value, notes, column="source_url", longest=URL_LENGTH)


def _read_note(value: str, notes: Notes) -> str:
    return read_text(value, notes, column="note", longest=STATEMENT_LENGTH, lines=True)


def read_author(author: str, notes: Notes) -> str:
    """Return the name of who reports; notes that it is missing or cannot be shown."""
    name = read_text(author, notes, column="author", longest=NAME_LENGTH)
    if not name:
        notes.error("C108", "author", "is missing", remedy="Say who you are")
    return name


def _needs_source(pack: Pack, said: dict[str, Any], notes: Notes) -> None:
    level, needed_from = said["level"], pack.file.evidence.source_from_level
    if level is not None and level >= needed_from and not (said["source_name"] or said["originator"]):
        problem = f"a report of level {level} needs a source"
        notes.error("C113", "source_name", problem, remedy="Name the source or its originator")


def _needs_reading(raw: RawReport, notes: Notes) -> None:
    if raw.unit.strip() and not raw.reading.strip():
        problem = f"{shown(raw.unit.strip())} has no reading"
        notes.issue("C204", "unit", problem, remedy="Give the reading it belongs to")
