"""Every fixed sentence of the page of reports: what was sent, late, skipped or failed, and making one now."""

from __future__ import annotations

from typing import Final

REPORTS: Final = "Reports"

LEAD: Final = (
    "Every report is frozen: written once, never changed, and recorded with the hash of each of its files. "
    "A file that is not what was written is not given out."
)
MAKE_TITLE: Final = "Make a report of now"
LAYOUT: Final = "For whom"
FORMATS: Final = "As"
MAKE: Final = "Make it"
MADE: Final = "{name} is made: {count} files, content {stamp}."
MAY_NOT: Final = "Who signs in as an editor can have a report made here."
LIST_TITLE: Final = "What was made, and what was not"
ONLY_TROUBLE: Final = "Only what was late, skipped or failed"
HEAD: Final = ("Made", "Report", "Level", "Outcome", "As of", "Files", "Stamp")
OUTCOMES: Final = {"sent": "✓ sent", "late": "◔ late", "skipped": "· skipped", "failed": "✕ failed"}
BY_HAND: Final = "by {author}"
DUE: Final = "due {moment}"
FILE_TITLE: Final = "{name}, {size} kB"
STAMP_TITLE: Final = "Content {content}, pack {pack}, journal entry {position}"
PLANNED_TITLE: Final = "What the pack plans"
PLANNED_HEAD: Final = ("Report", "For whom", "When", "Next", "Files", "At most")
BY_CLOCK: Final = "{clock} {zone}"
CRONTAB: Final = "{cron} ({zone})"
ON_CHANGE: Final = "when a level changes"
BY_NAME: Final = "by name"
NONE_TITLE: Final = "No report has been made yet."
NONE_SAYS: Final = (
    "Reports are made here, by the command line, and by a worker when they are due or a level changes, as the pack's "
    "reports.yml says."
)
NONE_DO: Final = "iw-monitor snapshot"
NO_TROUBLE: Final = "Nothing was late, skipped or failed."
SHOWN: Final = "The newest {count} are shown."
ELSEWHERE_TITLE: Final = "For other pages and readers"
FEED: Final = "Feed"
ATOM: Final = "Atom"
JSON_FEED: Final = "JSON Feed"
FEED_SAYS: Final = "changes of level and reports, for a feed reader"
BADGE_SAYS: Final = "the level as a picture for other pages; it says so when it is stale"
