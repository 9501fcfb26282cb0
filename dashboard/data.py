"""The only door from the pages to the service, and their only clock.

A page asks for a ``Look``: the assessment of one moment, with the pack it was made by. Everything shown comes from it
or from another assessment of the same site; nothing is computed here. Caches are keyed by the site's revision, so that
a new report shows at the next poll, and have a ``ttl``, so that a forgotten key frees its memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeAlias
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import address, held, texts
from dashboard.rows import IndicatorRow, Reported
from iw_monitor.assess import corroboration as assess_corroboration
from iw_monitor.assess import explain
from iw_monitor.assess import priorities as assess_priorities
from iw_monitor.assess.baselines import NaiveGauges, naive_gauges
from iw_monitor.assess.explain import Difference
from iw_monitor.errors import Finding
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import duration_microseconds, end_of_day, from_microseconds, microseconds
from iw_monitor.model.judgement import Judgement
from iw_monitor.model.links import PublicLink
from iw_monitor.model.observation import Known, Observation, Retraction, published_known_at
from iw_monitor.model.outcome import Outcome
from iw_monitor.model.pack import Pack
from iw_monitor.model.running import Operation, Pulse
from iw_monitor.model.status import Installation
from iw_monitor.service import concluding, importing
from iw_monitor.service import desk as at_desk
from iw_monitor.service import drafts as kept_drafts
from iw_monitor.service.conclusions import LIVE_STEP
from iw_monitor.service.memo import Memo
from iw_monitor.service.outcomes import read_outcomes
from iw_monitor.service.permission import require
from iw_monitor.service.public_links import check_shown
from iw_monitor.service.running import operation_of, pulse_of
from iw_monitor.service.site import Site
from iw_monitor.service.status import installation_of
from iw_monitor.telling import changes as changed
from iw_monitor.telling.changes import Change, Since

TTL = timedelta(minutes=30)
SECOND, MINUTE, DAY, WEEK = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
_PULSES: Memo[Pulse] = Memo(most=8)
MOST_FRAMES = 400  # instants in one replay: days for a year, and ten years stay quick


@dataclass(frozen=True, kw_only=True)
class Look:
    """One moment as every page sees it."""

    pack: Pack
    at: Assessment
    now: datetime
    moment: address.Moment
    usual: Known
    demo: bool
    broken: tuple[Finding, ...]
    stated: tuple[Judgement, ...]  # what stood then of what people state, oldest first
    revision: str
    guest: PublicLink | None = None  # by which somebody looks who is not signed in
    is_beside_others: bool = False  # more packs are held here: links say which one is meant

    @property
    def known(self) -> Known:
        return self.moment.known

    @cached_property
    def zone(self) -> ZoneInfo:
        """The theatre's time zone."""
        return ZoneInfo(self.pack.file.time_zone)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has been reported by this moment."""
        return is_empty(self.at)

    @property
    def newest(self) -> datetime | None:
        """When the newest report that counts was true in the world."""
        return max((one.observed_at for one in self.at.indicators if one.observed_at), default=None)

    @property
    def of_pack(self) -> dict[str, str]:
        """What a link says of the pack: nothing where there is no other."""
        return {address.PACK: self.pack.id} if self.is_beside_others else {}

    @property
    def kept(self) -> dict[str, str]:
        """What every link carries along: the pack and the moment."""
        return self.of_pack | address.kept_params(self.moment, self.usual)

    def link(self, page: str, **params: str) -> str:
        """Return a link to another page of the same pack at the same moment."""
        return address.link(page, self.kept, **params)

    def link_now(self, page: str, **params: str) -> str:
        """Return a link to a page of the same pack at now."""
        return address.link(page, self.of_pack, **params)


def is_empty(assessment: Assessment) -> bool:
    """Return whether nothing had been reported by the moment of an assessment."""
    return all(one.level is None for one in assessment.indicators)


def site() -> Site:
    """Return the site of the pack that the address names, by default of the first that whoever looks may see.

    Raises:
        AccessDeniedError: looking needs signing in, and nobody is signed in who may look.
        InputError: there is no such pack that they may look at, or it cannot be used.
    """
    return held.chosen(st.query_params.get(address.PACK, ""))


def revision() -> str:
    """Return a key of everything that pages read: which packs and database, which pack of them, which entries."""
    here = site()
    return f"{held.named()} {here.pack.id} {here.revision()}"


def now() -> datetime:
    """Return the site's clock; in the demo it stands still."""
    return site().now()


def wall_clock() -> datetime:
    """Return the machine's clock, which runs in the demo too: it only tells that the page is alive."""
    return held.wall_clock()


def beat(opened: datetime) -> str:
    """Return a key that changes when a page would look different: an entry, a pack, a minute, a worker, a sign-out.

    Minutes are counted from when the page was opened: of many who watch, only a few are drawn anew at one moment.
    """
    viewer, looked_after = actor(), pulse()
    state = "" if looked_after is None else f"{looked_after.health}{looked_after.is_overdue}"
    return f"{revision()}@{(now() - opened) // MINUTE}@{'' if viewer is None else viewer.name}@{state}"


