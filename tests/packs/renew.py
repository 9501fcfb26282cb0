"""Renew what is generated from a pack's types and codes: ``python -m tests.packs.renew``; then read the difference."""

from __future__ import annotations

from pathlib import Path

from iw_monitor.pack.codes import findings_page
from iw_monitor.pack.schema import write_schemas

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    write_schemas(ROOT / "indicators" / "schema")
    (ROOT / "docs" / "reference" / "findings.md").write_text(findings_page(), encoding="utf-8", newline="\n")
