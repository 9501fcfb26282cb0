"""What if: other levels, ages and weights, and what would be concluded from them; nothing is ever written."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data, data_judging, drawing, opening, supposed, theme
from dashboard import texts_judging as texts
from dashboard.data import Look
from dashboard.data_judging import WhatIf
from dashboard.parts import empty, said, sums
from dashboard.parts.judging import supposed as lists
from dashboard.parts.markup import plain
from iw_monitor.assess.sensitivity import ProblemSensitivity
from iw_monitor.assess.supposing import Supposition
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.pack import Indicator
from iw_monitor.telling.charts import (
    GaugeReading,
    Scale,
    difference,
    difference_alt,
    gauge,
    gauge_alt,
    tornado,
    tornado_alt,
)
from iw_monitor.telling.formats import whole_percent
from iw_monitor.telling.reading import gauge_reading, scale_of
from iw_monitor.telling.sentences import called

MOST_SWINGS = 10
OLDEST_SHOWN = 120  # days; the address reaches further
COLUMNS = 3


def page() -> None:
    """Draw the page."""
    look, inks = opening.start()
    if look.is_empty:
        st.html(empty.nothing_reported(look))
    st.html(f'<p class="iw">{texts.WHAT_IF_SAYS}</p>')
    read = supposed.read(opening.query(), look.pack)
    if read.unreadable:
        st.html(empty.note(texts.UNREADABLE.format(parts=", ".join(one[:60] for one in read.unreadable))))
    found = data_judging.what_if(look, read.supposed)
    problem = _chosen(found, look)
    _gauges(found, problem, look, inks)
    left, right = st.columns([1, 1], gap="large")
    left.html(said.heading(texts.SUPPOSED_TITLE) + lists.listed(look, read.supposed, problem))
    right.html(said.heading(texts.MOVED_TITLE) + lists.moved(found, look))
    _levels(found, read.supposed, look)
    _one_indicator(read.supposed, found, look)
    _difference(found, problem, look, inks)
    hangs = next(one for one in found.hangs if one.problem == problem)
    _hangs(found, hangs, read.supposed, look, inks)


def _chosen(found: WhatIf, look: Look) -> str:
    usual = found.before.headline.problem or found.before.problems[0].id
    shorts = {one.id: one.short_title for one in look.pack.file.problems}
    return choices.segmented(st.container(), "problem", shorts, label=texts.PROBLEM_LABEL, usual=usual)


def _gauges(found: WhatIf, problem: str, look: Look, inks: theme.Inks) -> None:
    columns = st.columns([1, 1], gap="large")
    for column, name, title, one in (
        (columns[0], "before", texts.AS_IT_STANDS, found.before),
        (columns[1], "after", texts.AS_SUPPOSED, found.after),
    ):
        with column, st.container(key=f"gauge_{name}"):
            st.html(said.heading(title))
            reading, scale = gauge_reading(one, look.pack, {}, problem=problem), scale_of(look.pack)
            _gauge(reading, scale, name, inks)


def _gauge(reading: GaugeReading, scale: Scale, name: str, inks: theme.Inks) -> None:
    spec = gauge(reading, scale, inks=inks)
    st.vega_lite_chart(spec, theme=None, width="content", alt=gauge_alt(reading, scale), key=f"what_if_{name}")


def _levels(found: WhatIf, here: Supposition, look: Look) -> None:
    """Draw a slider for each indicator, by family; where it was never reported it stands at its level of T0."""
    st.html(said.heading(texts.LEVELS_TITLE) + said.soft(texts.LEVELS_SAY))
    columns = st.columns(COLUMNS, gap="large")
    for place, one in enumerate(look.pack.scored):
        with columns[place % COLUMNS]:
            _level(one, found.before.indicator(one.id).level, here)


def _level(one: Indicator, held: int | None, here: Supposition) -> None:
    param, usual = f"{supposed.LEVEL}.{one.id}", (one.t0 or 0) if held is None else held
    st.session_state[choices.PREFIX + param] = here.levels.get(one.id, usual)
    anchors = "  \n".join(f"**{level}** {plain(text)}" for level, text in sorted(one.anchors.items()))
    key, asked = choices.PREFIX + param, (param, str(usual))
    st.select_slider(plain(called(one)), range(5), key=key, on_change=_write, args=asked, help=anchors)


def _one_indicator(here: Supposition, found: WhatIf, look: Look) -> None:
    names = {one.id: called(one) for one in look.pack.scored}
    st.html(said.heading(texts.AGES_TITLE))
    name = choices.selected(st.container(), "indicator", names, label=texts.AGES_TITLE, none=texts.WHICH_INDICATOR)
    if name not in names:
        return
    columns = st.columns([1, 1, 1], gap="large")
    with columns[0]:
        _age(name, found.before, here)
    for place, problem in enumerate(look.pack.file.problems):
        with columns[1 + place % 2]:
            _weight(look.pack.indicator(name), problem.id, here, look)


def _age(name: str, before: Assessment, here: Supposition) -> None:
    param, age = f"{supposed.AGE}.{name}", before.indicator(name).age_days
    usual = 0 if age is None else min(round(age), supposed.OLDEST)
    chosen = here.ages.get(name, 0 if name in here.levels else usual)
    oldest = max(OLDEST_SHOWN, usual, chosen)
    st.session_state[choices.PREFIX + param] = chosen
    asked = (param, str(0 if name in here.levels else usual))
    st.slider(texts.AGE_LABEL, 0, oldest, key=choices.PREFIX + param, on_change=_write, args=asked)


def _weight(one: Indicator, problem: str, here: Supposition, look: Look) -> None:
    param, usual = f"{supposed.WEIGHT}.{one.id}.{problem}", look.pack.link_points(one, problem)
    st.session_state[choices.PREFIX + param] = float(here.weights.get((one.id, problem), usual))
    st.number_input(
        texts.WEIGHT_LABEL.format(problem=plain(look.pack.problem(problem).short_title)),
        min_value=-supposed.HEAVIEST,
        max_value=supposed.HEAVIEST,
        step=0.5,
        format="%g",
        key=choices.PREFIX + param,
        on_change=_write,
        args=(param, f"{usual:g}"),
    )


def _write(param: str, usual: str) -> None:
    """Write a number into the address; the one that stands there by itself is said by its absence."""
    chosen = f"{st.session_state[choices.PREFIX + param]:g}"
    if chosen == usual:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = chosen


def _difference(found: WhatIf, problem: str, look: Look, inks: theme.Inks) -> None:
    st.html(said.heading(texts.WATERFALL_TITLE))
    change = data.difference(found.before, found.after, problem)
    parts = drawing.difference_parts(change, look.pack)
    if not parts:
        st.html(empty.note(texts.SAME))
        return
    ends = {"before_title": texts.AS_IT_STANDS, "after_title": texts.AS_SUPPOSED}
    spec = difference(change.before, parts, change.after, scale=scale_of(look.pack), inks=inks, **ends)
    told = difference_alt(change.before, parts, change.after, **ends)
    st.vega_lite_chart(spec, theme=None, width="stretch", alt=told, key="what_if_difference")
    with st.expander(texts.MOVED_TITLE):
        st.html(sums.difference_table(change, look, ends=(texts.AS_IT_STANDS, texts.AS_SUPPOSED)))


def _hangs(found: WhatIf, hangs: ProblemSensitivity, here: Supposition, look: Look, inks: theme.Inks) -> None:
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.html(said.heading(texts.HANGS_TITLE))
        st.html(said.soft(texts.HANGS_SAY.format(stability=whole_percent(hangs.stability))))
        _tornado(hangs, look, inks)
    with right:
        st.html(said.heading(texts.MOVES_TITLE) + lists.moves(look, here, hangs))
        st.html(said.heading(texts.MISSING_TITLE) + lists.missing(look, here, found, hangs))


def _tornado(hangs: ProblemSensitivity, look: Look, inks: theme.Inks) -> None:
    swings = drawing.swings(hangs, look.pack)[:MOST_SWINGS]
    spec = tornado(swings, inks=inks)
    st.vega_lite_chart(spec, theme=None, width="stretch", alt=tornado_alt(swings), key="tornado")


page()
