"""Two hundred who watch, on one server process, and twenty who write beside them."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import httpx2
import numpy as np

from bench.measure import Spread
from bench.people import LEVELS, Edit, Editor, Watcher, clock, tokens, watch_officer
from bench.scale import Scale
from bench.served import SHIPPED, Server, filled_journal, our_site
from bench.sessions import GROUPS, KIB, opened
from bench.table import Row, Section, Target
from iw_monitor.pack.load import load_pack
from iw_monitor.store.journal import Journal

EDITORS = 20
SOON = 0.100  # seconds within which a refresh should be answered
ROUND = 10.0  # seconds between two rounds of writing: longer than a refresh
STRETCHES = 5  # at most: the time is cut into so many, and each counts for itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What some time of watching came to."""

    slow: float  # seconds within which 95 of 100 refreshes were answered
    cores: float
    memory: int  # bytes held at its end


@dataclass(kw_only=True)
class Crowd:
    """Everybody who is there, and what was measured of them."""

    server: Server
    watchers: list[Watcher] = field(default_factory=list)
    editors: list[Editor] = field(default_factory=list)
    current: list[Edit] = field(default_factory=list)  # what the watchers should see soon
    written: list[Edit] = field(default_factory=list)
    each: list[float] = field(default_factory=list)  # bytes of memory that one watcher costs, in each group of them

    async def come(self, stack: AsyncExitStack, cookie: str, count: int) -> None:
        """Let the watchers open the page, one after the other."""
        viewers, self.each = await opened(stack, self.server, count, cookie=cookie)
        self.watchers += [Watcher(viewer=one, editors=self.editors, edits=self.current) for one in viewers]

    async def watch(self, seconds: float) -> list[Stretch]:
        """Let everybody watch for a while, each at moments of their own."""
        async with asyncio.TaskGroup() as group:
            for number, watcher in enumerate(self.watchers):
                offset = watcher.viewer.interval * number / len(self.watchers)
                group.create_task(_watch(watcher, offset, seconds))
            stretches = group.create_task(self._stretches(seconds))
        return stretches.result()

    async def _stretches(self, seconds: float) -> list[Stretch]:
        found = []
        count = max(1, min(STRETCHES, int(seconds // self.watchers[0].viewer.interval)))
        for _ in range(count):
            began, cpu = monotonic(), self.server.cpu
            await asyncio.sleep(seconds / count)
            waits = [took for one in self.watchers for asked, took in one.waits if asked >= began]
            waited = monotonic() - began
            cores = (self.server.cpu - cpu) / waited
            found.append(Stretch(slow=most_of(waits, waited=waited), cores=cores, memory=self.server.memory))
        return found

    async def write(self, rounds: int) -> None:
        """Let all editors write at once, so many rounds; in each every indicator takes another level than before."""
        for number in range(rounds):
            self.current.clear()
            async with asyncio.TaskGroup() as group:
                for editor in self.editors:
                    group.create_task(self._written(editor, LEVELS[number % 2]))
            await asyncio.sleep(ROUND)

    async def _written(self, editor: Editor, level: int) -> None:
        edit = await editor.write(level)
        if edit is not None:
            self.current.append(edit)
            self.written.append(edit)


async def _watch(watcher: Watcher, offset: float, seconds: float) -> None:
    """Refresh as often as the page's timer says; one that takes too long delays the next, as in a browser."""
    due, until = monotonic() + offset, monotonic() + seconds
    while due < until:
        await asyncio.sleep(due - monotonic())
        await watcher.look()
        due = max(due + watcher.viewer.interval, monotonic())


def most_of(waits: Sequence[float], *, waited: float) -> float:
    """Return within how many seconds 95 of 100 were answered; if nobody was, the seconds for which it was waited."""
    return float(np.percentile(waits, 95)) if waits else waited


# --- The rows ---


def measure(scale: Scale) -> Section:
    """Return how the server bears many who watch, and what becomes of edits beside them."""
    with TemporaryDirectory(prefix="iw-bench-") as folder:
        url = filled_journal(Path(folder))
        cookie, secrets = watch_officer(url), tokens(url, EDITORS)
        with our_site(url) as server:
            crowd = Crowd(server=server)
            quiet, busy = asyncio.run(_live(crowd, scale, cookie, secrets))
        held = _kept(url, crowd.written)
    return Section(
        title="Many who watch, some who write",
        about=(
            f"{scale.watchers} pages of Watch, open and signed in, on one server process: WebSocket clients that speak "
            "Streamlit's protocol and come back every 5 s, as the page's timer makes a browser do. "
            f"They only watched for {scale.watching:,.0f} s; then {EDITORS} editors wrote through the API of the same "
            f"process, all at once, every {ROUND:.0f} s. A refresh counts until its last message has come, and so does "
            "the whole page that it draws anew when there is news, or once a minute."
        ),
        rows=(*_watching_rows(crowd, quiet), *_writing_rows(crowd, busy, held)),
    )


async def _live(crowd: Crowd, scale: Scale, cookie: str, secrets: Sequence[str]) -> tuple[list[Stretch], list[Stretch]]:
    rounds = scale.edits
    async with AsyncExitStack() as stack:
        await crowd.come(stack, cookie, scale.watchers)
        quiet = await crowd.watch(scale.watching)
        names = [one.id for one in load_pack(SHIPPED).pack.scored]
        for secret, name in zip(secrets, names, strict=False):
            headers = {"Authorization": f"Bearer {secret}"}
            client = httpx2.AsyncClient(base_url=crowd.server.base, headers=headers, timeout=30)
            crowd.editors.append(Editor(client=await stack.enter_async_context(client), indicator=name))
        busy, _ = await asyncio.gather(crowd.watch(rounds * ROUND), crowd.write(rounds))
        return quiet, busy


def _kept(url: str, written: Sequence[Edit]) -> float:
    """Return the share of acknowledged edits that the journal holds, once it is known to be whole."""
    with Journal.open(url, clock=clock) as journal:
        journal.verify()
        held = journal.observations(load_pack(SHIPPED).pack.id, ids={one.id for one in written})
    return len(held) / len(written)


def _watching_rows(crowd: Crowd, quiet: Sequence[Stretch]) -> Iterator[Row]:
    count = len(crowd.watchers)
    refreshes = [took for one in crowd.watchers for _, took in one.waits]
    late = sum(took > SOON for took in refreshes) / len(refreshes)
    yield Row(
        what="95 of 100 refreshes are answered within",
        measured=f"{count} watchers, median {statistics.median(refreshes) * 1000:.0f} ms",
        figure=Spread(tuple(one.slow for one in quiet)),
        unit="s",
        target=Target(limit=SOON, unit="s"),
        why=(
            f"Later came {late:.1%} of all, those beside the writers included: whole pages, which wait for each other, "
            "since one Python process draws one at a time."
        ),
    )
    yield Row(
        what="Computing",
        measured=f"cores that {count} watchers keep busy",
        figure=Spread(tuple(one.cores for one in quiet)),
        unit="cores",
        target=Target(limit=0.6, unit="cores"),
    )
    yield Row(
        what="Memory of a watcher",
        measured=f"what the server grew by while each of {GROUPS} groups came, shared out",
        figure=Spread(tuple(one / KIB for one in crowd.each)),
        unit="KiB",
        target=Target(limit=64, unit="KiB"),
        why="How much of it any page of Streamlit costs stands under *One more open page*.",
    )
    yield Row(
        what="Memory stays flat",
        measured="held at the end, over what was held after the first fifth of the time",
        figure=Spread((quiet[-1].memory / quiet[0].memory,)),
        target=Target(limit=1.02),
    )


def _writing_rows(crowd: Crowd, busy: Sequence[Stretch], held: float) -> Iterator[Row]:
    waits = [took for one in crowd.editors for took in one.waits]
    refused = [one for editor in crowd.editors for one in editor.refused]
    shown, late = (sum(getattr(one, name) for one in crowd.watchers) for name in ("shown", "late"))
    all_of_them = Target(limit=1, at_least=True, unit="")
    yield Row(
        what="Edits that were acknowledged, of all",
        measured=f"{len(waits):,} written, {len(refused)} refused. {refused[0] if refused else ''}".rstrip(),
        figure=Spread((len(crowd.written) / len(waits),)),
        unit="",
        target=all_of_them,
    )
    yield Row(
        what="Edits in the journal, of those acknowledged",
        measured=f"{len(crowd.written):,} acknowledged; the chain verifies",
        figure=Spread((held,)),
        unit="",
        target=all_of_them,
    )
    yield Row(
        what="Edits that the first refresh after them shows, of all on all screens",
        measured=f"{shown + late:,} looked for, {late} not shown",
        figure=Spread((shown / max(1, shown + late),)),
        unit="",
        target=all_of_them,
    )
    yield Row(
        what="An edit is acknowledged",
        measured=f"{len(crowd.editors)} editors at once, beside {len(crowd.watchers)} watchers",
        figure=Spread(tuple(waits)),
        unit="s",
    )
    yield Row(
        what="95 of 100 refreshes are answered within, while they write",
        measured="every refresh after a round of writing draws the whole page anew",
        figure=Spread(tuple(one.slow for one in busy)),
        unit="s",
    )
