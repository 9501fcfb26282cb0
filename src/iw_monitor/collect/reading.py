"""Reading single values as people type them. Each reader notes what is wrong and returns None for it."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from iw_monitor.errors import Finding, Severity
from iw_monitor.model.instants import EPOCH
from iw_monitor.model.observation import CREDIBILITIES, LEVELS, RELIABILITIES, Basis, parse_instant

SHOWN = 60  # characters of a wrong value that a message repeats

# Strict: ``datetime.fromisoformat`` also reads week dates and 20240131, which nobody means here.
_DAY_LENGTH = len("2024-01-31")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(_DAY.pattern + r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?")
_ZONE = re.compile(r"(Z|[+-][0-9]{2}:[0-9]{2})$")
_INSTANT_IN_ZONE = re.compile(f"{_INSTANT.pattern}({_ZONE.pattern.removesuffix('$')})")
_DECADE = timedelta(days=3653)
_NOT_IN_ADDRESS = re.compile(r"[\s\\]")
NUMBER = re.compile(r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,4})?")

# What cannot be shown: control characters, half characters (surrogates), and those that turn the order of what
# follows, so that a text can show something else than it says.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_HIDDEN_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Where:
    """Where a report stands: a file and line, or nothing for a form or a command."""

    file: str = ""
    line: int = 0


@dataclass(slots=True)
class Notes:
    """Collects everything that is wrong with one report."""

    where: Where
    findings: list[Finding] = field(default_factory=list)

    def error(self, code: str, column: str, problem: str, *, remedy: str) -> None:
        self._add(code, column, problem, remedy=remedy, severity=Severity.ERROR)

    def issue(self, code: str, column: str, problem: str, *, remedy: str) -> None:
        self._add(code, column, problem, remedy=remedy, severity=Severity.ISSUE)

    def _add(self, code: str, column: str, problem: str, *, remedy: str, severity: Severity) -> None:
        self.findings.append(
            Finding(
                code=code,
                file=self.where.file,
                line=self.where.line,
                field=column,
                problem=problem,
                remedy=remedy,
                severity=severity,
            )
        )


def shown(value: str) -> str:
    """Return a wrong value as a message repeats it: quoted, escaped, not longer than a line."""
    return repr(value if len(value) <= SHOWN else value[: SHOWN - 1] + "…")


def read_text(value: str, notes: Notes, *, column: str, longest: int, lines: bool = False) -> str:
    """Return the text trimmed, with plain line ends; notes what is too long or cannot be shown."""
    text = value.replace("\r\n", "\n").strip()
    hidden = (_HIDDEN_IN_LINES if lines else _HIDDEN).search(text)
    if hidden is not None:
        problem = f"has the character U+{ord(hidden[0]):04X} at place {hidden.start() + 1}, which cannot be shown"
        notes.error("C110", column, problem, remedy="Remove it")
    if len(text) > longest:
        problem = f"has {len(text):,} characters, {longest:,} are allowed"
        notes.error("C109", column, problem, remedy="Say it shorter")
    return text


def has_foreign_digits(value: str, notes: Notes, column: str) -> bool:
    """Note digits other than 0 to 9: they look like a number and are easily misread."""
    if value.isascii() or all(unicodedata.digit(one, None) is None or one.isascii() for one in value):
        return False
    plain = "".join(str(unicodedata.digit(one, one)) for one in value)
    notes.error("C117", column, f"{shown(value)} has digits other than 0 to 9", remedy=f"Write {shown(plain)}")
    return True


def read_level(value: str, notes: Notes) -> int | None:
    """Read a level, 0 to 4."""
    text = value.strip()
    if not text:
        notes.error("C108", "level", "is missing", remedy="Give a whole number from 0 to 4")
        return None
    if has_foreign_digits(text, notes, "level"):
        return None
    if len(text) == 1 and text.isascii() and text.isdigit() and int(text) in LEVELS:
        return int(text)
    problem = f"{shown(text)} is not a whole number from 0 to 4"
    notes.error("C103", "level", problem, remedy="Give 0, 1, 2, 3 or 4, by the indicator's anchors")
    return None


def read_reliability(value: str, notes: Notes) -> str | None:
    """Read the reliability of a source, A to F; a small letter will do."""
    text = value.strip()
    if not text:
        notes.error("C108", "reliability", "is missing", remedy="Give a letter from A to F; F is cannot be judged")
        return None
    if len(text) == 1 and text.isascii() and text.upper() in RELIABILITIES:
        return text.upper()
    problem = f"{shown(text)} is not a letter from A to F" + _look_alike(text)
    notes.error("C111", "reliability", problem, remedy="Give A, B, C, D, E or F; F is cannot be judged")
    return None


def _look_alike(text: str) -> str:
    foreign = next((one for one in text if one.isalpha() and not one.isascii()), None)
    return "" if foreign is None else f" ({unicodedata.name(foreign, 'not a Latin letter').lower()})"


def read_credibility(value: str, notes: Notes) -> int | None:
    """Read the credibility of an information, 1 to 6."""
    text = value.strip()
    if not text:
        notes.error("C108", "credibility", "is missing", remedy="Give a number from 1 to 6; 6 is cannot be judged")
        return None
    if has_foreign_digits(text, notes, "credibility"):
        return None
    if len(text) == 1 and text.isascii() and text.isdigit() and int(text) in CREDIBILITIES:
        return int(text)
    problem = f"{shown(text)} is not a whole number from 1 to 6"
    notes.error("C112", "credibility", problem, remedy="Give 1, 2, 3, 4, 5 or 6; 6 is cannot be judged")
    return None


def is_bare_date(value: str) -> bool:
    """Say whether a time gives only the day."""
    text = value.strip()
    return len(text) == _DAY_LENGTH and _DAY.fullmatch(text) is not None


def read_instant(value: str, notes: Notes, *, column: str, now: datetime) -> datetime | None:
    """Read a time with its zone, or a bare date as 23:59 UTC of that day; of today, as now if that is earlier.

    Notes what cannot be read, has no zone, lies in the future or before 1970.
    """
    text = value.strip()
    if has_foreign_digits(text, notes, column):
        return None
    bare = is_bare_date(text)
    instant = _parsed(text, notes, column, bare=bare)
    if instant is None:
        return None
    if bare and instant > now and instant.date() == now.date():
        return now
    if instant > now:
        problem = f"{text} lies in the future; it is {now:%Y-%m-%dT%H:%MZ} now"
        notes.error("C106", column, problem, remedy="Give the time at which it was true, not one to come")
        return None
    if instant < EPOCH:
        notes.error("C107", column, f"{text} lies before 1970", remedy="Look at the year")
        return None
    return instant


def _parsed(text: str, notes: Notes, column: str, *, bare: bool) -> datetime | None:
    how = "Give a time with its zone such as 2024-01-31T10:00Z, or a date such as 2024-01-31"
    if bare or _INSTANT_IN_ZONE.fullmatch(text):
        return _existing(text, notes, column, how)
    zone = _ZONE.search(text)
    if _INSTANT.fullmatch(text[: zone.start()] if zone else text) is None:
        notes.error("C104", column, f"{shown(text)} is not a time", remedy=how)
        return None
    remedy = f"Write {text}Z for UTC, or {text}+03:00 for three hours ahead of it"
    notes.error("C105", column, f"{text} has no zone", remedy=remedy)
    return None


def _existing(text: str, notes: Notes, column: str, how: str) -> datetime | None:
    try:
        return parse_instant(text)
    except (ValueError, OverflowError) as wrong:
        notes.error("C104", column, f"{text} does not exist ({wrong})", remedy=how)
        return None


def read_url(value: str, notes: Notes, *, column: str, longest: int) -> str:
    """Return an http or https address, or nothing for nothing."""
    text = read_text(value, notes, column=column, longest=longest)
    if text and not _is_web_address(text):
        remedy = "Give an address that begins with https:// or http://, without spaces or a password, or leave it empty"
        notes.error("C114", column, f"{shown(text)} is not a web address", remedy=remedy)
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port  # reading it is what checks it
    except ValueError:
        return False
    plain = port != 0 and _NOT_IN_ADDRESS.search(text) is None
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and plain


def read_basis(value: str, notes: Notes) -> Basis | None:
    """Read what the author had before them: seen or memory."""
    text = value.strip().lower()
    if text in ("seen", "memory"):
        return Basis(text)
    problem = f"{shown(value.strip())} is neither seen nor memory" if text else "is missing"
    remedy = "Give seen when the source was read for this report, memory when it was not"
    notes.error("C115" if text else "C108", "basis", problem, remedy=remedy)
    return None


def read_number(value: str, notes: Notes) -> float | None:
    """Read a measured value: a finite number, or nothing for nothing."""
    text = value.strip()
    if not text or has_foreign_digits(text, notes, "reading"):
        return None
    number = float(text) if NUMBER.fullmatch(text) else math.nan
    if math.isfinite(number):
        return number
    remedy = "Give a number such as 1234.5, with a point and without thousands marks, or leave it empty"
    notes.error("C116", "reading", f"{shown(text)} is not a finite number", remedy=remedy)
    return None


def is_long_before(instant: datetime, start: datetime) -> bool:
    """Say whether a time lies so far before a pack's T0 that its year is probably mistyped."""
    return instant < start - _DECADE
