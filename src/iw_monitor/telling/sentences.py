"""The sentences on a warning problem that pages and reports share: what set its level, how likely, how sure.

Likelihood and confidence never share a sentence, and a percentage never stands without its interval (ICD 203).
"""

from __future__ import annotations

from typing import Final

from iw_monitor.assess.explain import TRACK_RECORD
from iw_monitor.assess.words import words_of
from iw_monitor.model.assessment import Assessment, Floor, ProblemAssessment
from iw_monitor.model.pack import Indicator, Pack
from iw_monitor.telling import formats
from iw_monitor.telling.inks import NO_ASSESSMENT

KNOWN: Final = {"recorded": "as recorded here by then", "published": "as published by then"}
TRACK_RECORD_TITLE: Final = "track record (experiment)"
_TRACK: Final = (
    "Track record, an experiment: {expected:.2f} events were expected in {windows} closed {noun}, and {events} came; "
    "hazard × {factor:.2f}, {points} points. Without it: {without} points."
)
NON_DIAGNOSTIC: Final = "non-diagnostic alone"  # of an indicator rated nearly alike in every future
LATCHED: Final = ", latched until a report ends it"
_SUM_OF_EVIDENCE: Final = "the sum of evidence"
_TRIPWIRE: Final = "tripwire {id} ({title})"
_RULE: Final = "rule {id} ({title})"
_HELD: Final = "held by hysteresis: a level comes down one step at a time, after 72 hours of quiet"
_SUM_ALONE: Final = "The sum alone would say {level}."
_FLOOR_TOO: Final = "{rules} would hold it there without the sum."
_CONFIDENCE: Final = (
    "Confidence is {confidence}: {coverage} of the evidence is current; the same level in {stability} of draws."
)
_KEPT_FROM_HIGH: Final = "What keeps it from high: {reasons}."
_LIKELIHOOD: Final = "Within {days} days: {likelihood}."
_NO_ASSESSMENT_SAYS: Final = (
    "Only {coverage} of the evidence is current; below {needed} no level is shown. "
    "This is not good news: what is not seen may be anything."
)


def titles(pack: Pack) -> dict[str, str]:
    """Return what all that can move a problem is called: indicators, interactions, tripwires, its track record."""
    rules = {one.id: one.title for one in (*pack.file.interactions, *pack.file.tripwires)}
    return {one.id: called(one) for one in pack.indicators} | rules | {TRACK_RECORD: TRACK_RECORD_TITLE}


def called(one: Indicator) -> str:
    """Return an indicator's title, and that it is non-diagnostic if it is: nobody is to rest a judgement on it."""
    return f"{one.title} ({NON_DIAGNOSTIC})" if one.is_non_diagnostic else one.title


def cause(problem: ProblemAssessment, pack: Pack) -> str:
    """Return what set the level shown, as plain text: tripwires, hysteresis, or the sum of evidence."""
    shown = formats.shown_level(problem)
    if shown is None:
        return _SUM_OF_EVIDENCE
    floors = [one for one in problem.floors if one.level >= shown]
    if floors and problem.sum_level < shown:
        return " and ".join(floor_title(one, pack) for one in floors)
    if problem.level is not None and problem.level < shown:
        return _HELD
    return _SUM_OF_EVIDENCE


def floor_title(floor: Floor, pack: Pack) -> str:
    """Return the name of what set a floor: ``tripwire T1 (...)``."""
    tripwires = {one.id: one.title for one in pack.file.tripwires}
    rules = {one.id: one.title for one in pack.file.interactions}
    said = _TRIPWIRE if floor.id in tripwires else _RULE
    title = {**rules, **tripwires}.get(floor.id, floor.id)
    return said.format(id=floor.id, title=title) + ("" if floor.now else LATCHED)


def sum_alone(problem: ProblemAssessment, pack: Pack) -> str:
    """Return what the sum of evidence alone would say, or nothing where it says the same as the level shown."""
    shown = formats.shown_level(problem)
    if shown is None or shown == problem.sum_level:
        return ""
    return _SUM_ALONE.format(level=formats.level_words(problem.sum_level, pack))


def floor_too(problem: ProblemAssessment, pack: Pack) -> str:
    """Return which rules stand under the level although the sum of evidence reaches it by itself, or nothing."""
    shown = formats.shown_level(problem)
    rules = " and ".join(floor_title(one, pack) for one in problem.floors if one.level == shown)
    if not rules or shown != problem.sum_level:
        return ""
    return _FLOOR_TOO.format(rules=rules[:1].upper() + rules[1:])


def track_record(problem: ProblemAssessment) -> str:
    """Return what the closed windows of a problem do to it, with and without; nothing where none counts."""
    one = problem.track
    if one is None:
        return ""
    return _TRACK.format(
        windows=one.windows,
        noun="window" if one.windows == 1 else "windows",
        events=one.events,
        expected=one.expected,
        factor=one.factor,
        points=formats.signed(one.points),
        without=formats.signed(problem.points - one.points),
    )


def confidence(problem: ProblemAssessment) -> str:
    """Return the confidence in a sentence of its own, with coverage and stability, and what keeps it from high."""
    said = _CONFIDENCE.format(
        confidence=problem.confidence.value,
        coverage=formats.whole_percent(problem.coverage),
        stability=formats.whole_percent(problem.stability),
    )
    if not problem.confidence_reasons:
        return said
    return f"{said} {_KEPT_FROM_HIGH.format(reasons='; '.join(problem.confidence_reasons))}"


def likelihood(problem: ProblemAssessment, pack: Pack) -> str:
    """Return the estimative word and the interval: ``unlikely · 20-45 %``; never a bare percentage."""
    word = words_of(pack, problem.probability).word
    return f"{word} · {formats.percent_interval(problem.probability_low, problem.probability_high)}"


def likely(problem: ProblemAssessment, pack: Pack) -> str:
    """Return the likelihood as its own sentence: estimative word and interval."""
    return _LIKELIHOOD.format(likelihood=likelihood(problem, pack), days=pack.file.horizon.days)


def stands(problem: ProblemAssessment, pack: Pack) -> str:
    """Return the likelihood of a problem, or that there is no assessment of it."""
    return likelihood(problem, pack) if problem.assessed else NO_ASSESSMENT.lower()


def no_assessment(assessment: Assessment, pack: Pack) -> str:
    """Return why no level is shown, and that this is no all-clear."""
    needed = formats.whole_percent(pack.method.coverage.no_assessment_below)
    return _NO_ASSESSMENT_SAYS.format(coverage=formats.whole_percent(assessment.coverage), needed=needed)
