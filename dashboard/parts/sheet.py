"""An indicator's page: question, anchors, what it does to each problem, quote, limits, runbook, status."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import texts
from dashboard.data import Look
from dashboard.parts.marks import faint, standing, steps
from dashboard.parts.markup import aged, attr, esc, inner_link, rows_table
from dashboard.rows import IndicatorRow
from iw_monitor.model.pack import Article, Indicator, Pack
from iw_monitor.telling import formats


def head(row: IndicatorRow, look: Look) -> str:
    """Return title, question, and where the indicator stands now."""
    one, state = row.indicator, row.state
    number = "?" if state.level is None else str(state.level)
    anchor = texts.NOT_REPORTED if state.level is None else one.anchors[state.level]
    was = "" if row.is_known or state.level is None else texts.LAST_KNOWN
    grade = f" · {esc(row.grade)}" if row.grade else ""
    return (
        f'<div class="iw" data-indicator="{attr(one.id)}" data-level="{number}"><div class="iw-title">{esc(one.title)}'
        "</div>"
        f"<p>{esc(one.question)}</p>"
        f'<p style="font-size:1.1rem">{steps(state.level, known=row.is_known)} <strong>{number}</strong> {esc(was)}'
        f"{esc(anchor)}</p>"
        f'<p class="iw-soft">{standing(state, look.at.as_of)}'
        f" · {aged(state.observed_at, look.at.as_of, look.zone)} old{grade} {faint(one)}</p>"
        f'<p class="iw-soft iw-small">{esc(_facts(one, look.pack))}</p></div>'
    )


def _facts(one: Indicator, pack: Pack) -> str:
    family = next(each.title for each in pack.file.families if each.id == one.family)
    front = next(each.title for each in pack.file.fronts if each.id == one.front)
    facts = [
        family,
        front,
        texts.KINDS[one.kind.value],
        texts.ROLES[one.role.value],
        texts.VERSION.format(version=one.version),
    ]
    if one.t0 is not None:
        facts.append(texts.T0.format(level=one.t0))
    if one.extension:
        facts.append(texts.EXTENSION)
    return " · ".join(facts)


def to_desk(one: Indicator, look: Look) -> str:
    """Return the way to where the indicator is recorded, confirmed and overridden; nothing for the past."""
    if look.moment.as_of is not None:
        return ""
    return f'<p class="iw iw-small">{inner_link(look.link("desk", indicator=one.id), texts.TO_DESK)}</p>'


def anchors(row: IndicatorRow, look: Look) -> str:
    """Return the five anchors with the current one and the zero point marked, the reading rule, and who decides."""
    one, lines = row.indicator, []
    for level, text in sorted(one.anchors.items()):
        marks = [texts.NOW_MARK] if level == row.state.level else []
        marks += [texts.T0_MARK] if level == one.t0 else []
        spot = f'<span class="iw-spot">◀ {esc(", ".join(marks))}</span>' if marks else ""
        decider = (
            f'<br><span class="iw-small iw-soft">{esc(one.deciders[level])}</span>' if level in one.deciders else ""
        )
        css = ' class="iw-now"' if level == row.state.level else ""
        lines.append(f"<tr{css}><td>{level}</td><td>{esc(text)} {spot}{decider}</td></tr>")
    return (
        f'<div class="iw"><div class="iw-h">{esc(texts.ANCHORS_TITLE)}</div>'
        f'<table class="iw-table iw-anchors"><tbody>{"".join(lines)}</tbody></table>'
        '<p class="iw-soft iw-small" style="margin-top:.4rem">'
        f"{esc(texts.READING_RULE.format(text=one.reading_rule))}</p></div>"
    )


def links(row: IndicatorRow, look: Look) -> str:
    """Return what the indicator does to each problem: the same level may drive one future and restrain another."""
    one = row.indicator
    if not one.scored:
        return f'<div class="iw"><p>{esc(texts.CONTEXT_ONLY)}</p></div>'
    counted = {
        problem.id: next((each.counted for each in problem.contributions if each.indicator == one.id), 0.0)
        for problem in look.at.problems
    }
    rows = [
        [
            inner_link(look.link("why", problem=problem.id), problem.short_title),
            esc(one.ratings.get(problem.id, texts.NO_RATING)),
            esc(formats.signed(look.pack.link_points(one, problem.id), 0)),
            esc(polarity_word(look.pack.link_points(one, problem.id))),
            esc(formats.signed(counted.get(problem.id, 0.0), 2)),
        ]
        for problem in look.pack.file.problems
    ]
    table = rows_table(texts.LINK_HEAD, rows, numeric={2, 4}, wide_only={1})
    dull = f"<p>{esc(texts.SPREAD_FAINT)}</p>" if one.is_non_diagnostic else ""
    return f'<div class="iw"><div class="iw-h">{esc(texts.LINKS_TITLE)}</div>{table}{dull}</div>'


def polarity_word(points: float) -> str:
    """Return what a link does to its problem."""
    if points == 0:
        return texts.NO_EFFECT
    return texts.DRIVES if points > 0 else texts.RESTRAINS


def ageing_says(row: IndicatorRow, look: Look) -> str:
    """Return in words how this indicator's evidence ages, and the next dates."""
    half_life, cadence = look.pack.half_life(row.indicator), look.pack.cadence(row.indicator)
    says = texts.AGEING_SAYS.format(cadence=formats.duration(cadence), half_life=formats.duration(half_life))
    dates = [
        f"{label} {formats.both_times(moment, look.zone)}"
        for label, moment in ((texts.STALE_FROM, row.state.stale_at), (texts.UNKNOWN_FROM, row.state.unknown_at))
        if moment is not None
    ]
    return f'<p class="iw iw-soft iw-small">{esc(" ".join([says, *[f"{one}." for one in dates]]))}</p>'


