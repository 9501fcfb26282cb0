"""Points of up to four warning problems over time, with interval, levels, events, outcomes and tripwires.

One panel a problem, above each other on one axis of time. Where there was no assessment the line stops and the panel is
hatched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from iw_monitor.telling.charts.template import Row, Spec, extent_rows, filled, hatching, milliseconds, signed, utc
from iw_monitor.telling.charts.timeline_layers import timeline_height, timeline_template
from iw_monitor.telling.charts.values import Event, Scale, Series
from iw_monitor.telling.inks import Inks, level_label, level_mark

STEPS = 90  # hatching lines over the whole width


def timeline(
    series: Sequence[Series],
    scale: Scale,
    *,
    events: Sequence[Event] = (),
    as_of: datetime | None = None,
    inks: Inks,
) -> Spec:
    """Return the timeline. Thin out long series before: a few hundred instants are as good as the eye can tell."""
    start, end = _span(series, as_of)
    data: dict[str, list[Row]] = {
        "extent": extent_rows(start, end),
        "as_of": [] if as_of is None else [_as_of(as_of, start, end)],
    }
    for panel, one in enumerate(series):
        mine = [event for event in events if event.panel in (None, one.title)]
        data |= {f"{name}{panel}": found for name, found in _panel(one, mine, scale, inks, (start, end)).items()}
    text = timeline_template(scale, inks, len(series))
    height = timeline_height(len(series))
    return filled(text, data, height=height)


def timeline_alt(series: Sequence[Series], scale: Scale, *, events: Sequence[Event] = ()) -> str:
    """Return the timeline in words: where each problem began and ended, its highest level, and the outcomes."""
    outcomes = "; ".join(f"{event.title} on {utc(event.at)}" for event in events if event.kind == "outcome")
    told = " ".join(_told(one, scale) for one in series) or "Nothing to show yet."
    return f"{told}{f' Outcomes: {outcomes}.' if outcomes else ''}"


def _told(one: Series, scale: Scale) -> str:
    known = [(at, points) for at, points in zip(one.at, one.points, strict=True) if points is not None]
    levels = [level for level in one.levels if level is not None]
    if not known or not levels:
        return f"{one.title}: no assessment in this time."
    (first, start), (last, end), highest = known[0], known[-1], max(levels)
    return (
        f"{one.title}: {signed(start)} points on {utc(first)}, {signed(end)} on {utc(last)}, "
        f"highest level {highest} {scale.word(highest)}."
    )


def _span(series: Sequence[Series], as_of: datetime | None) -> tuple[int, int]:
    instants = [milliseconds(at) for one in series for at in (*one.at[:1], *one.at[-1:])]
    instants += [] if as_of is None else [milliseconds(as_of)]
    start, end = (min(instants), max(instants)) if instants else (0, 86_400_000)
    return start, max(end, start + 1)


def _as_of(as_of: datetime, start: int, end: int) -> Row:
    late = (milliseconds(as_of) - start) / (end - start) > 0.5
    return {"x": milliseconds(as_of), "text": f"as of {utc(as_of)}", **_side(late)}


def _panel(
    one: Series, events: Sequence[Event], scale: Scale, inks: Inks, span: tuple[int, int]
) -> dict[str, list[Row]]:
    start, end = span
    line = list(_line(one, scale))
    wide = end - start
    strip = [{**cell, "share": (cell["x2"] - cell["x"]) / wide} for cell in _strip(one, scale, inks)]
    gaps = [cell for cell in strip if cell["level"] is None]
    return {
        "line": line,
        "now": line[-1:],
        "strip": strip,
        "gaps": [row for gap in gaps for row in _hatch(gap, wide, scale)],
        "events": [_event(event) for event in events if event.kind == "event"],
        "tripwires": [_event(event) for event in events if event.kind == "tripwire"],
        "outcomes": _outcomes([event for event in events if event.kind == "outcome"], start, wide),
        "title": [{"text": one.title}],
    }


def _line(one: Series, scale: Scale) -> Iterable[Row]:
    """Return the instants that have an assessment; each gap starts a new run, so that the line stops there."""
    run = 0
    for at, points, low, high, level in zip(one.at, one.points, one.low, one.high, one.levels, strict=True):
        if points is None or low is None or high is None:
            run += 1
            continue
        yield {
            "x": milliseconds(at),
            "y": round(points, 3),
            "low": round(scale.clipped(low), 3),
            "high": round(scale.clipped(high), 3),
            "run": run,
            "level": level_mark(level),
        }


def _strip(one: Series, scale: Scale, inks: Inks) -> Iterable[Row]:
    """Return runs of one recommended level; a run ends where the next begins."""
    told = zip((milliseconds(at) for at in one.at), one.levels, strict=True)
    runs = [(level, [at for at, _ in run]) for level, run in groupby(told, key=lambda row: row[1])]
    ends = [*(instants[0] for _, instants in runs[1:]), *(instants[-1] for _, instants in runs[-1:])]
    for (level, instants), end in zip(runs, ends, strict=True):
        yield {
            "x": instants[0],
            "x2": end,
            "middle": (instants[0] + end) / 2,
            "level": level,
            "fill": inks.level(level),
            "ink": inks.on_level(level),
            "text": level_mark(level),
            "told": level_label(level, "" if level is None else scale.word(level)),
        }


def _hatch(gap: Row, wide: float, scale: Scale) -> list[Row]:
    lines = hatching(gap["x"], gap["x2"], step=wide / STEPS, lean=5 * wide / STEPS)
    tall = scale.high - scale.low
    return [{**line, "y": scale.low + tall * line["y"], "y2": scale.low + tall * line["y2"]} for line in lines]


def _event(event: Event) -> Row:
    return {"x": milliseconds(event.at), "text": event.title, "told": f"{utc(event.at)}: {event.title}"}


def _outcomes(events: Sequence[Event], start: int, wide: int) -> list[Row]:
    """Return the outcomes with their texts on the side that has more room; two that face each other share the room."""
    placed = sorted(map(_event, events), key=lambda row: float(row["x"]))
    shares = [(row["x"] - start) / wide for row in placed]
    before = [share if place == 0 else (share - shares[place - 1]) / 2 for place, share in enumerate(shares)]
    after = [*before[1:], *(1 - share for share in shares[-1:])]
    return [
        {**row, "room": max(left, right), **_side(left > right)}
        for row, left, right in zip(placed, before, after, strict=True)
    ]


def _side(left: bool) -> Row:
    return {"align": "right", "dx": -5} if left else {"align": "left", "dx": 5}
