"""A page-age clock and a red frame drawn by the browser alone, so that a screen whose link has died says so itself.

No script: the style sheet animates a counter, and a frame appears when it was not replaced in time. Every poll replaces
the element, which starts the animation again; a frozen page, a dead server or a lost link replaces nothing.
"""

from __future__ import annotations

from datetime import datetime

from dashboard.parts.markup import esc


def beat(moment: datetime, *, frozen_after: int, says: str) -> str:
    """Return the element that a poll replaces; after ``frozen_after`` seconds without one it becomes a red frame."""
    return (
        f'<div class="iw-frozen" role="alert" data-beat="{moment.isoformat()}" style="animation-delay:{frozen_after}s">'
        f"<span>{esc(says)}</span></div>"
    )


def tick(moment: datetime, label: str) -> str:
    """Return a line that counts the seconds since it was drawn."""
    return f'<span class="iw-tick" data-beat="{moment.isoformat()}">{esc(label)} </span>'
