"""Closing windows: what a named person says became of a past window of a problem, so that a gauge has a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from iw_monitor.model.observation import Basis
from iw_monitor.model.pack import Pack

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """So many days of one problem, as long as its horizon; both ends included. They lie side by side from T0."""

    problem: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a window cannot end on {self.last}, before it begins on {self.first}")

    def holds(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What somebody says of a window: a closing before the store gives it an id and a time."""

    pack: str
    window: Window
    onset: date | None  # the day on which it began to happen; None: it did not
    until: date | None = None  # the last day of what began, from the onset on; None where nothing did
    reason: str
    basis: Basis
    author: str
    pack_hash: str = ""

    def __post_init__(self) -> None:
        if (self.onset is None) != (self.until is None):
            raise ValueError("what happened has a first and a last day, and what did not has neither")
        if self.onset is not None and self.until is not None:
            if not self.window.holds(self.onset):
                raise ValueError(f"{self.onset} lies outside the window")
            if self.until < self.onset:
                raise ValueError(f"it cannot end on {self.until}, before it began on {self.onset}")
        if not self.reason.strip() or not self.author.strip():
            raise ValueError("a closing needs a reason and an author")

    @property
    def happened(self) -> bool:
        return self.onset is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A named person takes a closing back, with a reason. It stays in the journal."""

    id: str
    closing: str
    reason: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Closed):
    """One closing, as the journal keeps it. Never edited: whoever was wrong reopens the window."""

    id: str  # UUIDv7
    recorded_at: datetime
    reopening: Reopening | None = None

    @property
    def stands(self) -> bool:
        return self.reopening is None


def closings_at(closings: Iterable[Closing], instant: datetime) -> tuple[Closing, ...]:
    """Return closings as they stood at an instant: those recorded by then, without what was taken back later."""
    return tuple(_at(one, instant) for one in closings if one.recorded_at <= instant)


def _at(one: Closing, instant: datetime) -> Closing:
    later = one.reopening is not None and one.reopening.recorded_at > instant
    return replace(one, reopening=None) if later else one


def window_days(pack: Pack) -> int:
    """Return how long a window is: the pack's horizon in whole days, at least one."""
    return max(1, pack.file.horizon.days)


def past_windows(pack: Pack, problem: str, *, today: date) -> Iterator[Window]:
    """Yield the windows of a problem that are wholly past, in order of time.

    They lie side by side from T0 on, so that nobody chooses where one ends.
    """
    length = timedelta(days=window_days(pack))
    first = pack.t0.date()
    while first + length <= today:
        yield Window(problem=problem, first=first, last=first + length - _DAY)
        first += length


def past_window(pack: Pack, problem: str, day: date, *, today: date) -> Window | None:
    """Return the window of a problem in which a day lies, if the pack has one and it is wholly past."""
    return next((one for one in past_windows(pack, problem, today=today) if one.holds(day)), None)


def is_window(pack: Pack, window: Window) -> bool:
    """Say whether it is one of the pack's windows still: of another T0, horizon or problem it is none."""
    days = (window.first - pack.t0.date()).days
    length = window_days(pack)
    known = any(one.id == window.problem for one in pack.file.problems)
    return known and days >= 0 and days % length == 0 and (window.last - window.first).days == length - 1
