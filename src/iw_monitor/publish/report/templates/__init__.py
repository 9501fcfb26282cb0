"""The templates of reports: data comes in as it is, and is escaped or placed as text there."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent
