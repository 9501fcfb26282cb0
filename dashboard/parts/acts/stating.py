"""Stating a judgement: a form for each kind, every word kept, and both values shown when somebody else was there."""

from __future__ import annotations

import streamlit as st

from dashboard import data, data_log
from dashboard import texts_acts as texts
from dashboard.data import Desk, Look
from dashboard.data_acts import RawJudgement
from dashboard.parts.acts import both, stated
from dashboard.parts.desk import said
from dashboard.parts.desk.keeping import SEEN, Sheet, new_window, own_window
from dashboard.parts.markup import attr, esc, plain
from iw_monitor.errors import ConflictError, IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.judgement import WARNING_LEVELS, JudgementKind
from iw_monitor.model.proposal import Proposal
from iw_monitor.telling import formats

STATE = "state"  # in the address: which form is open
OF_PROBLEM = (JudgementKind.DECLARATION, JudgementKind.DISSENT, JudgementKind.ESTIMATE)
OF_INDICATOR = (JudgementKind.OVERRIDE,)
FIELDS = ("level", "probability", "until", "reason")
TRIED = "tried"
LEFT = "acts_left"  # the form was left within its fragment: the whole page has to follow


def draw(desk: Desk, kinds: tuple[JudgementKind, ...], subject: str, look: Look) -> None:
    """Draw the ways to state something of a problem or an indicator, and the form of the one that is open."""
    st.session_state.pop(LEFT, None)
    kind = opened(desk, kinds)
    if kind is not None:
        name = f"{kind}.{subject}"
        _form(kind, subject, look, Sheet.of(desk, name, own_window(name)))
        return
    if not desk.may_write:
        return
    with st.container(key="desk_state", horizontal=True, gap="small"):
        for kind in kinds:
            st.button(texts.STATE[kind], key=f"desk_state_{kind}", on_click=_open, args=(kind,))


def opened(desk: Desk, kinds: tuple[JudgementKind, ...]) -> JudgementKind | None:
    """Return which form the address opens, or None: of these kinds, and for who may write."""
    named = st.query_params.get(STATE, "")
    return JudgementKind(named) if named in kinds and desk.may_write else None


def _open(kind: JudgementKind) -> None:
    said.forget()
    st.query_params[STATE] = kind.value
    st.query_params["draft"] = new_window()


@st.fragment
def _form(kind: JudgementKind, subject: str, look: Look, sheet: Sheet) -> None:
    """Draw the form, with what is wrong beside each field. Redrawn while typing."""
    if st.session_state.pop(LEFT, False):
        st.rerun(scope="app")
    _begin(kind, subject, sheet)
    raw = _raw(kind, subject, sheet)
    with st.container(key="desk_state_form", border=True):
        st.html(
            f'<div class="iw" data-state="{attr(kind)}"><b>{esc(texts.STATE[kind])}: {esc(_title(subject, look))}</b>'
            f'<p class="iw-soft iw-small">{esc(texts.STATE_SAYS[kind])}</p></div>'
        )
        _conflict(raw, sheet, look)
        said.draw()
        _fields(raw, sheet, look)
        _foresee(raw, look)
        with st.container(horizontal=True):
            st.button(texts.STATE_DO, type="primary", key=sheet.key("do"), on_click=_state, args=(raw, sheet, look))
            st.button(texts.STATE_CLOSE, key=sheet.key("close"), on_click=_leave, args=(sheet,))


def _begin(kind: JudgementKind, subject: str, sheet: Sheet) -> None:
    """Open the draft, or take up the one there is; what its author saw when beginning it stays with it."""
    if not sheet.typed():
        newest = data.desk().judging.newest(RawJudgement(kind=kind, subject=subject))
        sheet.put(**{SEEN: newest.id if newest else ""})
    sheet.begin(dict.fromkeys(FIELDS, ""))


