"""The gauge of the pages as a picture: SVG and PNG, without a browser, without the network, in our own fonts."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import vl_convert

from iw_monitor.publish.report.content import Snapshot
from iw_monitor.telling.charts import gauge, gauge_alt
from iw_monitor.telling.inks import LIGHT, Inks
from iw_monitor.telling.reading import gauge_reading, scale_of

FONTS = Path(__file__).resolve().parents[1] / "fonts"
_FAMILY = "Source Sans 3"  # as our files name it
_NO_HOSTS: list[str] = []  # a chart brings its data along and may fetch nothing
PNG_SCALE = 2.0


def gauge_svg(snapshot: Snapshot, inks: Inks = LIGHT) -> str:
    """Return the gauge of the page as SVG, on no ground of its own."""
    return _svg(json.dumps(_gauge(snapshot, inks)))


def gauge_words(snapshot: Snapshot) -> str:
    """Return the gauge in words."""
    return gauge_alt(*_reading(snapshot))


def gauge_png(snapshot: Snapshot, inks: Inks = LIGHT) -> bytes:
    """Return the gauge as a picture that stands alone: marked, dated and stamped."""
    _ready()
    return bytes(
        vl_convert.vegalite_to_png(standing_alone(snapshot, inks), scale=PNG_SCALE, allowed_base_urls=_NO_HOSTS)
    )


def standing_alone(snapshot: Snapshot, inks: Inks) -> dict[str, Any]:
    """Return the gauge with a title and a margin around it: its drawing keeps its size, in pixels, within them."""
    spec = _gauge(snapshot, inks)
    marks = "  ·  ".join(part for part in (snapshot.marking.value, snapshot.standing.mark) if part)
    when = f"{snapshot.pack.file.title} · as of {snapshot.at.as_of:%d %b %Y %H:%MZ}"
    return spec | {
        "autosize": {"type": "pad"},
        "background": inks.page,
        "padding": {"left": 24, "right": 24, "top": 18, "bottom": 18},
        "title": _title(marks, [when, f"content {snapshot.content_hash[:16]}"], inks),
    }


def _reading(snapshot: Snapshot) -> Any:
    return gauge_reading(snapshot.at, snapshot.pack, snapshot.changes), scale_of(snapshot.pack)


def _gauge(snapshot: Snapshot, inks: Inks) -> dict[str, Any]:
    return gauge(*_reading(snapshot), inks=inks)


def _title(text: str, below: list[str], inks: Inks) -> dict[str, Any]:
    return {
        "text": text,
        "subtitle": below,
        "anchor": "middle",
        "fontSize": 17,
        "fontWeight": "bold",
        "color": inks.text,
        "subtitleColor": inks.muted,
        "subtitleFontSize": 14,
        "subtitlePadding": 4,
        "offset": 14,
    }


@lru_cache(maxsize=4)
def _svg(text: str) -> str:
    """Draw a spec, once: HTML and PDF of a snapshot show the same picture."""
    _ready()
    spec = json.loads(text)
    spec["config"]["font"] = _FAMILY
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=_NO_HOSTS))


@cache
def _ready() -> None:
    """Make our fonts known, once: the same picture on every machine."""
    vl_convert.register_font_directory(str(FONTS))
