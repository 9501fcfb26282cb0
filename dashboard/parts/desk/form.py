"""The record form: anchors beside the choice, what stands now, the effect before saving, and every word kept."""

from __future__ import annotations

import streamlit as st

from dashboard import data, data_evidence
from dashboard import texts_desk as texts
from dashboard.data import Desk, Look, Preview, RawReport
from dashboard.parts import evidence
from dashboard.parts.acts import stated, waiting
from dashboard.parts.desk import conflict, effect, said
from dashboard.parts.desk.keeping import SEEN, Sheet
from dashboard.parts.marks import faint
from dashboard.parts.markup import attr, esc, plain
from iw_monitor.errors import IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.pack import Indicator
from iw_monitor.model.proposal import Proposal

FIELDS = (
    "level",
    "statement",
    "source_name",
    "originator",
    "source_url",
    "reliability",
    "credibility",
    "observed_at",
    "published_at",
    "basis",
    "reading",
    "unit",
    "note",
)
MOST_SHOWN = 3  # reports
TRIED = "tried"
LEFT = "desk_left"  # the form was left within its fragment: the whole page has to follow


def draw(desk: Desk, indicator: Indicator, look: Look, sheet: Sheet) -> None:
    """Draw the form of one indicator on a draft."""
    _begin(desk, indicator, sheet)
    st.html(
        f'<div class="iw" data-form="{attr(indicator.id)}"><div class="iw-title">'
        f"{esc(texts.FORM_TITLE.format(title=indicator.title))}</div><p>{esc(indicator.question)} "
        f"{faint(indicator)}</p></div>"
    )
    stands(indicator, look)
    _fields(desk, indicator, look, sheet)


def _begin(desk: Desk, indicator: Indicator, sheet: Sheet) -> None:
    """Open the draft, or take up the one there is; what its author saw when beginning it stays with it."""
    if not sheet.typed():
        sheet.put(**{SEEN: desk.newest().get(indicator.id, "")})
    now = desk.site.now()
    sheet.begin(dict.fromkeys(FIELDS, "") | {"observed_at": f"{now:%Y-%m-%dT%H:%M}Z", "basis": "seen"})


def stands(indicator: Indicator, look: Look) -> None:
    """Draw the newest reports behind the level, the override beside it, and what waits in the tray."""
    rows = data_evidence.evidence(look, indicator.id)[:MOST_SHOWN]  # the rest stands among the acts below
    body = evidence.reports(rows, look) if rows else f"<p>{esc(texts.EVIDENCE_NONE)}</p>"
    beside = stated.on_indicator(indicator.id, look) + waiting.on(indicator.id, look)
    st.html(f'<div class="iw"><div class="iw-h">{esc(texts.EVIDENCE)}</div>{body}{beside}</div>')


@st.fragment
def _fields(desk: Desk, indicator: Indicator, look: Look, sheet: Sheet) -> None:
    """Draw the fields with what is wrong beside each, the effect, and the way to record. Redrawn while typing."""
    if st.session_state.pop(LEFT, False):
        st.rerun(scope="app")
    raw = _raw(indicator, sheet)
    preview = desk.preview(raw)
    with st.container(key="desk_form"):
        _conflict(desk, indicator, look, sheet)
        said.draw()
        left, right = st.columns([3, 2], gap="large")
        with left:
            _main(indicator, preview, sheet)
            _source(preview, sheet)
            _grade(preview, sheet)
            _times(desk, preview, sheet)
            _rest(preview, sheet)
        with right:
            _effect(indicator, preview, look)
            _buttons(indicator, sheet)


def _main(indicator: Indicator, preview: Preview, sheet: Sheet) -> None:
    levels = sorted(indicator.anchors)
    st.radio(
        texts.LEVEL,
        [str(one) for one in levels],
        captions=[plain(indicator.anchors[one]) for one in levels],
        **sheet.widget("level"),
    )
    _beside("level", preview, sheet)
    _line("statement", texts.STATEMENT, preview, sheet)


def _source(preview: Preview, sheet: Sheet) -> None:
    for field, label in (
        ("source_name", texts.SOURCE),
        ("originator", texts.ORIGINATOR),
        ("source_url", texts.URL),
    ):
        _line(field, label, preview, sheet)


