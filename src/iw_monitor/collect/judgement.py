"""The one validation path of judgements: what officers state beside what is computed (METHOD 4.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from iw_monitor.collect.lengths import read_length
from iw_monitor.collect.reading import (
    NUMBER,
    Notes,
    Where,
    has_foreign_digits,
    is_bare_date,
    read_instant,
    read_level,
    read_text,
    shown,
)
from iw_monitor.collect.validate import (
    STATEMENT_LENGTH,
    check_takes_reports,
    nearest,
    read_author,
    read_indicator,
)
from iw_monitor.errors import Finding, InputError, Severity
from iw_monitor.model.judgement import WARNING_LEVELS, JudgementKind, Stated
from iw_monitor.model.pack import Pack

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_DAY = timedelta(days=1)  # whoever names the last day that is allowed means as much of it as is allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class RawJudgement:
    """A judgement as somebody typed it: texts only, nothing checked."""

    kind: JudgementKind
    subject: str  # id of the problem; of an override, of the indicator
    level: str = ""  # a number, or the word of a warning level
    probability: str = ""  # of an estimate: 0.3 or 30 %
    reason: str = ""
    until: str = ""  # an instant, a day or a duration; may be left out of a dissent, and of an estimate always is


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedJudgement:
    """What came of a judgement: what is stated if nothing is an error, and everything there is to say about it."""

    stated: Stated | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


def validate_judgement(pack: Pack, raw: RawJudgement, *, now: datetime, author: str) -> Stated:
    """Return what is stated.

    Raises:
        InputError: with everything that is wrong, at once.
    """
    examined = examine_judgement(pack, raw, now=now, author=author)
    if examined.stated is None:
        raise InputError(examined.errors)
    return examined.stated


def examine_judgement(pack: Pack, raw: RawJudgement, *, now: datetime, author: str) -> ExaminedJudgement:
    """Look at a judgement as typed and say everything there is to say; issues do not keep it out, errors do.

    Args:
        pack: of whose problems or indicators it speaks.
        raw: the judgement.
        now: when it is stated.
        author: who states it.
    """
    notes = Notes(Where())
    subject = _subject(pack, raw, notes)
    level = _level(pack, raw, notes)
    probability = read_probability(raw.probability, notes) if raw.kind is JudgementKind.ESTIMATE else None
    reason = read_text(raw.reason, notes, column="reason", longest=STATEMENT_LENGTH, lines=True)
    if not reason:
        notes.error("C108", "reason", "is missing", remedy="Say why, for those who read it when you are not there")
    until = _until(pack, raw, notes, now=now)
    who = read_author(author, notes)
    findings = tuple(notes.findings)
    if subject is None or until is None or any(one.severity is Severity.ERROR for one in findings):
        return ExaminedJudgement(stated=None, findings=findings)
    stated = Stated(
        kind=raw.kind,
        pack=pack.id,
        pack_hash=pack.hash,
        subject=subject,
        level=level,
        probability=probability,
        reason=reason,
        until=until,
        author=who,
    )
    return ExaminedJudgement(stated=stated, findings=findings)


def longest(pack: Pack, kind: JudgementKind) -> timedelta:
    """Return how long a judgement of a kind stands at most; an estimate stands exactly so long."""
    rule = pack.file.judgements
    match kind:
        case JudgementKind.ESTIMATE:
            return pack.file.horizon
        case JudgementKind.OVERRIDE:
            return rule.override_at_most
        case _:
            return rule.declaration_at_most


# --- Of what ---


def _subject(pack: Pack, raw: RawJudgement, notes: Notes) -> str | None:
    name = raw.subject.strip()
    if raw.kind is JudgementKind.OVERRIDE:
        indicator = read_indicator(pack, name, notes)
        if indicator is None:
            return None
        check_takes_reports(indicator, notes)
        return indicator.id
    return _problem(pack, name, notes)


def _problem(pack: Pack, name: str, notes: Notes) -> str | None:
    names = [one.id for one in pack.file.problems]
    if name in names:
        return name
    if name:
        problem = f"{shown(name)} is not a problem of the pack {pack.id}"
        notes.error("C301", "problem", problem, remedy=nearest(name, names))
    else:
        notes.error("C108", "problem", "is missing", remedy=f"Use one of: {', '.join(names)}")
    return None


# --- What ---


def _level(pack: Pack, raw: RawJudgement, notes: Notes) -> int | None:
    match raw.kind:
        case JudgementKind.ESTIMATE:
            return None
        case JudgementKind.OVERRIDE:
            return read_level(raw.level, notes)
        case _:
            return read_warning_level(pack, raw.level, notes)


def read_warning_level(pack: Pack, value: str, notes: Notes) -> int | None:
    """Read a warning level, 1 to 5 or its word in the pack."""
    text = value.strip()
    words = {pack.word(level).casefold(): level for level in WARNING_LEVELS}
    how = f"Give a number from 1 to 5, or its word: {', '.join(pack.word(level) for level in WARNING_LEVELS)}"
    if not text:
        notes.error("C108", "level", "is missing", remedy=how)
        return None
    if has_foreign_digits(text, notes, "level"):
        return None
    if len(text) == 1 and text.isdigit() and int(text) in WARNING_LEVELS:
        return int(text)
    if text.casefold() in words:
        return words[text.casefold()]
    notes.error("C302", "level", f"{shown(text)} is not a warning level", remedy=how)
    return None


def read_probability(value: str, notes: Notes) -> float | None:
    """Read a probability between 0 and 1, or a percentage; certainty is refused."""
    text = value.strip()
    if not text:
        notes.error("C108", "probability", "is missing", remedy="Give a number such as 0.3, or 30 %")
        return None
    if has_foreign_digits(text, notes, "probability"):
        return None
    number = text.removesuffix("%").strip()
    if NUMBER.fullmatch(number) is None:
        remedy = "Give a number such as 0.3, or 30 %, with a point"
        notes.error("C303", "probability", f"{shown(text)} is not a probability", remedy=remedy)
        return None
    share = float(number) / 100 if text.endswith("%") else float(number)
    if 0 < share < 1:
        return share
    if 1 < share < 100 and not text.endswith("%"):
        remedy = f"Write {number} % if a percentage was meant"
    else:
        remedy = "Give a number above 0 and below 1: whoever is certain leaves no room for evidence"
    notes.error("C304", "probability", f"{shown(text)} is not between 0 and 1", remedy=remedy)
    return None


# --- Until when ---


def _until(pack: Pack, raw: RawJudgement, notes: Notes, *, now: datetime) -> datetime | None:
    most = longest(pack, raw.kind)
    text = raw.until.strip()
    if raw.kind is JudgementKind.ESTIMATE or (raw.kind is JudgementKind.DISSENT and not text):
        return now + most
    if not text:
        remedy = f"Give a time such as 2024-01-31T10:00Z, or a duration such as 48h, of at most {_said(most)}"
        notes.error("C108", "until", "is missing", remedy=remedy)
        return None
    length = read_length(text)
    instant = None if length else _instant(text, notes)
    if length is None and instant is None:
        return None
    if instant is not None and instant <= now:
        problem = f"{text} is past already; it is {now:%Y-%m-%dT%H:%MZ} now"
        notes.error("C306", "until", problem, remedy="Give a time to come")
        return None
    stands = length or (instant or now) - now
    if stands > most + (_DAY if is_bare_date(text) else timedelta(0)):
        problem = f"it would stand for longer than the {_said(most)} that the pack allows"
        notes.error("C307", "until", problem, remedy=f"Give at most {now + most:%Y-%m-%dT%H:%MZ}, and look again then")
        return None
    return now + min(stands, most)


def _instant(text: str, notes: Notes) -> datetime | None:
    said = Notes(Where())
    instant = read_instant(text, said, column="until", now=_END_OF_TIME)
    if instant is None:
        remedy = "Give a time with its zone such as 2024-01-31T10:00Z, a date, or a duration such as 48h or P3D"
        notes.error("C305", "until", said.findings[0].problem, remedy=remedy)
    return instant


def _said(length: timedelta) -> str:
    hours = round(length / timedelta(hours=1))
    return f"{hours} hours" if hours < 72 else f"{hours // 24} days"
