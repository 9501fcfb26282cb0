"""From assessments to what the charts are given. Only picks and orders values; no Streamlit, no service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from dashboard import texts, texts_judging
from dashboard.data import Look
from dashboard.data_history import Trail
from dashboard.rows import Reported
from iw_monitor.assess.explain import TRACK_RECORD, Difference
from iw_monitor.assess.scoring.forecasters import RECOMMENDED
from iw_monitor.assess.scoring.scorecard import Row, Scorecard
from iw_monitor.assess.sensitivity import Bar, Effect, ProblemSensitivity
from iw_monitor.model.assessment import Assessment, IndicatorAssessment, ProblemAssessment
from iw_monitor.model.instants import end_of_day
from iw_monitor.model.outcome import Outcome
from iw_monitor.model.pack import Pack
from iw_monitor.telling import formats
from iw_monitor.telling.charts import Event, Part, Report, Said, Series, Stretch, Swing, Weight
from iw_monitor.telling.sentences import TRACK_RECORD_TITLE, titles


def waterfall_parts(problem: ProblemAssessment, look: Look) -> list[Part]:
    """Return what adds up to a problem's points: contributions and interactions that count, largest first."""
    names, families = titles(look.pack), {one.id: one.title for one in look.pack.file.families}
    states = {one.id: one for one in look.at.indicators}
    bars = [
        Part(
            id=one.indicator,
            title=names[one.indicator],
            group=families[one.family],
            value=one.counted,
            note=_note(one.indicator, states),
        )
        for one in problem.contributions
        if one.counted
    ]
    bars += [
        Part(
            id=one.id,
            title=names.get(one.id, one.id),
            group=families[one.family],
            value=one.counted,
            note=texts.INTERACTION,
        )
        for one in problem.interactions
        if one.counted
    ]
    return [*_by_family(bars), *_track(problem)]


def _track(problem: ProblemAssessment) -> list[Part]:
    """Return the bar of the track record, where one is applied."""
    if problem.track is None:
        return []
    note = texts.TRACK_NOTE.format(factor=f"{problem.track.factor:.2f}")
    return [
        Part(id=TRACK_RECORD, title=TRACK_RECORD_TITLE, group=texts.EXPERIMENT, value=problem.track.points, note=note)
    ]


def _by_family(bars: Sequence[Part]) -> list[Part]:
    """Return the parts as the chart draws them: families by what they move, within them the largest first."""
    moved: dict[str, float] = {}
    for bar in bars:
        moved[bar.group] = moved.get(bar.group, 0.0) + abs(bar.value)
    return sorted(bars, key=lambda bar: (-moved[bar.group], bar.group, -abs(bar.value), bar.id))


def _note(indicator: str, states: Mapping[str, IndicatorAssessment]) -> str:
    state = states[indicator]
    return (
        texts.NOT_REPORTED
        if state.level is None
        else texts.LEVEL_NOTE.format(level=state.level, status=state.status.value)
    )


def difference_parts(difference: Difference, pack: Pack) -> list[Part]:
    """Return what changed a problem's points, largest first."""
    names, families = titles(pack), {one.id: one.title for one in pack.file.families}
    return [
        Part(
            id=one.id,
            title=names.get(one.id, one.id),
            group=families.get(one.family, texts.EXPERIMENT),
            value=one.change,
            note=f"{formats.signed(one.before)} → {formats.signed(one.after)}",
        )
        for one in difference.parts
    ]


def series(frames: Sequence[Assessment], pack: Pack) -> list[Series]:
    """Return each problem's points, interval and level over time; gaps where there was no assessment."""
    found = []
    for problem in pack.file.problems:
        rows = [(frame.as_of, frame.problem(problem.id)) for frame in frames]
        found.append(
            Series(
                title=problem.short_title,
                at=[moment for moment, _ in rows],
                points=[one.points if one.assessed else None for _, one in rows],
                low=[one.points_low if one.assessed else None for _, one in rows],
                high=[one.points_high if one.assessed else None for _, one in rows],
                levels=[one.recommended_level for _, one in rows],
            )
        )
    return found


def stretches(trail: Trail) -> list[Stretch]:
    """Return the runs of an indicator's level over time; what had become unknown has none."""
    return _runs(
        [
            (at, level if factor > 0 else None, factor < 1)
            for at, level, factor in zip(trail.at, trail.level, trail.age_factor, strict=True)
        ]
    )


