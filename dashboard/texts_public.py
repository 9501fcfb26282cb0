"""Every fixed sentence of public links: who has one, making one, and what stands on the wall that it opens."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Public links"
SAYS: Final = (
    "A public link shows the wall and one report to whoever has its address, without signing in, until it ends or is "
    "revoked."
)
NONE: Final = "There is none."
HEAD: Final = ("Made", "Where it hangs", "By", "Shows", "Up to", "Ends", "Last used")
NEWEST: Final = "the newest report"
GIVEN: Final = "{name}, {moment}"
GONE: Final = "report {id}"
NEVER: Final = "never"

MAKE: Final = "Make a public link"
NAME: Final = "Where it hangs"
NAME_HINT: Final = "screen in the hall"
LIFE: Final = "For how long"
LIVES: Final = {"7": "a week", "30": "30 days", "90": "90 days", "366": "a year"}
UP_TO: Final = "Highest marking"
REPORT: Final = "Report"
DO: Final = "Make it"
MADE: Final = "The link is made. Copy its address now: it is not shown again."

REVOKE: Final = "Revoke one"
WHICH: Final = "Which"
REVOKED: Final = "{name} shows nothing any more."

PUBLIC: Final = "Public view"
PUBLIC_UNTIL: Final = "Opened by a public link, which ends {moment}"
PUBLIC_REPORT: Final = "Report"
