"""Renew what is generated from a pack's types and codes: ``python -m tests.packs.renew``; then read the difference."""

from __future__ import annotations

from pathlib import Path

from iw_monitor.pack.codes import findings_page
from iw_monitor.pack.fields import fields_page
from iw_monitor.pack.schema import write_schemas

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    write_schemas(ROOT / "indicators" / "schema")
    for name, text in (("findings", findings_page()), ("fields", fields_page())):
        (ROOT / "docs" / "reference" / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
