"""The film's frame, and the lists of what happened beneath the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import texts
from dashboard.data import Look
from dashboard.parts import problems
from dashboard.parts.marks import badge
from dashboard.parts.markup import esc, inner_link, outer_link, rows_table
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.outcome import Outcome
from iw_monitor.telling import formats
from iw_monitor.telling.charts import Event, Scale
from iw_monitor.telling.sentences import stands


def frame(assessment: Assessment, place: int, length: int, look: Look, scale: Scale) -> str:
    """Return one frame: its moment, how far the film has run, and every problem."""
    done = (place + 1) / length
    rows = "".join(
        f'<div class="iw-problem" data-level="{formats.shown_level(one) or ""}"><div>'
        f"{badge(formats.shown_level(one), look.pack, word=False)} "
        f'<span class="iw-name">{esc(one.title)}</span></div><div class="iw-word">'
        f"{esc(stands(one, look.pack))}</div>"
        f"{problems.bullet(one, scale)}</div>"
        for one in assessment.problems
    )
    return (
        f'<div class="iw" data-frame="{place}"><div class="iw-title">{esc(day_time_group(assessment.as_of))}</div>'
        f'<div class="iw-film"><i style="width:{done:.1%}"></i></div><div class="iw-problems">{rows}</div></div>'
    )


def happened(outcomes: Sequence[Outcome], events: Iterable[Event], look: Look) -> str:
    """Return what really happened and which floors appeared, as two tables in order of time."""
    shorts = {one.id: one.short_title for one in look.pack.file.problems}
    lived = [
        [
            f'<span class="iw-nowrap">{one.day:%d %b %Y}</span>',
            esc(shorts.get(one.problem, one.problem.replace("_", "-"))),
            esc(one.phase),
            esc(one.description),
            outer_link(one.source_url, one.source_name or texts.NO_SOURCE),
        ]
        for one in outcomes
    ]
    tripped = [
        [
            inner_link(look.link("timeline", as_of=f"{one.at:%Y-%m-%dT%H:%MZ}"), day_time_group(one.at)),
            esc(one.panel or ""),
            esc(one.title),
        ]
        for one in events
        if one.kind == "tripwire"
    ]
    first = (
        rows_table(texts.OUTCOME_HEAD, lived, stacked=True)
        if lived
        else f'<p class="iw-soft">{esc(texts.NO_OUTCOMES)}</p>'
    )
    second = rows_table(texts.FLOOR_HEAD, tripped) if tripped else f'<p class="iw-soft">{esc(texts.NO_FLOORS)}</p>'
    return (
        f'<div class="iw"><div class="iw-h">{esc(texts.OUTCOMES_TITLE)}</div>{first}'
        f'<div class="iw-h" style="margin-top:1rem">{esc(texts.FLOORS_TITLE)}</div>{second}</div>'
    )
