"""The parts of what a snapshot tells: plain values that every renderer lays out in its own way."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from iw_monitor.model.pack import Pack
from iw_monitor.telling.inks import NO_ASSESSMENT, SHAPES, UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level as it is shown: never by colour alone. ``number`` 0: there is none."""

    number: int
    shape: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bullet graph in shares of its scale, 0 to 1."""

    bands: tuple[tuple[float, float], ...]  # where each of the five levels begins, and how wide it is
    low: float
    high: float
    points: float | None
    day_ago: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """One warning problem."""

    title: str
    level: Level
    likelihood: str
    points: str
    trends: tuple[str, ...]
    bar: Bar
    told: tuple[str, ...]  # sentences: what set it; how likely; how sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a list: what, and what is said of it on the right; ``mark`` stands before it."""

    mark: str
    title: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A level that a problem held for a time, in shares of the whole course."""

    begin: float
    wide: float
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """The levels of one problem in their course."""

    title: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A list of sentences under a title, and what is said where there is none."""

    title: str
    lines: tuple[str, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One graded report, in its source's words."""

    day: str
    indicator: str
    level: str
    statement: str
    source: str
    grade: str


def level_of(level: int | None, pack: Pack) -> Level:
    """Return a warning level as it is shown."""
    if level is None:
        return Level(number=0, shape=UNKNOWN, word=NO_ASSESSMENT)
    return Level(number=level, shape=SHAPES[level], word=pack.word(level))


# Embeddings, overrides and isolates: they reorder what stands beside them. A letter's own direction stays.
_REORDERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")


def readable(value: Any) -> Any:
    """Return texts, however deep in parts and tuples, without what would reorder or hide the text beside them."""
    if isinstance(value, str):
        return value.translate(_CONTROLS | _REORDERING)
    if isinstance(value, tuple):
        return tuple(readable(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: readable(getattr(value, one.name)) for one in fields(value)})
    return value
