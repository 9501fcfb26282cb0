"""The instants a request is about: in range, in order, not too many, not in the future."""

from __future__ import annotations

from datetime import datetime, timedelta

from iw_monitor.errors import InputError
from iw_monitor.model.instants import as_utc
from iw_monitor.service.codes import refused

MOST_INSTANTS = 100_000  # in one replay: eleven years of hours


def checked(as_of: datetime, *, now: datetime, field: str = "as_of") -> datetime:
    """Return an instant in UTC.

    Raises:
        ValueError: it has no zone.
        InputError: it lies in the future: nobody knows what will have been reported.
    """
    instant = as_utc(as_of)
    if instant > now:
        problem = f"{instant:%Y-%m-%dT%H:%MZ} lies in the future; it is {now:%Y-%m-%dT%H:%MZ} now"
        raise refused("S101", field, problem, remedy="Ask for an instant up to now")
    return instant


def series(start: datetime, end: datetime, every: timedelta, *, now: datetime) -> tuple[datetime, ...]:
    """Return the instants from start to end, both included where the step meets them.

    Raises:
        InputError: the range is empty, in the future or has too many instants, or the step is not positive.
    """
    first, last = as_utc(start), checked(end, now=now, field="to")
    wrong = _wrong(first, last, every)
    if wrong is not None:
        raise wrong
    return tuple(first + every * step for step in range((last - first) // every + 1))


def _wrong(first: datetime, last: datetime, every: timedelta) -> InputError | None:
    if last < first:
        problem = f"{last:%Y-%m-%dT%H:%MZ} is before the start, {first:%Y-%m-%dT%H:%MZ}"
        return refused("S102", "to", problem, remedy="Exchange the two")
    if every <= timedelta(0):
        return refused("S103", "every", f"{every} is not a positive duration", remedy="Give a step such as 1d or 6h")
    if (last - first) // every >= MOST_INSTANTS:
        problem = f"more than {MOST_INSTANTS:,} instants lie between {first:%Y-%m-%d} and {last:%Y-%m-%d}"
        return refused("S104", "every", problem, remedy="Take a longer step or a shorter range")
    return None
