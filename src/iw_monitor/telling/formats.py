"""How times, numbers and levels are written on every page. Pure; the output is plain text, not yet escaped for HTML."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from iw_monitor.model.assessment import Freshness, ProblemAssessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.pack import Pack

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MINUS = "\N{MINUS SIGN}"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"

SHAPES = ("?", "○", "●", "◆", "▲", "■")  # unknown, then warning levels 1 to 5: they grow (never colour alone)
FRESHNESS_WORDS = {
    Freshness.FRESH: "fresh",
    Freshness.DUE: "due",
    Freshness.STALE: "stale",
    Freshness.UNKNOWN: "unknown",
}


def age(since: datetime | None, now: datetime) -> str:
    """Return how long ago in one unit, for example ``4 min`` or ``12 d``; ``never`` for None."""
    if since is None:
        return "never"
    return duration(max(now - since, timedelta(0)))


def duration(length: timedelta) -> str:
    """Return a length of time in one unit: minutes below two hours, hours below two days, else days."""
    if length < 2 * HOUR:
        return f"{length // MINUTE}{NARROW_SPACE}min"
    if length < 2 * DAY:
        return f"{length // HOUR}{NARROW_SPACE}h"
    return f"{length // DAY}{NARROW_SPACE}d"


def until(due: datetime | None, now: datetime) -> str:
    """Return when a re-check is due: ``due in 3 d``, ``due now``, ``due since 2 d``, or ``never reported``."""
    if due is None:
        return "never reported"
    if due > now:
        return f"due in {duration(due - now)}"
    return f"due since {duration(now - due)}" if now - due >= HOUR else "due now"


def local_time(instant: datetime, zone: ZoneInfo) -> str:
    """Return the theatre's clock with its city, ``20:00 Jerusalem``; with the weekday where its date is another."""
    there = instant.astimezone(zone)
    day = f"{there:%a} " if there.date() != instant.date() else ""
    return f"{day}{there:%H:%M} {city(zone)}"


def city(zone: ZoneInfo) -> str:
    """Return the city of a zone: ``Jerusalem`` for ``Asia/Jerusalem``."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def both_times(instant: datetime, zone: ZoneInfo) -> str:
    """Return the date-time group and the theatre's clock, for a tooltip."""
    return f"{day_time_group(instant)} · {local_time(instant, zone)}"


def signed(points: float, digits: int = 1) -> str:
    """Return a number with its sign, ``+2.1`` or ``−0.8`` (a true minus); what rounds to nothing has no sign."""
    text = f"{abs(points):.{digits}f}"
    if float(text) == 0:
        return text
    return f"{'+' if points > 0 else MINUS}{text}"


def percent(share: float) -> str:
    """Return a share as whole percent without the unit; never 0 or 100, which would claim certainty."""
    return str(min(99, max(1, round(share * 100))))


def percent_interval(low: float, high: float) -> str:
    """Return ``20–45 %``: a probability is only ever shown with its interval."""
    first, last = percent(low), percent(high)
    ends = first if first == last else f"{first}{EN_DASH}{last}"
    return f"{ends}{NARROW_SPACE}%"


def whole_percent(share: float) -> str:
    """Return a share that is not a probability (coverage, stability) as ``86 %``."""
    return f"{round(share * 100)}{NARROW_SPACE}%"


def level_words(level: int | None, pack: Pack) -> str:
    """Return ``4 HIGH``, or ``NO ASSESSMENT``."""
    return "NO ASSESSMENT" if level is None else f"{level} {pack.word(level)}"


def shape(level: int | None) -> str:
    """Return the shape of a warning level; ``?`` for none."""
    return SHAPES[level or 0]


def shown_level(problem: ProblemAssessment) -> int | None:
    """Return the level a page shows for a problem: the one recommended (with hysteresis)."""
    return problem.recommended_level
