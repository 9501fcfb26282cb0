"""docs/reference/findings.md is generated, and fresh."""

from __future__ import annotations

from pathlib import Path

from iw_monitor.pack.codes import ALL, findings_page


def test_the_page_of_findings_is_fresh(repository: Path) -> None:
    page = repository / "docs" / "reference" / "findings.md"
    assert page.read_text(encoding="utf-8") == findings_page(), "renew it: python -m tests.packs.renew"


def test_every_code_has_its_row() -> None:
    assert [line.split("|")[1].strip() for line in findings_page().splitlines() if line.startswith("| P")] == [
        one.code for one in ALL
    ]
