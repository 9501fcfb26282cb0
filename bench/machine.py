"""When and where it was measured: the date, the machine, how busy it was, and the versions that count."""

from __future__ import annotations

import os
import platform
import re
import timeit
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = ("numpy", "pandas", "streamlit", "sqlalchemy", "polars", "duckdb", "typst", "vl-convert-python")
_BUSY = 0.5  # of the cores, by others: above it the figures say so


def measured_on(load_before: float, pace_before: float | None, day: date | None = None) -> str:
    """Return the line above a table.

    Args:
        load_before: the load when the measuring began, before it made any itself.
        pace_before: the pace at that time, None when nobody took it.
        day: of the measuring, when that was not today.
    """
    cores = os.cpu_count() or 1
    busy = f"; the machine was busy with other work (load {load_before:.1f})" if load_before > _BUSY * cores else ""
    speed = (
        ""
        if pace_before is None
        else f" A core counted to a million in {pace_before * 1000:.0f} ms before and {pace() * 1000:.0f} ms after."
    )
    return (
        f"Measured on {day or datetime.now(UTC).date()}, {cores} cores of {_processor()}, {_memory()} of memory, "
        f"Python {platform.python_version()}, {', '.join(_versions())}{busy}.{speed}"
    )


def pace() -> float:
    """Return how many seconds a core needs to count to a million: a machine that is held back looks no different."""
    return min(timeit.repeat("for _ in range(1_000_000): count += 1", "count = 0", number=1, repeat=5))


def load() -> float:
    """Return how many processes wanted a core over the last minute; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", described.read_text()) if described.exists() else None
    return found.group(1).strip() if found else platform.machine()


def _memory() -> str:
    described = Path("/proc/meminfo")
    found = re.search(r"MemTotal:\s*(\d+) kB", described.read_text()) if described.exists() else None
    return f"{int(found.group(1)) / 2**20:.0f} GiB" if found else "an unknown amount"


def _versions() -> list[str]:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found
