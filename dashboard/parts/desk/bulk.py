"""Many reports at once: a paste or a file, what it would add, and all of it or nothing."""

from __future__ import annotations

import streamlit as st

from dashboard import texts_desk as texts
from dashboard.data import Desk, ImportResult, Look
from dashboard.parts.desk import said
from dashboard.parts.desk.keeping import Sheet
from dashboard.parts.markup import esc, rows_table
from iw_monitor.errors import InputError, IwError
from iw_monitor.model.observation import OPTIONAL_COLUMNS, REQUIRED_COLUMNS

MOST_FINDINGS = 100
PASTE = "csv"


def draw(desk: Desk, look: Look, sheet: Sheet) -> None:
    """Draw the paste and the file, the difference, and the button that records all of it."""
    says = texts.BULK_SAYS.format(header=", ".join(REQUIRED_COLUMNS), optional=", ".join(OPTIONAL_COLUMNS))
    st.html(f'<p class="iw iw-soft iw-small">{esc(says)}</p>')
    sheet.begin({PASTE: ""})
    with st.container(key="desk_bulk"):
        st.text_area(texts.BULK_PASTE, height=180, **sheet.widget(PASTE))
        file = st.file_uploader(texts.BULK_FILE, type=["csv"], key="desk_bulk_file")
        content = file.getvalue() if file is not None else sheet.text(PASTE).encode(errors="replace")
        if content.strip():
            _difference(desk, content, look, sheet)


def _difference(desk: Desk, content: bytes, look: Look, sheet: Sheet) -> None:
    try:
        result = desk.bulk(content, dry_run=True)
    except InputError as error:
        st.html(_wrong(error))
        return
    st.html(_would(result, look))
    if result.added and st.button(texts.BULK_DO.format(added=result.added), type="primary", key="desk_bulk_do"):
        _record(desk, content, sheet)


def _record(desk: Desk, content: bytes, sheet: Sheet) -> None:
    try:
        result = desk.bulk(content, dry_run=False)
    except IwError as error:
        said.wrong(error, texts.BULK_PASTE)
        st.rerun()
    author = desk.actor.name if desk.actor else ""
    said.done(texts.BULK_DONE.format(added=result.added, author=author, unchanged=result.unchanged))
    sheet.drop()
    st.query_params.clear()
    st.rerun()


def _would(result: ImportResult, look: Look) -> str:
    rows = [
        [esc(look.pack.indicator(one.indicator).title), str(one.added), str(one.unchanged)] for one in result.indicators
    ]
    issues = "".join(f"<li>{esc(one)}</li>" for one in result.findings[:MOST_FINDINGS])
    says = texts.BULK_WOULD.format(added=result.added, unchanged=result.unchanged)
    return (
        f'<div class="iw" data-would="{result.added}"><p><b>{esc(says)}</b></p>'
        f"{rows_table(texts.BULK_HEAD, rows, numeric={1, 2})}<ul class='iw-small'>{issues}</ul></div>"
    )


def _wrong(error: InputError) -> str:
    lines = [f"<li>{esc(one)}</li>" for one in error.findings[:MOST_FINDINGS]]
    left = len(error.findings) - len(lines)
    more = f"<p>{esc(texts.BULK_MORE.format(count=left))}</p>" if left else ""
    return (
        f'<div class="iw iw-said-done iw-wrong" role="alert" data-wrong="{len(error.findings)}">'
        f"<b>{esc(texts.BULK_WRONG.format(count=len(error.findings)))}</b><ul>{''.join(lines)}</ul>{more}</div>"
    )
