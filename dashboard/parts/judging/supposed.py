"""The what-if page's lists: what is supposed, what moves, the smallest moves, what the missing ones could do."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import address, supposed
from dashboard import texts_judging as texts
from dashboard.data import Look
from dashboard.data_judging import WhatIf
from dashboard.parts.marks import badge
from dashboard.parts.markup import esc, inner_link, rows_table
from iw_monitor.assess.sensitivity import Could, Move, ProblemSensitivity
from iw_monitor.assess.supposing import Supposition
from iw_monitor.telling import formats
from iw_monitor.telling.sentences import titles

PAGE = "what_if"


def link(look: Look, here: Supposition, problem: str, **changes: str) -> str:
    """Return a link to this page with what is supposed already, and something else beside it."""
    kept = {**look.kept, "problem": problem, **supposed.written(here)}
    return address.link(PAGE, {**kept, **changes})


def listed(look: Look, here: Supposition, problem: str) -> str:
    """Return everything that is supposed, each with a way to undo it."""
    if here.is_empty:
        return f'<p class="iw iw-soft">{esc(texts.NOTHING_SUPPOSED)}</p>'
    rows = [
        f"<li><span>{esc(_says(key, text, look))}</span>"
        f" {inner_link(_without(look, here, problem, key), texts.UNDO)}</li>"
        for key, text in supposed.written(here).items()
    ]
    nothing = inner_link(link(look, Supposition(), problem), texts.UNDO_ALL)
    return f'<div class="iw"><ul class="iw-list iw-flow">{"".join(rows)}<li>{nothing}</li></ul></div>'


def _without(look: Look, here: Supposition, problem: str, key: str) -> str:
    left = {name: text for name, text in supposed.written(here).items() if name != key}
    return address.link(PAGE, {**look.kept, "problem": problem, **left})


def _says(key: str, text: str, look: Look) -> str:
    kind, name, *rest = key.split(".")
    title = titles(look.pack)[name]
    if kind == supposed.LEVEL:
        return texts.SUPPOSED_LEVEL.format(title=title, level=text)
    if kind == supposed.AGE:
        return texts.SUPPOSED_AGE.format(title=title, days=text)
    points, short = formats.signed(float(text)), look.pack.problem(rest[0]).short_title
    return texts.SUPPOSED_WEIGHT.format(title=title, points=points, problem=short)


def moved(found: WhatIf, look: Look) -> str:
    """Return every problem before and after."""
    rows = []
    for before in found.before.problems:
        after = found.after.problem(before.id)
        change = after.points - before.points
        level = badge(after.level, look.pack)
        if before.level != after.level:
            level = f"{badge(before.level, look.pack, word=False)} → {level}"
        points = [esc(formats.signed(one)) for one in (before.points, after.points, change)]
        rows.append([esc(look.pack.problem(before.id).short_title), *points, level])
    return f'<div class="iw">{rows_table(texts.MOVED_HEAD, rows, numeric={1, 2, 3}, stacked=True)}</div>'


def moves(look: Look, here: Supposition, hangs: ProblemSensitivity) -> str:
    """Return the smallest single moves across the next boundary, each as a link that supposes it."""
    sides = ((texts.MOVES_UP, hangs.up), (texts.MOVES_DOWN, hangs.down))
    blocks = "".join(
        f"<section><h3>{esc(title)}</h3>{_moves(look, here, hangs.problem, several)}</section>"
        for title, several in sides
    )
    return f'<div class="iw iw-columns">{blocks}</div>'


def _moves(look: Look, here: Supposition, problem: str, several: Sequence[Move]) -> str:
    if not several:
        return f'<p class="iw-soft">{esc(texts.NO_MOVE)}</p>'
    rows = "".join(f"<li>{_move(look, here, problem, one)}</li>" for one in several)
    return f'<ul class="iw-list">{rows}</ul>'


def _move(look: Look, here: Supposition, problem: str, one: Move) -> str:
    said = texts.MOVE.format(title=titles(look.pack)[one.indicator], level=one.level, to=one.to)
    goal = link(look, here, problem, **{f"{supposed.LEVEL}.{one.indicator}": str(one.to)})
    return (
        f"{inner_link(goal, said)}<span>{esc(formats.signed(one.points))} {badge(one.warning_level, look.pack)}</span>"
    )


def missing(look: Look, here: Supposition, found: WhatIf, hangs: ProblemSensitivity) -> str:
    """Return what each indicator without current evidence could do, were it reported now."""
    if not hangs.missing:
        return f'<p class="iw iw-soft">{esc(texts.MISSING_NONE)}</p>'
    one = found.after.problem(hangs.problem)
    reach = {"low": formats.signed(one.points_low), "high": formats.signed(one.points_high)}
    rows = [_could(look, here, hangs.problem, each) for each in hangs.missing]
    return (
        f'<div class="iw"><p class="iw-soft">{esc(texts.MISSING_SAYS.format(**reach))}</p>'
        f"{rows_table(texts.MISSING_HEAD, rows, stacked=True)}</div>"
    )


def _could(look: Look, here: Supposition, problem: str, one: Could) -> list[str]:
    ends = ((one.low_level, one.low, one.low_warning), (one.high_level, one.high, one.high_warning))

    def end(at: int, points: float, warning: int) -> str:
        goal = link(look, here, problem, **{f"{supposed.LEVEL}.{one.indicator}": str(at)})
        said = texts.COULD.format(at=at, points=formats.signed(points))
        return f"{inner_link(goal, said)} {badge(warning, look.pack, word=False)}"

    return [esc(titles(look.pack)[one.indicator]), *(end(*each) for each in ends)]
