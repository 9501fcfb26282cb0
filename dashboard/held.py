"""The packs that this process holds, as its environment names them: opened once, whoever looks at which of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from threading import BoundedSemaphore
from typing import Any, TypeVar, cast

import streamlit as st

from iw_monitor.model.accounts import Actor, Role, Way
from iw_monitor.model.links import PublicLink
from iw_monitor.service.accounts import Accounts
from iw_monitor.service.demo import open_demo, reopen_demo
from iw_monitor.service.memo import Memo
from iw_monitor.service.permission import require
from iw_monitor.service.public_links import HeldLinks
from iw_monitor.service.sign_in_settings import SignIn
from iw_monitor.service.site import Site, open_site
from iw_monitor.service.sites import Held, Sites, no_pack
from iw_monitor.service.visitors import PASS_HEADER, Visitors

Answer = TypeVar("Answer")

_SITES: Memo[Sites] = Memo(most=8)  # and who visits them: asked for at every turn, so found without ado
_VISITORS: Memo[Visitors] = Memo(most=8)
_LINKS: Memo[HeldLinks] = Memo(most=8)
_RUN: ContextVar[dict[Hashable, Any] | None] = ContextVar("what this run of a page has asked", default=None)
AT_ONCE, PATIENCE = 4, 5.0  # pages, and seconds
_TURNS = BoundedSemaphore(AT_ONCE)
_SEEN = "packs seen"  # in the session: what whoever looks may see


def wall_clock() -> datetime:
    """Return the machine's clock, which runs in the demo too: it only tells that the page is alive."""
    return datetime.now(UTC)


# What is held


def named() -> tuple[str, str, bool]:
    """Return what the environment names: packs, database, and whether this is the demo."""
    return os.environ.get("IW_PACK", ""), os.environ.get("IW_DATABASE_URL", ""), os.environ.get("IW_DEMO", "") == "1"


def sites() -> Sites:
    """Return the packs of this process, opened once for each database and demo mark in the environment."""
    which = named()
    return _SITES.get(which, lambda: _open(*which))


def _open(packs: str, url: str, demo: bool) -> Sites:
    return Sites(packs.split(os.pathsep), partial(_opened, url=url, demo=demo))


def _opened(pack: str, *, url: str, demo: bool) -> Site:
    if demo and url:
        return reopen_demo(url, pack=pack or None)
    if demo:
        return open_demo(Path(mkdtemp(prefix="iw-monitor-demo-")), pack=pack or None)
    return open_site(clock=wall_clock, pack=pack or None, url=url or None)


def come_in() -> None:
    """Find out what whoever looks may see: once a run of a page, since every piece of it asks.

    Raises:
        AccessDeniedError: looking needs signing in, and nobody is signed in who may look at any pack.
    """
    if sign_in_mode() == "required":
        st.session_state.pop(_SEEN, None)
        st.session_state[_SEEN] = _seen(sites().held())


def _seen(there: tuple[Held, ...]) -> frozenset[str]:
    """Return the names of the packs that whoever looks may see, by a public link or by their roles."""
    link = guest()
    if link is not None:
        return frozenset({link.pack})
    viewer = actor()
    found = frozenset(one.name for one in there if viewer is not None and viewer.may(Role.VIEWER, one.name))
    if not found:
        require(viewer, Role.VIEWER, there[0].name)
    return found


def visible() -> tuple[Held, ...]:
    """Return the packs that whoever looks may see, in the order in which they are held.

    Raises:
        AccessDeniedError: looking needs signing in, and nobody is signed in who may look at any.
    """
    there = sites().held()
    if sign_in_mode() != "required":
        return there
    seen = st.session_state.get(_SEEN) or _seen(there)
    return tuple(one for one in there if one.name in seen)


def chosen(asked: str) -> Site:
    """Return the site of the pack that is asked for; where none is, of the first that whoever looks may see.

    Raises:
        AccessDeniedError: looking needs signing in, and nobody is signed in who may look.
        InputError: there is no such pack that they may look at, or it cannot be used.
    """
    return once_a_run(("site", asked), lambda: _chosen(asked))


def _chosen(asked: str) -> Site:
    there = visible()
    found = next((one for one in there if one.name == asked or not asked), None)
    if found is None:
        raise no_pack(asked, there)
    return found.use()


# Who is looking


def sign_in_mode() -> str:
    """Return whether signing in is ``required`` to look, ``offered``, or not there (``""``)."""
    return os.environ.get("IW_LOOKING", "")


@contextmanager
def one_run() -> Iterator[None]:
    """Ask each question once, for the length of one run of a page; a run within another is a part of it."""
    if _RUN.get() is not None:
        yield
        return
    outer = _RUN.set({})
    try:
        yield
    finally:
        _RUN.reset(outer)


@contextmanager
def turn() -> Iterator[None]:
    """Draw a page while few others are drawn; whoever has waited long for that goes on all the same.

    One process computes one thing at a time. Two hundred pages that are all begun at once, at one new report, are all
    done at the end, and whoever writes meanwhile waits for all of them.
    """
    came = _TURNS.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if came:
            _TURNS.release()


def once_a_run(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to what every piece of a page wants to know: the same for all pieces of one run."""
    answers = _RUN.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast("Answer", answers[question])


def actor() -> Actor | None:
    """Return who is signed in at this moment, or None. Asked anew on every run: a sign-out elsewhere counts here."""
    return once_a_run("actor", _signed_in)


def _signed_in() -> Actor | None:
    if not sign_in_mode():
        return None
    visitors = _visitors_here()
    cookie = st.context.cookies.get(visitors.accounts.cookie_name)
    return visitors.actor(cookie=cookie, vouched=st.context.headers.get(PASS_HEADER))


def guest() -> PublicLink | None:
    """Return the public link by which somebody looks who is not signed in to do so, if it is still good."""
    if sign_in_mode() != "required":
        return None
    viewer = actor()
    if viewer is not None and any(viewer.may(Role.VIEWER, name) for name in sites().names()):
        return None
    key = st.context.cookies.get(_visitors_here().accounts.signer.link_cookie)
    return None if key is None else _LINKS.get(named(), lambda: HeldLinks(sites(), clock=wall_clock)).opened_by(key)


def _visitors_here() -> Visitors:
    way = Way(os.environ.get("IW_SIGN_IN") or Way.LOCAL)
    return _VISITORS.get((named(), way), lambda: _visitors(way))


def _visitors(way: Way) -> Visitors:
    accounts = Accounts(sites().first_usable().journal, clock=wall_clock)
    return Visitors(accounts=accounts, clock=wall_clock, sign_in=SignIn(way=way))
