"""What the charts are given: plain frozen values, no service, no pack. A missing number is None, drawn as missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol

TOLERANCE = 1e-9  # a value on a boundary belongs to the upper level, also after rounding


class LevelOfScale(Protocol):
    """What a scale needs to know of a warning level (``WarningLevel`` of the pack has it)."""

    @property
    def word(self) -> str:
        """Its name."""

    @property
    def from_points(self) -> float | None:
        """Its lower boundary; none for the lowest level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The points of a gauge and how the five levels divide them. Linear: equal steps mean equal evidence."""

    boundaries: tuple[float, ...]  # lower boundaries of levels 2 to 5
    words: tuple[str, ...]
    low: float = -20.0
    high: float = 20.0

    def __post_init__(self) -> None:
        edges = self.edges
        if len(self.words) != len(self.boundaries) + 1:
            raise ValueError(f"{len(self.boundaries)} boundaries need {len(self.boundaries) + 1} words")
        if any(left >= right for left, right in pairwise(edges)):
            raise ValueError(f"the boundaries must rise between low and high, got {edges}")

    @classmethod
    def of(cls, levels: Iterable[LevelOfScale], clip: float = 20.0) -> Scale:
        """Return the scale of a pack: ``Scale.of(pack.file.levels, pack.method.clip)``."""
        listed = tuple(levels)
        boundaries = tuple(one.from_points for one in listed if one.from_points is not None)
        return cls(boundaries=boundaries, words=tuple(one.word for one in listed), low=-clip, high=clip)

    @property
    def edges(self) -> tuple[float, ...]:
        """Both ends and all boundaries, rising."""
        return (self.low, *self.boundaries, self.high)

    @property
    def bands(self) -> tuple[tuple[int, float, float], ...]:
        """Each level with its lower and upper end."""
        return tuple((n, *ends) for n, ends in enumerate(pairwise(self.edges), start=1))

    def clipped(self, points: float) -> float:
        """Return the points, held between both ends."""
        return min(max(points, self.low), self.high)

    def share(self, points: float) -> float:
        """Return how far along the scale the points lie, 0 to 1."""
        return (self.clipped(points) - self.low) / (self.high - self.low)

    def level_of(self, points: float) -> int:
        """Return the level in whose band the points lie."""
        return bisect_right(self.boundaries, points + TOLERANCE) + 1

    def word(self, level: int) -> str:
        """Return the word of a level."""
        return self.words[level - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class GaugeReading:
    """What the gauge shows. ``level`` None: there is no assessment, and no needle is drawn."""

    level: int | None
    points: float
    low: float
    high: float
    problem: str | None  # title of the problem that sets the level
    set_by: str = ""  # one short line: "sum of evidence", "tripwire: strategic arsenal committed"
    day_ago: float | None = None  # points 24 h ago, None where there was no assessment
    week_ago: float | None = None  # points 7 d ago
    declared_level: int | None = None
    coverage: float = 1.0  # share 0 to 1
    hatched: bool = False  # coverage is below the pack's ``hatched_below``


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletRow:
    """One warning problem as a row of bullet graphs. ``level`` None: no assessment."""

    title: str
    level: int | None
    points: float
    low: float
    high: float
    day_ago: float | None = None
    declared_level: int | None = None
    note: str = ""  # stands at the right end, for example "very unlikely"
    hatched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A level that held from ``start`` to ``end``; None: nothing was known. Stretches stand in order of time."""

    start: datetime
    end: datetime
    level: int | None
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A step of a waterfall: what one indicator or interaction adds, in points."""

    id: str
    title: str
    group: str  # title of its family
    value: float
    note: str = ""  # for the tooltip: level, age, grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One warning problem over time. All sequences are equally long; None where there was no assessment."""

    title: str
    at: Sequence[datetime]
    points: Sequence[float | None]
    low: Sequence[float | None]
    high: Sequence[float | None]
    levels: Sequence[int | None]  # recommended

    def __post_init__(self) -> None:
        if len({len(self.at), len(self.points), len(self.low), len(self.high), len(self.levels)}) != 1:
            raise ValueError(f"the columns of the series {self.title!r} are not equally long")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: a tick with its text on hover; an ``outcome`` is annotated in the picture."""

    at: datetime
    title: str
    kind: str = "event"  # "event", "tripwire" or "outcome"
    panel: str | None = None  # title of the series it belongs to; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One graded report on an indicator."""

    at: datetime
    level: int
    grade: str  # "B2"
    statement: str = ""
    counted: bool = True  # False: waits in the unconfirmed tray, or was retracted


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What is left of an indicator's evidence at an instant, 1 to 0."""

    at: datetime
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Forecasts that said nearly the same: how many days, what they said on average, how often it came true."""

    days: int
    forecast: float
    observed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """How far one indicator, changed alone, moves a problem both ways: points, by what change, to what level."""

    title: str
    low: float
    low_says: str
    low_crosses: int | None  # warning level, where it is another than now
    high: float
    high_says: str
    high_crosses: int | None
