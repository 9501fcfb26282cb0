"""Pages, in a real browser and over the socket, beside the least that Streamlit can show."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.measure import Spread
from bench.scale import Scale
from bench.served import Server, bare_app, filled_journal, our_site
from bench.table import Row, Section, Target
from bench.viewer import viewing

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPEARS_WITHIN = 120.0  # seconds
REFRESHES = 20  # measured as one: a tick of the processor's clock is as long as a quick one

# What must be on the screen, by name. Nothing of ours is complete before the gauge is painted and the last card stands.
BARE = {"first": ['[data-testid="stMarkdownContainer"] p']}
OURS = {
    "first": [".iw-head h1"],
    "complete": [".st-key-gauge_headline svg.marks", ".st-key-gaps_card .iw-columns"],
}
# Looks at every frame that the browser paints, so that no waiting of ours is measured.
STOPWATCH = """
(wanted => {
  const shows = one => { const found = document.querySelector(one); return found && found.getClientRects().length > 0 };
  window.appeared = {};
  const look = () => {
    for (const [name, all] of Object.entries(wanted))
      if (!(name in window.appeared) && all.every(shows)) window.appeared[name] = performance.now() / 1000;
    requestAnimationFrame(look);
  };
  look();
})(%s)
"""


class MissingError(Exception):
    """A page did not show what it was to show."""


class OutsideError(Exception):
    """A page asked another machine for something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How long what was wanted took to appear, in each round, with an empty cache and with a filled one."""

    cold: Mapping[str, Spread]
    warm: Mapping[str, Spread]
    requests: int


def measure(scale: Scale) -> Section:
    """Return how soon pages show, and what drawing them anew and asking for news costs the server."""
    rows: list[Row] = []
    for reports in scale.shown:
        with TemporaryDirectory(prefix="iw-bench-") as folder:
            url = filled_journal(Path(folder), reports=reports)
            behind = (
                f"{reports:,} reports older than the history behind it" if reports else "the shipped history behind it"
            )
            with bare_app() as bare, our_site(url) as ours:
                rows += _browser_rows(ours, bare, behind, rounds=scale.rounds)
                rows += asyncio.run(_server_rows(ours, bare, behind, rounds=scale.rounds))
    return Section(
        title="Pages",
        about=(
            "Watch in headless Chromium beside a Streamlit app of one line under Streamlit's own settings, in turn. "
            "Cold is a new browser profile, warm the same page again. What counts is the time on the wall from the "
            "navigation to the frame in which something is painted: the title first; complete is Watch once the gauge "
            "is drawn and the last card stands. Server time is what one run of the script costs the processor, all "
            "around it included; asked for over a WebSocket, in Streamlit's protocol, by one client."
        ),
        rows=tuple(rows),
    )


# --- In the browser ---


def _browser_rows(ours: Server, bare: Server, behind: str, *, rounds: int) -> Iterator[Row]:
    with sync_playwright() as playwright:
        arguments = ["--disable-dev-shm-usage", "--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=_chromium(), args=arguments)
        watch, least = _shown(browser, {ours: OURS, bare: BARE}, rounds=rounds)
        browser.close()
    visits = 2 * (rounds + 1)
    why = (
        f"A visit of ours asks for {watch.requests / visits:.0f} files and the like, one of the bare app for "
        f"{least.requests / visits:.0f}: what draws HTML, charts and choices comes as files of its own, which a new "
        "browser reads before it paints anything."
    )
    for what, mine, theirs, limit in (
        ("First content, cold", watch.cold["first"], least.cold["first"], 1.3),
        ("First content, warm", watch.warm["first"], least.warm["first"], 1.8),
        ("Watch complete, cold", watch.cold["complete"], least.cold["first"], 2.2),
    ):
        yield Row(
            what=f"{what}; {behind}",
            measured=f"ours {mine.said()}, bare {theirs.said()}",
            figure=mine.over(theirs),
            target=Target(limit=limit),
            why=why,
        )
    complete = watch.warm["complete"]
    yield Row(
        what=f"Watch complete, warm; {behind}",
        measured=f"ours {complete.said()}; all {watch.requests:,} requests of all rounds went to the server itself",
        figure=complete.over(least.warm["first"]),
    )


def _shown(browser: Browser, pages: Mapping[Server, Mapping[str, list[str]]], *, rounds: int) -> list[Shown]:
    """Open each page in turn, cold and then warm, so many rounds after one that is not measured."""
    cold: dict[Server, list[Mapping[str, float]]] = {one: [] for one in pages}
    warm: dict[Server, list[Mapping[str, float]]] = {one: [] for one in pages}
    asked = dict.fromkeys(pages, 0)
    for _ in range(rounds + 1):
        for server, wanted in pages.items():
            first, again, requests = _visited(browser, server.base, wanted)
            cold[server].append(first)
            warm[server].append(again)
            asked[server] += requests
    return [Shown(cold=_spreads(cold[one]), warm=_spreads(warm[one]), requests=asked[one]) for one in pages]


def _visited(
    browser: Browser, base: str, wanted: Mapping[str, list[str]]
) -> tuple[Mapping[str, float], Mapping[str, float], int]:
    """Come twice as somebody new, and return how long each took to show and how many requests that made.

    Raises:
        OutsideError: one of them went to another machine.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    requests: list[str] = []
    context.on("request", lambda one: requests.append(one.url))
    first, again = (_appeared(context, base, wanted) for _ in range(2))
    context.close()
    for url in map(urlsplit, requests):
        if url.scheme in ("http", "https", "ws", "wss") and url.netloc != urlsplit(base).netloc:
            raise OutsideError(url.geturl())
    return first, again, len(requests)


