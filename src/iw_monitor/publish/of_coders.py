"""How robust the levels of a history are against coders who differ: as text for people, as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from iw_monitor.assess.coders import Coders, Robustness
from iw_monitor.model.pack import Pack

SCHEMA_VERSION = "1"
WORST = "the worst of them"
HEAD = ("reports off", "problem", "same level", "(90 % of draws)", "within one", "points off")


def coders_json(found: Coders) -> str:
    """Return everything as indented JSON; the problem of the worst is null."""
    return json.dumps({"schema_version": SCHEMA_VERSION} | asdict(found), indent=2, ensure_ascii=False)


def coders_text(pack: Pack, found: Coders) -> str:
    """Return a table: how often the levels stay when a share of the reports is graded one step otherwise."""
    rows = [HEAD, *(_row(pack, one) for one in found.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = ["  ".join(_cell(row[place], width, place) for place, width in enumerate(widths)).rstrip() for row in rows]
    head = (
        f"If coders differ: {found.reports} scored reports over {found.days} days, each one step off with the chance "
        f"given,\nup or down alike; {found.draws} draws each, seed {found.seed}. Levels are of the instant, before "
        "hysteresis."
    )
    return "\n".join([head, "", *lines])


def _row(pack: Pack, one: Robustness) -> tuple[str, ...]:
    name = WORST if one.problem is None else pack.problem(one.problem).short_title
    off = "" if one.points is None else f"{one.points:.1f}"
    return (
        f"{one.share:.0%}",
        name,
        f"{one.same:.0%}",
        f"({one.low:.0%} to {one.high:.0%})",
        f"{one.within_one:.0%}",
        off,
    )


def _cell(text: str, width: int, place: int) -> str:
    return text.ljust(width) if place == 1 else text.rjust(width)
