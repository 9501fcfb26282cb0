"""Every finding about a pack: the one table of codes, from which docs/reference/findings.md is generated.

A code never changes its meaning and is never used again for another.
"""

from __future__ import annotations

from dataclasses import dataclass

from iw_monitor.errors import Finding, Severity
from iw_monitor.pack.node import Node


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: what it means, and what to do unless the finding itself says it better."""

    code: str
    meaning: str
    remedy: str
    severity: Severity = Severity.ERROR

    def at(self, node: Node, problem: str, remedy: str = "") -> Finding:
        """Return a finding of this kind at a place of a file."""
        return self.in_file(node.file, problem, remedy, line=node.line, field=node.field)

    def in_file(self, file: str, problem: str, remedy: str = "", *, line: int = 0, field: str = "") -> Finding:
        """Return a finding of this kind about a file as a whole, or about one line of it."""
        return Finding(
            code=self.code,
            file=file,
            line=line,
            field=field,
            problem=problem,
            remedy=remedy or self.remedy,
            severity=self.severity,
        )


def _issue(code: str, meaning: str, remedy: str) -> Code:
    return Code(code, meaning, remedy, Severity.ISSUE)


# Files.
NO_FOLDER = Code("P001", "The pack's folder is not there, or is not a folder", "Name a folder that holds a pack.yml")
NO_FILE = Code(
    "P002", "A file that every pack needs is missing", "Add the file; indicators/README.md says what goes in"
)
UNREADABLE = Code("P003", "A file cannot be read", "Make it an ordinary file that you may read")
TOO_LARGE = Code(
    "P004", "A file or folder is larger than any pack needs", "Keep only the pack's own words in it, or split it"
)
OUTSIDE = Code(
    "P005", "A link leads out of the pack", "Put a copy of the file in the pack; what is outside is not read"
)
BINARY = Code("P006", "A file is not text", "Replace it with a text file")
NOT_UTF8 = Code("P007", "A file is not written in UTF-8", "Save it as UTF-8 in your editor")
# YAML.
TAB = Code("P010", "A line is indented by a tab", "Indent by spaces; YAML does not allow tabs")
SYNTAX = Code("P011", "The file is not YAML", "Compare the line, and the one before it, with a file that works")
REPEATED_KEY = Code("P012", "A key stands twice in one table", "Keep one of the two")
ANCHOR = Code(
    "P013", "YAML anchors and aliases are not read", "Write the value out; a few bytes of them can stand for gigabytes"
)
TAG = Code(
    "P014", "YAML tags are not read", "Remove the word that begins with an exclamation mark; a pack holds no code"
)
TOO_DEEP = Code("P015", "Lists and tables stand too deep in one another", "No part of a pack needs more than 20 levels")
EMPTY = Code("P016", "The file says nothing", "Write it, or remove it")
SEVERAL = Code(
    "P017", "The file holds several YAML documents", "Keep one; remove the line with three dashes and what follows"
)
BAD_KEY = Code("P018", "A key is not a plain word or number", "Use a plain word as the key")
BAD_TEXT = Code(
    "P019",
    "Text holds characters that cannot be shown, or that turn the order of what stands beside them",
    "Remove them; letters that run from right to left need none",
)
# Names.
MISNAMED = Code("P101", "An indicator's file is not named after its id", "Rename the file, or mend the id")
DUPLICATE = Code("P102", "An id is used twice", "Give each its own id")
NO_FAMILY = Code(
    "P103", "A family is named that the pack does not have", "Use one of the families in pack.yml, or add it there"
)
NO_PROBLEM = Code(
    "P104", "A problem is named that the pack does not have", "Use one of the problems in pack.yml, or add it there"
)
NO_FRONT = Code(
    "P105", "A front is named that the pack does not have", "Use one of the fronts in pack.yml, or add it there"
)
NO_INDICATOR = Code(
    "P106", "An indicator is named that the pack does not have", "Use an id of indicators/, or add its file"
)
NO_ARTICLE = Code("P107", "There are quotes but no article to quote from", "Add article.yml with the excerpts")
NOT_VERBATIM = Code(
    "P108",
    "A quote is not in the article's excerpts, word for word",
    "Copy it from article.yml, or add the excerpt there",
)
WRONG_PLACE = Code(
    "P109", "A quote stands in another place of the article", "Use the paragraph and part that article.yml gives"
)
CYCLE = Code("P110", "Successors go round in a circle", "Let the chain end at an indicator in use")
NO_RULE = Code(
    "P111",
    "A floor is named that the pack does not have",
    "Use the id of a tripwire or of a table of counts in pack.yml",
)
# Shape.
UNKNOWN_KEY = Code("P201", "A key is not known", "Mend its spelling, or remove it")
MISSING_KEY = Code("P202", "A key is missing", "Add it")
WRONG_TYPE = Code("P203", "A value is of the wrong kind", "Write it as the finding says")
OUT_OF_RANGE = Code("P204", "A value is outside what is possible", "Choose a value in the range")
NOT_A_CHOICE = Code("P205", "A value is not one of the words allowed here", "Use one of the words listed")
INCOMPLETE = Code("P206", "A table lacks an entry that it needs", "Add the entry")
BAD_FORM = Code("P207", "A text does not have the form needed here", "Write it as the finding says")
# The pack's numbers.
LEVEL_ORDER = Code("P301", "The warning levels are not 1 to 5 in order", "List levels 1, 2, 3, 4, 5")
LEVEL_BOUNDARY = Code(
    "P302", "A warning level lacks its boundary, or level 1 has one", "Give from_points to levels 2 to 5 alone"
)
BOUNDARIES = Code(
    "P303", "The boundaries of the levels do not rise", "Let each from_points be greater than the one before"
)
CONDITION = Code("P304", "A condition has neither or both of at_least and at_most", "Write exactly one of the two")
FIXED_CONDITION = Code(
    "P305", "A condition always holds, or never can", "Compare with a level that can change the outcome"
)
NO_CONDITION = Code(
    "P306", "Something depends on conditions and has none", "Write conditions under when.all or when.any"
)
COUNT = Code(
    "P307",
    "A table of counts asks for what cannot be",
    "Use counts from 1 to the number of indicators listed, with rising floors",
)
NO_FLOOR = Code("P308", "A floor raises nothing", "Set a floor of 2 to 5; every problem stands at 1 at least")
STRENGTH = Code(
    "P310",
    "The strengths of levels 0 to 4 do not rise from 0 to 1",
    "Begin with 0, end with 1, and let each be greater",
)
PERCENTILES = Code("P311", "The percentiles do not rise within 0 to 100", "Write the lower first, for example [5, 95]")
WEIGHT_FACTOR = Code(
    "P312", "The weight factors do not rise within 0 to 10", "Write the lower first, for example [0.5, 1.5]"
)
COVERAGE = Code(
    "P313",
    "NO ASSESSMENT would begin at a better coverage than hatching",
    "Let no_assessment_below be at most hatched_below",
)
AGEING = Code(
    "P314", "Evidence would be unknown before it stops being fresh", "Let unknown_after be greater than fresh_for"
)
WORDS = Code(
    "P315",
    "The estimative words do not cover 0 to 100 percent without gap or overlap",
    "Let each begin where the one before ends",
)
RATING_ORDER = Code("P316", "The ratings do not fall from HL to HU", "Let HL be greatest and HU least")
GRADE_ORDER = Code(
    "P317", "A worse grade is worth more than a better one", "Let the worth fall from A to E and from 1 to 6"
)
NEVER_SCORED = Code("P318", "No report could ever count", "Lower the threshold, or raise what good grades are worth")
CONFIDENCE = Code(
    "P319", "Low confidence would reach above high confidence", "Let the low thresholds be at most the high ones"
)
OUT_OF_REACH = Code(
    "P320", "A number lies beyond the clip, where points never go", "Choose a smaller number, or a larger clip"
)
TIME_ZONE = Code("P321", "The time zone is not known", "Use an IANA name, for example Asia/Jerusalem or UTC")
NOBODY_WAITS = Code(
    "P330", "The four-eyes rule holds nothing", "Give report_from or declaration_from, or remove four_eyes"
)
# The life of an indicator.
NO_T0 = Code("P401", "A scored indicator has no level at T0", "Add t0, its level when the pack begins")
NO_REFERENCE = Code(
    "P402", "A scored indicator is not rated for the reference future", "Add its rating for the reference to ratings"
)
NO_LINK = Code("P403", "A scored indicator bears on no problem", "Rate it for a problem, or write scored: false")
CONTEXT_SCORED = Code(
    "P404",
    "An indicator that is not scored has numbers for the score",
    "Remove t0, ratings and points, or write scored: true",
)
NO_REASON = Code("P405", "An indicator left active service without a reason", "Add change with a reason and since")
UNWATCHED = Code("P406", "No scored indicator bears on a problem", "Rate an active indicator for it")
TOO_EARLY = Code("P407", "Something is expected before the pack begins", "Choose a day after T0")
# Worked cases.
NO_REPORT = Code(
    "P501", "A case withdraws a report that it does not make", "Give the instant of one of its reports, after the start"
)
TOO_SOON = Code("P502", "A case withdraws a report before it is made", "Let after be at least reported")
TOO_LONG = Code("P504", "A case runs for more than ten years", "Use fewer or shorter steps")
# P503 was of a time when cases could not speak of alerts.
NO_ALERT_RULE = Code(
    "P505",
    "A case expects an alert of a rule that the pack does not have",
    "Name rules of alerts.yml, or write [] for none",
)
NO_WINDOW = Code(
    "P506",
    "A case closes a window that is not past by then, or gives days that cannot be of it",
    "Windows lie side by side from T0, as long as the horizon; give days of one that is over",
)
# Rules of alerts.
QUIET_HOURS = Code("P601", "Quiet hours begin when they end", "Give them a length, or remove quiet")
LATE_ESCALATION = Code(
    "P602", "A rule escalates only when its time has run out", "Let escalate.after be shorter than sunset"
)
TOO_IMPATIENT = Code(
    "P603",
    "A rule calls the worker dead before an evaluation is due",
    "Let silent_for be more than PT1H: at full hours something is evaluated",
)
# Sources.
NO_SOURCE = Code("P701", "A source is named that the pack does not have", "Use the id of another source in sources.yml")
SCHEDULE = Code("P702", "A schedule has neither or both of cron and every", "Write exactly one of the two")
CRON = Code("P703", "A time in cron never comes", "Keep minute, hour, day, month in range, and days like mon-fri")
ONE_PLACE = Code("P704", "A source has neither or both of url and file", "Write exactly one of the two")
NO_DATA = Code("P705", "A table is named that the pack does not have", "Put it into the pack's folder data/")
NO_READING = Code("P706", "A reading is named that the source does not have", "Use the name of one of its readings")
WINDOW = Code(
    "P707",
    "A rule lacks what its take needs, or has what it cannot use",
    "Give over to all but last, and at_least to count alone",
)
LEVELS_RISE = Code(
    "P708", "The thresholds of a rule do not rise with the level", "Let each be greater than the one before"
)
NO_LEVEL = Code(
    "P709", "A rule gives a day to a level that it cannot reach", "Give the level a threshold, or remove it"
)
# Reports.
NEVER_GIVEN = Code(
    "P611", "A report's target may have less than the pack is marked", "Raise up_to, or send the report elsewhere"
)
# Issues: usable, should be mended.
SLOW_CADENCE = _issue(
    "P901", "It is re-checked only after its evidence has begun to age", "Let the cadence be at most the half-life"
)
NON_DIAGNOSTIC = _issue(
    "P902", "It looks much the same in every future", "Keep it as one of a family; rely on others for the judgement"
)
FEW_STRONG = _issue(
    "P903",
    "Fewer than three strong indicators speak for a problem",
    "Find indicators that are expected in it and not in the reference",
)
REVIEW_PASSED = _issue("P904", "The day to look again has passed", "Look again, then set a new day")
SAME_MEANING = _issue("P905", "Two indicators ask the same", "Retire one, or say what sets them apart")
NO_LOWERING = _issue("P906", "It does not say what would lower it", "Fill would_lower: evidence against counts as much")
NO_QUOTE = _issue("P907", "It is not traced to the article", "Add the quote, or write extension: true")
UNREAD_FILE = _issue("P908", "Nothing reads this file", "Remove it, or rename it to what was meant")
NOT_ACTIVE = _issue(
    "P909", "Something relies on an indicator that is not scored", "Name an active indicator, or remove it"
)
UNUSED = _issue("P910", "Something is defined and no indicator uses it", "Remove it, or use it")
PLAIN_HTTP = _issue("P911", "A link is not encrypted", "Use https")
PLACEHOLDER = _issue("P912", "A text is still to be written", "Write it")
NO_ASSUMPTION = _issue(
    "P913",
    "No key assumption is written down",
    "Add assumptions: what the priors rest on, and the sign that would break it",
)
WEAK_TRIPWIRE = _issue(
    "P914", "A tripwire rests on an indicator that looks the same in every future", "Use a diagnostic indicator"
)
UNBUMPED = _issue("P916", "It changed and its version did not", "Raise version, so that results can be told apart")
NO_CASE = _issue("P915", "The pack has no worked case", "Add cases/<name>.yml: what must follow from which reports")
OUTLIVES = _issue(
    "P920", "A judgement could outlive the question it answers", "Let it stand for at most the horizon of the pack"
)

ALL: tuple[Code, ...] = tuple(
    sorted((one for one in globals().values() if isinstance(one, Code)), key=lambda one: one.code)
)


def findings_page() -> str:
    """Return docs/reference/findings.md: what each code means and what to do."""
    rows = [f"| {one.code} | {one.severity} | {one.meaning}. | {one.remedy}. |" for one in ALL]
    return "\n".join([_PAGE_HEAD, *rows, ""])


_PAGE_HEAD = """# Findings about packs

`iw-monitor check` prints every finding at once, one a line: `file:line: CODE field: what is wrong. what to do.`
An *error* keeps the pack from being used; an *issue* does not, and should be mended.
This page is generated from `src/iw_monitor/pack/codes.py`; each code has a broken pack in `tests/bad_packs/`.

| code | kind | what it means | what to do |
|---|---|---|---|"""
