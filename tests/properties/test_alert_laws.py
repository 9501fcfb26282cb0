"""The laws of alerting over any history: replay equals live, pictures equal assessments, silence resolves nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iw_monitor.assess.alerting.pictures import picture_of, pictures
from iw_monitor.assess.alerting.replaying import Noticed, history, notice, scenes
from iw_monitor.assess.alerting.states import advance
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.recommend import canonical_instants
from iw_monitor.assess.reports import Reports
from iw_monitor.model.alert import Alert, AlertState, Facts, Holds, Reason, Standing
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.pack.alerts import AlertsFile, ChangeRule, StaleRule, TripwireRule
from tests.alerts import a_file, a_rule, a_sighting
from tests.builders import MONDAY
from tests.properties.journals import START, DrawnJournal, journals, moments
from tests.reference.theatre import theatre

THEATRE = theatre()
DAYS = timedelta(days=3)
WAITS = st.sampled_from((timedelta(0), timedelta(hours=1), timedelta(hours=7)))


def _reports(journal: DrawnJournal, by: datetime | None = None) -> Reports:
    kept = [one for one in journal.observations if by is None or one.recorded_at <= by]
    gone = [one for one in journal.retractions if by is None or one.recorded_at <= by]
    return Reports.of(THEATRE, kept, gone)


def _engine(journal: DrawnJournal, known: Known, until: datetime, by: datetime | None = None) -> Engine:
    return Engine.of(THEATRE, _reports(journal, by), known, until=microseconds(until))


@st.composite
def files(draw: st.DrawFn) -> AlertsFile:
    """Draw some rules with some times."""
    plain = a_rule().model_dump() | {"hold": draw(WAITS), "keep": draw(WAITS)}
    rest = {name: value for name, value in plain.items() if name not in ("kind", "at_least", "problems", "id")}
    return a_file(
        a_rule(at_least=draw(st.integers(2, 5)), hold=plain["hold"], keep=plain["keep"]),
        ChangeRule(id="jump", kind="change", points=draw(st.floats(0.1, 6)), within=timedelta(hours=12), **rest),
        StaleRule(id="stale", kind="stale", status="due", **rest),
        TripwireRule(id="tripwire", kind="tripwire", **rest),
    )


@settings(max_examples=8)
@given(journals(THEATRE), moments(count=4), st.sampled_from(Known))
def test_a_picture_is_that_of_the_assessment(journal: DrawnJournal, instants: list[datetime], known: Known) -> None:
    engine = _engine(journal, known, max(instants))
    when = np.array([microseconds(one) for one in instants], dtype=np.int64)
    assert pictures(engine, when) == tuple(picture_of(one) for one in engine.assessments(when))


@pytest.mark.slow
@settings(max_examples=6)
@given(journals(THEATRE), files())
def test_a_replay_notices_what_was_noticed_live(journal: DrawnJournal, file: AlertsFile) -> None:
    end = START + DAYS
    replayed = list(history(THEATRE, file, _engine(journal, Known.RECORDED, end), microseconds(end)))
    assert [one for done in _live(journal, file, end) for one in done.transitions] == [
        one for done in replayed for one in done.transitions
    ]


def _live(journal: DrawnJournal, file: AlertsFile, end: datetime) -> list[Noticed]:
    """Evaluate at each canonical instant by an engine that knows nothing later."""
    standing, done = Standing(), []
    whole = _engine(journal, Known.RECORDED, end)
    for instant in canonical_instants(whole.history, microseconds(end)):
        now = from_microseconds(int(instant))
        engine = _engine(journal, Known.RECORDED, now, by=now)
        [scene] = scenes(engine, file, np.array([instant], dtype=np.int64))
        done.append(notice(THEATRE, file, standing, scene, Facts()))
        standing = done[-1].standing
    return done


@settings(max_examples=2)
@given(journals(THEATRE), files())
def test_an_instant_that_was_evaluated_changes_nothing_when_it_is_evaluated_again(
    journal: DrawnJournal, file: AlertsFile
) -> None:
    end = START + DAYS
    engine = _engine(journal, Known.RECORDED, end)
    *_, last = history(THEATRE, file, engine, microseconds(end), also=[end])
    [scene] = scenes(engine, file, np.array([microseconds(end)], dtype=np.int64))
    again = notice(THEATRE, file, last.standing, scene, Facts())
    assert (again.standing, again.transitions, again.levels) == (last.standing, (), ())


@given(st.lists(st.sampled_from(Holds), max_size=40), WAITS, WAITS)
def test_only_what_is_seen_resolves_an_alert(seen: list[Holds], hold: timedelta, keep: timedelta) -> None:
    """Whatever was seen: nothing ends at an instant at which the condition was not seen to be away."""
    rule = a_rule(hold=hold, keep=keep)
    alerts: tuple[Alert, ...] = ()
    for step, holds in enumerate(seen):
        alerts, noticed = advance(alerts, [a_sighting(holds)], {rule.id: rule}, MONDAY + step * timedelta(hours=1))
        ended = [one for one in noticed if one.after is AlertState.RESOLVED]
        assert not ended or holds is Holds.NO
        assert {one.reason for one in ended} <= {Reason.LAPSED, Reason.ENDED, Reason.RECOVERED}
