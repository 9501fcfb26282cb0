"""The dashboard's own style sheet, with the colours of the viewer's theme put in as variables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dashboard import theme

_SHEET = Path(__file__).with_name("style.css")


def style_sheet(inks: theme.Inks) -> str:
    """Return the style element for a theme: variables first, then the charts' rules and the pages'."""
    variables = "".join(f"--iw-{name}:{value};" for name, value in _variables(inks).items())
    return f"<style>:root{{{variables}}}{theme.CSS}{_rules()}</style>"


def _variables(inks: theme.Inks) -> dict[str, str]:
    shades = {f"l{n}": shade for n, shade in enumerate(inks.levels, start=1)}
    written = {f"l{n}-ink": shade for n, shade in enumerate(inks.on_levels, start=1)}
    ranges = {f"r{n}": shade for n, shade in enumerate(inks.ranges, start=1)}
    return {
        "ink": inks.text,
        "soft": inks.muted,
        "paper": inks.page,
        "card": inks.card,
        "line": inks.grid,
        "line-strong": inks.outline,
        "unknown": inks.unknown,
        "interval": inks.interval,
        "raises": inks.raises,
        "lowers": inks.lowers,
        "alarm": "#C4122A" if inks.name == "light" else "#FF6B70",
        **shades,
        **written,
        **ranges,
    }


@cache
def _rules() -> str:
    return _SHEET.read_text(encoding="utf-8")
