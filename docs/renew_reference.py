"""Writes docs/reference/commands.md and metrics.md, from the command line and from the scores themselves.

    python docs/renew_reference.py

A test holds both pages equal to what this writes.
"""

from __future__ import annotations

from pathlib import Path

from iw_monitor.cli.reference import commands_page
from iw_monitor.publish.score_reference import metrics_page

FOLDER = Path(__file__).resolve().parent / "reference"
PAGES = {"commands.md": commands_page, "metrics.md": metrics_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8", newline="\n")
