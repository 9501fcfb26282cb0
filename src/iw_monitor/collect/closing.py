"""The one validation path of closings: what becomes of a past window of a problem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from iw_monitor.collect.reading import Notes, Where, read_basis, read_text, shown
from iw_monitor.collect.validate import STATEMENT_LENGTH, nearest, read_author
from iw_monitor.errors import InputError
from iw_monitor.model.closing import Closed, Window, past_windows
from iw_monitor.model.pack import Pack

HAPPENED, DID_NOT = "happened", "did-not"
OUTCOMES = (HAPPENED, DID_NOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawClosing:
    """A closing as somebody typed it: texts only, nothing checked."""

    problem: str
    window: str  # any day within it
    outcome: str  # happened or did-not
    onset: str = ""  # the day on which it began; of what happened only
    until: str = ""  # the last day of it, where it went on
    reason: str = ""
    basis: str = "seen"


def validate_closing(pack: Pack, raw: RawClosing, *, now: datetime, author: str) -> Closed:
    """Return what is said of a window.

    Raises:
        InputError: with everything that is wrong, at once.
    """
    notes = Notes(Where())
    window = _window(pack, raw, notes, now=now)
    happened = _outcome(raw.outcome, notes)
    onset, until = _days(raw, window, notes, happened=happened, now=now)
    reason = read_text(raw.reason, notes, column="reason", longest=STATEMENT_LENGTH, lines=True)
    if not reason:
        notes.error(
            "C108", "reason", "is missing", remedy="Say by what you know it: a gauge is raised or lowered by it"
        )
    basis = read_basis(raw.basis, notes)
    who = read_author(author, notes)
    if notes.findings or window is None or basis is None:
        raise InputError(notes.findings)
    return Closed(
        pack=pack.id,
        pack_hash=pack.hash,
        window=window,
        onset=onset,
        until=until,
        reason=reason,
        basis=basis,
        author=who,
    )


def _window(pack: Pack, raw: RawClosing, notes: Notes, *, now: datetime) -> Window | None:
    names = [one.id for one in pack.file.problems]
    problem = raw.problem.strip()
    if problem not in names:
        said = f"{shown(problem)} is not a problem of the pack {pack.id}" if problem else "is missing"
        notes.error("C301" if problem else "C108", "problem", said, remedy=nearest(problem, names))
        return None
    day = _day(raw.window, "window", notes)
    if day is None:
        return None
    past = list(past_windows(pack, problem, today=now.date()))
    found = next((one for one in past if one.holds(day)), None)
    if found is None:
        span = f"{past[0].first} to {past[-1].last}" if past else "no day at all: none is past yet"
        notes.error("C311", "window", f"{day} lies in no past window", remedy=f"The past windows cover {span}")
    return found


def _outcome(value: str, notes: Notes) -> bool | None:
    text = value.strip().lower().replace(" ", "-").replace("_", "-")
    if text in OUTCOMES:
        return text == HAPPENED
    said = f"{shown(value.strip())} is no outcome" if text else "is missing"
    notes.error("C312" if text else "C108", "outcome", said, remedy=f"Say {HAPPENED} or {DID_NOT}")
    return None


def _days(
    raw: RawClosing, window: Window | None, notes: Notes, *, happened: bool | None, now: datetime
) -> tuple[date | None, date | None]:
    if happened is not True:
        given = next((name for name in ("onset", "until") if getattr(raw, name).strip()), None)
        if given and happened is False:
            notes.error("C314", given, "is a day of what did not happen", remedy="Leave it out, or say happened")
        return None, None
    onset = _day(raw.onset, "onset", notes)
    until = _day(raw.until, "until", notes) if raw.until.strip() else onset
    if onset is not None and window is not None and not window.holds(onset):
        remedy = f"Give a day from {window.first} to {window.last}, or close the window in which it lies"
        notes.error("C313", "onset", f"{onset} lies outside the window", remedy=remedy)
    if onset is not None and until is not None and not onset <= until <= now.date():
        remedy = f"Give a day from {onset} to {now.date()}: how long it has gone on by now"
        notes.error("C315", "until", f"{until} is before it began, or to come", remedy=remedy)
    return onset, until


def _day(value: str, column: str, notes: Notes) -> date | None:
    text = value.strip()
    if not text:
        notes.error("C108", column, "is missing", remedy="Give a day such as 2024-01-31")
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        notes.error("C104", column, f"{shown(text)} is not a day", remedy="Give a day such as 2024-01-31")
        return None