def _appeared(context: BrowserContext, base: str, wanted: Mapping[str, list[str]]) -> Mapping[str, float]:
    """Return after how many seconds everything of each name was there."""
    page = context.new_page()
    page.add_init_script(STOPWATCH % json.dumps(wanted))
    page.goto(base)
    found: dict[str, float] = {}
    until = time.monotonic() + APPEARS_WITHIN
    while len(found) < len(wanted) and time.monotonic() < until:
        page.wait_for_timeout(50)
        found = page.evaluate("window.appeared")
    page.close()
    if len(found) < len(wanted):
        raise MissingError(f"not all of {', '.join(wanted)} appeared on {base}")
    return found


def _spreads(rounds: list[Mapping[str, float]]) -> dict[str, Spread]:
    return {name: Spread(tuple(one[name] for one in rounds[1:])) for name in rounds[0]}


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise FileNotFoundError("pages are measured in Chromium; install it")
    return found


# --- Over the socket ---


async def _server_rows(ours: Server, bare: Server, behind: str, *, rounds: int) -> list[Row]:
    async with viewing(ours.base) as watch, viewing(bare.base) as least:
        await watch.open()
        await least.open()
        whole, waited = await _costs(ours, watch.open, rounds=rounds, each=3)
        simple, _ = await _costs(bare, least.open, rounds=rounds, each=3)
        news, soon = await _costs(ours, watch.refresh, rounds=rounds, each=REFRESHES)
    return [
        Row(
            what=f"Server time of drawing Watch anew; {behind}",
            measured=f"complete after {waited.said()} on the wall; the bare app takes {simple.said()} of the processor",
            figure=whole,
            unit="s",
            target=Target(limit=0.080, unit="s"),
        ),
        Row(
            what=f"Server time of a refresh that changes nothing; {behind}",
            measured=f"answered after {soon.said()} on the wall",
            figure=news,
            unit="s",
            target=Target(limit=0.020, unit="s"),
        ),
    ]


async def _costs(
    server: Server, ask: Callable[[], Awaitable[float]], *, rounds: int, each: int
) -> tuple[Spread, Spread]:
    """Return what one run costs the server's processor in each round of some, and how long one is waited for."""
    computing, waiting = [], []
    for _ in range(rounds):
        before = server.cpu
        waited = [await ask() for _ in range(each)]
        computing.append((server.cpu - before) / each)
        waiting.append(sum(waited) / each)
    return Spread(tuple(computing)), Spread(tuple(waiting))
