"""Every fixed sentence of the desk, where editors record what they know."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

DESK: Final = "Desk"

# Who writes
WRITES_AS: Final = "You write as {name}."
DEMO_WRITES: Final = (
    "Try it: in the demo everybody writes, as {name}, into a database that is thrown away. Its clock stands still at "
    "{moment}: whatever you record is recorded at that instant."
)
LOOK_ONLY: Final = "You may look. To record, sign in as somebody with the role editor."
SIGN_IN: Final = "Sign in to record"
NOT_EDITOR: Final = "{name} may look. To record, ask an administrator for the role editor."
AT_NOW_ONLY: Final = "The desk works on now, and the address asks for the past."
AT_NOW: Final = "Go to the desk at now"

# Parts of the page
VIEW_LABEL: Final = "Part of the desk"
QUEUE: Final = "Queue"
TRAY: Final = "Tray ({count})"
BULK: Final = "Paste or file"
BACK: Final = "← Back to the queue"

# Queue
QUEUE_SAYS: Final = (
    "First what is due, stale or unknown, then what is current; each part ordered by what a look could do to the "
    "gauge: the points it could move and the points by which it would narrow the interval. “Reviewed, no change” keeps "
    "level, grade and source and refreshes the age with your name; the key N does so for the first row, E opens its "
    "form."
)
ASKS: Final = "To look at ({count})"
CURRENT: Final = "Current ({count})"
CONTEXT: Final = "Context, not scored ({count})"
NONE_ASKS: Final = "Nothing is due, stale or unknown."
CONFIRM: Final = "Reviewed, no change"
CONFIRM_KEY: Final = "N"
RECORD: Final = "Record"
RECORD_KEY: Final = "E"
GO_ON: Final = "Go on with your draft"
CONFIRM_MOVES: Final = "No change: {moves}."
CONFIRM_STILL: Final = "No change: moves no problem by {least} points or more."
CONFIRM_NARROWS: Final = "narrows the interval of {problem} by {points}"
NEVER: Final = "Never reported: there is nothing to confirm."
STEP: Final = "{level} instead: {problem} {change}{more}"
STEP_STILL: Final = "{level} instead: moves no problem by {least} points or more"
CROSSES: Final = ", to level {level}"
CROSSES_OTHER: Final = ", and a level changes"
TRIPS: Final = ", trips {rules}"
NOT_CORROBORATED: Final = (
    "◍ Not yet corroborated: level {level} asks for {needed} independent originators of {grade} or better; {have}."
)
COUNTS_ONE: Final = "so far {names}"
COUNTS_NONE: Final = "so far none"
IN_TRAY: Final = "{count} in the tray"

# What was done
CONFIRMED: Final = "{title}: level {level} confirmed by {author}, {moment}."
RECORDED: Final = "{title}: level {level} recorded by {author}, {moment}."
PROPOSED: Final = (
    "{title}: level {level} by {author} waits in the tray for a second officer since {moment}; it counts once accepted."
)
RETRACTED: Final = "{title}: a report of level {level} withdrawn by {author}, {moment}."
REGRADED: Final = "{title}: graded {grade} by {author}, {moment}."
REJECTED: Final = "{title}: the report was rejected by {author}, {moment}."
BULK_DONE: Final = "{added} reports recorded by {author}, {unchanged} were there already."
OVERTAKEN: Final = "{title} was reported by somebody else a moment ago. Look at the newer report, then decide."
REFUSED: Final = "Nothing was recorded."

# Form
FORM_TITLE: Final = "Record: {title}"
EVIDENCE: Final = "What stands now"
EVIDENCE_NONE: Final = "Nothing that counts has been reported."
LEVEL: Final = "Level: the highest whose text is met"
STATEMENT: Final = "Statement: what was reported, in one sentence"
SOURCE: Final = "Source: who published it"
ORIGINATOR: Final = "Originator: who said it first, if somebody else"
URL: Final = "Address (https://…)"
RELIABILITY: Final = "Reliability of the source"
CREDIBILITY: Final = "Credibility of the information"
OBSERVED: Final = "Observed: when it was true in the world (UTC)"
PUBLISHED: Final = "Published: when the source said it (UTC, may be empty)"
BASIS: Final = "Before you was"
READING: Final = "Reading: the measured value, if there is one"
UNIT: Final = "Unit"
NOTE: Final = "Note for colleagues"
CHOOSE: Final = "choose"
BASES: Final = MappingProxyType({"seen": "the source itself", "memory": "what I remember"})
RELIABILITIES: Final = MappingProxyType(
    {
        "A": "A completely reliable",
        "B": "B usually reliable",
        "C": "C fairly reliable",
        "D": "D not usually reliable",
        "E": "E unreliable",
        "F": "F cannot be judged",
    }
)
CREDIBILITIES: Final = MappingProxyType(
    {
        "1": "1 confirmed by others",
        "2": "2 probably true",
        "3": "3 possibly true",
        "4": "4 doubtful",
        "5": "5 improbable",
        "6": "6 cannot be judged",
    }
)
SAVE: Final = "Record it"
DISCARD: Final = "Throw the draft away"
DRAFT_KEPT: Final = "What you type is kept: it survives a reload of this page."
FINDING: Final = "{problem}. {remedy}."

# Effect
EFFECT: Final = "What it would do"
EFFECT_WAITS: Final = (
    "Choose level, both grades and the time, and the effect is shown here before anything is recorded."
)
EFFECT_HEAD: Final = ("Problem", "Points now", "Then", "Change", "Level")
EFFECT_LEVEL: Final = "Level of the indicator: {before} → {after}."
EFFECT_SAME: Final = "Level of the indicator: stays {level}."
EFFECT_UNSCORED: Final = "Its grade is worth too little to be scored: it waits in the tray and moves nothing."
EFFECT_OLD: Final = "A report of the same or a newer time sets the level; this one does not change it."
EFFECT_NONE: Final = "No problem moves."
EFFECT_CONTEXT: Final = "Context only: it is kept and moves nothing."
EFFECT_NOTE: Final = (
    "Levels are those of this instant, by boundaries and floors; the recommended level follows with its hysteresis."
)

# Conflict
CONFLICT: Final = "Somebody else was here"
CONFLICT_SAYS: Final = "Since you began, this indicator was changed. Nothing of yours is lost: look at both and decide."
THEIRS: Final = "In the journal now"
MINE: Final = "What you have written"
CONFLICT_GONE: Final = "The newest report that you saw was withdrawn."
BOTH: Final = "I have seen it: record mine too"
KEEP_THEIRS: Final = "Keep theirs, drop mine"
UNWRITTEN: Final = "–"
WHO: Final = "{author}, recorded {moment}"
BY_YOU: Final = "you, not recorded yet"

# Acts
HISTORY: Final = "Every act on this indicator ({count})"
ACT_HEAD: Final = ("When", "Who, by", "What", "Level", "Why")
ACT_WORDS: Final = MappingProxyType(
    {"observation": "recorded", "confirm": "reviewed, no change", "retraction": "withdrew the report of {level}"}
)
ACT_WAS: Final = "(was recorded by {author})"
NO_ACTS: Final = "Nobody has done anything yet."
RETRACT: Final = "Withdraw a report"
RETRACT_SAYS: Final = "It stays in the journal, struck through, with your name and your reason."
RETRACT_WHICH: Final = "Which"
RETRACT_WHY: Final = "Why it is withdrawn"
RETRACT_DO: Final = "Withdraw it"
RETRACT_EFFECT: Final = "What withdrawing it would change"
RETRACT_DID: Final = "What changed by it: {moves}."

# Tray
TRAY_SAYS: Final = (
    "Reports worth too little to be scored: source E, or credibility 4 to 6. They move nothing until a person grades "
    "them anew, or rejects them with a reason."
)
TRAY_WEAK: Final = "Reports worth too little"
TRAY_EMPTY: Final = "No report waits for another grade."
TRAY_REASON: Final = "Why"
TRAY_ACCEPT: Final = "Grade it so"
TRAY_REJECT: Final = "Reject"
TRAY_MORE: Final = "The newest {shown} are shown; {count} more wait."

# Bulk
BULK_SAYS: Final = (
    "Paste a CSV or choose a file. The first line names the columns: {header}; also {optional}. What the journal holds "
    "already is left out. All or nothing: one error, and nothing is recorded."
)
BULK_PASTE: Final = "CSV"
BULK_FILE: Final = "or a file"
BULK_WOULD: Final = "Would record {added} reports; {unchanged} are in the journal already."
BULK_HEAD: Final = ("Indicator", "New", "There already")
BULK_DO: Final = "Record all {added}"
BULK_WRONG: Final = "{count} things are wrong, so nothing would be recorded:"
BULK_MORE: Final = "and {count} more"
