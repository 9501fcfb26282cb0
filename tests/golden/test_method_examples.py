"""METHOD §7: every row and column of its table of worked examples, to 1e-6, read by the engine and by the reference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from iw_monitor.assess.engine import assess
from iw_monitor.assess.reports import Reports
from iw_monitor.model.observation import Known, Observation
from iw_monitor.model.pack import Pack
from iw_monitor.pack.load import load_pack
from tests.builders import an_observation
from tests.reference.engine import Answer, engine_answer
from tests.reference.evidence import State
from tests.reference.method import States, conclude
from tests.reference.recommendation import read

PROBLEMS = ("hizballah_entry", "front_convergence", "israeli_preemption", "iran_direct")

# --- The table ---

TABLE: dict[str, tuple[tuple[float, int], ...]] = {
    "T0": ((-10.0, 2), (-5.0, 3), (-10.0, 2), (-13.0, 2)),
    "strategic arsenal 4": ((1.417188, 4), (3.920312, 4), (-2.0, 3), (-4.21875, 3)),
    "ground success 4, Gaza control 3": ((-5.0, 3), (-1.4, 3), (-10.85, 2), (-11.5, 2)),
    "militia 3, Houthi 3, Golan 3": ((-7.15, 2), (-0.875, 4), (-10.0, 2), (-9.85, 2)),
    "carriers 4": ((-13.25, 1), (-6.95, 2), (-10.0, 2), (-16.25, 1)),
    "carriers 4 from one B2 report 45 days old": ((-10.900441, 2), (-5.589107, 3), (-10.0, 2), (-13.900441, 1)),
    "carriers unknown": ((-8.25, 2), (-3.95, 3), (-10.0, 2), (-11.25, 2)),
    "Hizballah 4 from one C3 report 20 days old": ((-8.496552, 2), (-3.496552, 3), (-8.8455, 2), (-12.470602, 2)),
    "declared stance 1 from one B2 report": ((-9.64405, 2), (-4.64405, 3), (-10.0, 2), (-11.50958, 2)),
    "action on Iran 4, direct action 4, involvement 4": ((-3.907813, 3), (1.870312, 4), (-5.75, 3), (-3.78125, 5)),
    "every driver 0, every restraint 4": ((-17.796094, 1), (-10.985938, 2), (-14.00625, 1), (-19.565625, 1)),
    "every indicator 4": ((7.244434, 5), (11.322363, 5), (2.890625, 4), (0.815625, 5)),
    "every indicator unknown": ((-7.165625, 2), (-3.159375, 3), (-9.85, 2), (-9.4375, 2)),
}


# --- The states of its rows ---


def _t0(pack: Pack) -> dict[str, State]:
    """Return every indicator at its T0 level, fresh and certain, with the zero point of T0."""
    strength = pack.method.strength
    return {
        one.id: State(level=one.t0, quality=1.0, age_factor=1.0, zero_point=strength[one.t0 or 0])
        for one in pack.scored
    }


def _with(states: dict[str, State], levels: dict[str, int], *, quality: float = 1.0, age: float = 1.0) -> States:
    return states | {
        name: State(level=level, quality=quality, age_factor=age, zero_point=states[name].zero_point)
        for name, level in levels.items()
    }


def _unknown(states: dict[str, State], *names: str) -> States:
    return states | {
        name: State(level=None, quality=0.0, age_factor=0.0, zero_point=states[name].zero_point) for name in names
    }


def _extremes(pack: Pack, states: dict[str, State], *, driver: int) -> States:
    return _with(states, {one.id: 4 if one.family == "restraint" else driver for one in pack.scored})


def states_of(row: str, pack: Pack) -> States:
    """Return the states that a row of the table describes."""
    t0 = _t0(pack)
    rows: dict[str, States] = {
        "T0": t0,
        "strategic arsenal 4": _with(t0, {"hizballah_strategic_arsenal": 4}),
        "ground success 4, Gaza control 3": _with(t0, {"idf_ground_success": 4, "hamas_gaza_control": 3}),
        "militia 3, Houthi 3, Golan 3": _with(
            t0, {"militia_iraq_syria_activity": 3, "houthi_activity": 3, "golan_front_activity": 3}
        ),
        "carriers 4": _with(t0, {"us_carrier_presence": 4}),
        "carriers 4 from one B2 report 45 days old": _with(t0, {"us_carrier_presence": 4}, quality=0.7, age=2**-0.5),
        "carriers unknown": _unknown(t0, "us_carrier_presence"),
        "Hizballah 4 from one C3 report 20 days old": _with(
            t0, {"hizballah_activity": 4}, quality=0.5, age=2 ** (-6 / 14)
        ),
        "declared stance 1 from one B2 report": _with(t0, {"us_declared_stance": 1}, quality=0.7),
        "action on Iran 4, direct action 4, involvement 4": _with(
            t0, {"israeli_action_on_iran": 4, "iran_direct_action": 4, "iran_involvement_mode": 4}
        ),
        "every driver 0, every restraint 4": _extremes(pack, t0, driver=0),
        "every indicator 4": _extremes(pack, t0, driver=4),
        "every indicator unknown": _unknown(t0, *t0),
    }
    return rows[row]


# --- Who answers ---


def _reference(pack: Pack, states: States) -> Answer:
    return {name: (one.points, one.level) for name, one in conclude(pack, states).items()}


READERS: dict[str, Callable[[Pack, States], Answer]] = {"engine": engine_answer, "reference": _reference}


@pytest.fixture(scope="module")
def pack() -> Pack:
    root = Path(__file__).resolve().parents[2]
    return load_pack(root / "indicators" / "multi-front").pack


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("row", TABLE)
@pytest.mark.parametrize("reader", READERS)
def test_the_worked_examples_of_the_method_come_out(reader: str, row: str, problem: str, pack: Pack) -> None:
    points, level = TABLE[row][PROBLEMS.index(problem)]
    answered = READERS[reader](pack, states_of(row, pack))[problem]
    assert answered[0] == pytest.approx(points, abs=1e-6)
    assert answered[1] == level


# --- The example of §4.1 ---

NORMALS = {10: (0.350, 0.350), 20: (0.421, 0.385), 40: (0.540, 0.445)}  # days after T0: n, z


@pytest.mark.parametrize("days", NORMALS)
def test_the_normal_follows_the_example_of_the_method(days: int, pack: Pack) -> None:
    carriers = pack.indicator("us_carrier_presence")  # b = 2, h = 30 days
    reports = [_carriers(pack, after) for after in NORMALS if after <= days]
    at = reports[-1].recorded_at
    engine = assess(pack, Reports.of(pack, reports), at).indicator(carriers.id)
    reference = read(pack, reports, (), [at], known=Known.RECORDED)[0].standings[carriers.id]
    expected = pytest.approx(NORMALS[days], abs=5e-4)
    assert (engine.normal, engine.zero_point) == expected
    assert (reference.normal, reference.zero_point) == expected


def _carriers(pack: Pack, days: int) -> Observation:
    return an_observation(
        id=f"018f0000-0000-7000-8000-{days:012d}",
        pack=pack.id,
        indicator="us_carrier_presence",
        level=4,
        observed_at=pack.t0 + timedelta(days=days),
    )
