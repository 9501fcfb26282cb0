"""Drafts: what editors have typed and not recorded yet, so that a reload or a lost connection takes no word of it.

Kept by the server's process, for as long as it runs; the journal holds only what somebody meant to record.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from types import MappingProxyType

MOST = 2_000  # drafts; the one touched longest ago is dropped first
LAST_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose draft, of which indicator, in which window: two windows of one editor do not write over each other."""

    pack: str
    author: str
    indicator: str
    window: str  # long and random: who does not have it does not find the draft


class Drafts:
    """What was typed, by place. Safe to share between threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[Place, tuple[datetime, Mapping[str, str]]] = OrderedDict()

    def get(self, place: Place) -> Mapping[str, str]:
        """Return what was typed there so far, field by field; nothing if there is no draft."""
        with self._lock:
            self._drop_old()
            return self._kept.get(place, (self._clock(), MappingProxyType({})))[1]

    def put(self, place: Place, fields: Mapping[str, str]) -> None:
        """Keep what was typed in some fields; the other fields of the draft stay."""
        with self._lock:
            before = self._kept.pop(place, (self._clock(), {}))[1]
            self._kept[place] = (self._clock(), MappingProxyType({**before, **fields}))
            self._drop_old()

    def drop(self, place: Place) -> None:
        """Forget a draft: it was recorded, or thrown away by its author."""
        with self._lock:
            self._kept.pop(place, None)

    def of(self, pack: str, author: str) -> tuple[Place, ...]:
        """Return where somebody has begun something, newest first."""
        with self._lock:
            self._drop_old()
            return tuple(one for one in reversed(self._kept) if (one.pack, one.author) == (pack, author))

    def _drop_old(self) -> None:
        oldest = self._clock() - LAST_FOR
        for place in [one for one, (touched, _) in self._kept.items() if touched < oldest]:
            del self._kept[place]
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
