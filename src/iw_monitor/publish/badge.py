"""A badge: the level as a small picture for other pages, which says so when it is stale."""

from __future__ import annotations

from html import escape

from iw_monitor.model.instants import day_time_group
from iw_monitor.model.status import SiteStatus
from iw_monitor.telling.inks import LIGHT, level_label

MEDIA_TYPE = "image/svg+xml"
_LETTER = 6.9  # pixels that a letter takes at most: the text is then fitted to its place
_EDGE = 8


def badge_svg(status: SiteStatus, *, title: str, marks: str) -> str:
    """Return the badge of a site at this moment.

    Args:
        status: how the site does.
        title: what is watched.
        marks: what stands on everything: the handling mark, and DEMO or EXERCISE.
    """
    top = status.assessment.headline
    said = level_label(top.level, top.word) + (" · stale" if status.is_stale else "")
    fill, ink = (LIGHT.unknown, LIGHT.text) if status.is_stale else (LIGHT.level(top.level), LIGHT.on_level(top.level))
    left, right = _width(title), _width(said)
    whole = f"{marks} · {title}: {said}, as of {day_time_group(status.assessment.as_of)}"
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="22" role="img" ',
            f'aria-label="{escape(whole)}" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
            f"<title>{escape(whole)}</title>",
            f'<rect width="{left}" height="22" fill="{LIGHT.text}"/>',
            f'<rect x="{left}" width="{right}" height="22" fill="{fill}" stroke="{LIGHT.outline}"/>',
            _text(title, 0, left, LIGHT.page),
            _text(said, left, right, ink, bold=True),
            "</svg>\n",
        )
    )


def _width(text: str) -> int:
    return round(len(text) * _LETTER) + 2 * _EDGE


def _text(text: str, x: int, width: int, ink: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x + _EDGE}" y="15" textLength="{width - 2 * _EDGE}" lengthAdjust="spacingAndGlyphs" '
        f'fill="{ink}"{weight}>{escape(text)}</text>'
    )
