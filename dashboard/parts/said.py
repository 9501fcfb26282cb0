"""Sentences of the Watch page: the level, what set it, how sure it is, what the unknown could do."""

from __future__ import annotations

from dashboard import texts
from dashboard.data import Look
from dashboard.parts.marks import badge
from dashboard.parts.markup import aged, attr, esc, inner_link
from iw_monitor.model.assessment import ProblemAssessment
from iw_monitor.telling import formats
from iw_monitor.telling.sentences import cause, confidence, floor_too, likely, no_assessment, sum_alone


def heading(text: str) -> str:
    """Return a small heading."""
    return f'<div class="iw iw-h" role="heading" aria-level="2">{esc(text)}</div>'


def soft(text: str) -> str:
    """Return a quiet line."""
    return f'<p class="iw iw-soft">{esc(text)}</p>'


def headline(look: Look) -> str:
    """Return the level for machines and screen readers, and since when it stands."""
    top = look.at.headline
    since = f"{texts.LEVEL_SINCE} {aged(top.since, look.at.as_of, look.zone)}" if top.since else ""
    return (
        f'<div class="iw iw-level" id="headline" data-testid="gauge-level" data-level="{top.level or ""}" '
        f'data-problem="{attr(top.problem or "")}" data-word="{attr(top.word)}">'
        f'<span class="iw-soft iw-small">{since}</span></div>'
    )


def conclusion(look: Look) -> str:
    """Return which problem sets the level and what set it; then, apart from it, the confidence."""
    name = look.at.headline.problem
    if name is None:
        return f'<div class="iw iw-said"><p>{esc(no_assessment(look.at, look.pack))}</p></div>'
    one = look.at.problem(name)
    title = inner_link(look.link("why", problem=name), one.title)
    set_by = texts.SET_BY.format(problem=title, cause=esc(cause(one, look.pack)))
    alone = sum_alone(one, look.pack) or floor_too(one, look.pack)
    return (
        f'<div class="iw iw-said"><p>{set_by} {esc(alone)}</p><p>{esc(likely(one, look.pack))}</p><p>'
        f"{esc(confidence(one))}</p></div>"
    )


def unknown_could(look: Look) -> str:
    """Return how far the headline problem could stand, with everything unknown at its worst or best."""
    name = look.at.headline.problem
    if name is None:
        return ""
    one = look.at.problem(name)
    says = texts.UNKNOWN_COULD_SAYS.format(
        problem=one.title,
        low=formats.signed(one.points_low),
        high=formats.signed(one.points_high),
        chance=formats.percent_interval(one.probability_low, one.probability_high),
    )
    return (
        f'<div class="iw"><p class="iw-soft" style="margin-top:.7rem"><b>{esc(texts.UNKNOWN_COULD)}.</b> {esc(says)}'
        "</p></div>"
    )


def problem_title(problem: ProblemAssessment, look: Look) -> str:
    """Return a problem's question, its level, what set it, and when it resolves."""
    definition = look.pack.problem(problem.id)
    shown = problem.recommended_level
    says = (
        f"{problem_cause(problem, look)} {likely(problem, look.pack)}"
        if shown is not None
        else texts.PROBLEM_NOT_ASSESSED.format(coverage=formats.whole_percent(problem.coverage))
    )
    sure = f"<p>{esc(confidence(problem))}</p>" if shown is not None else ""
    return (
        f'<div class="iw" data-problem="{attr(problem.id)}" data-level="{shown or ""}">'
        f'<div class="iw-title">{badge(shown, look.pack)} {esc(problem.title)}</div>'
        f"<p>{esc(says)}</p>{sure}"
        f'<p class="iw-soft iw-small">{esc(texts.RESOLVES.format(text=definition.resolves_yes_when))}</p></div>'
    )


def problem_cause(problem: ProblemAssessment, look: Look) -> str:
    """Return what set a problem's level, and what the sum alone would say."""
    alone = sum_alone(problem, look.pack) or floor_too(problem, look.pack)
    return f"{texts.LEVEL_SET_BY.format(cause=cause(problem, look.pack))} {alone}".strip()
