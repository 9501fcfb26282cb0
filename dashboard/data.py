"""The only door from the pages to the service, and their only clock.

A page asks for a ``Look``: the assessment of one moment, with the pack it was made by. Everything shown comes from it
or from another assessment of the same site; nothing is computed here. Caches are keyed by the site's revision, so that
a new report shows at the next poll, and hold so many answers or for so long, so that a forgotten key frees its memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from typing import TypeAlias
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import address, held
from iw_monitor.assess import explain
from iw_monitor.assess import priorities as assess_priorities
from iw_monitor.assess.baselines import NaiveGauges, naive_gauges
from iw_monitor.assess.explain import Difference
from iw_monitor.errors import Finding, IwError, StoreError
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import duration_microseconds, microseconds
from iw_monitor.model.judgement import Judgement
from iw_monitor.model.links import PublicLink
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.model.running import Operation, Pulse
from iw_monitor.model.status import Installation
from iw_monitor.service import concluding, importing
from iw_monitor.service import desk as at_desk
from iw_monitor.service import drafts as kept_drafts
from iw_monitor.service.conclusions import LIVE_STEP
from iw_monitor.service.memo import Memo
from iw_monitor.service.permission import require
from iw_monitor.service.public_links import check_shown
from iw_monitor.service.running import operation_of, pulse_of
from iw_monitor.service.site import Site
from iw_monitor.service.status import installation_of
from iw_monitor.service.unusable import said_to_strangers
from iw_monitor.telling import changes as changed
from iw_monitor.telling.changes import Change, Since

TTL = timedelta(minutes=30)
_PAGES, _GOLDEN = count(), (5**0.5 - 1) / 2
SECOND, MINUTE, DAY, WEEK = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
_PULSES: Memo[Pulse] = Memo(most=8)
_ASSESSMENTS: Memo[Assessment] = Memo(most=64)


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


def phase() -> timedelta:
    """Return how far ahead a page's minutes are, another for every page.

    Multiples of the golden section lie evenly within a minute, however many there are: of all who open their pages at
    one moment, as after a restart, only a few are drawn anew at one moment.
    """
    return MINUTE * (next(_PAGES) * _GOLDEN % 1)


def beat(ahead: timedelta) -> str:
    """Return a key that changes when a page would look different: an entry, a pack, a minute, a worker, a sign-out.

    Args:
        ahead: how far ahead its minutes are, as ``phase`` said when it was opened.
    """
    viewer, looked_after = actor(), pulse()
    state = (
        "" if looked_after is None else f"{looked_after.health}{looked_after.is_overdue}{looked_after.is_clock_behind}"
    )
    return f"{revision()}@{_whole(MINUTE, ahead=ahead)}@{'' if viewer is None else viewer.name}@{state}"


def second() -> int:
    """Return the second it is; those who ask within one share the answer to what is no matter of the journal."""
    return _whole(SECOND)


def _whole(length: timedelta, *, ahead: timedelta = timedelta(0)) -> int:
    """Return how many whole lengths of time the site's clock has run through."""
    return microseconds(now() + ahead) // duration_microseconds(length)


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


def told(error: IwError) -> str:
    """Return what whoever looks is told of what cannot be opened; where a journal lies, no stranger is."""
    if not isinstance(error, StoreError) or sign_in_mode() != "required":
        return str(error)
    try:
        is_known = actor() is not None
    except StoreError:
        is_known = False
    return str(error) if is_known else said_to_strangers(error)


def path_and_query() -> str:
    """Return the path of this page on its server, with what its address asks for."""
    path = urlsplit(st.context.url or "").path or "/"
    query = urlencode({key: st.query_params[key] for key in st.query_params}, safe=":")
    return f"{path}?{query}" if query else path


# Assessments


def _assessed(revision: str, step: int, as_of: datetime | None, known: Known) -> Assessment:
    return _ASSESSMENTS.get((revision, step, as_of, known), lambda: site().assess(as_of, known))


def at(look: Look, instant: datetime) -> Assessment | None:
    """Return the assessment of an earlier instant in the same reading, or None if nothing had been reported by then."""
    found = _assessed(look.revision, 0, instant, look.known)
    return None if is_empty(found) else found


def ago(look: Look, length: timedelta) -> Assessment | None:
    """Return the assessment a length of time before the look, or None if nothing had been reported by then."""
    return at(look, look.at.as_of - length)


# The desk

Act: TypeAlias = at_desk.Act
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


# Small tables


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
