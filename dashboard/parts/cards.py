"""An indicator as a card (those that lead) or as a compact row (the rest)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from dashboard import texts, theme
from dashboard.data import Look
from dashboard.parts import sparklines
from dashboard.parts.acts import stated
from dashboard.parts.marks import faint, freshness, standing, steps
from dashboard.parts.markup import aged, attr, esc, inner_link
from dashboard.rows import IndicatorRow
from iw_monitor.model.assessment import Freshness
from iw_monitor.model.pack import Indicator, Pack
from iw_monitor.telling import formats
from iw_monitor.telling.charts import Stretch


def cards(rows: Iterable[IndicatorRow], look: Look, sparks: Mapping[str, Sequence[Stretch]], inks: theme.Inks) -> str:
    """Return the indicators that lead, each as a card."""
    return (
        '<div class="iw iw-cards">'
        f"{''.join(_card(one, look, sparks.get(one.indicator.id, ()), inks) for one in rows)}</div>"
    )


def _card(row: IndicatorRow, look: Look, spark: Sequence[Stretch], inks: theme.Inks) -> str:
    title = inner_link(look.link("indicators", indicator=row.indicator.id), row.indicator.title)
    return (
        f'<article class="iw-card{"" if row.is_known else " iw-off"}" data-indicator="{attr(row.indicator.id)}">'
        f"<h3>{title}</h3>"
        f'<div class="iw-state">{steps(row.state.level, known=row.is_known)}'
        f'<span class="iw-clamp" title="{attr(_anchor(row))}"><strong>{_number(row)}</strong> {esc(_anchor(row))}'
        "</span></div>"
        f'<div class="iw-meta">{esc(polarity(row.indicator, look.pack))}{faint(row.indicator)}</div>'
        f"{stated.override_in_short(row.indicator.id, look)}{sparklines.picture(spark, inks)}"
        f'<div class="iw-meta">{_level_trend(row)}{_grade(row)}<span>'
        f"{aged(row.state.observed_at, look.at.as_of, look.zone)} old</span>"
        f"<span>{standing(row.state, look.at.as_of)}</span></div></article>"
    )


def groups(grouped: Iterable[tuple[str, Sequence[IndicatorRow]]], look: Look) -> str:
    """Return the other indicators, a heading and compact rows for each family or front."""
    blocks = "".join(
        f'<section><div class="iw-h">{esc(title)}</div>{"".join(_compact(one, look) for one in rows)}</section>'
        for title, rows in grouped
        if rows
    )
    return f'<div class="iw iw-groups">{blocks}</div>'


def _compact(row: IndicatorRow, look: Look) -> str:
    title = inner_link(look.link("indicators", indicator=row.indicator.id), row.indicator.title)
    if not row.indicator.scored:
        return (
            f'<div class="iw-row">{steps(None, known=False)}<span>{title}</span><span class="iw-right">'
            f"{esc(texts.CONTEXT_ONLY)}</span></div>"
        )
    return (
        f'<div class="iw-row" data-indicator="{attr(row.indicator.id)}">{steps(row.state.level, known=row.is_known)}'
        f"<span><strong>{_number(row)}</strong> {title}</span>"
        f'<span class="iw-right">{_moved(row)}{freshness(row.state.status)} · '
        f"{aged(row.state.observed_at, look.at.as_of, look.zone)}</span>"
        f'<span class="iw-anchor">{esc(_anchor(row))} {faint(row.indicator)}'
        f"{stated.override_in_short(row.indicator.id, look)}</span></div>"
    )


def polarity(indicator: Indicator, pack: Pack) -> str:
    """Return what an indicator does to which problem: ``drives Hizballah entry; restrains Iran directly``."""
    if not indicator.scored:
        return texts.CONTEXT_ONLY
    points = {one.short_title: pack.link_points(indicator, one.id) for one in pack.file.problems}
    drives = [title for title, worth in points.items() if worth > 0]
    restrains = [title for title, worth in points.items() if worth < 0]
    said = [f"{texts.DRIVES} {', '.join(drives)}"] if drives else []
    said += [f"{texts.RESTRAINS} {', '.join(restrains)}"] if restrains else []
    return "; ".join(said) or texts.NO_EFFECT


def _number(row: IndicatorRow) -> str:
    if row.state.level is None:
        return "?"
    return str(row.state.level) if row.is_known else f"{row.state.level}?"


def _anchor(row: IndicatorRow) -> str:
    if row.state.level is None:
        return texts.NOT_REPORTED
    text = row.indicator.anchors[row.state.level]
    return text if row.state.status is not Freshness.UNKNOWN else texts.WAS.format(anchor=text)


def _grade(row: IndicatorRow) -> str:
    return f'<span title="{attr(texts.GRADE_TITLE)}">{esc(row.grade)}</span>' if row.grade else ""


def _moved(row: IndicatorRow) -> str:
    """Return how the level moved in seven days, or nothing: a compact row speaks of change only."""
    return f"{_level_trend(row)} · " if row.week_ago not in (None, row.state.level) else ""


def _level_trend(row: IndicatorRow) -> str:
    """Return how the level moved in seven days, or that there is nothing to compare with."""
    if row.week_ago is None or row.state.level is None:
        return f"<span>{esc(texts.NO_TREND)}</span>" if row.state.level is not None else ""
    days = formats.duration(timedelta(days=7))
    if row.week_ago == row.state.level:
        return f'<span class="iw-nowrap" title="{attr(texts.SAME_LEVEL.format(window=days))}">= {esc(days)}</span>'
    arrow = "↑" if row.state.level > row.week_ago else "↓"
    return f'<span class="iw-nowrap"><strong>{arrow}</strong> {row.week_ago} → {row.state.level} in {esc(days)}</span>'