def second() -> int:
    """Return the second it is; those who ask within one share the answer to what is no matter of the journal."""
    return _whole(SECOND)


def _whole(length: timedelta) -> int:
    """Return how many whole lengths of time the site's clock has run through."""
    return microseconds(now()) // duration_microseconds(length)


def look(query: Mapping[str, str]) -> Look:
    """Return what a page with this query looks at.

    Raises:
        AccessDeniedError: looking needs signing in, and nobody is signed in who may look.
        InputError: there is no such pack that they may look at, or it cannot be used.
        ReportError: a public link may not show the pack as it is marked now.
    """
    here, clock, state = site(), now(), revision()
    visitor = guest()
    if visitor is not None:
        check_shown(here, visitor)
        query = {}  # a guest sees what is now
    elif sign_in_mode() == "required":
        require(actor(), Role.VIEWER, here.pack.id)
    moment = address.read_moment(query, clock, here.known)
    found = _assessed(state, _whole(LIVE_STEP) if moment.as_of is None else 0, moment.as_of, moment.known)
    return Look(
        pack=here.pack,
        at=found,
        now=clock,
        moment=moment,
        usual=here.known,
        demo=here.demo,
        broken=here.broken,
        stated=here.standing(found.as_of),
        revision=state,
        guest=visitor,
        is_beside_others=held.sites().are_several,
    )


# How the site is run


def pulse() -> Pulse | None:
    """Return whether the site is looked after at this moment, or None in the demo, whose clock stands still."""
    here = site()
    return None if here.demo else _PULSES.get((held.named(), here.pack.id, second()), lambda: pulse_of(here, now()))


def operation(*, runs: int) -> Operation | None:
    """Return how the site is run, with its newest runs, or None in the demo."""
    return None if site().demo else operation_of(site(), now(), runs=runs)


def installation() -> Installation:
    """Return which versions of what the site stands on, and how much room its journal has."""
    return installation_of(site())


# Who is looking


def sign_in_mode() -> str:
    """Return whether signing in is ``required`` to look, ``offered``, or not there (``""``)."""
    return held.sign_in_mode()


def actor() -> Actor | None:
    """Return who is signed in at this moment, or None."""
    return held.actor()


def guest() -> PublicLink | None:
    """Return the public link by which somebody looks who is not signed in to do so, if it is still good."""
    return held.guest()


def path_and_query() -> str:
    """Return the path of this page on its server, with what its address asks for."""
    path = urlsplit(st.context.url or "").path or "/"
    query = urlencode({key: st.query_params[key] for key in st.query_params}, safe=":")
    return f"{path}?{query}" if query else path


# Assessments


@st.cache_resource(ttl=TTL, max_entries=200, show_spinner=False)
def _assessed(revision: str, step: int, as_of: datetime | None, known: Known) -> Assessment:
    return site().assess(as_of, known)


def at(look: Look, instant: datetime) -> Assessment | None:
    """Return the assessment of an earlier instant in the same reading, or None if nothing had been reported by then."""
    found = _assessed(look.revision, 0, instant, look.known)
    return None if is_empty(found) else found


def ago(look: Look, length: timedelta) -> Assessment | None:
    """Return the assessment a length of time before the look, or None if nothing had been reported by then."""
    return at(look, look.at.as_of - length)


# The desk

Act: TypeAlias = at_desk.Act
Corroboration: TypeAlias = assess_corroboration.Corroboration
Desk: TypeAlias = at_desk.Desk
DraftPlace: TypeAlias = kept_drafts.Place
ImportResult: TypeAlias = importing.ImportResult
Preview: TypeAlias = at_desk.Preview
Priority: TypeAlias = assess_priorities.Priority
Queued: TypeAlias = at_desk.Queued
QueuePlace: TypeAlias = at_desk.Place
RawReport: TypeAlias = at_desk.RawReport
Step: TypeAlias = assess_priorities.Step
Supposed: TypeAlias = concluding.Supposed


def desk() -> Desk:
    """Return the desk of whoever is signed in at this moment; in the demo, of any visitor."""
    return Desk.of(site(), actor())


def drafts() -> kept_drafts.Drafts:
    """Return what editors have typed and not recorded yet."""
    return site().drafts


def corroborated(look: Look, indicator: str) -> Corroboration | None:
    """Return how far an indicator's level is corroborated, or None where the pack demands nothing of it."""
    level = look.at.indicator(indicator).level
    return assess_corroboration.corroboration(look.pack, level, [one.observation for one in evidence(look, indicator)])


# Reports


def reported(look: Look, indicator: str) -> tuple[Reported, ...]:
    """Return the reports on an indicator known at the look, newest first, those retracted by then included."""
    tray = frozenset(look.at.unconfirmed)
    withdrawn = _withdrawn(look.revision)
    return tuple(
        Reported(
            observation=one,
            known_at=known_at(one, look.known),
            retraction=_retraction(withdrawn.get(one.id), look),
            scored=one.id not in tray,
        )
        for one in _observations(look.revision, indicator)
        if known_at(one, look.known) <= look.at.as_of
    )


