"""What the desk answers: what was done, or why nothing was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import streamlit as st

from dashboard import data
from dashboard import texts_desk as texts
from dashboard.parts.markup import attr, esc
from iw_monitor.errors import ConflictError, Finding, InputError, IwError

_SAID = "desk_said"
_STANDS_FOR = timedelta(minutes=1)  # a page may be redrawn at any moment; what was said must outlast that


def done(text: str) -> None:
    """Say what was done."""
    _say(text, is_wrong=False)


def wrong(error: IwError, title: str) -> None:
    """Say why nothing was done."""
    if isinstance(error, ConflictError):
        _say(texts.OVERTAKEN.format(title=title), is_wrong=True)
    elif isinstance(error, InputError):
        _say(f"{texts.REFUSED} {' '.join(map(_named, error.findings))}", is_wrong=True)
    else:
        _say(f"{texts.REFUSED} {error}", is_wrong=True)


def failed(text: str) -> None:
    """Say that something is not as it should be."""
    _say(text, is_wrong=True)


def forget() -> None:
    """Take back what was said: somebody begins something else."""
    st.session_state.pop(_SAID, None)


def _say(text: str, *, is_wrong: bool) -> None:
    st.session_state[_SAID] = (text, is_wrong, data.wall_clock())


def sentence(finding: Finding) -> str:
    """Return a finding as a person reads it beside a field."""
    problem = finding.problem[:1].upper() + finding.problem[1:]
    return texts.FINDING.format(problem=problem, remedy=finding.remedy)


def _named(finding: Finding) -> str:
    """Return a finding as a person reads it away from its field, which it therefore names."""
    if not finding.field:
        return sentence(finding)
    field = finding.field.replace("_", " ").capitalize()
    return f"{field}: {texts.FINDING.format(problem=finding.problem, remedy=finding.remedy)}"


def draw() -> None:
    """Draw what was said last, for a minute."""
    text, is_wrong, moment = st.session_state.get(_SAID, ("", False, data.wall_clock()))
    if text and data.wall_clock() - moment < _STANDS_FOR:
        css, role = (" iw-wrong", "alert") if is_wrong else ("", "status")
        st.html(f'<div class="iw iw-said-done{css}" role="{role}">{esc(text)}</div>')


def beside(findings: Iterable[Finding], field: str, *, tried: bool) -> str:
    """Return what there is to say about one field: errors once somebody tried to record, issues always."""
    lines = [
        f'<p class="iw {"iw-field-wrong" if one.severity == "error" else "iw-field-note"}" data-field="{attr(field)}">'
        f"{esc(sentence(one))}</p>"
        for one in findings
        if one.field == field and (tried or one.severity != "error")
    ]
    return "".join(lines)
