"""What came of worked cases: as text for their author, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from iw_monitor.assess.cases import CaseResult, Difference
from iw_monitor.publish.times import iso


def cases_text(results: Sequence[CaseResult]) -> str:
    """Return one line a case, and below one that does not hold what was expected, what came, and why."""
    lines = [line for one in results for line in _lines(one)]
    held = sum(one.holds for one in results)
    return "\n".join([*lines, f"{held} of {len(results)} cases hold."])


def _lines(result: CaseResult) -> list[str]:
    head = f"{'holds ' if result.holds else 'FAILS '} {result.name}: {result.title}"
    return [head, *(line for one in result.differences for line in _difference(one))]


def _difference(one: Difference) -> list[str]:
    return [
        f"    {iso(one.at)} {one.what}",
        f"      expected: {one.expected}",
        f"      got:      {one.got}",
        f"      why:      {one.why}",
    ]


def cases_json(results: Sequence[CaseResult]) -> str:
    """Return the results as indented JSON."""
    plain = {
        "schema_version": "1",
        "holds": all(one.holds for one in results),
        "cases": [
            {
                "name": one.name,
                "title": one.title,
                "holds": one.holds,
                "checked": one.checked,
                "differences": [
                    {
                        "expectation": each.expectation,
                        "at": iso(each.at),
                        "what": each.what,
                        "expected": each.expected,
                        "got": each.got,
                        "why": each.why,
                    }
                    for each in one.differences
                ],
            }
            for one in results
        ],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)
