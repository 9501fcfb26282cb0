"""The scores of a card: what they rest on, the horizons side by side, and every one of a horizon."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import texts_judging as texts
from dashboard.data import Look
from dashboard.parts.markup import attr, esc, rows_table
from iw_monitor.assess.scoring.bootstrap import Score
from iw_monitor.assess.scoring.days import LEAST_EVENTS, LEAST_WINDOWS
from iw_monitor.assess.scoring.forecasters import PRIOR
from iw_monitor.assess.scoring.scorecard import Row, Scorecard, Table
from iw_monitor.telling import formats

NONE = "·"


def named(look: Look, problem: str | None) -> str:
    """Return a problem's short title; None stands for all of them."""
    return texts.ALL_PROBLEMS if problem is None else look.pack.problem(problem).short_title


def basis(card: Scorecard, look: Look) -> str:
    """Return what each table of scores rests on, and whether it is withheld."""
    rows = [
        [
            esc(named(look, table.problem)) + _about(card, table),
            esc(texts.DAYS.format(days=table.horizon)),
            *map(str, _counts(table)),
            _verdict(table),
        ]
        for table in card.tables
    ]
    says = texts.BASIS_SAYS.format(events=LEAST_EVENTS, windows=LEAST_WINDOWS)
    numeric, spare = set(range(1, 10)), {2, 4, 5, 6, 7}
    return (
        f'<div class="iw">{rows_table(texts.BASIS_HEAD, rows, numeric=numeric, wide_only=spare)}'
        f'<p class="iw-soft iw-small">{esc(says)}</p></div>'
    )


def _about(card: Scorecard, table: Table) -> str:
    if table.among is None:
        return ""
    return f' <span class="iw-soft">· {esc(dict(card.forecasters)[table.among])}</span>'


def _counts(table: Table) -> tuple[int, ...]:
    one = table.counts
    missing = one.unassessed + one.silent
    return one.days, one.scored, one.before_event, one.blanked, one.open, missing, one.events, one.windows


def _verdict(table: Table) -> str:
    if not table.withheld:
        return esc(texts.SHOWN)
    return f'<b>{esc(texts.WITHHELD)}</b> <span class="iw-soft">{esc(", ".join(table.withheld))}</span>'


def withheld(tables: Sequence[Table]) -> str:
    """Return why the scores of some horizons are withheld; nothing where none is."""
    said = [
        texts.SOME_WITHHELD.format(days=one.horizon, reasons=" and ".join(one.withheld))
        for one in tables
        if one.withheld
    ]
    if not said:
        return ""
    lines = "".join(f"<p>{esc(one)}</p>" for one in said)
    if any(one.rows for one in tables):
        return f'<div class="iw iw-soft">{lines}</div>'
    return (
        f'<div class="iw iw-empty" data-withheld="all"><div class="iw-title">{esc(texts.ALL_WITHHELD)}</div>{lines}'
        f"<p>{esc(texts.ALL_WITHHELD_SAYS)}</p></div>"
    )


def side_by_side(card: Scorecard, tables: Sequence[Table]) -> str:
    """Return the leading scores of every forecaster, the horizons beside one another."""
    names = (texts.BRIER, texts.SKILL, texts.POD, texts.FAR, texts.LEAD)
    head = ["", *(texts.WITHIN.format(name=name, days=one.horizon) for name in names for one in tables)]
    found = [{row.forecaster: row for row in one.rows} for one in tables]
    titles, rows = dict(card.forecasters), []
    for forecaster in dict.fromkeys(row.forecaster for one in tables for row in one.rows):
        mine = [one.get(forecaster) for one in found]
        cells = [_leading(row, tables[place].counts.events) for place, row in enumerate(mine)]
        rows.append(
            [
                esc(titles[forecaster]),
                *(cells[place][name] for name in range(len(names)) for place in range(len(cells))),
            ]
        )
    numeric = set(range(1, len(head)))
    return f'<div class="iw iw-scores">{rows_table(head, rows, numeric=numeric, stacked=True)}</div>'


def _leading(row: Row | None, events: int) -> tuple[str, ...]:
    if row is None:
        return (f'<span class="iw-soft" title="{attr(texts.WITHHELD)}">–</span>',) * 5
    lead = NONE if row.lead_median is None else f"{row.lead_median:.1f} d"
    skill = dict(row.skill)[PRIOR]
    warned = f'<br><span class="iw-soft iw-small">{row.warned}/{events}</span>'
    return _score(row.brier), _score(skill, sign=True), _score(row.pod), _score(row.far), f"{esc(lead)}{warned}"


def _score(one: Score, *, sign: bool = False) -> str:
    """Return a score with its interval beneath."""

    def said(value: float) -> str:
        return formats.signed(value, 2) if sign else f"{value:.3f}"

    if one.value is None:
        return NONE
    if one.low is None or one.high is None:
        return f"<b>{esc(said(one.value))}</b>"
    reach = f"{said(one.low)}{formats.EN_DASH}{said(one.high)}" if not sign else f"{said(one.low)} … {said(one.high)}"
    return f'<b>{esc(said(one.value))}</b><br><span class="iw-soft iw-small">{esc(reach)}</span>'


def detail(card: Scorecard, table: Table) -> str:
    """Return every other score of one horizon."""
    titles = dict(card.forecasters)
    references = [name for name, _ in table.rows[0].skill]
    head = [*texts.DETAIL_HEAD, *(texts.AGAINST.format(name=titles[name]) for name in references)]
    rows = [[esc(titles[row.forecaster]), *_details(row, table.counts.events)] for row in table.rows]
    numeric = set(range(1, len(head)))
    return (
        f'<div class="iw iw-scores">{rows_table(head, rows, numeric=numeric, stacked=True)}'
        f'<p class="iw-soft iw-small">{esc(texts.DETAIL_SAYS)}</p></div>'
    )


def _details(row: Row, events: int) -> list[str]:
    parts = row.murphy
    murphy = (parts.reliability, parts.resolution, parts.uncertainty, parts.within_bins)
    lead = NONE if row.lead_median is None else f"{row.lead_median:.1f}"
    ranked = NONE if row.ranked is None else _score(row.ranked)
    skills = [_score(one, sign=True) for _, one in row.skill]
    return [
        *(f"{value + 0.0:.3f}" for value in murphy),
        _score(row.log),
        ranked,
        lead,
        f"{row.warned}/{events}",
        *skills,
    ]
