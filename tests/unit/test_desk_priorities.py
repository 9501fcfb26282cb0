"""What a re-check could do is what the engine would conclude, and the queue's order follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from iw_monitor.assess.engine import Engine
from iw_monitor.assess.priorities import Priority, priorities
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import states_at
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Grade, Known, Method, Observation, Submission
from iw_monitor.model.pack import Pack
from iw_monitor.service.demo import open_demo
from iw_monitor.service.site import Site
from tests.builders import DAY, MONDAY, a_pack, an_indicator, an_observation, some_indicators

LONG_AGO = MONDAY - 200 * DAY


def ranked(pack: Pack, observations: list[Observation]) -> tuple[Priority, ...]:
    """Return the priorities on Monday; the headline is the pack's only problem."""
    instant = microseconds(MONDAY)
    engine = Engine.of(pack, Reports.of(pack, observations), Known.RECORDED, until=instant)
    compiled = engine.reading.compiled
    states = states_at(compiled, engine.history, np.array([instant]))
    return priorities(compiled, states, engine.reading.draws, instant=instant, headline=0)


def found(pack: Pack, observations: list[Observation], indicator: str) -> Priority:
    return next(one for one in ranked(pack, observations) if one.indicator == indicator)


def at_rest(indicator: str, number: int, **changes: object) -> Observation:
    return an_observation(indicator=indicator, level=0, id=f"018f0000-0000-7000-8000-{number:012}", **changes)


# Three indicators at level 0 = T0, so that nothing counts: the points are the prior, -10. All reported on Sunday.
QUIET = [at_rest("port_traffic", 1), at_rest("ferry_strikes", 2), at_rest("patrol_boats", 3)]


def test_a_fresh_board_is_ordered_by_what_a_step_would_do() -> None:
    # Links +5, -5 and +1; level 1 is worth g = .15 of them; one B2 report has q = .7:
    # 10*log10(1 + .7*(10**(.75/10) - 1)) = .5383; with -.75: -.5110; with .15: .1056.
    one, two, three = ranked(a_pack(), QUIET)
    assert [one.indicator, two.indicator, three.indicator] == ["port_traffic", "patrol_boats", "ferry_strikes"]
    assert [item.up.change if item.up else 0 for item in (one, two, three)] == pytest.approx(
        [0.5383, -0.5110, 0.1056], abs=5e-4
    )
    assert [item.narrowing for item in (one, two, three)] == [0, 0, 0]
    assert one.gain == pytest.approx(0.5383, abs=5e-4)


def test_there_is_no_step_below_the_lowest_level_or_above_the_highest() -> None:
    assert found(a_pack(), QUIET, "port_traffic").down is None
    full = [*QUIET[1:], an_observation(level=4)]
    assert found(a_pack(), full, "port_traffic").up is None


def test_an_unknown_restraint_ranks_above_a_fresh_one() -> None:
    # Held at 4 = T0, so fresh it counts nothing and unknown it stops restraining: -W*z = +5. To confirm it gives -5.
    restraint = an_indicator(
        id="patrol_boats", family="guard", kind="P", ratings={"calm": "HL", "blockade": "U"}, t0=4, title="Patrol boats"
    )
    pack = a_pack(indicators=[*some_indicators()[:2], restraint])
    fresh = [*QUIET[:2], an_observation(indicator="patrol_boats", level=4)]
    old = [*QUIET[:2], an_observation(indicator="patrol_boats", level=4, observed_at=LONG_AGO)]
    stopped, restrains = found(pack, old, "patrol_boats"), found(pack, fresh, "patrol_boats")
    assert stopped.confirmed["blockade"] == pytest.approx(-5)
    assert restrains.confirmed["blockade"] == pytest.approx(0)
    assert stopped.narrowing > 1
    assert restrains.narrowing == 0
    assert stopped.gain > restrains.gain
    assert ranked(pack, old)[0].indicator == "patrol_boats"


