"""Scorecard: what the warnings were worth, beside plain baselines, with failures as plain as hits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import choices, data_judging, drawing, opening, texts_judging, theme
from dashboard.data import Look
from dashboard.parts import empty, said
from dashboard.parts.desk.looks import draw_style
from dashboard.parts.desk.said import sentence
from dashboard.parts.judging import facts, scores, windows
from iw_monitor.assess.scoring.forecasters import RECOMMENDED
from iw_monitor.assess.scoring.scorecard import Row, Scorecard, Table
from iw_monitor.errors import InputError
from iw_monitor.telling.charts import calibration, calibration_alt, level_strip, level_strip_alt
from iw_monitor.telling.reading import scale_of
from iw_monitor.telling.sentences import KNOWN
from iw_monitor.telling.sentences_judging import track_basis

SHEET = Path(__file__).parents[1] / "parts" / "judging" / "judging.css"
texts = texts_judging


def page() -> None:
    """Draw the page."""
    look, inks = opening.start()
    st.html(f"<style>{SHEET.read_text(encoding='utf-8')}</style>")
    if look.is_empty:
        st.html(empty.nothing_reported(look))
    _card(look, inks)
    draw_style()
    windows.draw(look)


def _card(look: Look, inks: theme.Inks) -> None:
    """Draw how the warnings did, or why nothing can be scored."""
    try:
        card = data_judging.scorecard(look)
    except InputError as error:
        st.html(said.heading(texts.NOTHING_TO_SCORE) + empty.note(" ".join(map(sentence, error.findings))))
        return
    st.html(facts.card_says(card, KNOWN[card.known.value]))
    problem = _chosen(card, look)
    among = _among(card)
    _scores(card, [one for one in card.tables if (one.problem, one.among) == (problem, among)], inks)
    _facts(card, problem, look, inks)
    _rest(card, look)


def _chosen(card: Scorecard, look: Look) -> str | None:
    titles = {"all": texts.ALL_PROBLEMS, **{name: scores.named(look, name) for name in card.problems}}
    name = choices.segmented(st.container(), "problem", titles, label=texts.PROBLEM_LABEL, usual="all")
    return None if name == "all" else name


def _among(card: Scorecard) -> str | None:
    """Return on whose days everybody is scored: on every day, or on those of somebody who spoke on some."""
    spoke = dict.fromkeys(one.among for one in card.tables if one.among)
    if not spoke:
        return None
    options = {"every": texts.EVERY_DAY, **{name: dict(card.forecasters)[name] for name in spoke}}
    name = choices.segmented(st.container(), "among", options, label=texts.AMONG_LABEL, usual="every")
    if name == "every":
        return None
    st.html(said.soft(texts.AMONG_SAYS))
    return name


def _scores(card: Scorecard, tables: Sequence[Table], inks: theme.Inks) -> None:
    st.html(said.heading(texts.SCORES_TITLE) + scores.withheld(tables))
    shown = [one for one in tables if one.rows]
    if not shown:
        return
    st.html(scores.side_by_side(card, tables) + said.soft(texts.SCORES_SAYS))
    _calibration(card, shown, inks)
    for one in shown:
        with st.expander(texts.DETAIL_TITLE.format(days=one.horizon)):
            st.html(scores.detail(card, one))


def _calibration(card: Scorecard, tables: Sequence[Table], inks: theme.Inks) -> None:
    st.html(said.heading(texts.CALIBRATION_TITLE))
    titles = dict(card.forecasters)
    calibrated = {one.forecaster: titles[one.forecaster] for one in tables[0].rows if one.calibration}
    usual = next(iter(calibrated))
    who = choices.segmented(st.container(), "who", calibrated, label=texts.CALIBRATION_LABEL, usual=usual)
    for place, (column, table) in enumerate(zip(st.columns(len(tables)), tables, strict=True)):
        with column:
            st.html(said.soft(texts.DAYS.format(days=table.horizon)))
            _one_calibration(next(one for one in table.rows if one.forecaster == who), f"calibration_{place}", inks)
    st.html(said.soft(texts.CALIBRATION_SAYS))


def _one_calibration(row: Row, key: str, inks: theme.Inks) -> None:
    bins = drawing.bins(row)
    st.vega_lite_chart(calibration(bins, inks=inks), theme=None, width="stretch", alt=calibration_alt(bins), key=key)


def _facts(card: Scorecard, problem: str | None, look: Look, inks: theme.Inks) -> None:
    names = card.problems if problem is None else (problem,)
    st.html(said.heading(texts.STRIP_TITLE))
    scale, strips = scale_of(look.pack), drawing.recommended_strips(card, look.pack, names)
    happened = drawing.card_events(card, look.pack)
    spec = level_strip(strips, scale, inks=inks, events=happened)
    st.vega_lite_chart(spec, theme=None, width="stretch", alt=level_strip_alt(strips, scale), key="strip")
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.html(said.heading(texts.EVENTS_TITLE) + said.soft(texts.EVENTS_SAYS) + facts.events(card, look))
    with right:
        days = look.pack.file.horizon.days
        alarms = facts.alarms(card, look, problem, by=RECOMMENDED)
        st.html(said.heading(texts.ALARMS_TITLE) + said.soft(texts.ALARMS_SAYS.format(days=days)) + alarms)
        titles = dict(card.forecasters)
        for name in dict.fromkeys(one.forecaster for one in card.alarms if one.forecaster != RECOMMENDED):
            with st.expander(texts.ALARMS_OF.format(name=titles[name])):
                st.html(facts.alarms(card, look, problem, by=name))
    st.html(said.heading(texts.BEHAVIOUR_TITLE) + said.soft(texts.BEHAVIOUR_SAYS))
    columns = [one for _ in names[::2] for one in st.columns(min(2, len(names)), gap="large")]
    for column, name in zip(columns, names, strict=False):
        column.html(said.heading(scores.named(look, name)) + facts.behaviours(card, look, name))


def _rest(card: Scorecard, look: Look) -> None:
    with st.expander(texts.BASIS_TITLE, expanded=True):
        st.html(scores.basis(card, look) + said.soft(track_basis(card.track)))
    with st.expander(texts.NOTES_TITLE):
        st.html(facts.notes(card))
    bar = st.container(horizontal=True, gap="medium")
    name = f"{card.pack}_{card.first}_{card.last}"
    for label, file, made in (
        (texts.SAVE_SCORES, f"scores_{name}.csv", data_judging.scores_csv),
        (texts.SAVE_FORECASTS, f"forecasts_{name}.csv", data_judging.forecasts_csv),
    ):
        bar.download_button(label, partial(made, card), file, "text/csv", on_click="ignore", icon=":material/download:")


page()
