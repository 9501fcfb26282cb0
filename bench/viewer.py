"""A viewer without a browser: a WebSocket client that speaks Streamlit's protocol, and keeps what its screen shows.

It does what the browser does: opens a session, asks for the page, and comes back whenever the timer of a fragment that
the page set is over.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

LEVEL = re.compile(r'data-indicator="([^"]+)".*?<strong>(\d)\??</strong>', re.DOTALL)
FINISHED_EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class ViewerError(Exception):
    """A page did not come to an end as it should."""


@dataclass(kw_only=True)
class Viewer:
    """One open page. Its screen is what the last whole run drew."""

    link: ClientConnection
    at: str  # the address of the page
    query: str = ""
    fragment: str = ""  # the one whose timer is set
    interval: float = 0.0  # of that timer, in seconds
    elements: int = 0  # drawn by the last run
    size: int = 0  # bytes of the last run
    screen: list[str] = field(default_factory=list)
    last_was_whole: bool = False

    async def open(self) -> float:
        """Ask for the page as a browser does, and return the seconds until it was complete."""
        return await self._ask("")

    async def refresh(self) -> float:
        """Do what the timer does, and return the seconds until the run, and one that it asked for, was over."""
        return await self._ask(self.fragment)

    def levels(self) -> dict[str, int]:
        """Return the level that the screen shows for each indicator."""
        return {name: int(level) for html in self.screen for name, level in LEVEL.findall(html)}

    async def _ask(self, fragment: str) -> float:
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.is_auto_rerun = bool(fragment)
        context = asked.rerun_script.context_info
        context.timezone, context.locale, context.url, context.color_scheme = "UTC", "en-GB", self.at, "light"
        began = perf_counter()
        await self.link.send(asked.SerializeToString())
        while await self._run() == FINISHED_EARLY:
            pass
        return perf_counter() - began

    async def _run(self) -> int:
        """Take what one run of the script draws, and return how it ended."""
        self.elements = self.size = 0
        drawn: list[str] = []
        async for data in self.link:
            if not isinstance(data, bytes):
                raise ViewerError("the server sent text")
            message = ForwardMsg.FromString(data)
            self.size += len(data)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self.elements += 1
                self._drew(message, drawn)
            elif kind == "auto_rerun":
                self.fragment, self.interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
            elif kind == "script_finished":
                return self._finished(message.script_finished, drawn)
        raise ViewerError("the server hung up")

    def _drew(self, message: ForwardMsg, drawn: list[str]) -> None:
        element = message.delta.new_element
        if element.HasField("exception"):
            raise ViewerError(element.exception.message)
        if element.HasField("html"):
            drawn.append(element.html.body)

    def _finished(self, how: int, drawn: list[str]) -> int:
        if how == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise ViewerError("the page's script cannot be read")
        self.last_was_whole = how == ForwardMsg.FINISHED_SUCCESSFULLY
        if self.last_was_whole:
            self.screen = drawn
        return how


@asynccontextmanager
async def viewing(base: str, path: str = "/", *, cookie: str = "") -> AsyncIterator[Viewer]:
    """Connect as a browser does, and yield a viewer that has not asked for its page yet."""
    headers = {"Cookie": cookie} if cookie else {}
    address = f"{base.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(base),
        additional_headers=headers,
        max_size=None,
        ping_interval=None,
    ) as link:
        yield Viewer(link=link, at=base + path)
