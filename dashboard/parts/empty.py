"""Designed empty states: what is true and useful when there is nothing to show."""

from __future__ import annotations

from dashboard import texts
from dashboard.data import Look
from dashboard.parts.markup import esc

COMMANDS = ("iw-monitor record INDICATOR LEVEL --statement …", "iw-monitor import observations.csv")


def nothing_reported(look: Look) -> str:
    """Return the state of an empty journal, or of a moment before the first report."""
    says = texts.EMPTY_SAYS.format(indicators=len(look.pack.indicators), problems=len(look.pack.file.problems))
    commands = "".join(f"<code>{esc(one)}</code>" for one in COMMANDS)
    return (
        f'<div class="iw iw-empty"><div class="iw-title">{esc(texts.EMPTY_TITLE)}</div><p>{esc(says)}</p>'
        f"<p>{esc(texts.EMPTY_DO)}</p>{commands}</div>"
    )


def note(text: str) -> str:
    """Return a quiet box that says why there is nothing here."""
    return f'<div class="iw iw-empty"><p>{esc(text)}</p></div>'
