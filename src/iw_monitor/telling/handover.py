"""The handover sheet: what the next officer must know, in sentences, judgement first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from iw_monitor.assess.near import Missing, Near, near_tripwires
from iw_monitor.model.assessment import Assessment, Freshness, IndicatorAssessment, ProblemAssessment
from iw_monitor.model.collecting import DeadSource
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.judgement import Judgement, JudgementKind
from iw_monitor.model.pack import Pack
from iw_monitor.model.proposal import Proposal
from iw_monitor.model.watch_log import LogEntry
from iw_monitor.telling import formats
from iw_monitor.telling.alerts import Told, state_words
from iw_monitor.telling.changes import Since
from iw_monitor.telling.inks import NO_ASSESSMENT
from iw_monitor.telling.sentences import called, cause, confidence, likely, titles
from iw_monitor.telling.silence import dead_behind, went_silent

VERSION = 1
MOST_DUE, MOST_MOVERS, MOST_NOTES = 5, 10, 30

_TITLES: Final = {
    "judgement": "Judgement",
    "changes": "What changed",
    "unacknowledged": "Unacknowledged alerts",
    "waiting": "Waiting for a person",
    "stale": "Stale or unknown",
    "near": "Tripwires one step away",
    "due": "Due next",
    "questions": "Open questions",
    "notes": "Noted on this watch",
}
_NONE: Final = {
    "changes": "Nothing moved a problem.",
    "unacknowledged": "Nothing fires that nobody is at.",
    "waiting": "Nothing waits.",
    "stale": "Every indicator is current.",
    "near": "None.",
    "due": "Nothing.",
    "questions": "None.",
    "notes": "Nothing.",
}
_JUDGED: Final = {
    JudgementKind.DECLARATION: "{author} declares {level} for {subject} until {until}: {reason}",
    JudgementKind.DISSENT: "{author} dissents on {subject} and holds {level} until {until}: {reason}",
    JudgementKind.OVERRIDE: "{author} overrides {subject} to level {level} until {until}: {reason}",
    JudgementKind.ESTIMATE: "{author} gives {subject} a chance of their own, {chance}, until {until}: {reason}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything a handover sheet tells of."""

    pack: Pack
    at: Assessment
    since: datetime
    changes: Since | None  # None: nothing had been reported by then
    standing: tuple[Judgement, ...]
    unacknowledged: tuple[Told, ...]  # alerts that fire, that nobody is at and nobody keeps quiet
    waiting: tuple[Proposal, ...]
    dead: tuple[DeadSource, ...]
    questions: tuple[LogEntry, ...]
    notes: tuple[LogEntry, ...]  # since then


