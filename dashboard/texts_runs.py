"""Every fixed sentence about the worker: in the header, in its banner, and on the page of runs."""

from __future__ import annotations

from typing import Final

RUNS: Final = "Runs"

# Header and banner
HEALTH: Final = {
    "none": "no worker has run yet",
    "alive": "worker alive",
    "waiting": "worker stands by, none acts",
    "stopped": "worker stopped",
    "silent": "worker silent",
}
SEEN: Final = "last seen {age} ago"
OVERDUE: Final = "NO EVALUATION"
OVERDUE_SINCE: Final = "Nothing has been evaluated since {moment} ({age}). "
OVERDUE_EVER: Final = "A worker was started, and nothing has been evaluated yet. "
OVERDUE_SAYS: Final = (
    "This page still shows what was recorded up to now; changes of level are not noticed and nobody is told of them."
)
BEHIND: Final = "THE CLOCK IS BEHIND"
BEHIND_SAYS: Final = (
    "The newest entry of the journal was recorded at {moment}, which this machine's clock has not reached. It was set "
    "back, or another one was ahead. What is recorded now is kept, and not shown before that: set the clock right."
)
OVERDUE_DO: Final = "Look at the runs"

# The page
STATE_TITLE: Final = "Who looks after this site"
DEMO_SAYS: Final = "The demo's clock stands still, so nothing runs by itself here."
NONE_SAYS: Final = (
    "No worker has run yet. Pages, the command line and the journal need none; hourly evaluation, and whatever else "
    "runs by itself, does. Start one beside the dashboard:"
)
NONE_DO: Final = "iw-monitor up"
EVALUATED: Final = "Evaluated up to {moment} ({age} ago)."
EVALUATED_NEVER: Final = "Nothing evaluated yet."
LEASE: Final = "The lease is held by {holder} until {until}; token {token}."
LEASE_FREE: Final = "Nobody holds the lease; the last token was {token}."
WORKERS_TITLE: Final = "Workers"
WORKER_HEAD: Final = ("Worker", "State", "Seen", "Next due", "Evaluated up to entry", "Passed over", "Version")
STATES: Final = {"active": "● active", "standby": "○ stands by", "stopped": "□ stopped"}
STATE_SILENT: Final = "◌ silent"
RUNS_TITLE: Final = "Runs"
RUN_HEAD: Final = ("Due", "Job", "Outcome", "Late", "Took", "Rows", "Note")
OUTCOMES: Final = {
    "added": "· known since",
    "running": "▷ running",
    "done": "✓ done",
    "failed": "✕ failed",
    "interrupted": "⚡ interrupted",
}
ATTEMPT: Final = "attempt {number}"
COVERS: Final = "for {count} due times"
FILTER: Final = "Show"
ALL_JOBS: Final = "every job"
ONLY_TROUBLE: Final = "Only what was late, failed or interrupted"
NO_RUNS: Final = "No such run."
SHOWN: Final = "The newest {count} are shown; iw-monitor runs --limit shows more."

# What the site stands on
STANDS_TITLE: Final = "What this site stands on"
STANDS: Final = ("iw-monitor", "Python", "Tables of the journal", "Pack, version", "Pack, hash", "Room for the journal")
ROOM: Final = "{size:,.1f} GiB free"
ROOM_ELSEWHERE: Final = "watched where the database runs"
LITTLE_ROOM: Final = "THE DISK IS NEARLY FULL"
LITTLE_ROOM_SAYS: Final = (
    "{room} where the journal lies; when none is left, nothing can be recorded. Free some room, or move the journal to "
    "a larger disk."
)