def _retraction(found: Retraction | None, look: Look) -> Retraction | None:
    """Return a retraction if it counts at the look: as published, what is retracted never counted."""
    if found is None or (look.known is Known.RECORDED and found.recorded_at > look.at.as_of):
        return None
    return found


def known_at(one: Observation, known: Known) -> datetime:
    """Return when a report became known, by one of the two readings."""
    return one.recorded_at if known is Known.RECORDED else published_known_at(one.observed_at, one.published_at)


@st.cache_resource(ttl=TTL, max_entries=50, show_spinner=False)
def _observations(revision: str, indicator: str) -> tuple[Observation, ...]:
    listed = site().observations(indicator)
    return tuple(sorted(listed, key=lambda one: (one.observed_at, one.recorded_at, one.id), reverse=True))


@st.cache_resource(ttl=TTL, max_entries=20, show_spinner=False)
def _grades(revision: str, ids: frozenset[str]) -> dict[str, str]:
    here = site()
    return {one.id: str(one.grade) for one in here.journal.observations(here.pack.id, ids=ids)} if ids else {}


@st.cache_resource(ttl=TTL, max_entries=4, show_spinner=False)
def _withdrawn(revision: str) -> dict[str, Retraction]:
    return {one.observation: one for one in site().retractions()}


def evidence(look: Look, indicator: str) -> tuple[Reported, ...]:
    """Return the reports that stand behind an indicator's current level, newest first."""
    names = {name for one in look.at.indicators if one.id == indicator for name in one.observations}
    return tuple(one for one in reported(look, indicator) if one.observation.id in names)


# Small tables


def indicator_rows(look: Look) -> tuple[IndicatorRow, ...]:
    """Return every watched indicator in the pack's order with its state."""
    earlier = ago(look, WEEK)
    past = {one.id: one.level for one in earlier.indicators} if earlier else {}
    newest = frozenset(one.observations[0] for one in look.at.indicators if one.observations)
    grades = _grades(look.revision, newest)
    states = {one.id: one for one in look.at.indicators}
    return tuple(
        IndicatorRow(
            indicator=one,
            state=states[one.id],
            grade=next((grades[name] for name in states[one.id].observations if name in grades), ""),
            week_ago=past.get(one.id),
        )
        for one in look.pack.indicators
        if one.id in states
    )


def changes(look: Look) -> dict[str, tuple[Change, ...]]:
    """Return each problem's points of 24 hours and 7 days ago beside those of the look."""
    return changed.changes(look.at, (("24 h", ago(look, DAY)), ("7 d", ago(look, WEEK))))


def since(look: Look, start: datetime) -> Since | None:
    """Return what changed since a moment, or None if nothing had been reported by then."""
    earlier = at(look, start)
    return changed.since(look.pack, earlier, look.at) if earlier else None


def difference(before: Assessment, after: Assessment, problem: str) -> Difference:
    """Return why a problem's points differ between two assessments: parts that sum to the difference."""
    return explain.difference(before, after, problem)


def naive(look: Look) -> NaiveGauges:
    """Return what a mean and a maximum of levels would read."""
    return naive_gauges(look.pack, look.at)


# History


def outcomes(look: Look) -> tuple[Outcome, ...]:
    """Return what really happened by the site's now, as the pack's history tells it.

    Raises:
        InputError: the pack's file of outcomes cannot be read; with everything that is wrong with it.
    """
    return tuple(one for one in read_outcomes(site().loaded.folder) if end_of_day(one.day) <= look.now)


def first_known(look: Look) -> datetime | None:
    """Return when the first report became known, or None for an empty journal."""
    reports = site().reports()
    return from_microseconds(int(reports.known(look.known).min())) if len(reports) else None


def film(look: Look, *, until: datetime | None = None, days: int | None = None) -> tuple[Assessment, ...]:
    """Return daily assessments (fewer for a long history) from the first report to a moment, by default to now."""
    first, end = first_known(look), until or look.now
    if first is None or first > end:
        return ()
    start = max(first, end - timedelta(days=days)) if days else first
    start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    step = frame_step(end - start)
    frames = _replayed(look.revision, start, start + (end - start) // step * step, step, look.known)
    last = look.at if look.at.as_of == end else _assessed(look.revision, 0, end, look.known)
    whole = frames if frames and frames[-1].as_of == last.as_of else (*frames, last)
    return tuple(one for one in whole if not is_empty(one))


def frame_step(span: timedelta) -> timedelta:
    """Return whole days between frames so that a span has at most ``MOST_FRAMES``."""
    return DAY * max(1, -(-(span // DAY + 1) // MOST_FRAMES))


@st.cache_resource(ttl=TTL, max_entries=12, show_spinner=texts.REPLAYING)
def _replayed(revision: str, start: datetime, end: datetime, every: timedelta, known: Known) -> tuple[Assessment, ...]:
    return site().replay(start, end, every=every, known=known)
