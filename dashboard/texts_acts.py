"""Every fixed sentence on what people state beside what is computed, and on what waits for a person."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

# What stands
STATED: Final = "What people state"
DECLARED: Final = "Declared: {level} by {author}, until {until}."
DECLARED_SHORT: Final = "declared {level} by {author}"
GAP: Final = "That is {steps} {side} what is recommended, {level}."
NO_GAP: Final = "That is what is recommended."
NO_RECOMMENDATION: Final = "Nothing is recommended to compare it with."
STEPS: Final = MappingProxyType({1: "one level", 2: "two levels", 3: "three levels", 4: "four levels"})
BELOW, ABOVE = "below", "above"
DISSENT: Final = "Dissent: {author} holds {level}, until {until}."
DISSENT_SHORT: Final = "{author} dissents: {level}"
ESTIMATE: Final = "{author} gives it a chance of {chance}, until {until}."
ESTIMATE_BESIDE: Final = "The model says {likelihood}."
NOBODY: Final = "Nobody has declared a level, dissents, or has given an estimate."
OVERRIDDEN: Final = "Overridden to {level} ({anchor}) by {author}, until {until}."
OVERRIDDEN_SHORT: Final = "overridden to {level} by {author}, until {until}"
WITH_OVERRIDE: Final = "With the override: {effects}."
EFFECT: Final = "{problem} {level}, {change}"
NO_EFFECT: Final = "no problem would move"
BESIDE: Final = "It stands beside the computed level and counts in no number."
WHEN: Final = "stated {moment}"

# Stating
STATE: Final = MappingProxyType(
    {
        "declaration": "Declare a level",
        "dissent": "Dissent",
        "estimate": "Give an estimate",
        "override": "Override its level",
    }
)
STATE_SAYS: Final = MappingProxyType(
    {
        "declaration": "The level that the watch goes by, beside the recommended one, until its end or a newer one.",
        "dissent": "The level that you hold instead. It is shown with your name and never averaged in.",
        "estimate": "Your own probability. It stands for the problem's horizon beside the model's and is scored alike.",
        "override": "Your level beside the computed one. It changes no number, and while it stands no collector's "
        "report on this indicator is accepted without a person.",
    }
)
LEVEL: Final = "Level"
PROBABILITY: Final = "Probability: 0.3 or 30 %"
UNTIL: Final = "Until: a time such as 2024-01-31T10:00Z, a day, or a duration such as 48h or P3D; at most {most}"
REASON: Final = "Reason, for those who read it when you are not there"
STATE_DO: Final = "State it"
STATE_CLOSE: Final = "Throw it away"
WAITS_TOO: Final = "A level from {level} on waits for a second officer: an approver who is not you."
EFFECT_TITLE: Final = "What it would do"
EFFECT_WAITS: Final = "Choose a level, and what it would do is shown here."
DONE: Final = "{title}: stated by {author}, {moment}."
PROPOSED: Final = "{title}: stated by {author} and waits in the tray for a second officer since {moment}."
OVERTAKEN: Final = "Somebody else stated a moment ago. Nothing of yours is lost: look at both and decide."
THEIRS: Final = "In the journal now"
MINE: Final = "What you have written"
MINE_TOO: Final = "I have seen it: state mine"
KEEP_THEIRS: Final = "Keep theirs, drop mine"
GONE: Final = "What you saw is no longer the newest."
WITHDRAW: Final = "Withdraw one"
WITHDRAW_WHICH: Final = "Which"
WITHDRAW_WHY: Final = "Why it ends before its time"
WITHDRAW_DO: Final = "Withdraw it"
WITHDRAWN: Final = "{title}: withdrawn by {author}, {moment}."
BRIEF: Final = "{kind} of {value} by {author}"

# What waits for a person
PROPOSALS: Final = "Proposals"
PROPOSALS_SAY: Final = (
    "What a machine found and the pack wants a person to look at, and what a first officer wrote and a second one has "
    "to accept. Nothing of it counts before."
)
PROPOSALS_MORE: Final = "The newest {shown} are shown; {count} more wait."
WAITS: Final = MappingProxyType(
    {
        "four eyes": "waits for a second officer",
        "review": "proposed by a machine, for a person to look at",
        "evidence": "found by a machine; a person says what it means",
    }
)
NO_LEVEL: Final = "no level yet"
UNTIL_SHORT: Final = "until {until}"
OBSERVED: Final = "observed {moment}"
OPEN: Final = "Decide on it"
ACCEPT: Final = "Accept"
REJECT: Final = "Reject"
TAKE_BACK: Final = "Take it back"
DECIDE_WHY: Final = "Why; rejecting needs a reason"
OWN: Final = "You wrote this. An approver who is not you accepts it; you may take it back with a reason."
NOT_YOURS: Final = "An approver who did not write it decides on this."
EFFECT_WAITS_TOO: Final = "Choose level and both grades, and what it would do is shown here."
ACCEPTED: Final = "{title}: accepted by {author}, {moment}."
REJECTED: Final = "{title}: rejected by {author}, {moment}."
WAITING: Final = "In the tray: {what} by {author}, {moment}; {why}."
TO_TRAY: Final = "Open the tray"
REPORT_OF: Final = "report of level {level}"
REPORT_WITHOUT: Final = "report without a level"
