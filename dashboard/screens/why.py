"""Why: what adds up to a problem's level, what stands behind each piece, and what changed between two moments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import address, choices, data, data_evidence, data_judging, drawing, opening, texts, theme
from dashboard.data import Look
from dashboard.parts import empty, evidence, said, sums
from dashboard.parts.acts import stated, stating, waiting, withdrawing
from dashboard.parts.desk import said as answered
from dashboard.parts.desk.looks import draw_style
from iw_monitor.model.assessment import ProblemAssessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.telling.charts import Part, difference, difference_alt, waterfall, waterfall_alt
from iw_monitor.telling.reading import scale_of
from iw_monitor.telling.sentences import titles

BAR = "bar"


def page() -> None:
    """Draw the page."""
    look, inks = opening.start()
    problem = _chosen(look)
    st.html(said.problem_title(problem, look) + stated.on_problem(problem, look) + waiting.on(problem.id, look))
    _stating(problem, look)
    if look.is_empty:
        st.html(empty.nothing_reported(look))
        return
    parts = drawing.waterfall_parts(problem, look)
    picked = _waterfall(problem, parts, look, inks)
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.html(said.heading(texts.SUM_TITLE) + sums.table(problem, parts, look))
        _save(look)
    with right:
        _evidence(problem, parts, picked, look)
    _difference(problem, look, inks)


def _stating(problem: ProblemAssessment, look: Look) -> None:
    """Draw where officers state what they judge of a problem; the past is only looked at."""
    if look.moment.as_of is not None:
        return
    draw_style()
    desk = data.desk()
    if not stating.opened(desk, stating.OF_PROBLEM):
        answered.draw()
    stating.draw(desk, stating.OF_PROBLEM, problem.id, look)
    withdrawing.draw(desk, stating.OF_PROBLEM, problem.id, look)


def _chosen(look: Look) -> ProblemAssessment:
    """Return the problem the address names; by default the one that sets the headline."""
    usual = look.at.headline.problem or look.at.problems[0].id
    shorts = {one.id: one.short_title for one in look.pack.file.problems}
    name = choices.segmented(st.container(), "problem", shorts, label=texts.PROBLEM_LABEL, usual=usual)
    return look.at.problem(name)


def _waterfall(problem: ProblemAssessment, parts: Sequence[Part], look: Look, inks: theme.Inks) -> str | None:
    """Draw the waterfall and return the id of the bar that was clicked."""
    scale = scale_of(look.pack)
    event = st.vega_lite_chart(
        waterfall(problem.prior, parts, problem.points, scale=scale, inks=inks),
        theme=None,
        width="stretch",
        alt=waterfall_alt(problem.prior, parts, problem.points, scale=scale),
        on_select="rerun",
        selection_mode=BAR,
        key=f"waterfall_{problem.id}",
    )
    marked = event["selection"].get(BAR) if event else None
    return str(marked[0].get("id", "")) if marked else None


def _evidence(problem: ProblemAssessment, parts: Sequence[Part], picked: str | None, look: Look) -> None:
    """Draw what stands behind one bar: the one clicked, or the one chosen from the list."""
    linked = [one.indicator for one in problem.contributions]
    counts = sorted(parts, key=lambda one: (one.id not in linked, -abs(one.value)))
    names = list(dict.fromkeys([*(one.id for one in counts), *linked]))
    if not names:
        return
    shown = titles(look.pack)
    key = f"evidence_{problem.id}"
    if picked in names and st.session_state.get("picked") != (problem.id, picked):
        st.session_state[key] = picked
        st.session_state["picked"] = (problem.id, picked)
    name = st.selectbox(texts.EVIDENCE_LABEL, names, format_func=lambda one: shown.get(one, one), key=key)
    st.html(evidence.behind(name, problem, look, data_evidence.evidence(look, name)))


def _save(look: Look) -> None:
    name = f"pieces_{look.pack.id}_{address.write_instant(look.at.as_of).replace(':', '')}.csv"
    made = partial(data_judging.pieces_csv, look)
    st.download_button(
        texts.SAVE_PIECES, made, name, "text/csv", on_click="ignore", type="tertiary", icon=":material/download:"
    )


def _difference(problem: ProblemAssessment, look: Look, inks: theme.Inks) -> None:
    st.html(said.heading(texts.WHY_CHANGE_TITLE))
    bar = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    week_ago = look.at.as_of - data.WEEK
    start = choices.moment(bar, "a", label=texts.MOMENT_A, usual=week_ago, newest=look.at.as_of) or week_ago
    end = choices.moment(bar, "b", label=texts.MOMENT_B, usual=None, newest=look.at.as_of)
    earlier, later = data.at(look, start), (data.at(look, end) if end else look.at)
    if earlier is None or later is None:
        st.html(empty.note(texts.SINCE_NO_DATA.format(moment=day_time_group(start))))
        return
    found = data.difference(earlier, later, problem.id)
    parts = drawing.difference_parts(found, look.pack)
    if not parts:
        st.html(empty.note(texts.WHY_CHANGE_NONE))
        return
    scale = scale_of(look.pack)
    ends = {"before_title": day_time_group(earlier.as_of), "after_title": day_time_group(later.as_of)}
    spec = difference(found.before, parts, found.after, scale=scale, inks=inks, **ends)
    told = difference_alt(found.before, parts, found.after, **ends)
    st.vega_lite_chart(spec, theme=None, width="stretch", alt=told, key="difference")
    st.html(sums.difference_table(found, look, ends=(ends["before_title"], ends["after_title"])))


page()
