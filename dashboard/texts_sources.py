"""Every fixed sentence about the sources that machines ask."""

from __future__ import annotations

from typing import Final

SOURCES: Final = "Sources"
TITLE: Final = "What machines ask"
INTRODUCTION: Final = (
    "A source that fails, or answers with nothing, records nothing: what it speaks for ages and turns stale. "
    "It never turns calm. Two clocks are shown: when the newest thing that it ever said was true, and when it last "
    "answered."
)
DEMO_SAYS: Final = "The demo's clock stands still, so no source is asked. Below is what the pack would ask."
NONE_SAYS: Final = "This pack names no source: people report all of it. What machines may ask stands in a file"
NONE_DO: Final = "sources.yml"
NEVER_ASKED_SAYS: Final = "No source has been asked yet. A worker asks them when they are due; by hand:"
NEVER_ASKED_DO: Final = "iw-monitor collect"

COUNT: Final = "{answering} of {all} answered when they were last asked."
TROUBLED: Final = "{count} of {all} sources need a look."
HEAD: Final = ("Source", "Last run", "True as of", "Answered", "Next", "Speaks for", "A machine may")
OUTCOMES: Final = {
    "new": "● new",
    "unchanged": "○ unchanged",
    "empty": "□ empty",
    "failed": "✕ failed",
    "unconfigured": "△ not configured",
}
NEVER_ASKED: Final = "· never asked"
NEVER_SENT: Final = "· nothing received yet"
IN_A_ROW: Final = "{count} times in a row"
OVERDUE: Final = "overdue"
RAN: Final = "run {age} ago"
IS_SENT: Final = "waits for what is sent"
NOW_DUE: Final = "due now"
WHOSE: Final = "{publisher}; from {originator}; grade {grade}"
ITSELF: Final = "{publisher}; grade {grade}"
MAY: Final = {
    "auto": "record any step up",
    "within_one": "record one step up",
    "review": "propose",
}
EVIDENCE: Final = "propose items, without a level"
WAITING: Final = "{count} in the tray"
FILTER: Final = "Only what needs a look"
ALL_WELL: Final = "No source needs a look."
