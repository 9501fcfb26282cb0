"""The indicator validator on the Method page: the matrix, what speaks for each problem, each pair of futures."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import texts as common
from dashboard import texts_judging as texts
from dashboard.data import Look
from dashboard.data_judging import Row, Validation
from dashboard.parts.marks import faint
from dashboard.parts.markup import esc, inner_link, rows_table
from iw_monitor.telling import formats

MARKS = {"keep": "●", "weak": "◐", "cluster": "○"}


def matrix(found: Validation, look: Look) -> str:
    """Return every scored indicator against every future, with its spread, verdict and day to look again."""
    problems = look.pack.file.problems
    head = [
        common.PIECE,
        common.FAMILY,
        look.pack.file.reference.id,
        *[one.short_title for one in problems],
        common.SPREAD,
        texts.VERDICT,
        texts.LOOK_AGAIN,
    ]
    families = {one.id: one.title for one in look.pack.file.families}
    rows = [
        [
            inner_link(look.link("indicators", indicator=one.indicator), one.title),
            f'<span class="iw-soft">{esc(families[one.family])}</span>',
            esc(one.ratings.get(found.reference, common.NO_RATING)),
            *[_link(one, problem.id) for problem in problems],
            esc(one.spread),
            f'<span class="iw-nowrap">{MARKS[one.verdict.value]} {esc(one.verdict.value)}</span> '
            f"{faint(look.pack.indicator(one.indicator))}",
            _day(one),
        ]
        for one in found.rows
    ]
    worth = ", ".join(f"{name} {chance:g}" for name, chance in look.pack.method.ratings.items())
    return (
        f'<div class="iw"><p>{esc(common.RATINGS_SAY)} {esc(worth)}.</p><p>{esc(texts.VERDICTS_SAY)}</p>'
        f"{rows_table(head, rows, wide_only={1})}</div>"
    )


def _link(row: Row, problem: str) -> str:
    rating, points = row.ratings.get(problem, ""), row.points[problem]
    if not rating and not points:
        return esc(common.NO_RATING)
    return f'{esc(rating)} <b class="iw-nowrap">{esc(formats.signed(points, 0))}</b>'


def _day(row: Row) -> str:
    if row.revalidate_by is None:
        return esc(texts.NO_DAY)
    said = f'<span class="iw-nowrap">{esc(row.revalidate_by)}</span>'
    return f'{said} <span class="iw-flag">{esc(texts.PASSED)}</span>' if row.is_due else said


def speaking(found: Validation, look: Look) -> str:
    """Return which strong indicators speak for each problem, and which point to it and to nothing else."""
    names = {one.indicator: one.title for one in found.rows}

    def listed(several: Sequence[str]) -> str:
        return esc(", ".join(names[one] for one in several) or common.NO_ONE)

    rows = [
        [
            esc(look.pack.problem(one.problem).short_title),
            esc(len(one.strong)),
            listed(one.strong),
            listed(one.unique),
        ]
        for one in found.columns
    ]
    return (
        f'<div class="iw"><p>{esc(texts.SPEAKING_SAYS)}</p>'
        f"{rows_table(texts.SPEAKING_HEAD, rows, numeric={1}, stacked=True)}</div>"
    )


def pairs(found: Validation, look: Look) -> str:
    """Return how well each two futures are told apart."""
    futures = {one.id: one.short_title for one in look.pack.file.problems}
    futures[found.reference] = look.pack.file.reference.title
    names = {one.indicator: one.title for one in found.rows}
    rows = [
        [
            f"{esc(futures[one.one])} / {esc(futures[one.other])}",
            esc(names[one.best]) if one.best else esc(common.NO_ONE),
            esc(f"{one.points:g}"),
            esc(", ".join(names[each] for each in one.telling) or texts.HARDLY),
        ]
        for one in found.pairs
    ]
    return (
        f'<div class="iw"><p>{esc(texts.PAIRS_SAY)}</p>'
        f"{rows_table(texts.PAIRS_HEAD, rows, numeric={2}, stacked=True)}</div>"
    )
