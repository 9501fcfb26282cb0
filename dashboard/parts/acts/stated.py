"""What people state, beside what is computed: declared levels, dissents, estimates, overrides. Never mixed with it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import data_acts
from dashboard import texts_acts as texts
from dashboard.data import Look
from dashboard.data_acts import Effect, Judgement
from dashboard.parts.marks import badge
from dashboard.parts.markup import attr, esc
from iw_monitor.model.assessment import ProblemAssessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.telling import formats
from iw_monitor.telling.changes import LEAST_WRITTEN
from iw_monitor.telling.inks import NO_ASSESSMENT
from iw_monitor.telling.sentences import stands


def beside_gauge(look: Look) -> str:
    """Return what is declared of the problem that sets the headline, and who dissents; nothing where nobody does."""
    name = look.at.headline.problem
    if name is None:
        return ""
    said = _levels(look.at.problem(name), look)
    return f'<div class="iw iw-stated" data-stated="{attr(name)}">{said}</div>' if said else ""


def on_problem(problem: ProblemAssessment, look: Look) -> str:
    """Return everything stated of a problem, estimates beside the model's own likelihood."""
    said = _levels(problem, look) + _estimates(problem, look) or f'<p class="iw-soft">{esc(texts.NOBODY)}</p>'
    return (
        f'<div class="iw iw-stated" data-stated="{attr(problem.id)}"><div class="iw-h" role="heading" aria-level="2">'
        f"{esc(texts.STATED)}</div>{said}</div>"
    )


def in_short(problem: ProblemAssessment, look: Look) -> str:
    """Return what is stated of a problem in a few words, for the foot of its row."""
    declared = data_acts.standing(look, JudgementKind.DECLARATION, problem.id)
    dissents = data_acts.standing(look, JudgementKind.DISSENT, problem.id)
    said = [(texts.DECLARED_SHORT, one) for one in declared] + [(texts.DISSENT_SHORT, one) for one in dissents]
    return "".join(
        f"<span>{esc(words.format(level=_shaped(one, look), author=one.author))}</span>" for words, one in said
    )


def _shaped(one: Judgement, look: Look) -> str:
    """Return a stated level by shape, number and word: never by colour."""
    return f"{formats.shape(one.level)} {formats.level_words(one.level, look.pack)}"


def overrides(look: Look) -> str:
    """Return every override that stands, a line each: for a screen that shows no indicator."""
    lines = "".join(_override_line(one, look) for one in data_acts.overrides(look))
    return f'<div class="iw-small">{lines}</div>' if lines else ""


def _override_line(one: Judgement, look: Look) -> str:
    says = texts.OVERRIDDEN_SHORT.format(level=one.level, author=one.author, until=day_time_group(one.until))
    title = look.pack.indicator(one.subject).title
    return f'<div class="iw-flag" data-override="{one.level}">▽ {esc(title)}: {esc(says)}</div>'


def on_indicator(indicator: str, look: Look) -> str:
    """Return the override of an indicator with its reason and the effect it would have, or nothing."""
    one = data_acts.override_of(look, indicator)
    if one is None or one.level is None:
        return ""
    anchor = look.pack.indicator(indicator).anchors[one.level]
    says = texts.OVERRIDDEN.format(level=one.level, anchor=anchor, author=one.author, until=day_time_group(one.until))
    return (
        f'<div class="iw iw-stated" data-override="{one.level}"><p><b>{esc(says)}</b></p>{_why(one)}'
        f"<p>{esc(with_override(indicator, one.level, look))} {esc(texts.BESIDE)}</p></div>"
    )


def override_in_short(indicator: str, look: Look) -> str:
    """Return the override of an indicator in a few words, for its card or row, with the effect; or nothing."""
    one = data_acts.override_of(look, indicator)
    if one is None or one.level is None:
        return ""
    says = texts.OVERRIDDEN_SHORT.format(level=one.level, author=one.author, until=day_time_group(one.until))
    effect = with_override(indicator, one.level, look)
    return f'<div class="iw-flag iw-small" data-override="{one.level}">▽ {esc(says)}. {esc(effect)}</div>'


def with_override(indicator: str, level: int, look: Look) -> str:
    """Return in a sentence what the problems would be, were an indicator at a level: ``▲ 4 HIGH, +2.1``."""
    moved = effects_said(data_acts.effects(look, indicator, level), look)
    return texts.WITH_OVERRIDE.format(effects="; ".join(moved) or texts.NO_EFFECT)


def effects_said(effects: Iterable[Effect], look: Look) -> list[str]:
    """Return the problems that would move, each with the level it would have and by how many points."""
    return [
        texts.EFFECT.format(
            problem=look.pack.problem(one.problem).short_title,
            level=_level_then(one, look),
            change=formats.signed(one.change),
        )
        for one in effects
        if abs(one.change) >= LEAST_WRITTEN or one.level != one.level_before
    ]


def _level_then(effect: Effect, look: Look) -> str:
    """Return the level a problem would have; of one that is not assessed, that it would not be."""
    if not look.at.problem(effect.problem).assessed:
        return NO_ASSESSMENT.lower()
    return f"{formats.shape(effect.level)} {formats.level_words(effect.level, look.pack)}"


def _levels(problem: ProblemAssessment, look: Look) -> str:
    declared = data_acts.standing(look, JudgementKind.DECLARATION, problem.id)
    dissents = data_acts.standing(look, JudgementKind.DISSENT, problem.id)
    lines = [_level(texts.DECLARED, one, look, more=_gap(one, problem, look)) for one in declared]
    lines += [_level(texts.DISSENT, one, look) for one in dissents]
    return "".join(lines)


def _level(words: str, one: Judgement, look: Look, *, more: str = "") -> str:
    says = esc(words).format(
        level=badge(one.level, look.pack), author=esc(one.author), until=esc(day_time_group(one.until))
    )
    return f'<p data-judgement="{attr(one.id)}">{says} {esc(more)}</p>{_why(one)}'


def _gap(one: Judgement, problem: ProblemAssessment, look: Look) -> str:
    """Return how far a declared level stands from the recommended one, said plainly."""
    recommended = formats.shown_level(problem)
    if recommended is None or one.level is None:
        return texts.NO_RECOMMENDATION
    if recommended == one.level:
        return texts.NO_GAP
    return texts.GAP.format(
        steps=texts.STEPS[abs(recommended - one.level)],
        side=texts.BELOW if one.level < recommended else texts.ABOVE,
        level=formats.level_words(recommended, look.pack),
    )


def _estimates(problem: ProblemAssessment, look: Look) -> str:
    rows = data_acts.standing(look, JudgementKind.ESTIMATE, problem.id)
    lines = "".join(
        f'<p data-judgement="{attr(one.id)}">{esc(_estimate(one))}</p>{_why(one)}'
        for one in rows
        if one.probability is not None
    )
    model = f'<p class="iw-soft">{esc(texts.ESTIMATE_BESIDE.format(likelihood=stands(problem, look.pack)))}</p>'
    return lines + model if lines else ""


def _estimate(one: Judgement) -> str:
    chance = formats.whole_percent(one.probability or 0.0)
    return texts.ESTIMATE.format(author=one.author, chance=chance, until=day_time_group(one.until))


def _why(one: Judgement) -> str:
    when = texts.WHEN.format(moment=day_time_group(one.recorded_at))
    return f'<p class="iw-soft iw-small iw-lines">“{esc(one.reason)}” · {esc(when)}</p>'
