"""How the dashboard looks: the inks and marks that reports share, the Streamlit theme, and the stylesheet."""

from __future__ import annotations

from typing import Any

from iw_monitor.telling.inks import DARK, LIGHT, SHAPES, Inks, inks, level_label, level_mark

__all__ = ["CSS", "DARK", "LIGHT", "SHAPES", "STREAMLIT_THEME", "Inks", "inks", "level_label", "level_mark"]


def _streamlit_colours(one: Inks) -> dict[str, Any]:
    return {
        f"theme.{one.name}.primaryColor": one.interval,
        f"theme.{one.name}.backgroundColor": one.page,
        f"theme.{one.name}.secondaryBackgroundColor": one.card,
        f"theme.{one.name}.textColor": one.text,
        f"theme.{one.name}.linkColor": one.lowers,
        f"theme.{one.name}.borderColor": one.grid,
        f"theme.{one.name}.sidebar.backgroundColor": one.card,
    }


# For the ``config=`` of ``st.App.run``: both themes at once, the viewer chooses. The font is brought by Streamlit.
STREAMLIT_THEME: dict[str, Any] = {
    "theme.font": "sans-serif",
    "theme.baseFontSize": 16,
    "theme.baseRadius": "0.375rem",
    "theme.headingFontWeights": [650, 600, 600],
    "theme.headingFontSizes": ["1.75rem", "1.375rem", "1.125rem"],
    "theme.metricValueFontSize": "1.5rem",
    **_streamlit_colours(LIGHT),
    **_streamlit_colours(DARK),
}

# Numbers line up; the gauge is drawn in fixed pixels and scaled to its column; nothing wider than the screen.
CSS = """
.stApp, .stApp svg text, .stApp table, .stApp input { font-variant-numeric: tabular-nums lining-nums; }
[data-testid="stVegaLiteChart"] svg { max-width: 100%; }
[data-testid="stElementContainer"]:has([aria-label^="Threat gauge"]),
[data-testid="stFullScreenFrame"]:has([aria-label^="Threat gauge"]),
[data-testid="stFullScreenFrame"] > div:has([aria-label^="Threat gauge"]),
[data-testid="stVegaLiteChart"][aria-label^="Threat gauge"] { width: 100% !important; }
[aria-label^="Threat gauge"] svg.marks { width: 100% !important; height: auto !important; display: block; }
"""
