"""What each key of alerts.yml is for; part of ``descriptions``."""

from __future__ import annotations

from collections.abc import Mapping

# What every rule has.
_RULE = {
    "id": "Named in worked cases and shown beside every alert; never changed once used.",
    "title": "What it means when it fires, for people.",
    "what": "What whoever is told should know of it, in a sentence or two.",
    "hold": "How long the condition must hold before it fires; PT0S is at once.",
    "keep": "How long the condition must have ended before it is resolved.",
    "channels": "Names of channels; where they lead is set by the operator, never in a pack.",
    "escalate": "The second step, if nobody acknowledges in time.",
    "sunset": "Then a firing alert ends unless somebody renews it with a reason; if it holds still, it fires anew.",
    "breaks_quiet": "True: quiet hours do not hold it back.",
    "runbook": "What to do when it fires.",
}

ALERTS: Mapping[str, Mapping[str, str]] = {
    "AlertsFile": {
        "quiet": "Hours in which messages wait; left out, there are none.",
        "flood": "When messages are put together into one.",
        "rules": "What is alerted on.",
    },
    "Escalation": {
        "after": "So long after it fired, or after the acknowledgement ended.",
        "channels": "Who is told then.",
    },
    "Quiet": {
        "begin": 'Time of day, for example "22:00".',
        "end": "Time of day; before begin, it is that of the next day.",
        "time_zone": "IANA name of the zone of both times.",
        "break_through": "From this warning level up nothing waits.",
    },
    "Flood": {
        "messages": "So many go out one by one; what comes beyond waits and goes together.",
        "within": "Counted over this time.",
    },
    "LevelRule": {
        **_RULE,
        "kind": "A problem's recommended level is high.",
        "problems": "Which problems; all, if left out.",
        "at_least": "From this recommended level up.",
    },
    "ChangeRule": {
        **_RULE,
        "kind": "A problem's points moved far within a time.",
        "problems": "Which problems; all, if left out.",
        "points": "By at least so many points.",
        "within": "Compared with so long ago.",
        "direction": "Which way counts.",
    },
    "IndicatorRule": {
        **_RULE,
        "kind": "An indicator stands at a level.",
        "indicators": "Which indicators.",
        "at_least": "It holds from this level up. Give this or at_most.",
        "at_most": "It holds from this level down. Give this or at_least.",
    },
    "StaleRule": {
        **_RULE,
        "kind": "An indicator is no longer current.",
        "indicators": "Which indicators; all that are scored, if left out.",
        "status": "From this status on, in the order due, stale, unknown.",
    },
    "TripwireRule": {
        **_RULE,
        "kind": "A tripwire or table of counts sets a floor.",
        "tripwires": "Ids of tripwires and tables of counts; all, if left out.",
    },
    "SourceDownRule": {
        **_RULE,
        "kind": "A source that is collected on a schedule fails.",
        "sources": "Which sources; all, if left out.",
    },
    "ReportFailedRule": {
        **_RULE,
        "kind": "A scheduled report could not be made or sent.",
        "reports": "Which reports; all, if left out.",
    },
    "DeclaredGapRule": {
        **_RULE,
        "kind": "The declared and the recommended level lie apart.",
        "problems": "Which problems; all, if left out.",
        "levels": "By at least so many levels, up or down.",
    },
    "WorkerDeadRule": {
        **_RULE,
        "kind": "Nothing was evaluated for a time.",
        "silent_for": "After so long without an evaluation.",
    },
    "DiskLowRule": {
        **_RULE,
        "kind": "The disk on which the journal lies is nearly full.",
        "free_mib": "With less than so many MiB free; a journal on a server has no disk that is looked at.",
    },
}
