"""The score history: fifty indicators, hourly over five years, beside one pass over the bytes, polars and DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from bench.measure import Spread, figure, seconds_of, side_by_side
from bench.others import Answer, duckdb_way, polars_way
from bench.replay import replayed
from bench.scale import Scale
from bench.table import Row, Section, Target, growth
from bench.world import grown_pack, hours, some_reports
from iw_monitor.assess.compiled import Compiled, Floats, Integers, compile_pack
from iw_monitor.assess.epochs import History, history_of
from iw_monitor.assess.normal import Held, moving_normal
from iw_monitor.assess.outline import outline_of
from iw_monitor.assess.states import States, in_chunks, states_at
from iw_monitor.model.instants import duration_microseconds
from iw_monitor.model.observation import Known

ABOUT = (
    "Fifty indicators (the shipped pack's, repeated), four problems, every full hour of five years (43,824 instants). "
    "*States and ages* is the engine's own step from what is known to level, quality, normal, zero point and age of "
    "every indicator at every instant. *One pass* reads every byte of the columns that the step looks into, once, and "
    "takes one power of two for each indicator and instant. polars `join_asof` and DuckDB `ASOF` find level and age "
    "alone, on the same sorted arrays in their own memory; their answers are checked to be equal. "
    "*The whole replay* is that step and everything after it: contributions, families, interactions, caps, points, "
    "`L_hold`, tripwires, latched floors, coverage and the recommendation, of reports that were recorded on the hour."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One number of observations, made ready for measuring."""

    count: int
    compiled: Compiled
    history: History
    instants: Integers


def measure(scale: Scale) -> Section:
    """Return the rows for every number of observations, and how cost grows."""
    rows = [row for count in scale.observations for row in _rows(_case(count, scale), scale)]
    return Section(
        title="Score history", about=ABOUT, rows=tuple(rows), notes=(_by_observations(scale), _by_instants(scale))
    )


def _case(count: int, scale: Scale, *, on_the_hour: bool = False) -> _Case:
    pack = grown_pack()
    compiled = compile_pack(pack)
    reports = some_reports(pack, count, within=scale.instants[-1], on_the_hour=on_the_hour)
    history = history_of(compiled, reports, Known.RECORDED)
    return _Case(count=count, compiled=compiled, history=history, instants=hours(scale.instants[-1]))


def _rows(case: _Case, scale: Scale) -> Iterator[Row]:
    taken = side_by_side(_ways(case), rounds=scale.rounds)
    ours, name = taken["ours"], f"{case.count:,} observations"

    def beside(what: str, upper: str, lower: str, target: Target | None, why: str = "") -> Row:
        said = f"{taken[upper].said()} / {taken[lower].said()}"
        return Row(
            what=f"{name}: {what}", measured=said, figure=taken[upper].over(taken[lower]), target=target, why=why
        )

    ahead, states = Target(limit=4, at_least=True), _why_states(case, taken)
    yield beside("states and ages / one pass over the bytes", "ours", "floor", Target(limit=5), states)
    yield beside("polars `join_asof` / states and ages", "polars", "ours", ahead, states)
    yield beside("DuckDB `ASOF` / states and ages", "duckdb", "ours", ahead, states)
    yield beside(
        "the moving normal of every report / states and ages", "normal", "ours", Target(limit=1), _why(case, taken)
    )
    hourly = _case(case.count, scale, on_the_hour=True)
    replay = replayed(hourly.compiled, hourly.history, hourly.instants, rounds=scale.rounds)
    yield Row(
        what=f"{name}: the whole replay / states and ages",
        measured=f"{replay.whole.said()} / {ours.said()}",
        figure=replay.whole.over(ours),
        target=Target(limit=4),
        why=replay.why,
    )


