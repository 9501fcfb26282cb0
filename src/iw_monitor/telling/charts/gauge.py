"""The threat gauge: the one thing a watch officer reads first.

A half circle of five bands on a linear scale of points (equal steps mean equal evidence). The needle stands at the
points, the thin arc inside is the interval, ticks outside tell where it stood, an outer arc marks the level's band, and
the plate says the level as shape, number and word. Without an assessment there is no needle and no level colour: a grey
hatched ring and a question mark.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

from iw_monitor.telling.charts.gauge_layers import CENTRE_X, CENTRE_Y, HALF, INNER, OUTER, PLATE, gauge_template
from iw_monitor.telling.charts.template import Row, Spec, filled, hatching, signed
from iw_monitor.telling.charts.values import GaugeReading, Scale
from iw_monitor.telling.inks import NO_ASSESSMENT, UNKNOWN, Inks, level_label, level_mark

PAST = (168, 199)
LABELS = 207
GAP = 0.007  # half of the hairline between two bands, radians
HATCH_STEP, HATCH_LEAN = 0.05, 0.16
MERGED = 0.9  # up to this far from the top, equal labels become one; further out it would not fit
APART = 0.22  # radians between the labels outside the ring
PLATE_MIDDLE = (PLATE[1] + PLATE[3]) / 2 + 1
LINES = (342, 365, 387, 409)  # where the lines of text under the plate stand
EDGES = 95  # radius of the numbers of the boundaries
CLEAR = 0.17  # radians between the needle and such a number
ONLY_ASSESSED = ("patches", "accent", "interval", "ticks", "declared", "needle")
FOOT = 13  # room under the last of them
LINE_LENGTH = 62


def needle_angle(points: float, scale: Scale) -> float:
    """Return where points lie on the half circle: −π/2 at the low end, 0 at the top, π/2 at the high end."""
    return (scale.share(points) - 0.5) * math.pi


def gauge(reading: GaugeReading, scale: Scale, *, inks: Inks) -> Spec:
    """Return the gauge, in fixed pixels: ``theme.CSS`` scales it to its column by the beginning of its alt text."""
    data = _assessed(reading, scale, inks) if reading.level is not None else _not_assessed(reading, inks)
    height = round(max(text["y"] for text in data["texts"])) + FOOT
    # Arcs and needle stand where they stand: a text that reaches over the edge must not push the rest together.
    return filled(gauge_template(inks), data, slots={"@height": height}, height=height, autosize={"type": "none"})


def gauge_alt(reading: GaugeReading, scale: Scale) -> str:
    """Return the gauge in words."""
    if reading.level is None:
        return f"Threat gauge: no assessment. Coverage {reading.coverage:.0%} is too low to show a level."
    told = [
        f"Threat gauge: level {reading.level} of 5, {scale.word(reading.level)}.",
        f"{signed(reading.points)} points, interval {signed(reading.low)} to {signed(reading.high)}, "
        f"on a scale from {signed(scale.low, 0)} to {signed(scale.high, 0)}.",
        f"Set by {reading.problem}." if reading.problem else "",
        f"{reading.set_by[:1].upper()}{reading.set_by[1:]}." if reading.set_by else "",
        f"24 hours ago {signed(reading.day_ago)}." if reading.day_ago is not None else "",
        f"7 days ago {signed(reading.week_ago)}." if reading.week_ago is not None else "",
        f"Declared: {scale.word(reading.declared_level)}." if reading.declared_level else "",
        f"Coverage {reading.coverage:.0%}{': hatched, read with care' if reading.hatched else ''}.",
    ]
    return " ".join(part for part in told if part)


def _assessed(reading: GaugeReading, scale: Scale, inks: Inks) -> dict[str, list[Row]]:
    level = reading.level
    bands = [_band(number, low, high, scale, inks) for number, low, high in scale.bands]
    return {
        "bands": bands,
        "hatch": _hatch(bands, inks) if reading.hatched else [],
        "patches": [_patch(*band, scale, inks) for band in scale.bands] if reading.hatched else [],
        "accent": [band for band in bands if band["level"] == level],
        "interval": [_arc(reading.low, reading.high, scale)],
        "ticks": _past(reading, scale),
        "declared": _declared(reading, scale),
        "needle": [{"angle": math.degrees(needle_angle(reading.points, scale))}],
        "plate": [{"fill": inks.level(level)}],
        "texts": [
            *_band_texts(scale, reading.points, inks),
            *_past_labels(reading, scale, inks),
            *_words(reading, scale, inks),
        ],
    }


def _not_assessed(reading: GaugeReading, inks: Inks) -> dict[str, list[Row]]:
    ring = {"start": -HALF, "end": HALF, "fill": inks.unknown, "level": 0}
    told = [
        _text(CENTRE_X, CENTRE_Y - 46, UNKNOWN, inks.text, size=110, weight="bold"),
        _text(CENTRE_X, PLATE_MIDDLE, NO_ASSESSMENT, inks.text, size=32, weight="bold"),
        _text(CENTRE_X, LINES[0], f"Coverage {reading.coverage:.0%}: too little is known", inks.text, size=18),
        _text(CENTRE_X, LINES[1], "to show a level. This is not an all-clear.", inks.text, size=18),
    ]
    nothing: dict[str, list[Row]] = {name: [] for name in ONLY_ASSESSED}
    return {**nothing, "bands": [ring], "hatch": _hatch([ring], inks), "plate": [{"fill": inks.unknown}], "texts": told}


def _band(level: int, low: float, high: float, scale: Scale, inks: Inks) -> Row:
    left = GAP if low > scale.low else 0.0
    right = GAP if high < scale.high else 0.0
    arc = _arc(low, high, scale)
    return {"level": level, "start": arc["start"] + left, "end": arc["end"] - right, "fill": inks.level(level)}


def _arc(low: float, high: float, scale: Scale) -> Row:
    return {"start": needle_angle(low, scale), "end": needle_angle(high, scale)}


def _place(angle: float, radius: float) -> tuple[float, float]:
    return round(CENTRE_X + radius * math.sin(angle), 2), round(CENTRE_Y - radius * math.cos(angle), 2)


def _across(angle: float, inner: float, outer: float, lean: float = 0.0) -> Row:
    (x, y), (x2, y2) = _place(angle, inner), _place(angle + lean, outer)
    return {"x": x, "y": y, "x2": x2, "y2": y2}


def _hatch(bands: Sequence[Row], inks: Inks) -> list[Row]:
    lines = hatching(-HALF, HALF, step=HATCH_STEP, lean=HATCH_LEAN)
    return [{**_hatch_line(line), "ink": _ink_at((line["x"] + line["x2"]) / 2, bands, inks)} for line in lines]


def _ink_at(angle: float, bands: Sequence[Row], inks: Inks) -> str:
    level = next((band["level"] for band in bands if angle <= band["end"] + GAP), bands[-1]["level"])
    return inks.on_level(level) if level else inks.outline


def _patch(level: int, low: float, high: float, scale: Scale, inks: Inks) -> Row:
    """Return a plain spot upon the hatching, where the number of a band stands."""
    x, y = _place(needle_angle((low + high) / 2, scale), (INNER + OUTER) / 2)
    return {"x": x, "y": y, "fill": inks.level(level)}


def _hatch_line(line: Row) -> Row:
    inner, outer = (INNER + (OUTER - INNER) * line[end] for end in ("y", "y2"))
    return _across(line["x"], inner, outer, line["x2"] - line["x"])


def _past(reading: GaugeReading, scale: Scale) -> list[Row]:
    marks = (("24 h", reading.day_ago, [1, 0]), ("7 d", reading.week_ago, [3, 3]))
    return [
        {**_across(needle_angle(points, scale), *PAST), "title": f"{title} ago: {signed(points)}", "dash": dash}
        for title, points, dash in marks
        if points is not None
    ]


def _past_labels(reading: GaugeReading, scale: Scale, inks: Inks) -> list[Row]:
    marks = ((reading.day_ago, "24 h"), (reading.week_ago, "7 d"))
    stood = [(needle_angle(points, scale), text) for points, text in marks if points is not None]
    labels = spread(_merged(stood), APART)
    pointer = (
        [needle_angle(sum(scale.bands[reading.declared_level - 1][1:]) / 2, scale)] if reading.declared_level else []
    )
    crowded = any(abs(angle - taken) < APART for angle, _ in labels for taken in pointer)
    return [_outside(angle, text, inks, LABELS + (17 if crowded else 0)) for angle, text in labels]


def _merged(labels: list[tuple[float, str]]) -> list[tuple[float, str]]:
    if len({round(angle / GAP) for angle, _ in labels}) != 1 or abs(labels[0][0]) > MERGED:
        return labels
    return [(labels[0][0], " · ".join(text for _, text in labels))]


def spread(labels: list[tuple[float, str]], apart: float) -> list[tuple[float, str]]:
    """Return two labels moved apart, each by the same angle, so that they do not overlap; their order is kept."""
    if len(labels) < 2:
        return labels
    (left, left_text), (right, right_text) = sorted(labels, key=lambda label: label[0])
    push = max(0.0, (apart - (right - left)) / 2)
    shift = max(0.0, -HALF - (left - push)) - max(0.0, right + push - HALF)  # stay beside the half circle
    return [(left - push + shift, left_text), (right + push + shift, right_text)]


def _outside(angle: float, text: str, inks: Inks, radius: float) -> Row:
    x, y = _place(angle, radius)
    aligned = "center" if abs(angle) < 0.25 else ("left" if angle > 0 else "right")
    return _text(x, y - 5 * math.cos(angle), text, inks.text, size=17, align=aligned)


def _declared(reading: GaugeReading, scale: Scale) -> list[Row]:
    if reading.declared_level is None:
        return []
    _, low, high = scale.bands[reading.declared_level - 1]
    angle = needle_angle((low + high) / 2, scale)
    x, y = _place(angle, OUTER + 1)
    return [{"x": x, "y": y, "angle": math.degrees(angle), "title": f"Declared: {scale.word(reading.declared_level)}"}]


def _band_texts(scale: Scale, points: float, inks: Inks) -> list[Row]:
    middle = (INNER + OUTER) / 2
    numbers = [
        _text(
            *_place(needle_angle((low + high) / 2, scale), middle),
            level_mark(level),
            inks.on_level(level),
            size=20,
            weight="bold",
        )
        for level, low, high in scale.bands
    ]
    needle = needle_angle(points, scale)
    edges = [
        _text(*_place(_beside(needle_angle(edge, scale), needle), EDGES), f"{edge:+g}", inks.muted, size=15)
        for edge in scale.boundaries
    ]
    ends = [
        _text(CENTRE_X + side * middle, CENTRE_Y + 15, f"{end:+g}", inks.muted, size=15)
        for side, end in ((-1, scale.low), (1, scale.high))
    ]
    return [{**text, "text": text["text"].replace("-", "−")} for text in (*numbers, *edges, *ends)]


def _beside(angle: float, needle: float) -> float:
    """Return the angle of a number on the inner side, moved aside where the needle would cover it."""
    if abs(angle - needle) >= CLEAR:
        return angle
    return needle - CLEAR if angle < needle else needle + CLEAR


def _words(reading: GaugeReading, scale: Scale, inks: Inks) -> list[Row]:
    level = reading.level or 0
    plate = _text(
        CENTRE_X, PLATE_MIDDLE, level_label(level, scale.word(level)), inks.on_level(level), size=37, weight="bold"
    )
    told = [(reading.problem or "", 20, "bold", inks.text)]
    told += [(line, 17, "normal", inks.muted) for line in _two_lines(reading.set_by)]
    told += [(_caution(reading, scale), 17, "normal", inks.text)]
    shown = [one for one in told if one[0]]
    lines = zip(LINES, shown, strict=False)
    return [plate, *(_text(CENTRE_X, y, text, ink, size=size, weight=weight) for y, (text, size, weight, ink) in lines)]


def _two_lines(text: str) -> list[str]:
    if len(text) <= LINE_LENGTH:
        return [text]
    even = min(LINE_LENGTH, len(text) // 2 + 8)  # two lines of about the same length
    return textwrap.wrap(text, even, max_lines=2, placeholder=" …")


def _caution(reading: GaugeReading, scale: Scale) -> str:
    declared = (
        f"▽ declared {level_label(reading.declared_level, scale.word(reading.declared_level))}"
        if reading.declared_level
        else ""
    )
    covered = f"hatched: coverage only {reading.coverage:.0%}" if reading.hatched else ""
    return " · ".join(part for part in (declared, covered) if part)


def _text(x: float, y: float, text: str, ink: str, *, size: int, weight: str = "normal", align: str = "center") -> Row:
    return {"x": x, "y": y, "text": text, "ink": ink, "size": size, "weight": weight, "align": align}
