"""How a chart costs a millisecond: Altair defines it once, its text is kept, and a rerun fills in only the data."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import altair as alt

from iw_monitor.telling.inks import FONT, Inks

Spec = dict[str, Any]
Layer = Any  # a layer of a chart: what Altair's methods return has no type, or what ``layered`` does
Row = dict[str, Any]
EACH_ITS_HEIGHT: Spec = {"scale": {"y": "independent"}}  # panels above each other, each with a scale of its own
MINUS = "−"
GREY = "#8895A0"
# The day under a tick, its hour where ticks lie closer, and the year at the first tick and in each January.
DATE = (
    "[utcFormat(datum.value, utchours(datum.value) + utcminutes(datum.value) > 0 ? '%H:%MZ'"
    " : utcdate(datum.value) == 1 ? '%b' : '%-d %b'),"
    " datum.index == 0 || utcmonth(datum.value) == 0 && utcdate(datum.value) < 8 ? utcFormat(datum.value, '%Y') : '']"
)


def rows(name: str) -> alt.NamedData:
    """Return the place in a template where the rows of this name go."""
    return alt.NamedData(name=name)


def layered(*layers: Layer, **beside: Any) -> Spec:
    """Return charts drawn one above the other; ``beside`` are further keys of Vega-Lite's layer.

    Altair's own ``layer`` copies all that it holds whenever something is laid on it: a timeline took it seconds.
    """
    return {"layer": [one if isinstance(one, dict) else _unit(one) for one in layers], **beside}


def _unit(chart: Layer) -> Spec:
    """Return the spec of one chart, checked by Altair, as it stands among others."""
    spec: Spec = chart.to_dict()
    if chart.data is alt.Undefined:
        del spec["data"]  # what Altair puts in its place would hide the rows of all the layers together
    constants = spec.pop("datasets", {})
    if (name := spec.get("data", {}).get("name")) in constants:
        spec["data"] = {"values": constants[name]}
    del spec["$schema"]  # a page never names a host, not even one that nobody calls
    del spec["config"]
    return spec


def template(chart: Spec, *, inks: Inks, padding: Mapping[str, int] | None = None) -> str:
    """Return the text of a chart's spec, with the look that all charts share."""
    spec = dict(chart)
    spec["background"] = "transparent"  # the page shows through: a fixed colour would be a box on dark
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["padding"] = {"left": 0, "right": 0, "top": 0, "bottom": 2, **(padding or {})}
    spec["config"] = _config(inks)
    return json.dumps(spec)


def filled(
    text: str,
    data: Mapping[str, Sequence[Row]],
    *,
    slots: Mapping[str, float] | None = None,
    **replaced: Any,
) -> Spec:
    """Return a fresh spec of a template with its named places filled.

    ``slots`` are numbers that stand in the template as text (``"@height"``); ``replaced`` sets top-level keys such as
    ``height``.
    """
    for slot, value in (slots or {}).items():
        text = text.replace(json.dumps(slot), json.dumps(value))
    spec: Spec = json.loads(text)
    spec["layer"] = _filled_layers(spec["layer"], data)
    return {**spec, **replaced}


def _filled_layers(layers: Iterable[Spec], data: Mapping[str, Sequence[Row]]) -> list[Spec]:
    """Return the layers that have something to show: an empty one makes Vega warn of an infinite extent.

    A named layer stays, because a selection is tied to it.
    """
    return [one for layer in layers if _has_something(one := _filled_layer(layer, data)) or "name" in one]


def _filled_layer(layer: Spec, data: Mapping[str, Sequence[Row]]) -> Spec:
    if "name" in layer.get("data", {}):
        layer["data"] = {"values": list(data[layer["data"]["name"]])}
    if "layer" in layer:
        layer["layer"] = _filled_layers(layer["layer"], data)
    return layer


def _has_something(layer: Spec) -> bool:
    return bool(layer.get("data", {"values": True})["values"]) and bool(layer.get("layer", True))


def time_axis(field: str = "x", *, shown: bool = True) -> alt.X:
    """Return the x channel of a chart over time, in UTC."""
    axis = alt.Axis(
        title=None,
        grid=False,
        ticks=True,
        tickColor=GREY,
        tickCount=alt.ExprRef("max(4, width / 100)"),
        labelExpr=DATE,
        labelFlush=True,
        labelOverlap=True,
    )
    return alt.X(f"{field}:T", axis=axis if shown else None, scale=alt.Scale(type="utc", nice=False))


def extent(*, shown: bool = True) -> Layer:
    """Return an unseen layer that stretches the axis of time over the rows ``extent``: start and end."""
    return alt.Chart(rows("extent")).mark_rule(opacity=0, aria=False).encode(x=time_axis(shown=shown))


def extent_rows(start: float, end: float) -> list[Row]:
    """Return the rows of ``extent``."""
    return [{"x": start}, {"x": end}]


@lru_cache(maxsize=8192)
def milliseconds(instant: datetime) -> int:
    """Return the instant as Vega reads it: whole milliseconds since 1970.

    Raises:
        ValueError: the instant has no zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return round(instant.timestamp() * 1000)


@lru_cache(maxsize=8192)
def utc(instant: datetime) -> str:
    """Return the instant as readers of a chart see it, for example ``31 Mar 2024 18:00Z``."""
    return instant.astimezone(UTC).strftime("%d %b %Y %H:%MZ").lstrip("0")


def signed(value: float, digits: int = 1) -> str:
    """Return a number with its sign, ``+2.1``, ``−3.0`` or ``0.0``; never a signed zero."""
    rounded = round(value, digits)
    text = f"{abs(rounded):.{digits}f}"
    return text if rounded == 0 else f"{'+' if rounded > 0 else MINUS}{text}"


def hatching(start: float, end: float, *, step: float, lean: float) -> list[Row]:
    """Return slanted lines that fill the span from ``start`` to ``end``.

    ``x``..``x2`` runs along the span, ``y``..``y2`` from 0 to 1 across it. ``lean`` is how far a whole line moves along
    the span while it crosses it. Lines are cut where the span ends.
    """
    first = math.ceil((start - lean) / step)
    last = math.floor(end / step)
    feet = (number * step for number in range(first, last + 1))
    return [line for foot in feet if (line := _cut(foot, start, end, lean))]


def _cut(foot: float, start: float, end: float, lean: float) -> Row | None:
    left, right = max(foot, start), min(foot + lean, end)
    if right <= left:
        return None
    return {"x": left, "x2": right, "y": (left - foot) / lean, "y2": (right - foot) / lean}


def _config(inks: Inks) -> Spec:
    axis = {
        "domain": False,
        "ticks": False,
        "gridColor": inks.grid,
        "labelColor": inks.muted,
        "labelFontSize": 12,
        "labelPadding": 6,
        "titleColor": inks.muted,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    text = {"color": inks.text, "fontSize": 13}
    return {"font": FONT, "view": {"stroke": None}, "axis": axis, "text": text, "customFormatTypes": False}