def background(one: Indicator, look: Look) -> str:
    """Return quote, why, limits, how it can be faked, what would lower it, the runbook and the indicator's status."""
    texts_of = [
        (texts.WHY_WATCH, one.why),
        (texts.LIMITS, one.limits),
        (texts.FAKED, one.how_it_can_be_faked),
        (texts.WOULD_LOWER, one.would_lower),
        (texts.RUN_CHECK, one.runbook.check),
        (texts.RUN_WHERE, one.runbook.where),
        (texts.RUN_GRADE, one.runbook.grade),
        (texts.STATUS_TITLE, _status(one)),
    ]
    blocks = "".join(
        f'<section><div class="iw-h">{esc(title)}</div><p>{esc(text)}</p></section>' for title, text in texts_of if text
    )
    return (
        f'<div class="iw">{quote(one, look.pack.article)}<div class="iw-groups" style="margin-top:1rem">{blocks}'
        "</div></div>"
    )


def quote(one: Indicator, article: Article | None) -> str:
    """Return the verbatim sentence the indicator rests on, and where it stands."""
    if one.quote is None:
        return f'<p class="iw-soft">{esc(texts.NO_QUOTE)}</p>'
    source = f"{article.author}, {article.title}, {article.publisher}, {article.published}" if article else ""
    place = texts.QUOTE_PLACE.format(paragraph=one.quote.paragraph, part=one.quote.part)
    return (
        f'<blockquote class="iw-quote"><p>“{esc(one.quote.text)}”</p>'
        f"<footer>{esc(' · '.join(part for part in (source, place) if part))}</footer></blockquote>"
    )


def _status(one: Indicator) -> str:
    said = [texts.STATUSES[one.status.value]]
    if one.change:
        said.append(f"{one.change.reason} ({one.change.since})")
    if one.revalidate_by:
        said.append(texts.REVALIDATE.format(day=one.revalidate_by))
    if one.expected_by:
        said.append(texts.EXPECTED_BY.format(day=one.expected_by))
    return " ".join(said)


def draft(one: Indicator) -> str:
    """Return an indicator that is not watched: what it would ask, and why it is not in service."""
    lines = "".join(f"<tr><td>{level}</td><td>{esc(text)}</td></tr>" for level, text in sorted(one.anchors.items()))
    return (
        f'<div class="iw"><div class="iw-title">{esc(one.title)}</div><p>{esc(one.question)}</p><p>'
        f"{esc(_status(one))}</p>"
        f'<table class="iw-table iw-anchors"><tbody>{lines}</tbody></table></div>'
    )


def drafts(listed: Iterable[Indicator], look: Look) -> str:
    """Return the indicators that are not watched, by name and status."""
    rows = [
        [
            inner_link(look.link("indicators", indicator=one.id), one.title),
            esc(one.question),
            esc(texts.STATUSES[one.status.value]),
        ]
        for one in listed
    ]
    return f'<div class="iw">{rows_table([], rows)}</div>'
