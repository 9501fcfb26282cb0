"""Every fixed sentence of the log: what was noted, what was done, and handing over."""

from __future__ import annotations

from typing import Final

LOG: Final = "Log"
VIEW_LABEL: Final = "Which part of the log"
NOTES: Final = "Watch log"
HISTORY: Final = "Everything done"
HANDOVER: Final = "Handover"

# Watch log
WRITE: Final = "What the next officer must know"
ABOUT: Final = "About"
ABOUT_NONE: Final = "nothing in particular"
IS_QUESTION: Final = "It is an open question"
NOTE_DO: Final = "Write it down"
NOTED: Final = "Noted by {author}, {moment}."
OPEN: Final = "Open questions"
NONE_OPEN: Final = "No open question."
ANSWER: Final = "The answer"
ANSWER_DO: Final = "Answer"
ANSWERED: Final = "Answered by {author}, {moment}."
NOTES_EMPTY: Final = "Nothing has been written down yet."
KINDS: Final = {
    "note": "note",
    "question": "question",
    "answer": "answer",
    "caught up": "has read everything up to here",
}
MORE_NOTES: Final = "The newest {shown} are shown; {count} older ones are in the export."

# Everything done
PARTS: Final = {
    "": "all",
    "reports": "reports",
    "judgements": "judgements",
    "proposals": "proposals",
    "windows": "windows",
    "log": "log",
    "alerts": "alerts",
    "snapshots": "snapshots",
    "accounts": "accounts",
}
PART_LABEL: Final = "Which acts"
WHO: Final = "By whom"
ANYBODY: Final = "anybody"
ABOUT_ANY: Final = "about anything"
HEAD: Final = ("When", "Who, how", "What", "Before → after", "Why")
ACTS: Final = {
    "observation": "reported on",
    "retraction": "withdrew a report on",
    "declaration": "declared a level of",
    "dissent": "dissents on",
    "override": "overrode",
    "estimate": "estimated",
    "withdrawal": "withdrew a judgement on",
    "proposal": "proposed for",
    "decision": "decided on a proposal for",
    "closing": "closed a window of",
    "reopening": "reopened a window of",
    "note": "noted",
    "question": "asked",
    "answer": "answered",
    "caught up": "has read everything",
    "handover": "handed over",
    "countersignature": "took a handover",
    "snapshot": "made the snapshot",
    "alert": "noticed the alert",
    "level change": "noticed a level of",
    "acknowledge": "acknowledged",
    "silence": "silenced",
    "end silence": "ended a silence",
    "renew": "renewed",
    "exercise": "began an",
    "end exercise": "ended an",
    "try channel": "tried the channel",
}
ACCOUNT_ACTS: Final = {
    "created": "made the account",
    "password": "set the password of",
    "roles": "changed the roles of",
    "disabled": "disabled the account",
    "enabled": "enabled the account",
    "signed out": "signed out everywhere",
    "locked": "saw failed attempts and locked",
    "vouched": "heard from the identity provider of",
    "token added": "gave a token to",
    "token revoked": "revoked a token of",
    "public link added": "made a public link of",
    "public link revoked": "revoked a public link of",
}
HISTORY_EMPTY: Final = "Nothing was done that fits."
OLDER: Final = "Older"
NEWEST: Final = "Newest"
EXPORT: Final = "CSV of these"
REVERT: Final = "Take something back"
REVERT_SAYS: Final = (
    "Nothing is ever undone in place: taking back is a new entry. A report is withdrawn, a withdrawn one recorded "
    "again, a judgement likewise; a closed window is reopened, a reopened one closed again."
)
REVERT_WHICH: Final = "Which act"
REVERT_WHY: Final = "Why it is taken back"
REVERT_EFFECT: Final = "What it would change"
REVERT_DO: Final = "Take it back"
REVERTED: Final = "Taken back: {what}."
CHOOSE: Final = "choose"
VERIFY: Final = "Verify the chain"
VERIFIED: Final = "{count} entries checked at {moment}: the chain is whole."
BROKEN_CHAIN: Final = "The chain is broken: {problem}"

# Handover
SINCE: Final = "Since (UTC)"
SHEET_NOW: Final = "The sheet as it stands now"
REMARK: Final = "A word to the next officer"
HAND_OVER_DO: Final = "Hand over"
HANDED: Final = "Handed over by {author}, {moment}. The next officer countersigns below."
PAST: Final = "Handovers"
NONE_HANDED: Final = "Nobody has handed over yet."
BY: Final = "{author}, {moment}"
TAKEN: Final = "taken by {author}, {moment}"
NOT_TAKEN: Final = "not taken yet"
OWN: Final = "You handed this over; a colleague takes it."
TAKE_REMARK: Final = "A word to keep with it"
TAKE_DO: Final = "Take the watch"
TOOK: Final = "Taken over by {author}, {moment}."
SHEET_TEXT: Final = "Sheet as text"

# Watch page
CAUGHT_UP_DO: Final = "I have read this"
CAUGHT_UP_HELP: Final = "Written into the log: you know what is shown here, and your next watch begins now."
CAUGHT_UP: Final = "Noted: {author} has read everything up to {moment}. Your next watch begins here."
