"""Crontabs in words, as people say when something is due: ``every day at 06:00``."""

from __future__ import annotations

from typing import Final

_DAYS: Final = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_FIELDS = 5
_ANY = "*"
_PLAIN: Final = "by the crontab {line}"


def crontab_words(line: str) -> str:
    """Return a crontab in words; one that nobody says in words stays as it is, and says what it is.

    Example:
        >>> crontab_words("0 6 * * *"), crontab_words("30 7,19 * * mon-fri"), crontab_words("0 */6 * * *")
        ('every day at 06:00', 'Monday to Friday at 07:30 and 19:30', 'every 6 hours')
        >>> crontab_words("0 9 1 1,7 *"), crontab_words("0-30/7 6 * * *")
        ('on day 1 of January and July at 09:00', 'by the crontab 0-30/7 6 * * *')
    """
    fields = line.split()
    if len(fields) != _FIELDS:
        return _PLAIN.format(line=line)
    minute, hour, day, month, weekday = fields
    days, times = _days(day, month, weekday), _times(minute, hour)
    if days is None or times is None:
        return _PLAIN.format(line=line)
    if times.startswith("every"):
        return times if days == "every day" else f"{days}, {times}"
    return f"{days} {times}"


def _times(minute: str, hour: str) -> str | None:
    minutes, hours = _numbers(minute), _numbers(hour)
    if minutes and hours:
        return f"at {_and([f'{each:02}:{one:02}' for each in hours for one in minutes])}"
    if minutes and len(minutes) == 1:
        often = {_ANY: "hour"}.get(hour) or _step(hour, "hours")
        past = f" at {minutes[0]} past" if minutes[0] else ""
        return None if often is None else f"every {often}{past}"
    often = _step(minute, "minutes") if hour == _ANY else None
    return None if often is None else f"every {often}"


def _days(day: str, month: str, weekday: str) -> str | None:
    if weekday != _ANY:
        return _weekdays(weekday) if day == month == _ANY else None
    if day == month == _ANY:
        return "every day"
    days, months = _numbers(day), _numbers(month)
    if not days or (month != _ANY and not months):
        return None
    which = _and([_MONTHS[one - 1] for one in months]) if months else "every month"
    return f"on day {_and([str(one) for one in days])} of {which}"


def _weekdays(field: str) -> str | None:
    first, dash, last = field.partition("-")
    if dash:
        return f"{_DAYS[first]} to {_DAYS[last]}" if {first, last} <= set(_DAYS) else None
    named = [_DAYS.get(one, "") for one in field.split(",")]
    return f"every {_and(named)}" if all(named) else None


def _step(field: str, unit: str) -> str | None:
    star, _, length = field.partition("/")
    return f"{length} {unit}" if star == _ANY and length.isdecimal() else None


def _numbers(field: str) -> list[int]:
    parts = field.split(",")
    return sorted(int(one) for one in parts) if all(one.isdecimal() for one in parts) else []


def _and(words: list[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
