"""Running a worked case through the engine: the same reports, rules and instants as a journal's, nothing of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from iw_monitor.assess.alerting.replaying import history
from iw_monitor.assess.alerting.states import active
from iw_monitor.assess.engine import Engine, replay
from iw_monitor.assess.reports import Reports
from iw_monitor.model.alert import Alert
from iw_monitor.model.assessment import Assessment, ProblemAssessment
from iw_monitor.model.case import NO_ASSESSMENT, Case, CaseReport, Expectation
from iw_monitor.model.closing import Closing, past_window
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Basis, Grade, Known, Method, Observation, Retraction
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.alerts import AlertsFile

POINTS_AGREE = 0.05  # what one decimal shows; 1e-9 more for binary fractions
MOST_REASONS = 3
ORIGINATOR = "case"  # of every report that names none: all of them are one voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that a case expects and that was not concluded."""

    expectation: int  # place in the case's list, from 0
    at: datetime
    what: str  # a problem, "level", "floors", or "points of <problem>"
    expected: str
    got: str
    why: str  # what the conclusion rests on, in one line


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What came of one case; it holds if nothing differs."""

    name: str
    title: str
    checked: int  # how many things were expected
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return not self.differences


def run_case(pack: Pack, name: str, case: Case, alerts: AlertsFile | None = None) -> CaseResult:
    """Return what the engine concludes of a case, compared with what is expected.

    Every report is made and recorded at its step. Points agree within 0.05, everything else exactly. ``alerts`` are the
    pack's rules, evaluated at every canonical instant as though a worker had run; rules about operation see nothing.
    """
    observations = tuple(observations_of(pack, case))
    reports = Reports.of(pack, observations, retractions_of(case, observations), closings_of(pack, case))
    instants = [case.start + one.after for one in case.expect]
    fired = _fired(pack, reports, case, alerts)
    checked, found = 0, []
    for place, assessment in enumerate(replay(pack, reports, instants)):
        expectation = case.expect[place]
        compared = (*_compared(expectation, assessment), *_alerted(expectation, fired.get(assessment.as_of, ())))
        for what, expected, got, agrees, about in compared:
            checked += 1
            if not agrees:
                why = _why(assessment, about)
                at = assessment.as_of
                found.append(Difference(expectation=place, at=at, what=what, expected=expected, got=got, why=why))
    return CaseResult(name=name, title=case.title, checked=checked, differences=tuple(found))


def observations_of(pack: Pack, case: Case) -> Iterator[Observation]:
    """Yield the reports of a case; with ``t0`` those of every scored indicator that has none at the start."""
    if case.t0:
        for one in pack.scored:
            if one.t0 is not None and not (case.observations.get(one.id) or ((),))[0]:
                yield _observation(pack, case, one.id, CaseReport(level=one.t0), at=case.start, place=0)
    for indicator, steps in case.observations.items():
        for number, step in enumerate(steps):
            for place, report in enumerate(step):
                yield _observation(pack, case, indicator, report, at=case.start + number * case.every, place=place)


def retractions_of(case: Case, observations: tuple[Observation, ...]) -> Iterator[Retraction]:
    """Yield a retraction of every report that the case withdraws."""
    for number, one in enumerate(case.retractions):
        for report in observations:
            if report.indicator == one.indicator and report.observed_at == case.start + one.reported:
                yield Retraction(
                    id=f"retraction-{number}-{report.id}",
                    observation=report.id,
                    reason="withdrawn by the case",
                    author=ORIGINATOR,
                    recorded_at=case.start + one.after,
                )


def closings_of(pack: Pack, case: Case) -> Iterator[Closing]:
    """Yield what the case says of past windows of the pack; they move a gauge where the pack applies a track record.

    Raises:
        ValueError: a window is not past by then.
    """
    for number, one in enumerate(case.closings):
        at = case.start + one.after
        window = past_window(pack, one.problem, one.window, today=at.date())
        if window is None:
            raise ValueError(f"{one.window} lies in no window of {one.problem} that is past at {at}")
        yield Closing(
            pack=pack.id,
            window=window,
            onset=one.onset,
            until=one.until or one.onset,
            reason="closed by the case",
            basis=Basis.SEEN,
            author=ORIGINATOR,
            id=f"closing-{number}",
            recorded_at=at,
        )


def _observation(
    pack: Pack, case: Case, indicator: str, report: CaseReport, *, at: datetime, place: int
) -> Observation:
    grade = report.grade or case.grade
    return Observation(
        pack=pack.id,
        indicator=indicator,
        level=report.level,
        grade=Grade(reliability=grade[0], credibility=int(grade[1])),
        observed_at=at,
        recorded_at=at,
        statement=case.title,
        author=ORIGINATOR,
        method=Method.IMPORT,
        originator=report.originator or ORIGINATOR,
        id=f"{indicator}-{at:%Y%m%dT%H%M%S}-{place}",
    )


_Compared = tuple[str, str, str, bool, ProblemAssessment | None]


def _compared(expected: Expectation, got: Assessment) -> Iterator[_Compared]:
    """Yield what was expected and what was concluded, one thing at a time, and the problem it is about."""
    for problem, level in expected.problems.items():
        one = got.problem(problem)
        yield problem, str(level), _shown(one.recommended_level), level == _plain(one.recommended_level), one
    if expected.level is not None:
        reached = got.headline.level
        yield "level", str(expected.level), _shown(reached), expected.level == _plain(reached), _worst(got)
    if expected.floors is not None:
        wanted, held = sorted(set(expected.floors)), sorted({floor.id for one in got.problems for floor in one.floors})
        yield "floors", _listed(wanted), _listed(held), wanted == held, None
    for problem, points in expected.points.items():
        one = got.problem(problem)
        agrees = abs(one.points - points) <= POINTS_AGREE + 1e-9
        yield f"points of {problem}", f"{points:+g}", f"{one.points:+.3f}", agrees, one


def _fired(pack: Pack, reports: Reports, case: Case, alerts: AlertsFile | None) -> Mapping[datetime, tuple[Alert, ...]]:
    """Return the alerts that fire at each instant of which the case expects some, or none."""
    wanted = [case.start + one.after for one in case.expect if one.alerts is not None]
    if not wanted or alerts is None:
        return {}
    until = microseconds(max(wanted))
    engine = Engine.of(pack, reports, Known.RECORDED, until=until)
    asked = frozenset(wanted)
    noticed = history(pack, alerts, engine, until, also=wanted)
    return {one.at: tuple(active(one.standing.alerts)) for one in noticed if one.at in asked}


def _alerted(expected: Expectation, fired: Iterable[Alert]) -> Iterator[_Compared]:
    if expected.alerts is None:
        return
    wanted, got = sorted(set(expected.alerts)), sorted({one.rule for one in fired})
    said = [f"{one.rule} ({one.subject}: {one.says})" for one in fired]
    yield "alerts", _listed(wanted), _listed(said), wanted == got, None


def _plain(level: int | None) -> int | str:
    return NO_ASSESSMENT if level is None else level


def _shown(level: int | None) -> str:
    return str(_plain(level))


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _worst(got: Assessment) -> ProblemAssessment | None:
    return None if got.headline.problem is None else got.problem(got.headline.problem)


def _why(got: Assessment, about: ProblemAssessment | None) -> str:
    """Say what a conclusion rests on: points and what moves them most, floors, coverage, and since when it stands."""
    if about is None:
        return f"{got.coverage:.0%} of the evidence is current"
    pieces = [(one.counted, one.indicator) for one in about.contributions]
    pieces += [(one.counted, one.id) for one in about.interactions]
    pieces = sorted((one for one in pieces if abs(one[0]) >= POINTS_AGREE), key=lambda one: (-abs(one[0]), one[1]))
    said = [f"prior {about.prior:+g}", *(f"{name} {points:+.2f}" for points, name in pieces[:MOST_REASONS])]
    if len(pieces) > MOST_REASONS:
        said.append(f"{len(pieces) - MOST_REASONS} more")
    words = [f"points {about.points:+.2f} ({', '.join(said)})"]
    if about.floors:
        words.append(f"floors {', '.join(sorted({floor.id for floor in about.floors}))}")
    words.append(f"coverage {about.coverage:.0%}")
    if about.level is not None and about.level != about.recommended_level:
        words.append(f"this instant alone says {about.level}")
    if about.recommended_since is not None:
        words.append(f"recommended since {about.recommended_since:%Y-%m-%d %H:%MZ}")
    return "; ".join(words)
