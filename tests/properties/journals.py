"""Journals drawn at random: in order and late, retracted, tied, from one originator or many, of every grade."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from iw_monitor.assess.engine import assess
from iw_monitor.assess.reports import Reports
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import Grade, Known, Method, Observation, Retraction, published_known_at
from iw_monitor.model.pack import Pack
from tests.builders import a_retraction, an_observation
from tests.reference.theatre import T0

START = T0 - timedelta(days=2)
SPAN = timedelta(days=9)  # in which things are observed
END = START + timedelta(days=15)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

# Names that are one (trimmed, case-folded, NFKC) and names that are not; none stated means the source.
ORIGINATORS = ("Ada Press", " ada press", "\uff21da Press", "Bo News", "Cy Wire", "")
SCORED = [Grade(reliability=one[0], credibility=int(one[1])) for one in ("A1", "B2", "B1", "C2", "C3", "D2", "F3")]
UNSCORED = [Grade(reliability=one[0], credibility=int(one[1])) for one in ("E1", "A4", "B5", "F6", "E6", "D4")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnJournal:
    """What somebody recorded, in order of arrival."""

    observations: tuple[Observation, ...]
    retractions: tuple[Retraction, ...]


def number(place: int) -> str:
    return f"018f0000-0000-7000-8000-{place:012x}"


# Whole hours and odd minutes, so that ties and exact boundaries are drawn as well.
offsets = st.one_of(
    st.integers(0, SPAN // timedelta(hours=6)).map(lambda one: one * timedelta(hours=6)),
    st.integers(0, SPAN // MINUTE).map(lambda one: one * MINUTE),
)
lags = st.one_of(
    st.just(timedelta(0)),
    st.integers(0, 24 * 60).map(lambda one: one * MINUTE),
    st.integers(0, 4).map(lambda one: timedelta(days=one)),
)
grades = st.one_of(st.sampled_from(SCORED[:4]), st.sampled_from(SCORED), st.sampled_from(UNSCORED))
levels = st.one_of(st.integers(0, 4), st.sampled_from((0, 3, 4, 4)))


@st.composite
def observations(draw: st.DrawFn, pack: Pack, place: int) -> Observation:
    observed_at = START + draw(offsets)
    published = draw(st.none() | lags)
    return an_observation(
        id=number(place),
        pack=pack.id,
        indicator=draw(st.sampled_from([one.id for one in pack.scored])),
        level=draw(levels),
        grade=draw(grades),
        observed_at=observed_at,
        published_at=None if published is None else observed_at + published,
        recorded_at=observed_at + draw(lags),
        originator=draw(st.sampled_from(ORIGINATORS)),
        source_name=draw(st.sampled_from(("Bo News", "Dee Daily"))),
    )


@st.composite
def confirmations(draw: st.DrawFn, before: Observation, place: int) -> Observation:
    """Draw a "reviewed, no change": level, grade and originator of what it confirms, later."""
    later = before.recorded_at + draw(lags)
    return replace(
        before, id=number(place), method=Method.CONFIRM, observed_at=later, published_at=None, recorded_at=later
    )


@st.composite
def journals(draw: st.DrawFn, pack: Pack, *, most: int = 24, everything_at_first: bool = True) -> DrawnJournal:
    """Draw a journal. ``everything_at_first``: most begin with a report on each indicator, so that there is a gauge."""
    drawn: list[Observation] = []
    if everything_at_first and draw(st.booleans() | st.just(True)):
        drawn = [_first(draw, pack, indicator, place) for place, indicator in enumerate(one.id for one in pack.scored)]
    for _ in range(draw(st.integers(0, most - len(drawn)))):
        place = len(drawn)
        if drawn and draw(st.integers(0, 5)) == 0:
            drawn.append(draw(confirmations(draw(st.sampled_from(drawn)), place)))
        else:
            drawn.append(draw(observations(pack, place)))
    return DrawnJournal(observations=tuple(drawn), retractions=_retract(draw, drawn))


def _first(draw: st.DrawFn, pack: Pack, indicator: str, place: int) -> Observation:
    return replace(
        draw(observations(pack, place)),
        indicator=indicator,
        observed_at=START,
        published_at=START,
        recorded_at=START + draw(lags) / 8,
        grade=draw(st.sampled_from(SCORED)),
    )


def _retract(draw: st.DrawFn, drawn: Sequence[Observation]) -> tuple[Retraction, ...]:
    if not drawn:
        return ()
    chosen = draw(st.lists(st.sampled_from(drawn), max_size=4, unique_by=lambda one: one.id))
    return tuple(
        a_retraction(one.id, id=number(0xFF00 + place), recorded_at=one.recorded_at + draw(lags))
        for place, one in enumerate(chosen)
    )


def moments(*, count: int = 3, first: datetime = START, last: datetime = END) -> st.SearchStrategy[list[datetime]]:
    """Draw ascending instants, on full hours and off them."""
    minutes = st.integers(0, (last - first) // MINUTE)
    hours = st.integers(0, (last - first) // HOUR).map(lambda one: one * 60)
    drawn = st.lists(minutes | hours, min_size=count, max_size=count, unique=True)
    return drawn.map(lambda chosen: [first + one * MINUTE for one in sorted(chosen)])


# --- Busy fortnights, for what only long journals reach: seeded chance, nothing to shrink ---


def random_moments(chance: random.Random, count: int = 6) -> list[datetime]:
    """Return ascending instants, half of them full hours."""
    chosen = {START + MINUTE * chance.randint(0, (END - START) // MINUTE) for _ in range(count // 2)}
    chosen |= {START + HOUR * chance.randint(0, (END - START) // HOUR) for _ in range(count // 2)}
    return sorted(chosen)


def random_journal(pack: Pack, chance: random.Random, *, most: int = 30) -> DrawnJournal:
    """Return a journal with something on every indicator at first and much after."""
    names = [one.id for one in pack.scored]
    made: list[Observation] = []
    for place in range(chance.randint(len(names) + 4, most)):
        if place >= len(names) and chance.random() < 0.15:
            made.append(_random_confirmation(chance, chance.choice(made), place))
        else:
            opening = place < len(names)
            made.append(_random_report(pack, chance, names[place] if opening else chance.choice(names), place, opening))
    chosen = chance.sample(made, chance.choice((0, 0, 1, 2, 4)))
    retractions = [
        a_retraction(one.id, id=number(0xFF00 + place), recorded_at=one.recorded_at + _random_lag(chance))
        for place, one in enumerate(chosen)
    ]
    return DrawnJournal(observations=tuple(made), retractions=tuple(retractions))


def _random_lag(chance: random.Random) -> timedelta:
    return chance.choice((timedelta(0), MINUTE * chance.randint(0, 1440), timedelta(days=chance.randint(0, 4))))


def _random_confirmation(chance: random.Random, before: Observation, place: int) -> Observation:
    later = before.recorded_at + _random_lag(chance)
    return replace(
        before, id=number(place), method=Method.CONFIRM, observed_at=later, published_at=None, recorded_at=later
    )


def _random_report(pack: Pack, chance: random.Random, indicator: str, place: int, opening: bool) -> Observation:
    hour = timedelta(hours=6) * chance.randint(0, 36)
    observed_at = START if opening else START + chance.choice((hour, MINUTE * chance.randint(0, SPAN // MINUTE)))
    published = chance.choice((None, _random_lag(chance)))
    return an_observation(
        id=number(place),
        pack=pack.id,
        indicator=indicator,
        level=chance.choice((0, 0, 1, 2, 3, 3, 4, 4)),
        grade=chance.choice(chance.choice((SCORED[:4], SCORED[:4], SCORED, UNSCORED))),
        observed_at=observed_at,
        published_at=None if published is None else observed_at + published,
        recorded_at=observed_at + _random_lag(chance),
        originator=chance.choice(ORIGINATORS),
        source_name=chance.choice(("Bo News", "Dee Daily")),
    )


def restless_journal(pack: Pack, chance: random.Random, *, falling_silent: bool = False) -> DrawnJournal:
    """Return a journal in which alarm and calm take turns, everything being reported every twelve hours.

    ``falling_silent``: each indicator is reported up to some turn of its own and no more.
    """
    made: list[Observation] = []
    last = {one.id: chance.randint(1, 30) if falling_silent else 30 for one in pack.scored}
    alarmed, left = False, 2
    for turn in range(30):
        if not left:
            alarmed, left = not alarmed, chance.randint(3, 7) if alarmed else chance.randint(1, 3)
        left -= 1
        for one in pack.scored:
            level = chance.choice((3, 4)) if alarmed and chance.random() < 0.6 else one.t0 or 0
            at = START + turn * 12 * HOUR + chance.randint(0, 90) * MINUTE
            if turn < last[one.id]:
                made.append(replace(single(pack, one.id, level, SCORED[0], at), id=number(len(made))))
    return DrawnJournal(observations=tuple(made), retractions=())


# --- A journal as it stood, and what is asked of it ---

seeds = st.integers(0, 2**32 - 1)


def assessed(pack: Pack, journal: DrawnJournal, at: datetime, known: Known = Known.RECORDED) -> Assessment:
    """Return what the engine concludes from a journal."""
    return assess(pack, Reports.of(pack, journal.observations, journal.retractions), at, known=known)


def busy(pack: Pack, seed: int) -> DrawnJournal:
    return random_journal(pack, random.Random(seed))


def single(pack: Pack, indicator: str, level: int, grade: Grade, observed_at: datetime) -> Observation:
    """Return one report, recorded as soon as it was observed."""
    return an_observation(
        id=number(pack.indicators.index(pack.indicator(indicator))),
        pack=pack.id,
        indicator=indicator,
        level=level,
        grade=grade,
        observed_at=observed_at,
        recorded_at=observed_at,
    )


def until(journal: DrawnJournal, stop: datetime) -> DrawnJournal:
    """Return what was recorded up to an instant, in the order in which a journal holds it."""
    arrived = sorted(journal.observations, key=lambda one: one.recorded_at)
    return DrawnJournal(
        observations=tuple(one for one in arrived if one.recorded_at <= stop),
        retractions=tuple(one for one in journal.retractions if one.recorded_at <= stop),
    )


def arrivals(journal: DrawnJournal) -> set[datetime]:
    """Return the instants at which something was recorded."""
    return {one.recorded_at for one in journal.observations} | {one.recorded_at for one in journal.retractions}


def known_at(one: Observation, known: Known) -> datetime:
    return one.recorded_at if known is Known.RECORDED else published_known_at(one.observed_at, one.published_at)
