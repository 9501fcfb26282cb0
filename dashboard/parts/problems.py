"""The warning problems: what set the level, how sure it is, and one bullet graph per problem."""

from __future__ import annotations

from dashboard import texts
from dashboard.data import Look
from dashboard.parts.acts import stated
from dashboard.parts.marks import badge, trend
from dashboard.parts.markup import attr, esc, inner_link
from dashboard.theme import level_mark
from iw_monitor.model.assessment import ProblemAssessment
from iw_monitor.telling import formats
from iw_monitor.telling.changes import Change
from iw_monitor.telling.charts import Scale
from iw_monitor.telling.sentences import stands, sum_alone


def rows(look: Look, changes: dict[str, tuple[Change, ...]], scale: Scale) -> str:
    """Return every problem as a row: badge, title, word, bullet graph, trends."""
    listed = "".join(_row(one, look, changes.get(one.id, ()), scale) for one in look.at.problems)
    return f'<div class="iw iw-problems">{_axis(scale)}{listed}</div>'


def _row(problem: ProblemAssessment, look: Look, changes: tuple[Change, ...], scale: Scale) -> str:
    shown = formats.shown_level(problem)
    title = inner_link(look.link("why", problem=problem.id), problem.title, "iw-name")
    said = stands(problem, look.pack)
    band = look.pack.method.trend.dead_band
    foot = "".join(trend(one.points, band, one.window) for one in changes)
    number = (
        texts.NUMBER.format(points=formats.signed(problem.points)) if shown is not None else texts.COULD_BE_ANYWHERE
    )
    held = sum_alone(problem, look.pack)
    return (
        f'<div class="iw-problem" data-problem="{attr(problem.id)}" data-level="{shown or ""}">'
        f"<div>{badge(shown, look.pack, word=False)} {title}</div>"
        f'<div class="iw-word">{esc(said)}</div>'
        f"{bullet(problem, scale, changes)}"
        f'<div class="iw-foot"><span class="iw-nowrap">{esc(number)}</span>{foot}'
        f"{f'<span>{esc(held)}</span>' if held else ''}{stated.in_short(problem, look)}</div></div>"
    )


def bullet(problem: ProblemAssessment, scale: Scale, changes: tuple[Change, ...] = ()) -> str:
    """Return one bullet graph: five ranges, interval, points, a tick 24 hours ago, a pointer to a declared level."""
    bands = "".join(_band(low, high, scale, f"background:var(--iw-r{level})") for level, low, high in scale.bands)
    shown = formats.shown_level(problem)
    past = next((one.before for one in changes if one.before is not None), None)
    tick = "" if past is None else f'<i class="c" title="24 h ago" style="left:{_at(past, scale)}"></i>'
    dot = "" if shown is None else f'<i class="m" style="left:{_at(problem.points, scale)}"></i>'
    low, high = scale.share(problem.points_low), scale.share(problem.points_high)
    reach = f'<i class="r" style="left:{low:.2%};width:{high - low:.2%}"></i>'
    label = texts.BULLET_ALT.format(
        points=formats.signed(problem.points),
        low=formats.signed(problem.points_low),
        high=formats.signed(problem.points_high),
    )
    pointer = _declared(problem.declared_level, scale)
    return (
        f'<div class="iw-bullet" role="img" aria-label="{attr(label)}" title="{attr(label)}">{bands}{reach}{tick}{dot}'
        f"{pointer}</div>"
    )


def _declared(level: int | None, scale: Scale) -> str:
    """Return the pointer over the middle of the declared level's range, as the gauge has it."""
    if level is None:
        return ""
    _, low, high = scale.bands[level - 1]
    title = texts.DECLARED_MARK.format(level=f"{level} {scale.word(level)}")
    return (
        f'<i class="d" data-declared="{level}" title="{attr(title)}" style="left:{_at((low + high) / 2, scale)}"></i>'
    )


def _axis(scale: Scale) -> str:
    words = "".join(
        f'<span style="left:{_at(low, scale)};width:{scale.share(high) - scale.share(low):.2%}">'
        f'<b class="iw-wide">{esc(scale.word(level))}</b><b class="iw-narrow">{esc(level_mark(level))}</b></span>'
        for level, low, high in scale.bands
    )
    return f'<div class="iw-axis" aria-hidden="true">{words}</div>'


def _band(low: float, high: float, scale: Scale, style: str) -> str:
    return f'<i class="b" style="left:{_at(low, scale)};width:{scale.share(high) - scale.share(low):.2%};{style}"></i>'


def _at(points: float, scale: Scale) -> str:
    return f"{scale.share(points):.2%}"
