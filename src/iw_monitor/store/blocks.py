"""Blocks: what one thread writes at several places, made one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Block(Generic[T]):
    """The block that a thread is in: its transaction once there is one, and whether a write in it failed."""

    end: ExitStack
    held: T | None = None
    failed: bool = False


class Blocks(Generic[T]):
    """Hands out transactions: to a thread inside a block always the same one."""

    def __init__(self) -> None:
        self._here = threading.local()

    @contextmanager
    def block(self) -> Iterator[None]:
        """Let this thread's transactions be one, which begins with the first.

        Raises:
            RuntimeError: this thread is in a block already, or one of its writes failed and was passed over.
        """
        if self._current() is not None:
            raise RuntimeError("a block cannot lie within another")
        with ExitStack() as end:
            self._here.block = block = _Block[T](end)
            try:
                yield
            finally:
                self._here.block = None
            if block.failed:
                raise RuntimeError("a write of this block failed, so none of them may be kept")

    @contextmanager
    def entered(self, begin: Callable[[], AbstractContextManager[T]]) -> Iterator[T]:
        """Give this thread's transaction: the block's, or one of its own that ends with the ``with``.

        Args:
            begin: begins one, if there is none.
        """
        block = self._current()
        if block is None:
            with begin() as alone:
                yield alone
            return
        try:
            if block.held is None:
                block.held = block.end.enter_context(begin())
            yield block.held
        except BaseException:
            block.failed = True
            raise

    def _current(self) -> _Block[T] | None:
        found: _Block[T] | None = getattr(self._here, "block", None)
        return found
