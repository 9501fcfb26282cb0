"""Findings as text for people, as JSON for programs, and as SARIF for code hosts and editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import quote

from iw_monitor.errors import Finding, Severity
from iw_monitor.pack import codes

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


def formatted(findings: Sequence[Finding], form: Format = Format.TEXT) -> str:
    """Return findings in a form, without a line break at the end."""
    if form is Format.JSON:
        return json.dumps([_plain(one) for one in findings], indent=2, ensure_ascii=False)
    if form is Format.SARIF:
        return json.dumps(sarif(findings), indent=2, ensure_ascii=False)
    return "\n".join(_line(one) for one in findings)


def _line(finding: Finding) -> str:
    return f"issue: {finding}" if finding.severity is Severity.ISSUE else str(finding)


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "problem": finding.problem,
        "remedy": finding.remedy,
    }


def sarif(findings: Sequence[Finding]) -> dict[str, object]:
    """Return findings as a SARIF 2.1.0 log of one run."""
    driver = {
        "name": "iw-monitor check",
        "rules": [
            {"id": one.code, "shortDescription": {"text": one.meaning}, "help": {"text": one.remedy}}
            for one in codes.ALL
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(one) for one in findings]}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(finding.file)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    field = f"{finding.field}: " if finding.field else ""
    return {
        "ruleId": finding.code,
        "level": "error" if finding.severity is Severity.ERROR else "warning",
        "message": {"text": f"{field}{finding.problem}. {finding.remedy}."},
        "locations": [{"physicalLocation": place}],
    }
