"""Instants: aware UTC datetimes at the edge, whole microseconds since 1970 inside arrays and tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_A_DAY, _A_SECOND = 86_400_000_000, 1_000_000  # microseconds
NEVER = 2**62  # later than every instant a datetime can hold (in microseconds)

END_OF_DAY = time(23, 59, tzinfo=UTC)  # METHOD 4.2: a bare date means 23:59 UTC of that day


def as_utc(instant: datetime) -> datetime:
    """Return the instant in UTC.

    Raises:
        ValueError: the instant is naive (has no zone).
    """
    if instant.tzinfo is UTC:
        return instant
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(UTC)


def microseconds(instant: datetime) -> int:
    """Return whole microseconds since 1970-01-01T00:00Z.

    Raises:
        ValueError: the instant is naive (has no zone).
    """
    since = as_utc(instant) - EPOCH
    return since.days * _A_DAY + since.seconds * _A_SECOND + since.microseconds


def from_microseconds(value: int) -> datetime:
    """Return the aware UTC instant of whole microseconds since 1970."""
    return EPOCH + timedelta(microseconds=int(value))


def duration_microseconds(duration: timedelta) -> int:
    """Return a duration as whole microseconds."""
    return duration // MICROSECOND


def end_of_day(day: date) -> datetime:
    """Return 23:59 UTC of a day: what a bare date means."""
    return datetime.combine(day, END_OF_DAY)


def day_time_group(instant: datetime) -> str:
    """Return the military date-time group, for example ``311800Z MAR 24``."""
    return as_utc(instant).strftime("%d%H%MZ %b %y").upper()
