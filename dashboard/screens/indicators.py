"""Indicators: an index, and one page each: what is asked, what was answered, by whom, and how far to trust it."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import choices, data_evidence, data_history, drawing, opening, texts, theme
from dashboard.data import Look
from dashboard.parts import cards, empty, evidence, said, sheet
from dashboard.parts.acts import stated, waiting
from dashboard.parts.desk import queue
from dashboard.rows import IndicatorRow
from iw_monitor.telling.charts import ageing, ageing_alt, history, history_alt

MOST_LISTED, MOST_DRAWN = 300, 1000  # reports: the newest; all of them are in the export


def page() -> None:
    """Draw the index, or the page of the indicator that the address names."""
    look, inks = opening.start()
    rows = {one.indicator.id: one for one in data_evidence.indicator_rows(look)}
    name = _chosen(look, rows)
    if name in rows:
        _one(rows[name], look, inks)
    elif name:
        st.html(sheet.draft(look.pack.indicator(name)))
    else:
        _index(rows, look)


def _chosen(look: Look, rows: dict[str, IndicatorRow]) -> str:
    titles = {one.id: one.title for one in look.pack.indicators}
    inside = {name: titles[name] for name in rows}
    return choices.selected(
        st.container(), "indicator", {**inside, **titles}, label=texts.INDICATOR_LABEL, none=texts.ALL_INDICATORS
    )


def _index(rows: dict[str, IndicatorRow], look: Look) -> None:
    if look.is_empty:
        st.html(empty.nothing_reported(look))
    first = [rows[name] for name in look.pack.file.leading if name in rows]
    placed = [(texts.LEADING_TITLE, first)]
    for family in look.pack.file.families:
        rest = [one for one in rows.values() if one.indicator.family == family.id and one not in first]
        placed.append((family.title, rest))
    st.html(cards.groups(placed, look))
    drafts = [one for one in look.pack.indicators if one.id not in rows]
    if drafts:
        st.html(said.heading(texts.DRAFTS_TITLE) + sheet.drafts(drafts, look))


def _one(row: IndicatorRow, look: Look, inks: theme.Inks) -> None:
    doubt = queue.doubt(data_evidence.corroborated(look, row.indicator.id))
    beside = stated.on_indicator(row.indicator.id, look) + waiting.on(row.indicator.id, look)
    st.html(sheet.head(row, look) + doubt + beside + sheet.to_desk(row.indicator, look))
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.html(sheet.anchors(row, look))
    with right:
        st.html(sheet.links(row, look))
        _ageing(row, look, inks)
    _history(row, look, inks)
    rows = data_evidence.reported(look, row.indicator.id)
    st.html(said.heading(texts.REPORTS_TITLE.format(count=len(rows))))
    st.html(
        f'<div class="iw">{evidence.reports(rows[:MOST_LISTED], look)}</div>'
        if rows
        else empty.note(texts.HISTORY_NONE)
    )
    if len(rows) > MOST_LISTED:
        st.html(said.soft(texts.OLDER_REPORTS.format(shown=MOST_LISTED, count=len(rows) - MOST_LISTED)))
    st.html(sheet.background(row.indicator, look))


def _ageing(row: IndicatorRow, look: Look, inks: theme.Inks) -> None:
    if not row.indicator.scored:
        return
    rule = look.pack.method.ageing
    half_life, cadence = look.pack.half_life(row.indicator), look.pack.cadence(row.indicator)
    age = None if row.state.age_days is None else timedelta(days=row.state.age_days)
    st.html(said.heading(texts.AGEING_TITLE))
    spec = ageing(half_life, cadence, fresh_for=rule.fresh_for, unknown_after=rule.unknown_after, age=age, inks=inks)
    told = ageing_alt(half_life, cadence, fresh_for=rule.fresh_for, unknown_after=rule.unknown_after, age=age)
    st.vega_lite_chart(spec, theme=None, width="stretch", alt=told, key=f"ageing_{row.indicator.id}")
    st.html(sheet.ageing_says(row, look))


def _history(row: IndicatorRow, look: Look, inks: theme.Inks) -> None:
    st.html(said.heading(texts.HISTORY_TITLE))
    trail = data_history.trails(look).get(row.indicator.id)
    if trail is None or not trail.at:
        st.html(empty.note(texts.HISTORY_NONE))
        return
    stretches = drawing.stretches(trail)
    points = drawing.reports(data_evidence.reported(look, row.indicator.id)[:MOST_DRAWN])
    st.vega_lite_chart(
        history(stretches, reports=points, weights=drawing.weights(trail), inks=inks),
        theme=None,
        width="stretch",
        alt=history_alt(stretches, reports=points),
        key=f"history_{row.indicator.id}",
    )


page()
