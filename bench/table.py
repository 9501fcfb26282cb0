"""Rows of results: what was measured beside what, the ratio, the target, and whether it is reached."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bench.measure import Spread, figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a figure must not exceed, or with ``at_least`` must reach."""

    limit: float
    at_least: bool = False
    unit: str = "×"

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {figure(self.limit, self.unit)}"

    def missed_by(self, value: float) -> float:
        """Return how many times too much or too little a figure is; at most 1 where the target is reached."""
        return self.limit / value if self.at_least else value / self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure.

    ``figure`` is what the target speaks of, a ratio or a plain time; ``measured`` says in words what it was made of.
    """

    what: str
    measured: str
    figure: Spread
    target: Target | None = None  # None: told for completeness
    unit: str = "×"
    why: str = ""  # it misses its target

    @property
    def is_reached(self) -> bool:
        return self.target is None or self.target.missed_by(self.figure.median) <= 1

    def cells(self) -> tuple[str, ...]:
        spread = f"{figure(self.figure.lowest, self.unit)} to {figure(self.figure.highest, self.unit)}"
        return (
            self.what,
            self.measured,
            f"**{figure(self.figure.median, self.unit)}** ({spread})",
            "" if self.target is None else str(self.target),
            self._verdict(),
        )

    def _verdict(self) -> str:
        if self.target is None:
            return ""
        if self.is_reached:
            return "reached"
        times = self.target.missed_by(self.figure.median)
        return f"missed by {times:.{2 if times < 1.1 else 1}f}×. {self.why}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The results of one benchmark."""

    title: str
    about: str  # what was measured and how, so that a reader can judge the rows
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = field(default=())  # further tables and remarks, as Markdown

    def text(self, measured_on: str) -> str:
        """Return its Markdown."""
        return "\n".join(self._lines(measured_on))

    def _lines(self, measured_on: str) -> Iterator[str]:
        yield from (f"## {self.title}", "", self.about, "", measured_on, "")
        yield from markdown(("what", "measured", "median (lowest to highest)", "target", ""), _cells(self.rows))
        for note in self.notes:
            yield from ("", *note.splitlines())


def _cells(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    return (one.cells() for one in rows)


def page_with(head: str, held: str, section: str) -> str:
    """Return the page with one section renewed, or put at its end if it is new; the others stay as they were.

    Args:
        head: what stands above the sections.
        held: the page so far, empty when there is none.
        section: what was measured just now, as Markdown that begins with its title.
    """
    parts = re.split(r"^## ", held, flags=re.MULTILINE)[1:]
    sections = {part.partition("\n")[0]: part.strip() for part in parts}
    renewed = section.removeprefix("## ").strip()
    sections[renewed.partition("\n")[0]] = renewed
    return head + "".join(f"\n## {one}\n" for one in sections.values())


def markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table as Markdown."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for cells in rows:
        yield f"| {' | '.join(cells)} |"


def growth(of: str, what: str, cost: Mapping[int, float], *, at_most: float = 1.0) -> str:
    """Return a table of cost by size, and by which power of the size it grows from the first to the last.

    Args:
        of: what is counted.
        what: is done.
        cost: seconds by size.
        at_most: the power that is wanted: 1 for in proportion, 0 for not at all.
    """
    rows = [(f"{size:,}", figure(taken, "s"), figure(taken / size, "s")) for size, taken in cost.items()]
    first, last = min(cost), max(cost)
    power = math.log(cost[last] / cost[first]) / math.log(last / first)
    said = (
        f"Cost by {of} ({what}). It grows with their number to the power of {power:.2f}; at most {at_most:g} is wanted:"
    )
    return "\n".join([said, "", *markdown((of, "took", "each"), rows)])
