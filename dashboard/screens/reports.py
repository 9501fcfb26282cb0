"""Reports: what was sent, late, skipped or failed, each as it was written; and one of now for who asks."""

from __future__ import annotations

import streamlit as st

from dashboard import data_reports, opening
from dashboard import texts_reports as texts
from dashboard.data_reports import Format, Layout, ReportOutcome
from dashboard.parts import public, reports
from dashboard.parts.desk import said
from dashboard.parts.markup import esc
from dashboard.parts.said import heading
from iw_monitor.errors import IwError, ReportError

MOST = 200
USUAL = (Format.HTML, Format.PDF, Format.JSON)
LAYOUT, FORMATS = "report_layout", "report_formats"


def page() -> None:
    """Draw the page."""
    look, _ = opening.start()
    st.html(f'<p class="iw iw-soft">{esc(texts.LEAD)}</p>')
    said.draw()
    _making()
    lines = data_reports.lines(limit=MOST)
    if lines:
        st.html(heading(texts.LIST_TITLE))
        trouble = st.checkbox(texts.ONLY_TROUBLE)
        shown = [one for one in lines if not trouble or one.outcome is not ReportOutcome.SENT]
        chosen = opening.query().get("snapshot", "")
        st.html(reports.listed(shown, look, chosen) if shown else f'<p class="iw">{esc(texts.NO_TROUBLE)}</p>')
        if len(lines) == MOST:
            st.html(f'<p class="iw iw-soft iw-small">{esc(texts.SHOWN.format(count=MOST))}</p>')
    else:
        st.html(
            f'<div class="iw iw-empty"><b>{esc(texts.NONE_TITLE)}</b><p>{esc(texts.NONE_SAYS)}</p>'
            f"<code>{esc(texts.NONE_DO)}</code></div>"
        )
    plans = data_reports.planned()
    if plans:
        st.html(heading(texts.PLANNED_TITLE) + reports.planned(plans, look))
    st.html(heading(texts.ELSEWHERE_TITLE) + reports.elsewhere(look))
    public.draw(look)


def _making() -> None:
    if not data_reports.desk().may_make:
        st.html(f'<p class="iw iw-soft iw-small">{esc(texts.MAY_NOT)}</p>')
        return
    st.html(heading(texts.MAKE_TITLE))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(texts.LAYOUT, list(Layout), format_func=lambda one: one.heading, key=LAYOUT, width=220)
        st.multiselect(
            texts.FORMATS,
            list(Format),
            default=USUAL,
            format_func=lambda one: one.value.upper(),
            key=FORMATS,
            width=420,
        )
        st.button(texts.MAKE, type="primary", key="report_make", on_click=_make)


def _make() -> None:
    chosen = tuple(st.session_state.get(FORMATS, USUAL)) or USUAL
    layout = st.session_state.get(LAYOUT, Layout.WATCH)
    try:
        made = data_reports.desk().make(layout, chosen)
    except IwError as error:
        said.wrong(error, layout.heading)
    except OSError as error:
        said.wrong(ReportError(f"The files cannot be written: {error.strerror or error}."), layout.heading)
    else:
        stamp = made.record.content_hash[:8]
        said.done(texts.MADE.format(name=layout.heading, count=len(made.record.files), stamp=stamp))


page()
