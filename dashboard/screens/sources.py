"""Sources: what do machines ask, what did it bring, and what ages because a source is silent?"""

from __future__ import annotations

import streamlit as st

from dashboard import data_sources, opening, texts_sources
from dashboard.parts import empty, said, sources
from dashboard.parts.markup import esc


def page() -> None:
    """Draw the page."""
    look, _ = opening.start()
    found = data_sources.health()
    if not found:
        st.html(_says(texts_sources.NONE_SAYS, texts_sources.NONE_DO))
        return
    if look.demo:
        st.html(empty.note(texts_sources.DEMO_SAYS))
    elif all(one.state is None for one in found):
        st.html(_says(texts_sources.NEVER_ASKED_SAYS, texts_sources.NEVER_ASKED_DO))
    st.html(said.heading(texts_sources.TITLE) + sources.summary(found))
    trouble = st.checkbox(texts_sources.FILTER)
    shown = [one for one in found if one.is_troubled or not trouble]
    st.html(sources.table(sorted(shown, key=lambda one: not one.is_troubled), look))


def _says(text: str, code: str) -> str:
    return f'<div class="iw iw-empty"><p>{esc(text)}</p><code>{esc(code)}</code></div>'


page()
