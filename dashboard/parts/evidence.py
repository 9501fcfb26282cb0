"""The reports behind a number: who said what, when, with which grade, and where to read it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import texts
from dashboard.data import Look
from dashboard.parts.marks import freshness
from dashboard.parts.markup import aged, attr, esc, inner_link, outer_link, rows_table
from dashboard.parts.method import interaction_says
from dashboard.parts.silent import sources_behind
from dashboard.rows import Reported
from iw_monitor.assess.explain import TRACK_RECORD
from iw_monitor.model.assessment import IndicatorAssessment, ProblemAssessment
from iw_monitor.model.pack import Indicator
from iw_monitor.telling import formats
from iw_monitor.telling.sentences import called, titles, track_record


def behind(name: str, problem: ProblemAssessment, look: Look, rows: Sequence[Reported]) -> str:
    """Return what stands behind one bar of a waterfall: an indicator's reports, a rule, or the record."""
    piece = next((one for one in problem.contributions if one.indicator == name), None)
    if name == TRACK_RECORD:
        return f'<div class="iw"><p>{esc(track_record(problem))}</p></div>'
    if piece is None:
        rule = next(one for one in look.pack.file.interactions if one.id == name)
        says = interaction_says(rule, titles(look.pack), {one.id: one.short_title for one in look.pack.file.problems})
        title = f"<b>{esc(rule.id)}, {esc(rule.title)}.</b>"
        return f'<div class="iw"><p>{title} {esc(texts.INTERACTION_SAYS)} {esc(says)}</p></div>'
    indicator, state = look.pack.indicator(name), look.at.indicator(name)
    link = look.pack.link_points(indicator, problem.id)
    sentence = texts.BAR_SAYS.format(
        link=formats.signed(link, 0),
        level="?" if state.level is None else state.level,
        zero=f"{state.zero_point:.2f}",
        raw=formats.signed(piece.raw, 2),
        softened=formats.signed(piece.softened, 2),
        counted=formats.signed(piece.counted, 2),
    )
    body = reports(rows, look) if rows else f"<p>{esc(texts.EVIDENCE_NONE)}</p>"
    return (
        f'<div class="iw">{_state(indicator, state, look)}<p class="iw-soft iw-small">{esc(sentence)}</p>{body}</div>'
    )


def _state(indicator: Indicator, state: IndicatorAssessment, look: Look) -> str:
    title = inner_link(look.link("indicators", indicator=indicator.id), called(indicator))
    dead = sources_behind(indicator.id, look)
    if state.level is None:
        return f"<p><b>{title}</b>: {esc(texts.NOT_REPORTED)}</p>{dead}"
    anchor = indicator.anchors[state.level]
    return (
        f"<p><b>{title}: {state.level}</b> {esc(anchor)}<br><span class='iw-soft'>{freshness(state.status)}, "
        f"{aged(state.observed_at, look.at.as_of, look.zone)} old · quality {state.quality:.2f} · age factor "
        f"{state.age_factor:.2f}</span></p>{dead}"
    )


def reports(rows: Sequence[Reported], look: Look) -> str:
    """Return reports as a table: when, level, statement, source, grade, author; retracted ones struck through."""
    head = [texts.OBSERVED, texts.LEVEL, texts.STATEMENT, texts.SOURCE, texts.GRADE, texts.AUTHOR]
    return rows_table(head, [_report(one, look) for one in rows], numeric={1}, stacked=True)


def _report(row: Reported, look: Look) -> list[str]:
    one = row.observation
    css = ' class="iw-struck"' if row.retraction else ""
    remarks = []
    if row.retraction:
        remarks.append(f"{texts.RETRACTED}: {row.retraction.reason} ({row.retraction.author})")
    elif not row.scored:
        remarks.append(texts.NOT_SCORED)
    if one.note:
        remarks.append(one.note)
    remark = "".join(f'<br><span class="iw-small iw-soft">{esc(text)}</span>' for text in remarks)
    origin = (
        f'<br><span class="iw-small iw-soft">{esc(texts.ORIGINATOR.format(name=one.originator))}</span>'
        if one.originator
        else ""
    )
    return [
        aged(one.observed_at, look.at.as_of, look.zone),
        f"<span{css}>{one.level}</span>",
        f"<span{css}>{esc(one.statement)}</span>{remark}",
        f"{outer_link(one.source_url, one.source_name or texts.NO_SOURCE)}{origin}",
        f'<span title="{attr(texts.GRADE_TITLE)}">{esc(one.grade)}</span>',
        f'{esc(one.author)}<br><span class="iw-small iw-soft">{esc(one.basis.value)}</span>',
    ]
