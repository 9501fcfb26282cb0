"""Runs: is the worker alive, what did it do, and what was late or failed? An operator's page."""

from __future__ import annotations

import streamlit as st

from dashboard import data, opening, texts_runs
from dashboard.data import Look
from dashboard.parts import runs, said
from dashboard.parts.markup import esc

MOST = 200


def page() -> None:
    """Draw the page."""
    look, _ = opening.start()
    here = data.installation()
    if here.has_little_room:
        st.html(runs.little_room(here))
    _worked(look)
    st.html(said.heading(texts_runs.STANDS_TITLE) + runs.installation(here))


def _worked(look: Look) -> None:
    """Draw who looks after the site, and what they did."""
    operation = data.operation(runs=MOST)
    if operation is None:
        st.html(f'<div class="iw iw-empty"><p>{esc(texts_runs.DEMO_SAYS)}</p></div>')
        return
    if not operation.workers:
        st.html(
            f'<div class="iw iw-empty"><p>{esc(texts_runs.NONE_SAYS)}</p><code>{esc(texts_runs.NONE_DO)}</code></div>'
        )
        return
    st.html(said.heading(texts_runs.STATE_TITLE) + runs.state(operation, look))
    st.html(said.heading(texts_runs.WORKERS_TITLE) + runs.workers(operation.workers, look))
    st.html(said.heading(texts_runs.RUNS_TITLE))
    jobs = sorted({one.job for one in operation.runs})
    job = st.selectbox(texts_runs.FILTER, ["", *jobs], format_func=lambda one: one or texts_runs.ALL_JOBS)
    trouble = st.checkbox(texts_runs.ONLY_TROUBLE)
    shown = [one for one in operation.runs if one.job == (job or one.job) and (one.is_troubled or not trouble)]
    st.html(runs.runs(shown, look))
    if len(operation.runs) == MOST:
        st.html(f'<p class="iw iw-soft iw-small">{esc(texts_runs.SHOWN.format(count=MOST))}</p>')


page()
