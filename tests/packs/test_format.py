"""How findings are printed."""

from __future__ import annotations

import json

from iw_monitor.errors import Finding, Severity
from iw_monitor.pack import codes
from iw_monitor.pack.format import Format, formatted

WRONG = Finding(
    code="P104",
    file="indicators/my pack/port_traffic.yml",
    line=4,
    field="ratings",
    problem="blockad is not a problem of this pack",
    remedy="Use one of: blockade",
)
DULL = Finding(
    code="P902", file="a.yml", line=0, field="", problem="it is dull", remedy="Mend it", severity=Severity.ISSUE
)


def test_text_is_one_line_a_finding_and_issues_say_that_they_are() -> None:
    assert formatted([WRONG, DULL]).splitlines() == [
        "indicators/my pack/port_traffic.yml:4: P104 ratings: blockad is not a problem of this pack."
        " Use one of: blockade.",
        "issue: a.yml:0: P902 it is dull. Mend it.",
    ]


def test_json_holds_every_field() -> None:
    assert json.loads(formatted([WRONG], Format.JSON)) == [
        {
            "file": "indicators/my pack/port_traffic.yml",
            "line": 4,
            "code": "P104",
            "severity": "error",
            "field": "ratings",
            "problem": "blockad is not a problem of this pack",
            "remedy": "Use one of: blockade",
        }
    ]


def test_sarif_names_the_rule_the_place_and_the_level() -> None:
    log = json.loads(formatted([WRONG, DULL], Format.SARIF))
    (run,) = log["runs"]
    wrong, dull = run["results"]
    assert log["version"] == "2.1.0"
    assert {one["id"] for one in run["tool"]["driver"]["rules"]} == {one.code for one in codes.ALL}
    assert (wrong["ruleId"], wrong["level"], dull["level"]) == ("P104", "error", "warning")
    assert wrong["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "indicators/my%20pack/port_traffic.yml"},
        "region": {"startLine": 4},
    }
    # A region must begin in line 1 or later, so a finding about a whole file has none.
    assert "region" not in dull["locations"][0]["physicalLocation"]


def test_nothing_found_is_printed_as_nothing_in_every_form() -> None:
    assert formatted([]) == ""
    assert json.loads(formatted([], Format.JSON)) == []
    assert json.loads(formatted([], Format.SARIF))["runs"][0]["results"] == []
