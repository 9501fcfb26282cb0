"""One assessment, beside the plain-Python reading of METHOD."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from bench import plain
from bench.measure import side_by_side
from bench.scale import Scale
from bench.table import Row, Section, Target
from iw_monitor.assess.compiled import Compiled
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.interval import Draws
from iw_monitor.assess.reports import Reports
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Known
from tests.reference.history import history, multi_front
from tests.reference.method import Conclusion

AT = microseconds(from_microseconds(0).replace(year=2023, month=12, day=20, hour=11))  # in the midst of the history
CLOSE = 1e-9


def measure(scale: Scale) -> Section:
    """Return how long one assessment takes, with its 1,000 draws, on the shipped pack and its real history."""
    pack = multi_front()
    observations = history(pack)
    engine = Engine.of(pack, Reports.of(pack, observations), Known.RECORDED, until=AT)
    instant, when = np.array([AT], dtype=np.int64), from_microseconds(AT)
    draws = _as_plain(engine.reading.compiled, engine.reading.draws)

    def ours() -> Assessment:
        return next(engine.assessments(instant))

    def plainly() -> Mapping[str, tuple[Conclusion, plain.Interval]]:
        return plain.assess(pack, plain.states_of(pack, observations, when), draws)

    _hold_equal(ours(), plainly())
    once = side_by_side({"ours": ours}, rounds=20 * scale.rounds)["ours"]
    both = side_by_side({"ours": ours, "plain": plainly}, rounds=scale.rounds)
    return Section(
        title="One assessment",
        about=(
            "The shipped pack on its real history, at one instant, with account, floors, recommendation and 1,000 "
            "draws of the interval. Plain Python is the reading of METHOD that the tests hold the engine to, with the "
            "same draws; it leaves the recommendation out. Both give the same numbers, which is checked first."
        ),
        rows=(
            Row(
                what="One assessment",
                measured="ours alone",
                figure=once,
                unit="s",
                target=Target(limit=0.020, unit="s"),
                why="The lowest is what it takes when nothing else wants the processor's caches.",
            ),
            Row(
                what="Plain Python beside ours",
                measured=f"plain {both['plain'].said()} / ours {both['ours'].said()}",
                figure=both["plain"].over(both["ours"]),
                target=Target(limit=50, at_least=True),
            ),
        ),
    )


def _as_plain(compiled: Compiled, draws: Draws) -> plain.Draws:
    """Return the engine's draws as plain lists and dictionaries."""
    names = [one.id for one in compiled.indicators]
    return {
        problem: (
            [dict(zip(names, one, strict=True)) for one in draws.weight[place].T.tolist()],
            draws.prior[:, place].tolist(),
        )
        for place, problem in enumerate(compiled.problems)
    }


def _hold_equal(ours: Assessment, plainly: Mapping[str, tuple[Conclusion, plain.Interval]]) -> None:
    """Refuse to compare what does not do the same work.

    Raises:
        AssertionError: the two differ.
    """
    for name, (concluded, (low, high, stability)) in plainly.items():
        one = ours.problem(name)
        pairs = (
            (one.points, concluded.points),
            (one.points_low, low),
            (one.points_high, high),
            (one.stability, stability),
        )
        differing = [pair for pair in pairs if not math.isclose(*pair, rel_tol=CLOSE, abs_tol=CLOSE)]
        if differing:
            raise AssertionError(f"{name}: ours and plain differ: {differing}")
