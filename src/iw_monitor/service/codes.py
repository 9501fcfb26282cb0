"""The codes of what can be wrong with a request, each with its meaning in one line."""

from __future__ import annotations

from iw_monitor.errors import Finding, InputError

MEANINGS = {
    "S101": "the instant lies in the future",
    "S102": "the range ends before it begins",
    "S103": "the step is not positive",
    "S104": "the range has too many instants",
    "S105": "there is nothing to confirm",
    "S106": "the pack has no history to show",
    "S107": "a high level is not yet corroborated, as the pack demands",
    "S108": "there is no such report to grade",
    "S110": "there is no such entry to revert",
    "S111": "an entry of this kind cannot be reverted",
    "S112": "what a log entry is about is neither an indicator nor a problem of the pack",
    "S113": "a report of this level needs a second officer",
    "S114": "there is no such proposal",
    "S115": "the author of a report of this level cannot grade it alone",
    "S116": "the pack has no such source",
    "S117": "a source is asked, and takes nothing that is sent",
    "S118": "too much was sent at once",
    "S119": "the pack plans no such report",
    "S120": "the outcomes of the history cannot be read",
    "S121": "the outcomes name no event of any problem of the pack",
    "S122": "there are no reports to score",
    "S123": "reports and outcomes do not overlap",
    "S124": "the pack does not say what really happened",
    "S125": "the packs to compare have no warning problem in common",
    "S126": "two packs that one process holds have the same id",
    "S127": "no such pack is held here",
    "S130": "the key of a request was used for another one",
    "S140": "no such alert fires",
    "S141": "an answer to an alert ends before it begins, or too late",
    "S142": "there is no such rule of alerts",
    "S143": "there is no such silence",
    "S144": "no exercise goes on",
    "S145": "no file of channels is set, or it has no such channel",
    "S150": "a file of the name of a backup is there already",
    "S151": "a file is no whole backup, or one of a newer version",
    "S152": "what a backup is to be restored into is not empty",
    "S153": "a backup concludes otherwise than it did",
}


def refused(code: str, field: str, problem: str, *, remedy: str) -> InputError:
    """Return the error that says why a request cannot be met."""
    return InputError([Finding(code=code, file="", line=0, field=field, problem=problem, remedy=remedy)])
