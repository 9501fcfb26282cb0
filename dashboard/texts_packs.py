"""Every fixed sentence about the packs that are held beside each other."""

from __future__ import annotations

from typing import Final

PACKS: Final = "Packs"
STRIP: Final = "Packs that are held here, with their levels now"
TITLE: Final = "All packs, now"
INTRODUCTION: Final = (
    "One line for each pack that you may look at, the worst first. What cannot be seen stands above ELEVATED and below "
    "HIGH: it may be anything."
)
HEAD: Final = ("Pack", "Level", "Set by", "Evidence", "Newest report", "Indicators", "Alerts", "To look at")
UNUSABLE: Final = "? cannot be used"
COVERAGE: Final = "{coverage} current"
CONFIDENCE: Final = "{word} confidence"
FIRING: Final = "{count} firing"
QUIET: Final = "none"
WELL: Final = "nothing"
SHOWN: Final = "shown now"
