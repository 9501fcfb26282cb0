"""The pieces of every problem's points as CSV, with the numbers from which each can be computed again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, TextIO

from iw_monitor.model.assessment import Assessment, Contribution, Freshness, IndicatorAssessment, ProblemAssessment
from iw_monitor.model.pack import Pack
from iw_monitor.publish.times import iso

COLUMNS = (
    "at",
    "problem",
    "kind",  # prior, indicator, interaction, track_record, or points: the sum, clipped
    "id",
    "family",
    "cap",  # of the family, on its rising side; empty: none
    "link",  # W, the points of level 4
    "strength",  # g of the level
    "zero_point",
    "quality",
    "age_factor",
    "lost",  # 1: unknown, or a restraint that an interaction screens
    "raw",
    "softened",
    "counted",
)


def write_pieces(target: TextIO, pack: Pack, assessment: Assessment) -> int:
    """Write a row for each prior, indicator, interaction and sum, and return how many. Open with ``newline=""``."""
    rows = [row for one in assessment.problems for row in _Account(pack, assessment, one).rows()]
    writer = csv.DictWriter(target, fieldnames=COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({"at": iso(assessment.as_of)} | row for row in rows)
    return len(rows)


class _Account:
    """One problem's pieces, in the order in which they are added."""

    def __init__(self, pack: Pack, assessment: Assessment, problem: ProblemAssessment) -> None:
        self._pack, self._problem = pack, problem
        self._states = {one.id: one for one in assessment.indicators}
        self._caps = {one.id: one.cap for one in pack.file.families}
        rules = (one for one in pack.file.interactions if one.kind == "screens")
        self._screened = {one.family for one in rules if one.id in problem.screened}

    def rows(self) -> Iterator[dict[str, Any]]:
        problem = self._problem
        yield self._row("prior", problem.id, counted=problem.prior)
        for one in problem.contributions:
            yield self._row("indicator", one.indicator, **self._family(one.family), **self._link(one))
        for effect in problem.interactions:
            told = {"raw": effect.raw, "softened": effect.raw, "counted": effect.counted}
            yield self._row("interaction", effect.id, **self._family(effect.family), **told)
        if problem.track is not None:
            yield self._row("track_record", problem.id, counted=problem.track.points)
        yield self._row("points", problem.id, counted=problem.points)

    def _row(self, kind: str, name: str, **cells: Any) -> dict[str, Any]:
        return {"problem": self._problem.id, "kind": kind, "id": name} | cells

    def _family(self, name: str) -> dict[str, Any]:
        return {"family": name, "cap": self._caps[name]}

    def _link(self, one: Contribution) -> dict[str, Any]:
        state = self._states[one.indicator]
        points = self._pack.link_points(self._pack.indicator(one.indicator), self._problem.id)
        return {
            "link": points,
            "strength": self._strength(state),
            "zero_point": state.zero_point,
            "quality": state.quality,
            "age_factor": state.age_factor,
            "lost": int(state.status is Freshness.UNKNOWN or (points < 0 and one.family in self._screened)),
            "raw": one.raw,
            "softened": one.softened,
            "counted": one.counted,
        }

    def _strength(self, state: IndicatorAssessment) -> float:
        return self._pack.method.strength[state.level or 0]
