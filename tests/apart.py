"""Runs a coroutine on a thread of its own: a browser test of the same run keeps the main thread's event loop busy."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def run_apart(coroutine: Coroutine[object, object, Result]) -> Result:
    """Return what the coroutine returns."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, coroutine).result()
