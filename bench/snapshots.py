"""A snapshot as HTML, PDF and PNG: the first of a process, and the next one of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import child
from bench.measure import Spread
from bench.scale import Scale
from bench.table import Row, Section, Target

ABOUT = (
    "The shipped pack on its real history: from the wish to three files on the disk, entered in the journal with their "
    "hashes. By the clock on the wall, each time in a new process, which has opened its site but drawn nothing yet. "
    "The second snapshot is of the day before, so that nothing of the first can be shown again."
)


def measure(scale: Scale) -> Section:
    """Return the rows of snapshots."""
    taken = [_taken() for _ in range(scale.rounds)]
    limits = {"first": 2.0, "second": 0.5}
    rows = tuple(
        Row(
            what=f"HTML, PDF and PNG: the {which} of a process",
            measured="ours alone",
            figure=Spread(tuple(one[which] for one in taken)),
            unit="s",
            target=Target(limit=limit, unit="s"),
            why=child.busy(*(one[f"{which}_busy"] for one in taken)),
        )
        for which, limit in limits.items()
    )
    return Section(title="Snapshots", about=ABOUT, rows=rows)


def _taken() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="iw-bench-") as folder:
        return child.run("snapshots", Path(folder))
