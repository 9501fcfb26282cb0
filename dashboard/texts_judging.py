"""Every fixed sentence of the judging pages: scorecard, what-if, validator."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SCORECARD: Final = "Scorecard"
SCORING: Final = "Scoring what was warned …"

# Scorecard
CARD_SAYS: Final = (
    "A forecast a day at 00:00Z from {first} to {last}, each from what was known by then, {known}. The pack is frozen "
    "({hash}); nothing is tuned on what happened."
)
NOTHING_TO_SCORE: Final = "There is nothing to score yet"
PROBLEM_LABEL: Final = "Which warning problem"
ALL_PROBLEMS: Final = "All problems"
ALL_WITHHELD: Final = "Every score is withheld"
ALL_WITHHELD_SAYS: Final = (
    "Too few events or independent windows stand behind any of them: a number would be an anecdote with decimals. "
    "What the levels did, every event and every warning are facts; they are never withheld, and stand below."
)
SOME_WITHHELD: Final = "Withheld within {days} days: {reasons}."
AMONG_LABEL: Final = "On whose days"
EVERY_DAY: Final = "Every day"
AMONG_SAYS: Final = (
    "Scored on the days on which it was said, and everybody else on the very same days: who speaks only when things "
    "are clear must not look better for it."
)
BASIS_TITLE: Final = "What the scores rest on"
BASIS_HEAD: Final = (
    "Problem",
    "Within",
    "Days",
    "Scored",
    "Before an event",
    "Blanked",
    "Past the end",
    "Not assessed, or silent",
    "Events",
    "Independent windows",
    "Scores",
)
BASIS_SAYS: Final = "A score with fewer than {events} events or {windows} independent windows is withheld."
WITHHELD: Final = "WITHHELD"
SHOWN: Final = "shown"
SCORES_TITLE: Final = "Scores, the horizons side by side"
SCORES_SAYS: Final = (
    "Brier: 0 is perfect, 0.25 is what one half always gets. Skill: the share of the constant prior's Brier score that "
    "is avoided; below 0 it is worse. POD: days before an event that warned; FAR: warning days that no event followed; "
    "only the pair says anything. Beneath each number: 90 of 100 resamples."
)
BRIER, SKILL, POD, FAR, LEAD = "Brier", "Skill", "POD", "FAR", "Lead"
WITHIN: Final = "{name} {days} d"
DETAIL_TITLE: Final = "Every score within {days} days"
DETAIL_HEAD: Final = ("Forecaster", "REL", "RES", "UNC", "bins", "log", "RPS", "Lead, days", "Warned of")
AGAINST: Final = "Skill against {name}"
DETAIL_SAYS: Final = (
    "REL (honesty, 0 is best) − RES (telling days apart, more is better) + UNC (how hard the question was) + bins = "
    "Brier. Log score in nats. RPS: of when the event comes. Lead: the median of the events warned of."
)
CALIBRATION_TITLE: Final = "Calibration: what was said beside how often it happened"
CALIBRATION_LABEL: Final = "Whose calibration"
CALIBRATION_SAYS: Final = (
    "On the diagonal, what was said is what happened. Below it too much was said, above it too little. The larger the "
    "circle, the more days; its number says how many."
)
BEHAVIOUR_TITLE: Final = "What the levels did, whatever happened"
BEHAVIOUR_SAYS: Final = "Share of the assessed days at each level, and how often the level changed in 30 days."
BEHAVIOUR_HEAD: Final = ("Forecaster", "Days at each level, per cent", "Changes")
STRIP_TITLE: Final = "The recommended level beside what happened"
EVENTS_TITLE: Final = "Events, one by one"
EVENTS_SAYS: Final = "The level on the eve, and for how many days a warning (level 3 or above) had stood."
EVENTS_NONE: Final = "No event of a problem of this pack fell into this time."
EVENT_HEAD: Final = ("Forecaster", "On its eve", "Warning had stood", "")
MISSED: Final = "MISSED"
WARNED: Final = "warned"
NO_EVE: Final = "no forecast on its eve"
ALARMS_TITLE: Final = "Warnings, one by one"
ALARMS_SAYS: Final = (
    "Every run of days on which the recommended level stood at 3 or above, and what followed within {days} days."
)
ALARMS_OF: Final = "The same of: {name}"
ALARMS_NONE: Final = "No warning was given in this time."
ALARM_HEAD: Final = ("Problem", "From", "To", "Highest", "Days in vain", "Then")
FOLLOWED: Final = {
    "event": "the event came",
    "nothing": "NOTHING CAME",
    "open": "the data end too early to say",
}
VAIN_SO_FAR: Final = "NOTHING so far; the data end"
DAYS: Final = "{days} d"
NOTES_TITLE: Final = "How it is scored"
NOT_SCORED: Final = "Rows of what happened that belong to no problem of this pack: {names}."
NOTES: Final = (
    (
        "A day counts if it is not blanked (from an event to 21 days after the last of its episode), its window does "
        "not reach past the end of the data, and the gauge gave an assessment. All rows are scored on the same days."
    ),
    (
        "A probability p for the pack's horizon H means 1 − (1 − p)^(h/H) for h days. A level is read as the middle of "
        "its band of points, a probability as the level of its band, a gauge of 0 to 100 as so many per cent. "
        "Persistence says 1 where an event fell within the last h days, else 0."
    ),
    (
        "Intervals: 5th to 95th percentile of {resamples:,} circular block resamples (seed {seed}), blocks as long as "
        "the horizon; none where all resamples agree."
    ),
    (
        "The second file holds every forecast beside what became of its day. The script in docs/scorecard.md "
        "recomputes each figure from it with nothing of this project."
    ),
)
SAVE_SCORES: Final = "Scores as CSV"
SAVE_FORECASTS: Final = "Every forecast as CSV"

# What if
WHAT_IF: Final = "What if"
WHAT_IF_SAYS: Final = (
    "Suppose other levels, ages or weights and see what would be concluded. Nothing here is ever written: all of it "
    "stands in the address, to be shared or thrown away. Levels on this page are those of the instant, without waiting."
)
UNREADABLE: Final = "Not understood, and left out: {parts}."
NOTHING_SUPPOSED: Final = (
    "Nothing is supposed yet: before and after are the same. Move a level below, or take a move from the lists."
)
SUPPOSED_TITLE: Final = "Supposed"
SUPPOSED_LEVEL: Final = "{title} at level {level}"
SUPPOSED_AGE: Final = "{title} reported {days} days ago"
SUPPOSED_WEIGHT: Final = "{title} worth {points} points to {problem}"
UNDO: Final = "undo"
UNDO_ALL: Final = "Undo everything"
AS_IT_STANDS: Final = "As it stands"
AS_SUPPOSED: Final = "As supposed"
MOVED_TITLE: Final = "What moves"
MOVED_HEAD: Final = ("Problem", "As it stands", "As supposed", "Change", "Level")
LEVELS_TITLE: Final = "Levels"
LEVELS_SAY: Final = "A level supposed here rests on one B2 report, made now unless an age says otherwise."
AGES_TITLE: Final = "Age and weights of"
AGE_LABEL: Final = "Days since its report"
WEIGHT_LABEL: Final = "Worth of level 4, in points: {problem}"
WHICH_INDICATOR: Final = "an indicator"
WATERFALL_TITLE: Final = "From as it stands to as supposed"
SAME: Final = "What is supposed moves this problem by nothing."
MOVES_TITLE: Final = "Smallest single moves across the next boundary"
MOVES_UP: Final = "Up"
MOVES_DOWN: Final = "Down"
NO_MOVE: Final = "no single indicator can"
MOVE: Final = "{title} {level} → {to}"
MOVE_BRINGS: Final = "{points} points, {level}"
HANGS_TITLE: Final = "What the level hangs on"
HANGS_SAY: Final = (
    "Each indicator changed alone: one step up or down by a B2 report now, nothing known of it, or its present level "
    "reported again. A diamond and bold print: the level of the problem would change. The level is the same in "
    "{stability} of the draws."
)
CHANGES: Final = {
    "up": "one step up",
    "down": "one step down",
    "unknown": "if nothing were known",
    "again": "if reported again",
}
HELD_STILL: Final = "no change"
MISSING_TITLE: Final = "What the missing ones could do"
MISSING_SAYS: Final = (
    "Reports on these have grown old, or there is none. Each, reported now at the level that lowers or raises this "
    "problem most; all of them together, with the judgements a little off, put it between {low} and {high} points."
)
MISSING_NONE: Final = "Nothing that counts here is missing: every report is current."
MISSING_HEAD: Final = ("Indicator", "At its lowest", "At its highest")
COULD: Final = "level {at}: {points}"

# Validator
VERDICT: Final = "Verdict"
VERDICTS_SAY: Final = (
    "Spread: how far an indicator's ratings lie apart on HU, U, C, L, HL. Verdict: ● keep at 3 or 4, it tells futures "
    "apart; ◐ weak at 2, it does so only together with others; ○ cluster at 0 or 1, it looks much the same in every "
    "future and is one of its family, never a tripwire."
)
LOOK_AGAIN: Final = "Look again by"
NO_DAY: Final = "no day is set"
PASSED: Final = "PASSED"
SPEAKING_TITLE: Final = "What speaks for each problem"
SPEAKING_SAYS: Final = (
    "Strong: a spread of 3 or more and expected (L or HL) in that problem. Fewer than three are too few. "
    "Pointing to it alone: strong, and expected in no other problem."
)
SPEAKING_HEAD: Final = ("Problem", "Strong", "Which", "Pointing to it alone")
PAIRS_TITLE: Final = "How well each two futures are told apart"
PAIRS_SAY: Final = (
    "Best: the indicator that puts most points between the two. Telling: rated 3 or more places apart in the two. "
    "A pair without one is hardly told apart by any single report."
)
PAIRS_HEAD: Final = ("Two futures", "Best", "Points apart", "Telling")
HARDLY: Final = "none: hardly told apart"

# Windows to close
WINDOWS_TITLE: Final = "Windows to close"
WINDOWS_SAY: Final = (
    "The days of the horizon lie side by side from T0. When so many are past, a named person says whether the problem "
    "happened in them. A window that nobody closed counts for nothing."
)
TRACK_APPLIED: Final = "This pack applies the track record: what is said here moves its gauges."
TRACK_NOT_APPLIED: Final = "This pack applies no track record: what is said here is kept, and moves no gauge."
WINDOWS_NONE: Final = "No window is past in which anything was expected."
WINDOWS_HEAD: Final = ("Problem", "Window", "Events expected", "What became of it")
WINDOW_DAYS: Final = "{first} to {last}"
WINDOW_WAITS: Final = "to be closed"
DID_NOT: Final = "did not happen"
HAPPENED_ON: Final = "happened on {onset}"
HAPPENED_FROM: Final = "happened from {onset} to {until}"
CLOSED_BY: Final = "closed by {author}"
REOPENED_BY: Final = "reopened by {author}"
WINDOW: Final = "Window"
WINDOW_CHOOSE: Final = "Choose one"
WINDOW_NOT_CHOSEN: Final = "Nothing was done: choose a window. The one that was chosen may have been closed meanwhile."
OUTCOME: Final = "What became of it"
OUTCOMES: Final = MappingProxyType({"did-not": "It did not happen", "happened": "It happened"})
ONSET: Final = "The day on which it began, such as 2024-01-31"
LAST_DAY: Final = "Its last day, where it went on"
CLOSE_WHY: Final = "By what you know it"
BASIS: Final = "What you had before you"
BASES: Final = MappingProxyType({"seen": "seen", "memory": "memory"})
CLOSE_DO: Final = "Close the window"
CLOSED: Final = "{title}: window closed by {author}, {moment}."
REOPEN: Final = "Reopen one"
REOPEN_WHY: Final = "Why the closing was wrong"
REOPEN_DO: Final = "Reopen it"
REOPENED: Final = "{title}: window reopened by {author}, {moment}."
