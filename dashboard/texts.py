"""Every fixed sentence of the dashboard in one catalogue, by page."""

from __future__ import annotations

from typing import Final

PRODUCT: Final = "iw_monitor"

# Navigation
WATCH: Final = "Watch"
WHY: Final = "Why"
INDICATORS: Final = "Indicators"
TIMELINE: Final = "Timeline"
METHOD: Final = "Method"
WALL: Final = "Wall"
REVIEW: Final = "Review"  # how it came, what would change it, whether to believe it
OPERATE: Final = "Operate"  # what is sent, where it comes from, who does it

# Banners
DEMO: Final = "DEMO"
DEMO_SAYS: Final = "Real history shipped with the product. The clock stands still at its end; nothing here is live."
AS_OF: Final = "AS OF"
AS_OF_SAYS: Final = "You are looking at the past: every page shows {moment}, {known}."
AS_OF_FUTURE: Final = "{text} is in the future, so the page shows now."
AS_OF_UNREADABLE: Final = "The address asks for a time that cannot be read ({text}), so the page shows now."
BACK_TO_NOW: Final = "Back to now"
KNOWN_SHORT: Final = {"recorded": "As recorded", "published": "As published"}
BROKEN: Final = "PACK BROKEN"
BROKEN_SAYS: Final = "The last edit of the pack cannot be used. Everything shown comes from the last good version."
CANNOT_OPEN: Final = "The monitor cannot open its data"
CANNOT_OPEN_SAYS: Final = "Nothing was changed. Mend what is named below; this page then opens by itself."
CANNOT_OPEN_DRAFT: Final = (
    "What you typed here is kept by the server while it runs: mended without a restart, the form comes back with it."
)

# Header
DATA_AGE: Final = "newest report {age} old"
REPLAYING: Final = "Replaying the history …"
NO_DATA: Final = "no report yet"
SIGNED_IN_AS: Final = "signed in as {name}"
SIGN_IN: Final = "sign in"
SIGN_OUT: Final = "sign out"
NO_ACCESS: Final = "You may not look at this"
SIGNED_OUT: Final = "You are signed out"
SIGNED_OUT_SAYS: Final = "Looking at this monitor needs signing in. You signed out elsewhere, or it was too long ago."

# Watch
SET_BY: Final = "Set by {problem}: {cause}."
SCALE_NOTE: Final = "3 points double the odds, 10 points multiply them by ten."
NO_ASSESSMENT: Final = "NO ASSESSMENT"
EMPTY_TITLE: Final = "Nothing has been reported yet"
EMPTY_SAYS: Final = (
    "The pack knows {indicators} indicators and {problems} warning problems, and the journal holds no report. "
    "So there is no assessment: silence is not calm."
)
EMPTY_DO: Final = "Record a first report, or import a file:"
FOUR_PROBLEMS: Final = "Warning problems"
LEADING_TITLE: Final = "The indicators that lead"
REST_TITLE: Final = "The other indicators"
SINCE_TITLE: Final = "What changed"
SINCE_NOTHING: Final = "No indicator moved a problem by {band} points or more."
SINCE_NO_DATA: Final = "There is nothing to compare with: no report was known at {moment}."
NO_TREND: Final = "not enough data"
STEADY: Final = "steady"
GAPS_TITLE: Final = "Gaps"
UNKNOWN_COULD: Final = "What the unknown could do"
UNKNOWN_COULD_SAYS: Final = (
    "With all that is stale or unknown at its best or its worst, and the judgements a little off, "
    "{problem} stands between {low} and {high} points ({chance})."
)
NEXT_DUE: Final = "Next due"
DRIVES: Final = "drives"
RESTRAINS: Final = "restrains"
NO_EFFECT: Final = "no link"
NOT_REPORTED: Final = "Never reported."

# Why
WHY_CLIPPED: Final = "The sum {sum} is clipped to {points}: the scale ends there."
WHY_CHANGE_TITLE: Final = "Why did it change?"
WHY_CHANGE_NONE: Final = "Nothing that counts changed between these two moments."
EVIDENCE_NONE: Final = "No scored report stands behind this bar: it is where the model puts what nobody has reported."

