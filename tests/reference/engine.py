"""The engine asked about states that no journal can reach (q = a = 1), in the terms of the slow reading."""

from __future__ import annotations

import numpy as np

from iw_monitor.assess.compiled import UNREPORTED, Compiled, compile_pack
from iw_monitor.assess.floors import floor_levels, floor_names, holding_now
from iw_monitor.assess.points import conclude
from iw_monitor.assess.states import States as Columns
from iw_monitor.assess.sums import hold_points
from iw_monitor.model.pack import Pack
from tests.reference.method import States

Answer = dict[str, tuple[float, int]]  # problem -> points, level of the instant


def engine_answer(pack: Pack, states: States) -> Answer:
    """Return the engine's points and level of every problem; boundaries, tripwires and counts, no memory."""
    compiled = compile_pack(pack)
    columns = _columns(compiled, states)
    points = conclude(compiled, columns).points[0]
    held = floor_levels(floor_names(compiled), holding_now(compiled, columns), len(compiled.problems))[0]
    levels_now = np.maximum(compiled.level_of(points), held)
    return {name: (float(points[at]), int(levels_now[at])) for at, name in enumerate(compiled.problems)}


def engine_hold(pack: Pack, states: States) -> dict[str, float]:
    """Return the engine's L_hold of every problem."""
    compiled = compile_pack(pack)
    held = hold_points(compiled, _columns(compiled, states))[0]
    return {name: float(held[at]) for at, name in enumerate(compiled.problems)}


def _columns(compiled: Compiled, states: States) -> Columns:
    asked = [states.get(one.id) for one in compiled.indicators]
    levels = [UNREPORTED if one is None or one.level is None else one.level for one in asked]
    return Columns(
        level=np.array([levels], dtype=np.int8),
        observed=np.zeros((1, len(asked)), dtype=np.int64),
        quality=np.array([[0.0 if one is None else one.quality for one in asked]]),
        age_factor=np.array([[0.0 if one is None else one.age_factor for one in asked]]),
        zero_point=np.array([[0.0 if one is None else one.zero_point for one in asked]]),
        normal=np.array([[0.0 if one is None else one.zero_point for one in asked]]),
    )
