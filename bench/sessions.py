"""What one more open page costs the server's memory, beside a page of the least that Streamlit can show."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Spread
from bench.people import watch_officer
from bench.scale import Scale
from bench.served import Server, bare_app, filled_journal, our_site
from bench.table import Row, Section, Target
from bench.viewer import Viewer, viewing

GROUPS = 6  # of pages, whose memory is taken together
KIB = 1024


def measure(scale: Scale) -> Section:
    """Return what a page costs, ours and the least one."""
    count = scale.watchers
    with TemporaryDirectory(prefix="iw-bench-") as folder:
        url = filled_journal(Path(folder))
        cookie = watch_officer(url)
        with our_site(url) as server:
            ours = asyncio.run(_of_pages(server, count, cookie=cookie))
        with bare_app() as server:
            bare = asyncio.run(_of_pages(server, count))
    least = f"{bare.median:.1f} KiB"
    return Section(
        title="One more open page",
        about=(
            f"{count} pages, opened one after the other and kept open, of Watch and of a Streamlit app of one line: "
            f"what the server's memory grew by while each of {GROUPS} groups of them came, shared out among the group."
        ),
        rows=(
            Row(
                what="Memory of an open page of Watch",
                measured=f"one of the bare app {least} ({bare.lowest:.1f} KiB to {bare.highest:.1f} KiB)",
                figure=ours,
                unit="KiB",
                target=Target(limit=64, unit="KiB"),
                why=(
                    f"The bare app's {least} are Streamlit's own for any page: its session, the thread that runs its "
                    "script, and its WebSocket."
                ),
            ),
        ),
    )


async def _of_pages(server: Server, count: int, *, cookie: str = "") -> Spread:
    async with AsyncExitStack() as stack:
        _, each = await opened(stack, server, count, cookie=cookie)
    return Spread(tuple(one / KIB for one in each))


async def opened(
    stack: AsyncExitStack, server: Server, count: int, *, cookie: str = ""
) -> tuple[list[Viewer], list[float]]:
    """Open pages one after the other; return them, and the bytes that one cost in each group of them.

    The first pays for what all share. What the server grows by is taken of a group at a time: by chance it lets go of
    much, or fills what it held free.
    """
    viewers: list[Viewer] = []
    each: list[float] = []
    together, held = (count - 1) // GROUPS, 0
    for number in range(count):
        viewer = await stack.enter_async_context(viewing(server.base, cookie=cookie))
        await viewer.open()
        viewers.append(viewer)
        if number % together == 0:
            before, held = held, server.memory
            each += [(held - before) / together] if before else []
    return viewers, each
