"""What each key of sources.yml is for: what an editor shows beside it. Part of the JSON Schemas."""

from __future__ import annotations

from collections.abc import Mapping

_OF_EVERY_SOURCE: Mapping[str, str] = {
    "id": "Named in commands, reports and the run log; never changed once used.",
    "title": "Its name, for people.",
    "publisher": "Who publishes what is read.",
    "originator": "Who said it first; sources of one originator are one voice.",
    "licence": "What its owner allows, in words.",
    "page": "Where a person can read it.",
    "grade": "Usual reliability and credibility of what it says, like B2.",
    "lag": "How late it is: what is younger than this is not used yet.",
    "zone": "IANA time zone of its days and of its times without a zone.",
    "schedule": "When it is asked.",
    "accept": "How far its reports are recorded without a person: auto, within_one (at most one level from what "
    "stands), review (never).",
    "headers": "What is sent along, for example a Referer. Never a secret.",
    "secrets": "Headers whose text the operator keeps in a variable of the environment that begins with IW_SECRET_.",
    "compare_with": "Another source of the same thing: where the two differ by a fifth or more, a person decides.",
    "rules": "What its readings mean for indicators.",
}
_URL = "Where it is fetched. Give this or file."
_FILE = "A table in the pack's folder data/. Give this or url."
_ROWS = "Where the list of rows stands in the document."
_PICKS = "Which rows count, and where their time and readings stand."

_OF_KINDS: Mapping[str, Mapping[str, str]] = {
    "JsonSource": {"kind": "JSON.", "url": _URL, "file": _FILE, "rows": _ROWS, "picks": _PICKS},
    "CsvSource": {"kind": "A CSV table with a header, in UTF-8.", "url": _URL, "file": _FILE, "picks": _PICKS},
    "ArcGisSource": {
        "kind": "An ArcGIS feature layer.",
        "url": "The address of the layer, ending in /query.",
        "where": "Which features, in the words of the service.",
        "picks": "Which features count, and where their time and readings stand among their attributes.",
    },
    "FeedSource": {
        "kind": "RSS, Atom or JSON Feed.",
        "url": "Where it is fetched.",
        "evidence_for": "The indicator for which its items are evidence.",
        "words": "Only items in which one of these stands as a whole word.",
    },
    "FolderSource": {"kind": "Files that are put into its folder.", "rows": _ROWS, "picks": _PICKS},
    "WebhookSource": {"kind": "What is sent to this site.", "rows": _ROWS, "picks": _PICKS},
    "AlertsSource": {
        "kind": "Sirens of Israel's Home Front Command.",
        "layout": "official: the service's own history; tzevaadom: that of tzevaadom.co.il.",
        "url": _URL,
        "file": _FILE,
        "localities": "Where the list of localities is fetched, once: JSON with name and zone_en of each.",
        "places": "Table of localities that the list lacks, or all of them: name, zone.",
        "regions": "Table of zones: zone, region.",
    },
    "PluginSource": {
        "kind": "An installed plug-in.",
        "plugin": "Its name among the entry points iw_monitor.collectors.",
        "options": "What the plug-in asks to be told.",
    },
}

DESCRIPTIONS_OF_SOURCES: Mapping[str, Mapping[str, str]] = {
    **{kind: {**_OF_EVERY_SOURCE, **keys} for kind, keys in _OF_KINDS.items()},
    "SourcesFile": {"sources": "The sources, each with what may be made of it."},
    "Schedule": {
        "every": "How long after one run the next is due. Give this or cron.",
        "zone": "IANA time zone in which cron is read.",
        "jitter": "Up to so much later, a different amount each time, so that not all ask at once.",
        "cron": "Minute, hour, day, month, day of the week (by name: mon-fri), as in 15 4 * * *. Give this or every.",
    },
    "ReadingRule": {
        "indicator": "Id of the indicator.",
        "readings": "What is read; several are added up, day by day.",
        "take": "How the values of the window become one. count counts the days of at_least or more; change is the "
        "last value less the one at the window's beginning.",
        "over": "The window, up to the newest reading. Not for last.",
        "at_least": "From which value on a day counts. For count alone.",
        "divided_by": "The result is divided by this, for example 2 to get a week from a fortnight.",
        "levels": "From which value on each level is reached; below all of them the rule says nothing. Without "
        "levels the reading is shown to people as evidence.",
        "since": "From which day on a level can be reached at all.",
        "unit": "Of the result.",
        "says": "What the report says, before the value.",
        "accept": "For this rule in place of the source's.",
        "may_lower": "Whether a level may be lowered without a person, as far as accept allows.",
    },
    "Picks": {
        "at": "The day or instant at which the row was true.",
        "form": "How it is written; iso is 2024-01-31, with or without a time.",
        "published": "The day or instant at which the row was made known, if the row says so.",
        "readings": "The readings, by a name of your own, and where each stands in the row.",
        "only": "Only rows that hold one of these values.",
        "skip": "No rows that hold one of these values.",
        "never_falls": "Readings that add up and can only grow: a row that falls is damage, and nothing is accepted.",
    },
}
