"""How the desk and the log look: a style sheet of their own, beside the one of every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SHEET = Path(__file__).parent / "desk.css"


def draw_style() -> None:
    """Draw the style sheet."""
    st.html(f"<style>{_SHEET.read_text(encoding='utf-8')}</style>")