def _grade(preview: Preview, sheet: Sheet) -> None:
    for field, label, meanings in (
        ("reliability", texts.RELIABILITY, texts.RELIABILITIES),
        ("credibility", texts.CREDIBILITY, texts.CREDIBILITIES),
    ):
        st.selectbox(
            label, list(meanings), format_func=meanings.__getitem__, placeholder=texts.CHOOSE, **sheet.widget(field)
        )
        _beside(field, preview, sheet)


def _times(desk: Desk, preview: Preview, sheet: Sheet) -> None:
    newest = desk.site.now().replace(tzinfo=None, second=0, microsecond=0)
    for field, label in (("observed_at", texts.OBSERVED), ("published_at", texts.PUBLISHED)):
        st.datetime_input(label, value=None, max_value=newest, format="YYYY-MM-DD", step=60, **sheet.widget(field))
        _beside(field, preview, sheet)


def _rest(preview: Preview, sheet: Sheet) -> None:
    st.radio(
        texts.BASIS, list(texts.BASES), format_func=texts.BASES.__getitem__, horizontal=True, **sheet.widget("basis")
    )
    _beside("basis", preview, sheet)
    for field, label in (("reading", texts.READING), ("unit", texts.UNIT), ("note", texts.NOTE)):
        _line(field, label, preview, sheet)


def _line(field: str, label: str, preview: Preview, sheet: Sheet) -> None:
    st.text_input(label, live=True, **sheet.widget(field))  # live: sent while typing, so that a reload finds it
    _beside(field, preview, sheet)


def _beside(field: str, preview: Preview, sheet: Sheet) -> None:
    html = said.beside(preview.findings, field, tried=sheet.typed().get(TRIED) == "1")
    if html:
        st.html(html)


def _effect(indicator: Indicator, preview: Preview, look: Look) -> None:
    body = f'<p class="iw-soft">{esc(texts.EFFECT_WAITS)}</p>'
    if preview.supposed is not None:
        body = effect.effect(preview.supposed, indicator.id, look)
    st.html(f'<div class="iw"><div class="iw-h">{esc(texts.EFFECT)}</div>{body}</div>')


def _buttons(indicator: Indicator, sheet: Sheet) -> None:
    st.html(f'<p class="iw iw-soft iw-small">{esc(texts.DRAFT_KEPT)}</p>')
    acting = (indicator, sheet)
    with st.container(horizontal=True):
        st.button(texts.SAVE, type="primary", key=sheet.key("save"), on_click=_save, args=acting)
        st.button(texts.DISCARD, key=sheet.key("discard"), on_click=_leave, args=(sheet,))


def _save(indicator: Indicator, sheet: Sheet) -> None:
    """Record what is typed, or say beside the fields all that is wrong with it."""
    sheet.put(**{TRIED: "1"})
    try:
        one = data.desk().record(_raw(indicator, sheet), seen=sheet.typed().get(SEEN, ""))
    except IwError as error:
        said.wrong(error, indicator.title)
        return
    says = texts.PROPOSED if isinstance(one, Proposal) else texts.RECORDED
    level, moment = sheet.text("level"), day_time_group(one.recorded_at)
    said.done(says.format(title=indicator.title, level=level, author=one.author, moment=moment))
    _leave(sheet)


def _save_too(indicator: Indicator, sheet: Sheet, seen: str) -> None:
    """Record beside what somebody else recorded, of which this is the newest."""
    sheet.put(**{SEEN: seen})
    _save(indicator, sheet)


def _leave(sheet: Sheet) -> None:
    """Forget the draft and go back to the queue."""
    sheet.drop()
    st.query_params.clear()
    st.session_state[LEFT] = True


def _raw(indicator: Indicator, sheet: Sheet) -> RawReport:
    return RawReport(indicator=indicator.id, **{field: sheet.text(field) for field in FIELDS})


def _conflict(desk: Desk, indicator: Indicator, look: Look, sheet: Sheet) -> None:
    """Show what was recorded since the draft was begun, beside it; the editor decides."""
    seen, now = sheet.typed().get(SEEN, ""), desk.newest().get(indicator.id, "")
    if seen == now:
        return
    mine = {field: sheet.text(field) for field in FIELDS}
    st.html(conflict.both(desk.since(indicator.id, seen), mine, indicator, look))
    with st.container(horizontal=True):
        acting = (indicator, sheet, now)
        st.button(texts.BOTH, key=sheet.key("both"), on_click=_save_too, args=acting)
        st.button(texts.KEEP_THEIRS, key=sheet.key("theirs"), on_click=_leave, args=(sheet,))
