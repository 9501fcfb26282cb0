"""When something is due: at even distances, or by a crontab in the time zone of those who wait for it.

A time of day that a clock skips in spring is made up for at the same distance from midnight; one that comes twice in
autumn counts the first time only. What is due every hour, or more often, is due at each of the hours there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from iw_monitor.model.instants import EPOCH, as_utc

_FIELDS = 5
_HOUR, _WEEKDAY = 1, 4
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")  # of crontab, where both 0 and 7 are Sunday
_WEEKDAY_RANGE = re.compile(r"([0-7])(?:-([0-7]))?")


class Times(Protocol):
    """Instants at which something is due."""

    def after(self, instant: datetime) -> datetime | None:
        """Return the first one after an instant, or None if there is none any more."""


@dataclass(frozen=True, slots=True)
class Every:
    """At even distances, counted from 1970: the same on every machine, whenever a worker was started."""

    interval: timedelta

    def __post_init__(self) -> None:
        if self.interval <= timedelta(0):
            raise ValueError(f"the interval must be positive, got {self.interval}")

    def after(self, instant: datetime) -> datetime:
        """Return the first instant after this one."""
        return EPOCH + ((as_utc(instant) - EPOCH) // self.interval + 1) * self.interval


@dataclass(frozen=True)
class Crontab:
    """By a crontab: minute, hour, day of the month, month, day of the week; on the clocks of a time zone."""

    line: str
    zone: ZoneInfo
    fields: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        fields = tuple(self.line.split())
        if len(fields) != _FIELDS:
            raise ValueError(f"a crontab has {_FIELDS} fields, got {self.line!r}")
        object.__setattr__(self, "fields", (*fields[:_WEEKDAY], _weekdays_by_name(fields[_WEEKDAY])))
        _ = self._trigger

    @cached_property
    def _trigger(self) -> CronTrigger:
        minute, hour, day, month, weekday = self.fields
        return CronTrigger(minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, timezone=self.zone)

    @property
    def _is_by_the_hour(self) -> bool:
        return self.fields[_HOUR].startswith("*")

    def after(self, instant: datetime) -> datetime | None:
        """Return the first instant after this one, or None if there is none any more."""
        found = self._after(as_utc(instant))
        while found is not None and self._is_a_repetition(found):
            found = self._after(found)
        return found

    def _after(self, instant: datetime) -> datetime | None:
        here = instant.astimezone(self.zone)
        found: datetime | None = self._trigger.get_next_fire_time(here, here)
        return None if found is None else as_utc(found)

    def _is_a_repetition(self, instant: datetime) -> bool:
        return bool(instant.astimezone(self.zone).fold) and not self._is_by_the_hour


def _weekdays_by_name(weekdays: str) -> str:
    """Return a crontab's days of the week by their names: the library counts from Monday, every crontab from Sunday."""
    return ",".join(name for part in weekdays.split(",") for name in _names_of(part))


def _names_of(part: str) -> Iterator[str]:
    found = _WEEKDAY_RANGE.fullmatch(part)
    if found is None:
        yield part
        return
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise ValueError(f"the days {part!r} end before they begin")
    yield from _WEEKDAYS[first : last + 1]


def due_between(times: Times, after: datetime, until: datetime) -> Iterator[datetime]:
    """Give every due time after one instant, up to and including another."""
    found = times.after(after)
    while found is not None and found <= until:
        yield found
        found = times.after(found)
