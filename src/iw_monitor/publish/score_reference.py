"""docs/reference/metrics.md: formula, range, missing values and literature of every score, from its own docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from iw_monitor.assess.scoring import bootstrap, chances, days, steps, track

HEAD = """\
# Metrics of the scorecard

Generated from the functions that compute them. How days are chosen and what each forecaster says stands on the
[scorecard's page](../scorecard.md). f is a forecast, o is 1 if it happened and else 0.
"""
_METRICS: dict[str, tuple[Callable[..., object] | type, ...]] = {
    "Probabilities": (
        chances.brier_score,
        chances.murphy,
        chances.skill_score,
        chances.log_score,
        chances.ranked_probability_score,
        chances.calibration,
    ),
    "Warnings: level 3 or above": (steps.WarningCounts, steps.lead_time, steps.median_lead),
    "Levels": (steps.changes_per_month, steps.time_shares),
    "A what-if": (track.track_record,),
    "How sure a score is": (bootstrap.resampled_weights, days.independent_windows, days.withheld),
}
_FOR_PROGRAMMERS = re.compile(r"\n+(Args|Raises|Example|Examples):\n.*", re.DOTALL)

_DOI = re.compile(r"doi:(10\.\S+?)(?=[;,]?(?:\s|$))")


def metrics_page() -> str:
    """Return the page."""
    lines = [HEAD]
    for title, several in _METRICS.items():
        lines += [f"## {title}", ""]
        for one in several:
            lines += _described(one)
    return "\n".join(lines).rstrip() + "\n"


def _described(one: Callable[..., object] | type) -> Iterator[str]:
    told = inspect.getdoc(one)
    if not told:
        raise LookupError(f"{one} does not say what it is")
    name = one.__name__
    said = _FOR_PROGRAMMERS.sub("", told).replace("``", "`")
    yield from (f"### {name}", "", _DOI.sub(_linked, said), "")


def _linked(doi: re.Match[str]) -> str:
    address = quote(doi[1], safe="/():;")
    return f"<https://doi.org/{address}>"
