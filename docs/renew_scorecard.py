"""Writes the numbers into docs/scorecard.md: what ``score`` and ``sensitivity --coders`` say of the shipped history.

    python docs/renew_scorecard.py

The prose around them is written by people. A test holds the page equal to what this writes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from iw_monitor.pack.find import find_pack
from iw_monitor.pack.load import load_pack
from iw_monitor.publish.of_coders import coders_text
from iw_monitor.publish.score_text import score_text
from iw_monitor.service.scoring import score_history
from iw_monitor.service.sensitivity import coders_in_history

PAGE = Path(__file__).resolve().parent / "scorecard.md"
PACK = "multi-front"
MARKS = {
    "score": ("<!-- numbers -->\n", "<!-- end of numbers -->\n"),
    "coders": ("<!-- coders -->\n", "<!-- end of coders -->\n"),
}
AFTER_THE_HISTORY = datetime(2024, 4, 1, tzinfo=UTC)  # so that the page does not depend on the day it is written


def score() -> str:
    """Return what ``iw-monitor score --history`` says."""
    folder = find_pack(PACK)
    card = score_history(str(folder), now=AFTER_THE_HISTORY)
    return score_text(load_pack(folder).pack, card)


def coders() -> str:
    """Return what ``iw-monitor sensitivity --coders --history`` says."""
    return coders_text(*coders_in_history(PACK, now=AFTER_THE_HISTORY))


def renewed(page: str, which: str, numbers: str) -> str:
    """Return the page with fresh numbers of one kind.

    Raises:
        ValueError: the page does not say where they belong.
    """
    opening, closing = MARKS[which]
    before, begin, rest = page.partition(opening)
    _, end, after = rest.partition(closing)
    if not (begin and end):
        raise ValueError(f"the page lacks {opening.strip()} or {closing.strip()}")
    return f"{before}{begin}\n```text\n{numbers}\n```\n\n{end}{after}"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    text = renewed(renewed(text, "score", score()), "coders", coders())
    PAGE.write_text(text, encoding="utf-8", newline="\n")
