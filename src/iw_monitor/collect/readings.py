"""What a source says: bytes first, then readings and items with the two times that matter."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from iw_monitor.model.instants import as_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back: bytes, or that nothing changed since the last time."""

    parts: tuple[bytes, ...]  # one, or a page or file each
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one name: when it was true, and when its source said it."""

    name: str
    value: float
    at: datetime  # true in the world; of a day, its end
    published_at: datetime

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"value must be a finite number, got {self.value}")
        object.__setattr__(self, "at", as_utc(self.at))
        object.__setattr__(self, "published_at", as_utc(self.published_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed: evidence for people."""

    key: str
    title: str
    link: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Everything that could be made out; ``damage`` says what could not, in sentences."""

    readings: tuple[Reading, ...] = ()
    items: tuple[Item, ...] = ()
    rows: int = 0  # looked at, used or not
    damage: tuple[str, ...] = ()
    withheld: int = 0  # too young to be used yet

    @property
    def is_empty(self) -> bool:
        return not self.readings and not self.items

    @property
    def newest_at(self) -> datetime | None:
        """When the newest of it was true, or was said."""
        times = [*(one.at for one in self.readings), *(one.published_at for one in self.items)]
        return max(times, default=None)


def known_by(readings: Iterable[Reading], now: datetime) -> tuple[tuple[Reading, ...], int]:
    """Return the readings whose source had said them by an instant, and how many it had not."""
    listed = tuple(readings)
    known = tuple(one for one in listed if max(one.published_at, one.at) <= now)
    return known, len(listed) - len(known)