def test_what_was_never_reported_cannot_be_confirmed_and_is_asked_about_from_its_level_at_t0() -> None:
    never = found(a_pack(), QUIET[1:], "port_traffic")
    assert (never.is_reported, dict(never.confirmed), never.level) == (False, {}, 0)
    assert never.up is not None
    assert never.up.level == 1
    assert never.narrowing > 0


def test_a_step_says_whether_it_crosses_a_boundary_or_trips_a_wire() -> None:
    wire = {
        "id": "W1",
        "title": "No ship leaves",
        "when": {"all": ({"indicator": "port_traffic", "at_least": 4},)},
        "problem": "blockade",
        "floor": 5,
    }
    pack = a_pack(file={"tripwires": (wire,)})
    step = found(pack, [*QUIET[1:], an_observation(level=3)], "port_traffic").up
    assert step is not None
    assert (step.floors, step.level_after, step.crosses) == (("W1",), 5, True)
    calm = found(pack, QUIET, "port_traffic").up
    assert calm is not None
    assert (calm.floors, calm.level_before, calm.level_after, calm.crosses) == ((), 2, 2, False)


def test_only_what_is_scored_is_ranked() -> None:
    names = {one.indicator for one in ranked(a_pack(), QUIET)}
    assert names == {"port_traffic", "ferry_strikes", "patrol_boats"}


def test_the_order_does_not_depend_on_the_order_of_the_reports() -> None:
    assert ranked(a_pack(), QUIET) == ranked(a_pack(), QUIET[::-1])


# --- Against the engine itself, on the real history ---


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = open_demo(tmp_path_factory.mktemp("demo"))
    yield site
    site.close()


def a_report(site: Site, indicator: str, level: int) -> Submission:
    grade = Grade(reliability="B", credibility=2)
    return Submission(
        pack=site.pack.id,
        indicator=indicator,
        level=level,
        grade=grade,
        observed_at=site.now(),
        statement="Supposed.",
        author="ada",
        method=Method.EDITOR,
        source_name="A new voice",
    )


@pytest.mark.slow
def test_every_step_moves_what_a_real_report_of_it_would_move(demo: Site) -> None:
    now = demo.assess()
    older = [one for one in demo.priorities(now) if now.indicator(one.indicator).observed_at != now.as_of]
    assert len(older) > 15  # of those observed at this very instant the higher level would win the tie
    for one in older:
        for step in one.steps:
            after = demo.suppose([a_report(demo, one.indicator, step.level)]).after
            real = after.problem(step.problem).points - now.problem(step.problem).points
            assert step.change == pytest.approx(real, abs=1e-9), (one.indicator, step.level)
            assert step.level_after == after.problem(step.problem).level


def test_every_confirmation_moves_what_a_real_one_would_move(demo: Site) -> None:
    now = demo.assess()
    for one in demo.priorities(now):
        stands = demo.journal.observations(demo.pack.id, ids=now.indicator(one.indicator).observations[:1])[0]
        again = a_report(demo, one.indicator, stands.level)
        fields = {name: getattr(again, name) for name in Submission.__dataclass_fields__}
        fields |= {"grade": stands.grade, "source_name": stands.source_name, "originator": stands.originator}
        after = demo.suppose([Submission(**fields)]).after
        real = {each.id: each.points - now.problem(each.id).points for each in after.problems}
        # Evidence that falls out of reach of the newest report may take a little quality with it.
        assert dict(one.confirmed) == pytest.approx(real, abs=0.02), one.indicator


def test_every_scored_indicator_of_the_real_history_is_ranked(demo: Site) -> None:
    assert {one.indicator for one in demo.priorities(demo.assess())} == {one.id for one in demo.pack.scored}


def test_the_rank_of_a_look_falls_once_it_was_taken(tmp_path: Path) -> None:
    site = open_demo(tmp_path)
    before = {one.indicator: one for one in site.priorities(site.assess())}
    stale = max(before.values(), key=lambda one: one.narrowing)
    site.confirm(stale.indicator, author="ada", via="test")
    after = {one.indicator: one for one in site.priorities(site.assess())}
    assert after[stale.indicator].narrowing == 0 < stale.narrowing
    assert after[stale.indicator].gain < stale.gain
    site.close()