def _ways(case: _Case) -> dict[str, Callable[[], object]]:
    others = {
        "polars": polars_way(case.compiled, case.history, case.instants),
        "duckdb": duckdb_way(case.compiled, case.history, case.instants),
    }
    for name, way in others.items():
        _hold_equal(name, states_at(case.compiled, case.history, case.instants), way())
    return {
        "ours": partial(_walk, case),
        "floor": partial(
            one_pass, case.history, np.random.default_rng(1).random((len(case.instants), len(case.history.epochs)))
        ),
        "normal": partial(_normals, case.compiled, case.history),
        **others,
    }


def _why_states(case: _Case, taken: Mapping[str, Spread]) -> str:
    """Return in words what a state costs, here and elsewhere."""
    states = len(case.instants) * len(case.history.epochs)
    each = {name: figure(one.median / states * 1e9, "ns") for name, one in taken.items()}
    return (
        f"A state takes {each['ours']} (which report is in force, four columns of it, its age and zero point), its "
        f"share of the one pass {each['floor']}; polars, which finds level and age alone, {each['polars']}."
    )


def _why(case: _Case, taken: Mapping[str, Spread]) -> str:
    """Return in words why the normals of all reports take so much longer than the states of all hours."""
    reports, states = sum(len(one.start) for one in case.history.epochs), len(case.instants) * len(case.history.epochs)
    normal, ours = taken["normal"].median / reports * 1e9, taken["ours"].median / states * 1e9
    return (
        f"{reports:,} reports are followed, a power each, at {figure(normal, 'ns')} a report, and {states:,} states "
        f"are looked up, at {figure(ours, 'ns')} a state: {figure(reports / states, '×')} as many."
    )


def one_pass(history: History, ages: Floats) -> float:
    """Read every byte of what is known once, and take one power of two for each age: the least that can be done."""
    read = sum(
        int(np.add.reduce(column.view(np.uint8) if column.itemsize == 1 else column.view(np.uint64)))
        for one in history.epochs
        for column in (one.start, one.level, one.observed, one.quality, one.normal)
    )
    return read + float(np.exp2(-ages)[-1, -1])


def _normals(compiled: Compiled, history: History) -> list[Floats]:
    """Follow the normal over every report of every indicator."""
    return [
        moving_normal(
            Held(float(compiled.base[place]), float(compiled.base[place]), compiled.t0),
            observed=one.observed,
            level=one.level,
            strength=compiled.strength,
            t0=compiled.t0,
            longest=int(compiled.half_life[place]),
            half_life=duration_microseconds(compiled.pack.method.normal.half_life),
        )
        for place, one in enumerate(history.epochs)
    ]


def _walk(case: _Case) -> None:
    """Look at every state, as the chain does: chunk by chunk, keeping none."""
    for some in in_chunks(case.instants):
        states_at(case.compiled, case.history, some)


def _hold_equal(name: str, ours: States, theirs: Answer) -> None:
    """Refuse to compare what does not do the same work.

    Raises:
        AssertionError: the two differ.
    """
    if not (np.array_equal(ours.level, theirs.level) and np.allclose(ours.age_factor, theirs.age_factor, rtol=1e-12)):
        raise AssertionError(f"{name} answers otherwise")


# --- How cost grows ---


def _by_observations(scale: Scale) -> str:
    pack = grown_pack()
    compiled = compile_pack(pack)

    def way(count: int) -> Callable[[], object]:
        reports = some_reports(pack, count)
        return partial(history_of, compiled, reports, Known.RECORDED)

    cost = {count: seconds_of(way(count)) for count in scale.decades}
    return growth("observations", "from reports to what is known: order, quality, normal", cost)


def _by_instants(scale: Scale) -> str:
    case = _case(scale.decades[-2], scale, on_the_hour=True)
    cost = {count: seconds_of(partial(_replay_last, case, count)) for count in scale.instants}
    return growth("instants", "states, ages and points of so many hours", cost)


def _replay_last(case: _Case, count: int) -> None:
    outline_of(case.compiled, states_at(case.compiled, case.history, hours(count)), hours(count))
