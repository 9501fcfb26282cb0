"""Tables that add up on the page, row by row, as an officer would on paper."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import texts
from dashboard.data import Look
from dashboard.parts.marks import badge
from dashboard.parts.markup import esc, inner_link, rows_table
from iw_monitor.assess.explain import TRACK_RECORD, Difference
from iw_monitor.model.assessment import Floor, ProblemAssessment
from iw_monitor.telling import formats
from iw_monitor.telling.charts import Part
from iw_monitor.telling.sentences import LATCHED, titles

DIGITS = 2
CLIPPED = 1e-9  # points; less is rounding
TINY = 0.005  # points; less is written as 0.00


def table(problem: ProblemAssessment, parts: Sequence[Part], look: Look) -> str:
    """Return prior, every piece with the running sum, and the points; what counts nothing is named beneath."""
    numbers = {one.indicator: one for one in problem.contributions}
    rows, total = [[esc(texts.PRIOR), "", "", _n(problem.prior), _n(problem.prior)]], problem.prior
    for part in (one for one in parts if abs(one.value) >= TINY):
        total += part.value
        link = numbers.get(part.id)
        raw = _n(link.raw) if link else _raw(problem, part.id)
        soft = _n(link.softened) if link else ""
        rows.append([_named(part.id, part.title, look, interaction=link is None), raw, soft, _n(part.value), _n(total)])
    tiny = [one.value for one in parts if abs(one.value) < TINY]
    if tiny:
        rows.append([esc(texts.TINY.format(count=len(tiny), size=TINY)), "", "", _n(sum(tiny)), _n(total + sum(tiny))])
    rows.append([f"<b>{esc(texts.POINTS)}</b>", "", "", "", f"<b>{_n(problem.points_summed)}</b>"])
    said = rows_table(
        [texts.PIECE, texts.RAW, texts.SOFTENED, texts.COUNTED, texts.SUM], rows, numeric={1, 2, 3, 4}, wide_only={1, 2}
    )
    return f'<div class="iw">{said}{_clipped(problem)}{_silent(problem, look)}{_floors(problem, look)}</div>'


def _raw(problem: ProblemAssessment, name: str) -> str:
    """Return the raw points of an interaction; the track record has none."""
    return next((_n(one.raw) for one in problem.interactions if one.id == name), "")


def _clipped(problem: ProblemAssessment) -> str:
    if abs(problem.points - problem.points_summed) < CLIPPED:
        return ""
    return f"<p>{esc(texts.WHY_CLIPPED.format(sum=_n(problem.points_summed), points=_n(problem.points)))}</p>"


def _silent(problem: ProblemAssessment, look: Look) -> str:
    names = titles(look.pack)
    silent = [names[one.indicator] for one in problem.contributions if not one.counted]
    if not silent:
        return ""
    return (
        '<p class="iw-soft iw-small" style="margin-top:.5rem">'
        f"{esc(texts.COUNT_NOTHING.format(names=', '.join(silent)))}</p>"
    )


def _floors(problem: ProblemAssessment, look: Look) -> str:
    """Return the floors under the level, and what is screened: neither adds points."""
    names = titles(look.pack)
    said = [
        f"<li>{badge(one.level, look.pack)} {esc(texts.FLOOR_ROW.format(id=one.id, title=names.get(one.id, one.id)))}"
        f"{esc('' if one.now else LATCHED)}</li>"
        for one in _highest(problem.floors)
    ]
    said += [
        f"<li>{esc(texts.SCREENED_ROW.format(id=one, title=names.get(one, one)))}</li>" for one in problem.screened
    ]
    return f'<ul class="iw-list iw-flow" style="margin-top:.6rem">{"".join(said)}</ul>' if said else ""


def _highest(floors: Sequence[Floor]) -> list[Floor]:
    """Return the highest floor of each rule: a table that sets 4 sets 3 as well, and saying so twice helps nobody."""
    best: dict[str, Floor] = {}
    for one in floors:
        if one.id not in best or one.level > best[one.id].level:
            best[one.id] = one
    return list(best.values())


def difference_table(found: Difference, look: Look, *, ends: tuple[str, str]) -> str:
    """Return every piece before and after, under these titles; the changes sum to the difference of the points."""
    names = titles(look.pack)
    rows = [
        [
            _named(one.id, names.get(one.id, one.id), look, interaction=one.interaction),
            _n(one.before),
            _n(one.after),
            _n(one.change),
        ]
        for one in found.parts
        if abs(one.change) >= TINY
    ]
    tiny = [one.change for one in found.parts if abs(one.change) < TINY]
    if tiny:
        rows.append([esc(texts.TINY.format(count=len(tiny), size=TINY)), "", "", _n(sum(tiny))])
    rows.append(
        [
            f"<b>{esc(texts.POINTS)}</b>",
            f"<b>{_n(found.before)}</b>",
            f"<b>{_n(found.after)}</b>",
            f"<b>{_n(found.change)}</b>",
        ]
    )
    head = [texts.PIECE, *ends, texts.CHANGE]
    return f'<div class="iw">{rows_table(head, rows, numeric={1, 2, 3})}</div>'


def _named(name: str, title: str, look: Look, *, interaction: bool) -> str:
    if name == TRACK_RECORD:
        return esc(title)
    if interaction:
        return f"{esc(name)} · {esc(title)}"
    return inner_link(look.link("indicators", indicator=name), title)


def _n(points: float) -> str:
    return esc(formats.signed(points, DIGITS))
