"""Writes the numbers into docs/scorecard.md: what ``iw-monitor score --history`` says of the shipped history.

    python docs/renew_scorecard.py

The prose around them is written by people. A test holds the page equal to what this writes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from iw_monitor.pack.find import find_pack
from iw_monitor.pack.load import load_pack
from iw_monitor.publish.score_text import score_text
from iw_monitor.service.scoring import score_history

PAGE = Path(__file__).resolve().parent / "scorecard.md"
PACK = "multi-front"
BEGIN, END = "<!-- numbers -->\n", "<!-- end of numbers -->\n"
AFTER_THE_HISTORY = datetime(2024, 4, 1, tzinfo=UTC)  # so that the page does not depend on the day it is written


def numbers() -> str:
    """Return what the command says."""
    folder = find_pack(PACK)
    card = score_history(str(folder), now=AFTER_THE_HISTORY)
    return score_text(load_pack(folder).pack, card)


def renewed(page: str) -> str:
    """Return the page with fresh numbers.

    Raises:
        ValueError: the page does not say where they belong.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page lacks {BEGIN.strip()} or {END.strip()}")
    return f"{before}{begin}\n```text\n{numbers()}\n```\n\n{end}{after}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
