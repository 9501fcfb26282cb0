"""What a pack's ratings can tell apart, before any report: the indicator x problem matrix (METHOD 3).

All of it can be checked by hand from the ratings: nothing here looks at reports, ages or the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from iw_monitor.model.pack import DULL_SPREAD, RATING_PLACES, STRONG_SPREAD, Indicator, Pack

_EXPECTED = ("L", "HL")


class Verdict(StrEnum):
    """What an indicator is good for by its spread, the distance of its extreme ratings on HU..HL = 0..4.

    KEEP: 3 or 4, it tells futures apart. WEAK: 2, it tells them apart only together with others. CLUSTER: 0 or 1, it
    looks much the same in every future: a member of its family, never a tripwire.
    """

    KEEP = "keep"
    WEAK = "weak"
    CLUSTER = "cluster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One scored indicator: its ratings by future, its points by problem (0 where there is no link)."""

    indicator: str
    title: str
    family: str
    ratings: dict[str, str]
    points: dict[str, float]
    spread: int
    verdict: Verdict
    expected_in: tuple[str, ...]  # problems in which it is expected (rated L or HL) beside a spread of 3 or more
    unique_to: str | None  # the one problem it points to
    revalidate_by: date | None
    is_due: bool  # that day has passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One problem: which strong indicators are expected in it, and which point to nothing else."""

    problem: str
    strong: tuple[str, ...]
    unique: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How well two futures are told apart, the reference among them.

    ``points`` is the largest distance that one indicator puts between the two, each in points against the reference (0
    for the reference itself), and ``best`` that indicator. ``telling`` counts the indicators that rate them 3 or more
    places apart. Only indicators rated for both are compared.
    """

    one: str
    other: str
    best: str | None
    points: float
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """The matrix, and what follows from it."""

    pack: str
    pack_hash: str
    reference: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    pairs: tuple[Pair, ...]


def validate(pack: Pack, *, today: date | None = None) -> Validation:
    """Return what the ratings of a pack's scored indicators can tell apart.

    Args:
        pack: extension indicators count as soon as they are active.
        today: with it, days of revalidation that have passed are marked.
    """
    problems = tuple(one.id for one in pack.file.problems)
    rows = tuple(_row(pack, one, today) for one in pack.scored)
    futures = (pack.file.reference.id, *problems)
    return Validation(
        pack=pack.id,
        pack_hash=pack.hash,
        reference=pack.file.reference.id,
        rows=rows,
        columns=tuple(_column(rows, problem) for problem in problems),
        pairs=tuple(_pair(pack, rows, one, other) for one, other in combinations(futures, 2)),
    )


def verdict_of(spread: int) -> Verdict:
    """Return the verdict of a spread: cluster up to 1, weak at 2, keep from 3."""
    if spread <= DULL_SPREAD:
        return Verdict.CLUSTER
    return Verdict.KEEP if spread >= STRONG_SPREAD else Verdict.WEAK


def _row(pack: Pack, one: Indicator, today: date | None) -> Row:
    spread = one.spread
    problems = [problem.id for problem in pack.file.problems]
    expected = tuple(problem for problem in problems if one.ratings.get(problem) in _EXPECTED)
    return Row(
        indicator=one.id,
        title=one.title,
        family=one.family,
        ratings=dict(one.ratings),
        points={problem: pack.link_points(one, problem) for problem in problems},
        spread=spread,
        verdict=verdict_of(spread),
        expected_in=expected if spread >= STRONG_SPREAD else (),
        unique_to=_unique(pack, one, problems),
        revalidate_by=one.revalidate_by,
        is_due=today is not None and one.revalidate_by is not None and one.revalidate_by < today,
    )


def _unique(pack: Pack, one: Indicator, problems: list[str]) -> str | None:
    """Return the problem that a strong indicator points to, if it is the only one in which it is expected."""
    expected = [problem for problem in problems if one.ratings.get(problem) in _EXPECTED]
    return expected[0] if one.spread >= STRONG_SPREAD and len(expected) == 1 else None


def _column(rows: tuple[Row, ...], problem: str) -> Column:
    return Column(
        problem=problem,
        strong=tuple(row.indicator for row in rows if problem in row.expected_in),
        unique=tuple(row.indicator for row in rows if row.unique_to == problem),
    )


def _pair(pack: Pack, rows: tuple[Row, ...], one: str, other: str) -> Pair:
    rated = [row for row in rows if _is_rated(pack, row, one) and _is_rated(pack, row, other)]
    apart = [(abs(row.points.get(one, 0.0) - row.points.get(other, 0.0)), row.indicator) for row in rated]
    most, best = max(apart, key=lambda pair: pair[0], default=(0.0, None))
    telling = tuple(row.indicator for row in rated if _places(row, one, other) >= STRONG_SPREAD)
    return Pair(one=one, other=other, best=best if most > 0 else None, points=most, telling=telling)


def _is_rated(pack: Pack, row: Row, future: str) -> bool:
    return future in row.ratings or future in pack.indicator(row.indicator).points


def _places(row: Row, one: str, other: str) -> int:
    if one not in row.ratings or other not in row.ratings:
        return 0
    return abs(RATING_PLACES[row.ratings[one]] - RATING_PLACES[row.ratings[other]])
