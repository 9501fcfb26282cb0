"""Writes docs/reference/api.md: every address of the API, from its OpenAPI document.

    python docs/renew_api.py

A test holds the page equal to what this writes.
"""

from __future__ import annotations

from pathlib import Path

from iw_monitor.api.reference import api_page

PAGE = Path(__file__).resolve().parent / "reference" / "api.md"

if __name__ == "__main__":
    PAGE.write_text(api_page(), encoding="utf-8", newline="\n")
