"""Where an assessment of the engine and the slow reading of METHOD differ, in words; nothing when they agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from iw_monitor.model.assessment import Assessment, IndicatorAssessment, ProblemAssessment
from iw_monitor.model.pack import Pack
from tests.reference.evidence import DAY, status
from tests.reference.method import Conclusion, Piece, confidence, median_quality, probability
from tests.reference.recommendation import Reading, Recommended

CLOSE = 1e-9


def disagreements(pack: Pack, reading: Reading, assessment: Assessment) -> list[str]:
    """Return one line for everything in which the two differ."""
    found: list[str] = []
    for one in assessment.indicators:
        if one.id in reading.states:
            found += _indicator(pack, reading, one)
    for problem in assessment.problems:
        found += _problem(pack, reading, problem)
    found += differing("coverage", reading.coverage, assessment.coverage)
    found += differing("headline", reading.headline, assessment.headline.level)
    if reading.headline is not None:
        found += differing("headline problem", reading.headline_problem, assessment.headline.problem)
    return found


def differing(what: str, expected: object, answered: object) -> list[str]:
    if isinstance(expected, float) and isinstance(answered, float | int):
        same = math.isclose(expected, answered, rel_tol=CLOSE, abs_tol=CLOSE)
    else:
        same = expected == answered
    return [] if same else [f"{what}: METHOD {expected}, engine {answered}"]


def _indicator(pack: Pack, reading: Reading, one: IndicatorAssessment) -> Iterator[str]:
    stands, state = reading.standings[one.id], reading.states[one.id]
    indicator = pack.indicator(one.id)
    age = None if stands.observed_at is None else reading.at - stands.observed_at
    pairs: dict[str, tuple[object, object]] = {
        "level": (stands.level, one.level),
        "observed_at": (stands.observed_at, one.observed_at),
        "age_days": (None if age is None else age / DAY, one.age_days),
        "quality": (stands.quality, one.quality),
        "age_factor": (state.age_factor, one.age_factor),
        "zero_point": (stands.zero_point, one.zero_point),
        "normal": (stands.normal, one.normal),
        "status": (status(pack, indicator, age), str(one.status)),
        "observations": (set(stands.evidence), set(one.observations)),
    }
    for name, (expected, answered) in pairs.items():
        yield from differing(f"{one.id}.{name}", expected, answered)


def _problem(pack: Pack, reading: Reading, one: ProblemAssessment) -> Iterator[str]:
    concluded, recommended = reading.problems[one.id], reading.recommended[one.id]
    pairs: dict[str, tuple[object, object]] = {
        "points": (concluded.points, one.points),
        "points_unclipped": (concluded.unclipped, one.points_unclipped),
        "probability": (probability(concluded.points), one.probability),
        "sum_level": (concluded.sum_level, one.sum_level),
        "level": (reading.levels[one.id], one.level),
        "coverage": (concluded.coverage, one.coverage),
        "recommended_level": (recommended.shown, one.recommended_level),
        "floors now": (dict(concluded.floors), _highest((floor.id, floor.level) for floor in one.floors if floor.now)),
        "floors": (dict(recommended.latched), _highest((floor.id, floor.level) for floor in one.floors)),
    }
    if recommended.shown is not None:
        pairs["recommended_since"] = (recommended.since, one.recommended_since)
    for name, (expected, answered) in pairs.items():
        yield from differing(f"{one.id}.{name}", expected, answered)
    yield from _confidence(pack, reading, one, recommended)
    yield from _pieces(concluded, one)


def _highest(floors: Iterable[tuple[str, int]]) -> dict[str, int]:
    highest: dict[str, int] = {}
    for name, level in floors:
        highest[name] = max(level, highest.get(name, 0))
    return highest


def _confidence(pack: Pack, reading: Reading, one: ProblemAssessment, recommended: Recommended) -> Iterator[str]:
    """Compare the confidence, with the engine's own stability: its draws are not repeated here."""
    week = pack.method.confidence.high_unchanged_for
    expected = confidence(
        pack,
        covered=reading.problems[one.id].coverage,
        quality=median_quality(pack, pack.problem(one.id), reading.states),
        stability=one.stability,
        unchanged=recommended.since is not None and reading.at - recommended.since >= week,
    )
    yield from differing(f"{one.id}.confidence", expected, str(one.confidence))


def _pieces(concluded: Conclusion, one: ProblemAssessment) -> Iterator[str]:
    answered = {piece.indicator: (piece.raw, piece.softened, piece.counted) for piece in one.contributions}
    answered |= {piece.id: (piece.raw, piece.raw, piece.counted) for piece in one.interactions}
    expected = {piece.name: (piece.raw, piece.softened, piece.counted) for piece in concluded.pieces}
    nothing = (0.0, 0.0, 0.0)
    for name in sorted({*answered, *expected}):
        mine, theirs = expected.get(name, nothing), answered.get(name, nothing)
        for part, left, right in zip(("raw", "softened", "counted"), mine, theirs, strict=True):
            if part != "counted" or not _is_tied(concluded.pieces, name):
                yield from differing(f"{one.id}.{name}.{part}", left, right)


def _is_tied(pieces: tuple[Piece, ...], name: str) -> bool:
    """Say whether another piece or family of the same size may have taken this one's place: the text leaves it open."""
    own = next((one for one in pieces if one.name == name), None)
    return own is not None and any(
        abs(one.softened - own.softened) <= CLOSE
        if one.family == own.family
        else abs(one.family_sum - own.family_sum) <= CLOSE
        for one in pieces
        if one.name != name and (one.softened < 0) == (own.softened < 0)
    )
