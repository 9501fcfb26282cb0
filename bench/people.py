"""People of a site that is measured: many who look, signed in, and some who write through the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

import httpx2

from bench.viewer import Viewer
from iw_monitor.model.accounts import Role
from iw_monitor.model.tokens import Scope
from iw_monitor.service.accounts import open_accounts
from iw_monitor.service.tokens import open_tokens

PASSWORD = "seven grey herons"
LEVELS = (1, 2)  # an edit takes the other of these, so that every screen has to change


def clock() -> datetime:
    return datetime.now(UTC)


def watch_officer(url: str) -> str:
    """Add somebody who only looks, and return the cookie of their session."""
    with open_accounts(url, clock=clock) as accounts:
        accounts.add_user("watch", PASSWORD, roles={"*": Role.VIEWER}, author="bench", via="cli")
        cookie = accounts.sign_in("watch", PASSWORD, address="127.0.0.1")
        return f"{accounts.cookie_name}={cookie}"


def tokens(url: str, count: int) -> tuple[str, ...]:
    """Add so many tokens that may write, of one editor; each is counted on its own."""
    with open_accounts(url, clock=clock) as accounts:
        accounts.add_user("editor", PASSWORD, roles={"*": Role.EDITOR}, author="bench", via="cli")
    with open_tokens(url, clock=clock) as held:
        return tuple(
            held.add(
                "editor",
                name=f"bench {number}",
                scope=Scope.WRITE,
                pack="*",
                life=timedelta(days=1),
                author="bench",
                via="cli",
            )[0]
            for number in range(count)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A report that the server said it has recorded."""

    id: str
    indicator: str
    level: int
    acknowledged: float  # on the steady clock


@dataclass(kw_only=True)
class Editor:
    """Somebody who reports on one indicator again and again, through the API."""

    client: httpx2.AsyncClient
    indicator: str
    begun: float = 0.0  # when the last writing began, on the steady clock
    refused: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # seconds until acknowledged

    async def write(self, level: int) -> Edit | None:
        """Report a level, and return what was acknowledged; None if it was refused."""
        report = {
            "indicator": self.indicator,
            "level": level,
            "statement": f"Level {level} is what the benchmark reports.",
            "observed_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "reliability": "A",
            "credibility": 1,
            "source_name": "Benchmark",
            "originator": "Benchmark",
        }
        self.begun = began = monotonic()
        answer = await self.client.post("/api/v1/observations", json=report)
        self.waits.append(monotonic() - began)
        if answer.status_code != httpx2.codes.CREATED:
            self.refused.append(f"{answer.status_code} {answer.text}")
            return None
        return Edit(id=answer.json()["id"], indicator=self.indicator, level=level, acknowledged=monotonic())


@dataclass(kw_only=True)
class Watcher:
    """Somebody who leaves the page open, and what they saw of the edits meanwhile."""

    viewer: Viewer
    editors: Sequence[Editor]
    edits: Sequence[Edit]  # of the round of writing that goes on, as they are acknowledged
    waits: list[tuple[float, float]] = field(default_factory=list)  # when asked, and how long it took
    shown: int = 0  # edits that stood on the screen after the first refresh that could show them
    late: int = 0  # those that did not
    seen: set[str] = field(default_factory=set)

    async def look(self) -> None:
        """Do what the page's timer does, and note which edits the screen shows after it."""
        began = monotonic()
        expected = [one for one in self.edits if one.acknowledged < began and one.id not in self.seen]
        self.waits.append((began, await self.viewer.refresh()))
        levels = self.viewer.levels() if expected else {}
        for one in expected:
            self.seen.add(one.id)
            if self._is_overtaken(one):
                continue
            self.shown += levels.get(one.indicator) == one.level
            self.late += levels.get(one.indicator) != one.level

    def _is_overtaken(self, edit: Edit) -> bool:
        """Return whether its editor has begun to write anew: the screen may rightly show either level."""
        return any(one.indicator == edit.indicator and one.begun > edit.acknowledged for one in self.editors)