# Indicators
HISTORY_NONE: Final = "No report yet. The history begins with the first one."
RETRACTED: Final = "retracted"
NOT_SCORED: Final = "in the unconfirmed tray: not scored"

# Timeline
TIMELINE_NONE: Final = "There is no history to draw yet: it begins with the first report."
PLAY: Final = "Play"
STOP: Final = "Stop"
GO_THERE: Final = "Turn every page to this moment"

# Wall
WALL_FROZEN: Final = "FROZEN: this screen has heard nothing from the monitor. Do not trust it."
WALL_AGE: Final = "screen refreshed"

# Marks
DECLARED_MARK: Final = "Declared: {level}"
BULLET_ALT: Final = "{points} points, between {low} and {high}"
SPARK_NOTHING: Final = "Nothing known for {days} days."
SPARK_ALT: Final = "level over {days} days: {levels}"
CONTEXT_ONLY: Final = "context, not scored"
WAS: Final = "last known: {anchor}"
GRADE_TITLE: Final = "Admiralty grade: reliability of the source A to F, credibility of the information 1 to 6"
SAME_LEVEL: Final = "the same level as {window} ago"

# What changed
MOVERS_UP: Final = "Moved up"
MOVERS_DOWN: Final = "Moved down"
LEVEL_CHANGES: Final = "Level changes"
NEWLY_STALE: Final = "Newly stale"
SINCE_NOTHING_UP: Final = "nothing that counts"
SINCE_NOTHING_DOWN: Final = "nothing that counts"
NO_LEVEL_CHANGE: Final = "every problem at its level"
NONE_STALE: Final = "none"
NONE_UNKNOWN: Final = "none"
NOTHING_DUE: Final = "nothing has been reported yet"
STALE: Final = "Stale"
UNKNOWN: Final = "Unknown"
COVERAGE_COUNT: Final = (
    "{current} of {all} indicators are current, {stale} stale, {unknown} unknown; "
    "weighted by what they can move, {coverage} of the evidence is current."
)
INTERACTION: Final = "interaction"
LEVEL_NOTE: Final = "level {level}, {status}"
LEVEL_SINCE: Final = "at this level for"
SINCE_LABEL: Final = "What changed since"
SINCE_WINDOWS: Final = {"shift": "my last watch", "24h": "24 h", "7d": "7 d", "from": "from …"}
SINCE_FROM: Final = "From (UTC)"
GROUP_LABEL: Final = "Group by"
GROUPS: Final = {"family": "by family", "front": "by front"}
LEADING_ONLY: Final = "leading only"
LEADING_ONLY_HELP: Final = "Only indicators that move before what they warn of."
NONE_LEADING: Final = "None of the others is a leading indicator."

# Why
PROBLEM_LABEL: Final = "Warning problem"
PROBLEM_NOT_ASSESSED: Final = "Not assessed: only {coverage} of its evidence is current. Silence is not calm."
LEVEL_SET_BY: Final = "The level is set by {cause}."
RESOLVES: Final = "Counts as having happened when: {text}"
SUM_TITLE: Final = "How the points add up"
SAVE_PIECES: Final = "The pieces of all problems as CSV"
PRIOR: Final = "Prior"
POINTS: Final = "Points"
PIECE: Final = "Piece"
EXPERIMENT: Final = "Experiment"
TRACK_NOTE: Final = "hazard × {factor}, by the windows that people closed"
RAW: Final = "Raw"
SOFTENED: Final = "After grade and age"
COUNTED: Final = "Counted"
SUM: Final = "Sum"
CHANGE: Final = "Change"
COUNT_NOTHING: Final = "At their zero point or without a link, and so counting nothing: {names}."
FLOOR_ROW: Final = "at least, by {id} ({title})"
SCREENED_ROW: Final = "{id} ({title}) holds: every restraint counts as unknown here"
EVIDENCE_LABEL: Final = "What stands behind"
INTERACTION_SAYS: Final = "A rule of the pack:"
BAR_SAYS: Final = (
    "Level 4 is worth {link} here. Level {level} against a zero point of {zero} gives {raw}; "
    "{softened} after grade and age; {counted} after sharing with related evidence."
)
MOMENT_A: Final = "Between (UTC)"
MOMENT_B: Final = "and (UTC; empty: the moment shown)"