def sheet_values(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as plain values: what is kept with a handover, and drawn alike by page, file and terminal."""
    top = sheet.at.headline
    return {
        "version": VERSION,
        "title": sheet.pack.file.title,
        "handling": sheet.pack.file.handling,
        "as_of": sheet.at.as_of.isoformat(),
        "since": sheet.since.isoformat(),
        "pack_hash": sheet.at.pack_hash,
        "level": top.level,
        "word": top.word,
        "sections": [
            {"id": name, "title": title, "lines": list(_LINES[name](sheet)) or [_NONE[name]]}
            for name, title in _TITLES.items()
        ],
    }


def sheet_text(values: dict[str, Any]) -> str:
    """Return a sheet as plain text."""
    begins, ends = (day_time_group(datetime.fromisoformat(values[name])) for name in ("since", "as_of"))
    head = f"{values['title'].upper()} · {values['handling']}\nHandover {begins} to {ends}"
    parts = [
        "\n".join([section["title"], *(f"  - {line}" for line in section["lines"])]) for section in values["sections"]
    ]
    return "\n\n".join([head, *parts])


# --- Sections ---


def _judgement(sheet: Sheet) -> Iterator[str]:
    yield _headline(sheet)
    for one in sheet.at.problems:
        yield _problem(sheet.pack, one)
    names = titles(sheet.pack) | {one.id: one.title for one in sheet.pack.file.problems}
    for judged in sheet.standing:
        yield _JUDGED[judged.kind].format(
            author=judged.author,
            subject=names.get(judged.subject, judged.subject),
            level=_level(sheet.pack, judged),
            chance="" if judged.probability is None else formats.whole_percent(judged.probability),
            until=day_time_group(judged.until),
            reason=_in_a_line(judged.reason),
        )


def _headline(sheet: Sheet) -> str:
    top = sheet.at.headline
    if top.problem is None:
        return f"{NO_ASSESSMENT}: only {formats.whole_percent(sheet.at.coverage)} of the evidence is current."
    one = sheet.at.problem(top.problem)
    return f"{top.level} {top.word}, set by {one.title}: {cause(one, sheet.pack)}."


def _problem(pack: Pack, one: ProblemAssessment) -> str:
    if one.recommended_level is None:
        return f"{one.title}: {NO_ASSESSMENT}."
    said = f"{one.title}: {formats.level_words(one.recommended_level, pack)}, {formats.signed(one.points)} points."
    return f"{said} {likely(one, pack)} {confidence(one)}"


def _level(pack: Pack, judged: Judgement) -> str:
    if judged.level is None:
        return ""
    return str(judged.level) if judged.kind is JudgementKind.OVERRIDE else formats.level_words(judged.level, pack)


def _changes(sheet: Sheet) -> Iterator[str]:
    if sheet.changes is None:
        yield f"Nothing had been reported by {day_time_group(sheet.since)}."
        return
    for one in sheet.changes.levels:
        before, after = (
            NO_ASSESSMENT if each is None else formats.level_words(each, sheet.pack) for each in (one.before, one.after)
        )
        yield f"{one.title}: {before} → {after}."
    for moved in sheet.changes.movers[:MOST_MOVERS]:
        step = "" if moved.before == moved.after else f" ({_of_none(moved.before)} → {_of_none(moved.after)})"
        yield f"{formats.signed(moved.change)} {moved.title}{step}, on {moved.problem_title}."


def _of_none(level: int | None) -> str:
    return "?" if level is None else str(level)


def _unacknowledged(sheet: Sheet) -> Iterator[str]:
    for one in sheet.unacknowledged:
        since = day_time_group(one.alert.fired_at or one.alert.since)
        escalated = ", escalated" if one.alert.escalated else ""
        yield f"{one.title}: {one.subject_title}, {one.alert.says}, {state_words(one)} since {since}{escalated}."


def _waiting(sheet: Sheet) -> Iterator[str]:
    names = titles(sheet.pack) | {one.id: one.title for one in sheet.pack.file.problems}
    if sheet.at.unconfirmed:
        yield f"{len(sheet.at.unconfirmed)} reports in the tray, graded too low to be scored."
    for one in sheet.waiting:
        yield f"{names.get(one.subject, one.subject)}: proposed by {one.author}, {day_time_group(one.recorded_at)}."


def _stale(sheet: Sheet) -> Iterator[str]:
    for one in _scored(sheet):
        if one.status in (Freshness.STALE, Freshness.UNKNOWN):
            age = "never reported" if one.age_days is None else f"{one.age_days:.0f} d old"
            behind = "".join(f" {dead.title} {went_silent(dead)}." for dead in dead_behind(sheet.dead, one))
            yield f"{called(sheet.pack.indicator(one.id))}: {one.status.value}, {age}.{behind}"


def _scored(sheet: Sheet) -> list[IndicatorAssessment]:
    scored = {one.id for one in sheet.pack.scored}
    return [one for one in sheet.at.indicators if one.id in scored]


def _near(sheet: Sheet) -> Iterator[str]:
    for one in near_tripwires(sheet.pack, sheet.at):
        yield near_words(sheet.pack, one)


def near_words(pack: Pack, near: Near) -> str:
    """Return what is missing until a tripwire sets its floor, in a sentence."""
    names = titles(pack)
    missing = " and ".join(_missing(names.get(one.indicator, one.indicator), one) for one in near.missing)
    floor = formats.level_words(near.tripwire.floor, pack)
    return (
        f"{near.tripwire.id} {near.tripwire.title}: {missing} would put {pack.problem(near.tripwire.problem).title} "
        f"at {floor} at least."
    )


def _missing(title: str, one: Missing) -> str:
    if one.steps == 0:
        return f"newer or better evidence of {title} at {one.needed}"
    return f"{title} at {one.needed} (now {_of_none(one.level)})"


def _due(sheet: Sheet) -> Iterator[str]:
    current = (one for one in _scored(sheet) if one.status in (Freshness.FRESH, Freshness.DUE))
    dated = [(one.due_at, one) for one in current if one.due_at is not None]
    for due_at, one in sorted(dated, key=lambda each: (each[0], each[1].id))[:MOST_DUE]:
        yield f"{called(sheet.pack.indicator(one.id))}: {day_time_group(due_at)}."


def _questions(sheet: Sheet) -> Iterable[str]:
    return (_noted(sheet.pack, one) for one in sheet.questions)


def _notes(sheet: Sheet) -> Iterable[str]:
    return (_noted(sheet.pack, one) for one in sheet.notes[-MOST_NOTES:])


def _noted(pack: Pack, one: LogEntry) -> str:
    names = titles(pack) | {each.id: each.title for each in pack.file.problems}
    about = f" on {names.get(one.about, one.about)}" if one.about else ""
    return f"{day_time_group(one.recorded_at)} {one.author}{about}: {_in_a_line(one.text)}"


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


_LINES = {
    "judgement": _judgement,
    "changes": _changes,
    "unacknowledged": _unacknowledged,
    "waiting": _waiting,
    "stale": _stale,
    "near": _near,
    "due": _due,
    "questions": _questions,
    "notes": _notes,
}
