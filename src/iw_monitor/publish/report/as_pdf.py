"""A snapshot as PDF: typeset by typst from data, in our own fonts, the same bytes each time, archivable (PDF/A-2b)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import Any

import typst

from iw_monitor.errors import ReportError
from iw_monitor.model.instants import as_utc
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.pictures import FONTS, gauge_svg, gauge_words
from iw_monitor.publish.report.templates import TEMPLATES
from iw_monitor.publish.report.told import Told


def pdf(snapshot: Snapshot, told: Told) -> bytes:
    """Return the PDF.

    Raises:
        ReportError: it cannot be set, for example because no font of ours has a letter.
    """
    return _compiled(json.dumps(_data(snapshot, told), ensure_ascii=False), snapshot.made_at)


def _data(snapshot: Snapshot, told: Told) -> dict[str, Any]:
    made = as_utc(snapshot.made_at)
    return {
        **asdict(told),
        "author": snapshot.author,
        "content": snapshot.content_hash,
        "made": {"year": made.year, "month": made.month, "day": made.day},
        "gauge": gauge_svg(snapshot),
        "gauge_words": gauge_words(snapshot),
    }


def _compiled(data: str, made_at: datetime) -> bytes:
    try:
        done, warnings = typst.compile_with_warnings(
            TEMPLATES / "snapshot.typ",
            root=TEMPLATES,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards="a-2b",  # with it, a letter that no font has is an error and not a box
            timestamp=int(made_at.astimezone(UTC).timestamp()),
            format="pdf",
        )
    except typst.TypstError as error:
        raise ReportError(f"The PDF cannot be set: {error}.") from error
    if warnings:
        raise ReportError(f"The PDF cannot be set as it should: {warnings[0].message}.")
    return bytes(done)


@cache
def _fonts() -> typst.Fonts:
    """Return our fonts and no others, loaded once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