# Reports
OBSERVED: Final = "Age"
LEVEL: Final = "Level"
STATEMENT: Final = "Statement"
SOURCE: Final = "Source"
GRADE: Final = "Grade"
AUTHOR: Final = "Author"
ORIGINATOR: Final = "first said by {name}"
NO_SOURCE: Final = "no source named"

# Indicators
TO_DESK: Final = "Record, override or withdraw on the desk"
INDICATOR_LABEL: Final = "Indicator"
ALL_INDICATORS: Final = "All indicators: choose one"
DRAFTS_TITLE: Final = "Not in service"
REPORTS_TITLE: Final = "Every report ({count})"
AGEING_TITLE: Final = "How its evidence ages"
HISTORY_TITLE: Final = "History"
LAST_KNOWN: Final = "last known: "
KINDS: Final = {"E": "event", "P": "posture", "S": "structural"}
ROLES: Final = {"leading": "leading", "confirming": "confirming", "lagging": "lagging"}
STATUSES: Final = {
    "active": "In service.",
    "draft": "Draft: off, not scored.",
    "muted": "Muted: watched, not scored.",
    "retired": "Retired.",
}
VERSION: Final = "version {version}"
T0: Final = "T0 level {level}"
EXTENSION: Final = "extension, not from the article"
NOW_MARK: Final = "now"
T0_MARK: Final = "at T0"
ANCHORS_TITLE: Final = "Levels"
READING_RULE: Final = "Reading rule: {text}"
LINKS_TITLE: Final = "What it does to each problem"
LINK_HEAD: Final = ["Problem", "Rating", "Level 4 is worth", "", "Counts now"]
NO_RATING: Final = "·"
SPREAD_FAINT: Final = (
    "Non-diagnostic alone: its ratings lie at most one step apart, so by itself it tells no future from another. "
    "It counts as a member of its family and sets no tripwire."
)
AGEING_SAYS: Final = (
    "Due for a re-check after {cadence}; counts in full for {half_life}, then halves, and is unknown after three "
    "times that."
)
STALE_FROM: Final = "Stale from"
UNKNOWN_FROM: Final = "Unknown from"
WHY_WATCH: Final = "Why it is watched"
LIMITS: Final = "What it cannot see"
FAKED: Final = "How it can be faked"
WOULD_LOWER: Final = "What would lower it"
RUN_CHECK: Final = "Runbook: what to check"
RUN_WHERE: Final = "Runbook: where"
RUN_GRADE: Final = "Runbook: how to grade"
STATUS_TITLE: Final = "Status"
NO_QUOTE: Final = "Not from the article: no sentence of it stands behind this indicator."
QUOTE_PLACE: Final = "paragraph {paragraph}, {part}"
REVALIDATE: Final = "To be looked at again by {day}."
EXPECTED_BY: Final = "Expected by {day} if the future were true."

# Timeline
SLIDER_LABEL: Final = "Turn every page to (UTC)"
STEP_LABEL: Final = "The film steps by"
STEP_WORDS: Final = {"day": "a day a step", "week": "a week a step"}
KNOWN_LABEL: Final = "What counts as known"
OUTCOMES_TITLE: Final = "What really happened"
OUTCOME_HEAD: Final = ["Day", "Problem", "Phase", "What happened", "Source"]
NO_OUTCOMES: Final = "The pack's history names no outcome."
FLOORS_TITLE: Final = "Tripwires and tables that set a floor"
FLOOR_HEAD: Final = ["Seen at", "Problem", "What"]
NO_FLOORS: Final = "None in this time."
TINY: Final = "{count} more, each under {size:g}"
COVERAGE_ONLY: Final = "{coverage} of the evidence is current: too little for a level."
WALL_DATA_STOPPED: Final = "DATA STOPPED: no indicator is current any more. Do not trust the level."

# Method
METHOD_TITLE: Final = "How the level is computed"
SOURCE_ARTICLE: Final = "After {author}, {title}, {publisher}, {published}."
PACK_IS: Final = "Generated from the running pack {id} {version} (hash {hash})."
FORMULA: Final = "points = prior + Σ contributions + Σ interactions    ·    odds = 10 ^ (points / 10)"
FORMULA_SAYS: Final = (
    "One point is one deciban: 3 points double the odds, 10 make them tenfold. Points add up inside one warning "
    "problem; "
    "across the problems the worst one sets the level. Priors, ratings and boundaries are judgements after the "
    "article, "
    "not estimates from data."
)
STEPS_TITLE: Final = "The computation, step by step"
STEP_ZERO: Final = "Zero point"
STEP_ZERO_SAYS: Final = (
    "A level 0 to 4 has the strength {strength}. It counts against a zero point: for {share} of it what has become "
    "normal "
    "(which follows the reports with a half-life of {half_life}), for the rest the level at T0."
)
STEP_QUALITY: Final = "Grade"
STEP_QUALITY_SAYS: Final = (
    "A report is worth the lesser of what its source's reliability and its own credibility are worth; below {least} "
    "it waits "
    "in the unconfirmed tray and does not count. Different originators strengthen one another up to {cap}; one "
    "originator "
    "counts once."
)
STEP_AGE: Final = "Age"
STEP_AGE_SAYS: Final = (
    "Evidence counts in full for {fresh} half-life, then halves with each further one, and is unknown after {unknown}. "
    "What drives a problem fades to its zero point; a restraint that nobody re-confirms stops restraining."
)
STEP_LINK: Final = "Contribution"
STEP_LINK_SAYS: Final = (
    "10·log10(rating under the problem / rating under containment) gives the worth of level 4; times strength less "
    "zero "
    "point; softened where the report may be false or is old. The same indicator may drive one problem and restrain "
    "another."
)
STEP_DOUBLE: Final = "Double counting"
STEP_DOUBLE_SAYS: Final = (
    "Within a family each further piece counts {within} of the one before, largest first; between families {between}. "
    "No stack of related signals exceeds twice its strongest member."
)
STEP_SUM: Final = "Sum"
STEP_SUM_SAYS: Final = "Prior and everything counted are added and clipped to ±{clip} points."
STEP_LEVEL: Final = "Level"
STEP_LEVEL_SAYS: Final = (
    "The points fall into one of five bands; a tripwire or a table sets a floor at once, whatever the sum says."
)
STEP_HYSTERESIS: Final = "Hysteresis"
STEP_HYSTERESIS_SAYS: Final = (
    "Up at once by a floor, else after {up} above a boundary; down one step at a time, after {down} more than "
    "{margin} points "
    "below it with nothing else changing. Silence may raise or hold a level, never lower it."
)
STEP_INTERVAL: Final = "Interval and stability"
STEP_INTERVAL_SAYS: Final = (
    "{low}th to {high}th percentile of {draws} seeded draws: every link times {small} to {large}, the prior ±{shift}"
    ", all that "
    "is stale or unknown at its worst and its best. Stability is the share of draws that give the same level."
)
STEP_COVERAGE: Final = "Coverage"
STEP_COVERAGE_SAYS: Final = (
    "The share of a problem's weight that is current. Below {hatched} the gauge is hatched, below {none} it reads NO "
    "ASSESSMENT."
)
STEP_CONFIDENCE: Final = "Confidence"
STEP_CONFIDENCE_SAYS: Final = (
    "High with coverage from {coverage}, median quality from {quality}, stability from {stability} and no change of "
    "level for "
    "{still}; low with coverage below {low_coverage}, quality below {low_quality} or stability below {low_stability}"
    "; else moderate."
)
STEP_TREND: Final = "Trend"
STEP_TREND_SAYS: Final = "A change below {band} points over its window is called steady."
RATINGS_TITLE: Final = "Ratings and points"
RATINGS_SAY: Final = (
    "How expected is level 4 of this indicator if that future is the true one? Beside each rating the worth of level "
    "4 in points."
)
FAMILY: Final = "Family"
SPREAD: Final = "Spread (0–4)"
PROBLEMS_TITLE: Final = "Warning problems and priors"
PROBLEMS_SAY: Final = "Each is a question with yes or no as its answer within {days} days; they may overlap."
PROBLEM_HEAD: Final = ["Problem", "Prior, points", "Resolves yes when", "The author's words"]
RULES_TITLE: Final = "Families, interactions, tripwires"
FAMILY_HEAD: Final = ["Family", "Cap"]
NO_CAP: Final = "none"
RULE_HEAD: Final = ["Id", "Rule", "Does"]
TRIPWIRE_SAYS: Final = "If {when}: {problem} stands at {level} or above, at once."
ADDS_SAYS: Final = "If {when}: {gains}."
ADDS_BY_LEVEL_SAYS: Final = "If {when}: by level 0 to 4 of {level_of}: {gains}."
SCREENS_SAYS: Final = "If {when}: every restraint of family {family} counts as unknown."
COUNT_SAYS: Final = "How many of {listed} stand at {level} or above sets a floor under {problem}: {floors}."
AND: Final = "and"
OR: Final = "or"
BANDS_TITLE: Final = "Levels and boundaries"
LEVEL_HEAD: Final = ["Level", "From", "Meaning"]
LOWEST: Final = "below the next"
FROM_POINTS: Final = "{points} points"
GRADES_TITLE: Final = "Grades"
GRADES_SAY: Final = (
    "Below {least} a report is not scored. A condition of a rule sees a level only with a quality of at least "
    "{condition}."
)
RELIABILITY_HEAD: Final = ["Reliability of the source", "At most"]
CREDIBILITY_HEAD: Final = ["Credibility of the information", "Worth"]
NEVER_SCORED: Final = "not scored"
KINDS_TITLE: Final = "Ageing by kind"
KIND_HEAD: Final = ["Kind", "Half-life", "Re-check after"]
WORDS_TITLE: Final = "Estimative words"
WORDS_SAY: Final = "Likelihood and confidence never share a sentence; a percentage never stands without its interval."
WORD_HEAD: Final = ["Word", "Probability"]
ASSUMPTIONS_TITLE: Final = "Key assumptions"
ASSUMPTION_HEAD: Final = ["Assumption", "The author's words", "Owner", "Review by", "Broken by"]
NAIVE_TITLE: Final = "Beside the naive gauges"
NAIVE_HEAD: Final = ["Gauge", "Reads", "Why"]
THE_GAUGE: Final = "The gauge"
THE_GAUGE_SAYS: Final = "Evidence added inside each problem, discounted for kinship, the worst problem named."
NAIVE_MEAN: Final = "Mean of levels"
NAIVE_MEAN_SAYS: Final = (
    "Not the gauge: calm indicators outvote the one that matters. With these drivers, Hizballah committing its whole "
    "arsenal "
    "moves a mean by a few points of a hundred."
)
NAIVE_MAX: Final = "Maximum of levels"
NAIVE_MAX_SAYS: Final = (
    "Not the gauge: one red light anywhere is full alarm, and each indicator added raises more false ones."
)
NOTHING_TO_COUNT: Final = "nothing to count"
WEAK_TITLE: Final = "Known weaknesses"
WEAKNESSES: Final = (
    (
        "Every number is a judgement made once, after one article. The model is not tuned on what happened later, "
        "and its failures stay visible."
    ),
    "It sees only what is published and recorded. An actor who decides in silence gives it nothing to see.",
    "The indicators part escalation from containment better than one path of escalation from another.",
    "The shipped history was compiled after the fact, by people who knew how it went on.",
)
WEAK_FAINT: Final = "Non-diagnostic alone: {names}."
SEPARATES: Final = "{strong} strong indicators speak for it; pointing to it and to no other problem: {alone}."
NO_ONE: Final = "none"
NUMBER: Final = "{points} points"
COULD_BE_ANYWHERE: Final = "could be anywhere in the bar"
AND_MORE: Final = "and {count} more"
OLDER_REPORTS: Final = (
    "The newest {shown} are listed; {count} older ones are in the journal: iw-monitor export writes them all."
)
