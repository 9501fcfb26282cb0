"""A snapshot as one HTML file: no script, nothing fetched, light and dark, phone and paper."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.pictures import gauge_svg, gauge_words
from iw_monitor.publish.report.templates import TEMPLATES
from iw_monitor.publish.report.told import Told
from iw_monitor.telling.inks import DARK, LIGHT

_ID = re.compile(r'\b(id="|url\(#|href="#)')


def html(snapshot: Snapshot, told: Told) -> str:
    """Return the HTML."""
    return _template().render(
        d=told,
        style=Markup(_style()),
        words=gauge_words(snapshot),
        gauge_light=_inline(gauge_svg(snapshot, LIGHT), "gl"),
        gauge_dark=_inline(gauge_svg(snapshot, DARK), "gd"),
        content=snapshot.content_hash,
        tlp=snapshot.marking.value.removeprefix("TLP:").partition("+")[0].lower(),
    )


def _inline(svg: str, prefix: str) -> Markup:
    """Return a picture of ours as part of the page; its ids are made its own, since several stand in one page.

    Its text was escaped where it was drawn, and nothing in it is from outside otherwise.
    """
    return Markup(_ID.sub(lambda found: f"{found.group(1)}{prefix}-", svg))


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("snapshot.html")


@cache
def _style() -> str:
    return (TEMPLATES / "snapshot.css").read_text(encoding="utf-8")