def _fields(raw: RawJudgement, sheet: Sheet, look: Look) -> None:
    findings = data.desk().judging.examine(raw).findings
    tried = sheet.typed().get(TRIED) == "1"

    def beside(field: str) -> None:
        html = said.beside(findings, field, tried=tried)
        if html:
            st.html(html)

    if raw.kind is JudgementKind.ESTIMATE:
        st.text_input(texts.PROBABILITY, live=True, **sheet.widget("probability"))
        beside("probability")
    else:
        _level(raw, sheet, look)
        beside("level")
        most = formats.duration(data.desk().judging.at_most(raw.kind))
        st.text_input(texts.UNTIL.format(most=most), live=True, **sheet.widget("until"))
        beside("until")
    st.text_input(texts.REASON, live=True, **sheet.widget("reason"))
    beside("reason")


def _level(raw: RawJudgement, sheet: Sheet, look: Look) -> None:
    if raw.kind is JudgementKind.OVERRIDE:
        anchors = sorted(look.pack.indicator(raw.subject).anchors.items())
        captions = [plain(text) for _, text in anchors]
        st.radio(texts.LEVEL, [str(level) for level, _ in anchors], captions=captions, **sheet.widget("level"))
        return
    words = {str(level): f"{formats.shape(level)} {formats.level_words(level, look.pack)}" for level in WARNING_LEVELS}
    st.radio(texts.LEVEL, list(words), format_func=words.__getitem__, horizontal=True, **sheet.widget("level"))


def _foresee(raw: RawJudgement, look: Look) -> None:
    """Say what comes of it: the effect of an override, and that a second officer has to say yes."""
    rule = look.pack.file.four_eyes.declaration_from
    if raw.kind is JudgementKind.DECLARATION and rule is not None:
        level = formats.level_words(rule, look.pack)
        st.html(f'<p class="iw iw-flag">{esc(texts.WAITS_TOO.format(level=level))}</p>')
    if raw.kind is JudgementKind.OVERRIDE:
        says = stated.with_override(raw.subject, int(raw.level), look) if raw.level else texts.EFFECT_WAITS
        title = f'<div class="iw-h">{esc(texts.EFFECT_TITLE)}</div>'
        st.html(f'<div class="iw" data-foreseen="{attr(raw.level)}">{title}<p>{esc(says)}</p></div>')


def _state(raw: RawJudgement, sheet: Sheet, look: Look) -> None:
    """State what is typed, or say beside the fields all that is wrong with it."""
    sheet.put(**{TRIED: "1"})
    raw = _raw(raw.kind, raw.subject, sheet)
    title = _title(raw.subject, look)
    try:
        one = data.desk().judging.state(raw, seen=sheet.typed().get(SEEN, ""))
    except ConflictError:
        said.failed(texts.OVERTAKEN)
        return
    except IwError as error:
        said.wrong(error, title)
        return
    says = texts.PROPOSED if isinstance(one, Proposal) else texts.DONE
    said.done(says.format(title=title, author=one.author, moment=day_time_group(one.recorded_at)))
    _leave(sheet)


def _leave(sheet: Sheet) -> None:
    """Forget the draft and close the form."""
    sheet.drop()
    for name in (STATE, "draft"):
        st.query_params.pop(name, None)
    st.session_state[LEFT] = True


def _raw(kind: JudgementKind, subject: str, sheet: Sheet) -> RawJudgement:
    return RawJudgement(kind=kind, subject=subject, **{field: sheet.text(field) for field in FIELDS})


def _title(subject: str, look: Look) -> str:
    return data_log.names(look.pack)[subject]


# --- Two at once ---


def _conflict(raw: RawJudgement, sheet: Sheet, look: Look) -> None:
    """Show what was stated since the draft was begun, beside it; the officer decides."""
    theirs = data.desk().judging.newest(raw)
    now = theirs.id if theirs else ""
    if sheet.typed().get(SEEN, "") == now:
        return
    st.html(both.values(theirs, raw, look))
    with st.container(horizontal=True):
        st.button(texts.MINE_TOO, key=sheet.key("both"), on_click=_state_too, args=(raw, sheet, look, now))
        st.button(texts.KEEP_THEIRS, key=sheet.key("theirs"), on_click=_leave, args=(sheet,))


def _state_too(raw: RawJudgement, sheet: Sheet, look: Look, seen: str) -> None:
    """State after somebody else, of whom this was seen."""
    sheet.put(**{SEEN: seen})
    _state(raw, sheet, look)