def _runs(rows: Sequence[tuple[datetime, int | None, bool]]) -> list[Stretch]:
    """Return rows of (moment, level, stale) as stretches; each reaches to the beginning of the next."""
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row[1:])]
    ends = [run[0][0] for run in runs[1:]] + ([rows[-1][0]] if rows else [])
    return [
        Stretch(start=run[0][0], end=max(end, run[0][0] + timedelta(minutes=1)), level=run[0][1], stale=run[0][2])
        for run, end in zip(runs, ends, strict=True)
    ]


def weights(trail: Trail) -> list[Weight]:
    """Return what was left of an indicator's evidence over time."""
    return [Weight(at=at, share=factor) for at, factor in zip(trail.at, trail.age_factor, strict=True)]


def reports(rows: Iterable[Reported]) -> list[Report]:
    """Return reports as points of a history chart."""
    return [
        Report(
            at=one.observation.observed_at,
            level=one.observation.level,
            grade=str(one.observation.grade),
            statement=one.observation.statement,
            counted=one.scored and one.retraction is None,
        )
        for one in rows
    ]


def floor_events(frames: Sequence[Assessment], pack: Pack) -> list[Event]:
    """Return the frames at which a floor under a problem appeared."""
    names, events = titles(pack), []
    for problem in pack.file.problems:
        held: frozenset[str] = frozenset()
        for frame in frames:
            now = frozenset(one.id for one in frame.problem(problem.id).floors)
            events += [
                Event(
                    at=frame.as_of, title=f"{name}: {names.get(name, name)}", kind="tripwire", panel=problem.short_title
                )
                for name in sorted(now - held)
            ]
            held = now
    return sorted(events, key=lambda event: event.at)


def outcome_events(outcomes: Iterable[Outcome], pack: Pack) -> list[Event]:
    """Return what really happened as events: in its problem's panel, or in all if the pack does not warn of it."""
    panels = {one.id: one.short_title for one in pack.file.problems}
    return [
        Event(
            at=end_of_day(one.day),
            title=f"{one.phase}: {panels.get(one.problem, one.problem.replace('_', '-'))}",
            kind="outcome" if one.problem in panels else "event",
            panel=panels.get(one.problem),
        )
        for one in outcomes
    ]


def bins(row: Row) -> list[Said]:
    """Return a forecaster's calibration as circles."""
    return [Said(days=one.count, forecast=one.forecast, observed=one.observed) for one in row.calibration]


def recommended_strips(card: Scorecard, pack: Pack, problems: Sequence[str]) -> dict[str, list[Stretch]]:
    """Return the recommended level of each problem over the scored time; hatched where there was no assessment."""
    days = [datetime.combine(date.fromordinal(day), time(), UTC) for day in card.record.samples[0].days.tolist()]
    recommended = next(one for one in card.record.forecasters if one.id == RECOMMENDED)
    strips = {}
    for problem in problems:
        column = card.record.problems.index(problem)
        levels = recommended.level[:, column].tolist()
        usable = card.record.assessed[:, column].tolist()
        rows = [(day, level if sure else None, False) for day, level, sure in zip(days, levels, usable, strict=True)]
        strips[pack.problem(problem).short_title] = _runs(rows)
    return strips


def card_events(card: Scorecard, pack: Pack) -> list[Event]:
    """Return each event that was scored, in its problem's panel."""
    found = dict.fromkeys((one.problem, one.day) for one in card.events)
    return [
        Event(
            at=datetime.combine(day, time(), UTC),
            title=pack.problem(problem).title,
            kind="outcome",
            panel=pack.problem(problem).short_title,
        )
        for problem, day in found
    ]


def swings(hangs: ProblemSensitivity, pack: Pack) -> list[Swing]:
    """Return how far each indicator, changed alone, moves a problem both ways, the widest first."""
    names = titles(pack)
    return [_swing(names[bar.indicator], bar) for bar in hangs.bars]


def _swing(title: str, bar: Bar) -> Swing:
    low, high = (pick(bar.effects, key=lambda one: one.points) for pick in (min, max))
    down, up = (low if low.points < 0 else None), (high if high.points > 0 else None)
    return Swing(
        title=title,
        low=down.points if down else 0.0,
        low_says=_effect_says(down),
        low_crosses=down.warning_level if down and down.crosses else None,
        high=up.points if up else 0.0,
        high_says=_effect_says(up),
        high_crosses=up.warning_level if up and up.crosses else None,
    )


def _effect_says(effect: Effect | None) -> str:
    if effect is None:
        return texts_judging.HELD_STILL
    said = texts_judging.CHANGES[effect.change.value]
    return said if effect.level is None else f"{said} ({effect.level})"
