"""Two editors at once: what the journal holds now beside what the editor has written. Nothing is decided for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import texts_desk as texts
from dashboard.data import Look
from dashboard.parts.markup import attr, esc
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.observation import Observation
from iw_monitor.model.pack import Indicator


def both(newer: Sequence[Observation], mine: Mapping[str, str], indicator: Indicator, look: Look) -> str:
    """Return both values, field by field."""
    theirs = "".join(_theirs(one, indicator) for one in newer) or f"<p>{esc(texts.CONFLICT_GONE)}</p>"
    return (
        f'<div class="iw iw-conflict" role="alert" data-conflict="{attr(indicator.id)}"><div class="iw-title">'
        f'{esc(texts.CONFLICT)}</div><p>{esc(texts.CONFLICT_SAYS)}</p><div class="iw-two">'
        f'<section data-side="theirs"><div class="iw-h">{esc(texts.THEIRS)}</div>{theirs}</section>'
        f'<section data-side="mine"><div class="iw-h">{esc(texts.MINE)}</div>{_mine(mine, indicator)}</section>'
        "</div></div>"
    )


def _theirs(one: Observation, indicator: Indicator) -> str:
    who = texts.WHO.format(author=one.author, moment=day_time_group(one.recorded_at))
    source = one.source_name or one.originator
    return _value(str(one.level), indicator, one.statement, f"{source} {one.grade}".strip(), who)


def _mine(mine: Mapping[str, str], indicator: Indicator) -> str:
    source = mine.get("source_name", "") or mine.get("originator", "")
    grade = f"{mine.get('reliability', '')}{mine.get('credibility', '')}"
    return _value(
        mine.get("level", ""), indicator, mine.get("statement", ""), f"{source} {grade}".strip(), texts.BY_YOU
    )


def _value(level: str, indicator: Indicator, statement: str, source: str, who: str) -> str:
    anchor = indicator.anchors.get(int(level), "") if level.isdigit() else ""
    return (
        f"<p><b>{esc(level or texts.UNWRITTEN)}</b> {esc(anchor)}</p><p>{esc(statement or texts.UNWRITTEN)}</p>"
        f'<p class="iw-soft iw-small">{esc(" · ".join(part for part in (source, who) if part))}</p>'
    )
