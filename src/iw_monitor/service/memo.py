"""Remembering what was computed: each thing once, however many sessions ask for it at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """Keeps the values asked for last. Values must be frozen: every session gets the same one.

    What is kept is handed out without a lock. Hundreds of threads that take turns at one, each for a moment, come to
    wait for each other and no longer for the work.
    """

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Value]] = OrderedDict()
        self._making: dict[Hashable, Event] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made now if it is not kept; others that ask for it meanwhile wait."""
        while True:
            found = self._kept.get(key)
            if found is not None:
                self._asked_for(key)
                return found[0]
            with self._lock:
                others = self._making.get(key)
                if others is None and key not in self._kept:
                    self._making[key] = Event()
                    break
            if others is not None:
                others.wait()
        return self._keep(key, make)

    def _asked_for(self, key: Hashable) -> None:
        """Let a key be forgotten after the others; left out while somebody else is at it."""
        if self._lock.acquire(blocking=False):
            try:
                if key in self._kept:
                    self._kept.move_to_end(key)
            finally:
                self._lock.release()

    def _keep(self, key: Hashable, make: Callable[[], Value]) -> Value:
        try:
            value = make()
            with self._lock:
                self._kept[key] = (value,)
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        finally:
            with self._lock:
                self._making.pop(key).set()
        return value
