"""The one command: measures what is named (everything, when nothing is) and writes the tables."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench import assessment, history, journal, pages, sessions, snapshots, watchers
from bench.machine import load, measured_on, pace
from bench.scale import FULL, SHORT, Scale
from bench.table import Section, page_with

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `python3 bootstrap.py bench`, in ratios wherever two things could be measured side by side: what runs on one
machine in one run hits both alike. Every way is run once without being measured and then in turn, so many rounds; a
figure is the median of the rounds, its spread their lowest and highest. Garbage is cleared away before each. Times are
those of the processor, of all threads together, so that what else runs on the machine counts little; where something is
waited for, it is the clock on the wall, and the row says so.

`python3 bootstrap.py bench NAME` renews one section, `--short` prints a short form and writes nothing. `--watching 30`
lets the watchers watch for half an hour, `--rows 10000000` lets the journal grow to so many rows.
"""

BENCHES: Mapping[str, Callable[[Scale], Section]] = {
    "history": history.measure,
    "assessment": assessment.measure,
    "journal": journal.measure,
    "snapshots": snapshots.measure,
    "pages": pages.measure,
    "sessions": sessions.measure,
    "watchers": watchers.measure,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print every table as soon as it is there, and write the page unless only the short form was wanted."""
    asked = _parsed(arguments)
    scale = SHORT if asked.short else _full(asked.watching, asked.rows)
    for name in asked.names or BENCHES:
        busy, speed, begun = load(), pace(), time.monotonic()
        section = BENCHES[name](scale)
        where = measured_on(busy, speed)
        text = section.text(where)
        print(f"{text}\n\n({name}: {time.monotonic() - begun:.0f} s)\n", flush=True)
        if not asked.short:
            held = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
            PAGE.write_text(page_with(HEAD, held, text), encoding="utf-8")


def _full(minutes: float, rows: int) -> Scale:
    return replace(FULL, watching=minutes * 60, journal=tuple(sorted({*FULL.journal, rows})))


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 bootstrap.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *BENCHES], help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--short", action="store_true", help="small sizes, printed and not written")
    minutes = FULL.watching / 60
    parser.add_argument("--watching", type=float, metavar="MINUTES", default=minutes, help="how long watchers watch")
    rows = max(FULL.journal)
    parser.add_argument("--rows", type=int, metavar="ROWS", default=rows, help="to which the journal grows")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
