"""The queue: every indicator with what stands, what is due, and what a look could do, before anything is pressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import texts as common
from dashboard import texts_desk as texts
from dashboard.data import Look, Priority, Queued, Step
from dashboard.data_evidence import Corroboration
from dashboard.parts.acts import stated
from dashboard.parts.marks import faint, freshness, steps
from dashboard.parts.markup import aged, attr, esc, inner_link
from dashboard.parts.silent import sources_behind
from iw_monitor.model.assessment import Freshness
from iw_monitor.telling import formats
from iw_monitor.telling.changes import LEAST_WRITTEN

LEAST_SAID = "0.1"  # points; what rounds to less is not written


def task(row: Queued, look: Look, *, in_tray: int) -> str:
    """Return one indicator of the queue, without its buttons."""
    one, state = row.indicator, row.state
    known = state.level is not None and state.status is not Freshness.UNKNOWN
    number = "?" if state.level is None else str(state.level)
    anchor = common.NOT_REPORTED if state.level is None else one.anchors[state.level]
    title = inner_link(look.link("indicators", indicator=one.id), one.title)
    return (
        f'<div class="iw iw-task" data-task="{attr(one.id)}" data-level="{number}" data-status="{state.status.value}">'
        f'<h2>{title}</h2><div class="iw-state">{steps(state.level, known=known)}<span><strong>{number}</strong> '
        f'{esc(anchor)}</span></div><div class="iw-meta">{_meta(row, look, in_tray)}</div>'
        f"{sources_behind(one.id, look)}"
        f"{doubt(row.corroboration)}{stated.override_in_short(one.id, look)}{_could(row.priority, look)}</div>"
    )


def _meta(row: Queued, look: Look, in_tray: int) -> str:
    state = row.state
    pieces = [
        freshness(state.status),
        f"<span>{aged(state.observed_at, look.at.as_of, look.zone)} old</span>" if state.observed_at else "",
        f"<span>{esc(formats.until(state.due_at, look.at.as_of))}</span>" if state.due_at else "",
        f"<span>{esc(texts.IN_TRAY.format(count=in_tray))}</span>" if in_tray else "",
        faint(row.indicator),
    ]
    return "".join(pieces)


def doubt(found: Corroboration | None) -> str:
    """Return that a high level is not yet corroborated, or nothing."""
    if found is None or found.is_enough:
        return ""
    have = texts.COUNTS_ONE.format(names=", ".join(found.originators)) if found.originators else texts.COUNTS_NONE
    says = texts.NOT_CORROBORATED.format(level=found.level, needed=found.needed, grade=found.grade, have=have)
    return f'<div class="iw iw-small iw-flag" data-doubt="{found.level}">{esc(says)}</div>'


def _could(priority: Priority | None, look: Look) -> str:
    if priority is None:
        return ""
    lines = [_confirming(priority, look), *(_step(one, look) for one in priority.steps)]
    return f"<ul>{''.join(f'<li>{esc(line)}</li>' for line in lines)}</ul>"


def _confirming(priority: Priority, look: Look) -> str:
    """Say what "no change" would do, before it is pressed."""
    if not priority.is_reported:
        return texts.NEVER
    said = moves(priority.confirmed.items(), look)
    if priority.narrowing >= LEAST_WRITTEN:
        worst = look.at.headline.problem or max(look.at.problems, key=lambda one: one.points).id
        title, points = look.pack.problem(worst).short_title, f"{priority.narrowing:.1f}"
        said.append(texts.CONFIRM_NARROWS.format(problem=title, points=points))
    return texts.CONFIRM_MOVES.format(moves=", ".join(said)) if said else texts.CONFIRM_STILL.format(least=LEAST_SAID)


def moves(changes: Iterable[tuple[str, float]], look: Look) -> list[str]:
    """Return which problems move, and by how many points; those that move less than is written are left out."""
    return [
        f"{look.pack.problem(problem).short_title} {formats.signed(change)}"
        for problem, change in changes
        if abs(change) >= LEAST_WRITTEN
    ]


def _step(step: Step, look: Look) -> str:
    more = ""
    if step.level_before != step.level_after:
        more += texts.CROSSES.format(level=formats.level_words(step.level_after, look.pack))
    elif step.crosses:
        more += texts.CROSSES_OTHER
    if step.floors:
        more += texts.TRIPS.format(rules=", ".join(step.floors))
    if not more and abs(step.change) < LEAST_WRITTEN:
        return texts.STEP_STILL.format(level=step.level, least=LEAST_SAID)
    problem = look.pack.problem(step.problem).short_title
    return texts.STEP.format(level=step.level, problem=problem, change=formats.signed(step.change), more=more)


def heading(title: str, rows: Sequence[Queued]) -> str:
    """Return the heading of a part of the queue."""
    return f'<div class="iw iw-h" style="margin-top:.8rem">{esc(title.format(count=len(rows)))}</div>'
