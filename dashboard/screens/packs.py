"""Packs: how does each of the packs that are held here stand? One line for each, the worst first."""

from __future__ import annotations

import streamlit as st

from dashboard import data_packs, opening, texts_packs
from dashboard.parts import packs, said
from dashboard.parts.markup import esc


def page() -> None:
    """Draw the page."""
    look, _ = opening.start()
    st.html(said.heading(texts_packs.TITLE))
    st.html(f'<p class="iw iw-soft">{esc(texts_packs.INTRODUCTION)}</p>')
    st.html(packs.table(data_packs.overview(), shown=look.pack.id, now=data_packs.now()))


page()
