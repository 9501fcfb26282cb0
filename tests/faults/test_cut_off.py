"""PostgreSQL is cut off, falls silent, and is restarted while a site runs: it says so, loses nothing, and comes back.

Nobody helps: the way to the server breaks and is mended, and everything else is as operators run it.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dashboard import data
from iw_monitor.store.journal import Journal
from tests.faults.running import CHILDREN, Up
from tests.faults.storm import LEASE, PACK, editor_token, now
from tests.store.cut_off import WayToServer
from tests.store.server import Server, started_server
from tests.unit.pages_site import open_page, text_of, use

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="the server has no local socket on this platform"),
]
SILENT_AFTER = 2  # seconds, as the address says
STARTED_WITHIN = 180.0
NOTICED_WITHIN, BACK_WITHIN = 30.0, 60.0  # seconds, also on a machine that is busy
WRITES = 10  # in each state
Record = Callable[[str, Any], None]


@pytest.fixture(scope="module")
def server(empty_home: Path) -> Iterator[Server]:
    yield from started_server(empty_home / "run")


@dataclass
class Editor:
    """Somebody who reports through the API, and sends again under the same key what was not acknowledged."""

    port: int
    token: str
    sent: int = 0
    acknowledged: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def report(self, times: int) -> Counter[int]:
        """Report so often, and return how often each status was answered."""
        self.sent += times
        self.waiting += [f"report {self.sent - n}" for n in range(times)]
        return self.send()

    def send(self) -> Counter[int]:
        """Send all that was not acknowledged yet."""
        answers = {statement: self._post(statement) for statement in self.waiting}
        self.acknowledged += [one for one, status in answers.items() if status == 201]
        self.waiting = [one for one, status in answers.items() if status != 201]
        return Counter(answers.values())

    def _post(self, statement: str) -> int:
        body = {
            "observed_at": now().isoformat(),
            "indicator": "so2_emission",
            "level": 2,
            "statement": statement,
            "source_name": "Observatory",
            "source_url": "",
            "originator": "Observatory",
            "reliability": "B",
            "credibility": 2,
            "basis": "seen",
        }
        headers = {
            "authorization": f"Bearer {self.token}",
            "content-type": "application/json",
            "idempotency-key": statement.replace(" ", "-"),
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as link:
            link.request("POST", "/api/v1/observations", body=json.dumps(body), headers=headers)
            answer = link.getresponse()
            answer.read()
            return answer.status


@dataclass
class Cut:
    """A site whose way to its server can be broken."""

    server: Server
    database: str
    way: WayToServer
    up: Up
    editor: Editor

    def seconds_until(self, what: Callable[[], bool], *, within: float) -> float:
        """Wait until something holds, and return how long that took."""
        began = time.monotonic()
        self.up.wait_for(what, patience=within)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        return self.up.answer("/readyz") == 200

    def is_evaluated(self, runs: int) -> bool:
        """Say whether the worker has evaluated since so many runs were done."""
        return len(self.up.events("run_done")) > runs

    def break_off(self) -> None:
        self.way.cut()

    def fall_silent(self) -> None:
        self.way.is_silent = True

    def mend(self) -> None:
        self.way.mend()


@pytest.fixture(scope="module")
def cut(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cut]:
    """Begin a site that reaches its server by a way that can be broken."""
    folder = tmp_path_factory.mktemp("cut-off")
    with server.database() as name, WayToServer(str(server.running.get_postmaster_info().socket_path)) as way:
        with Journal.open(server.url(name), clock=now) as journal:
            token = editor_token(journal)
        settings = f"connect_timeout={SILENT_AFTER}&tcp_user_timeout={SILENT_AFTER * 1000}"
        url = f"postgresql://postgres@127.0.0.1:{way.port}/{name}?{settings}"
        up = Up(folder / "log", ("--pack", PACK, "--lease", LEASE), {"IW_DATABASE_URL": url})
        up.start()
        try:
            up.wait_for(lambda: up.is_alive() and up.has_worked(1), patience=STARTED_WITHIN)
            yield Cut(server, name, way, up, Editor(up.port, token))
        finally:
            up.end()


@contextmanager
def page(cut: Cut, patch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Give a way to read the page as a browser shows it."""
    use(patch, cut.up.environment["IW_DATABASE_URL"], pack=PACK)
    yield lambda: text_of(open_page())
    data.site().close()


@pytest.mark.parametrize("lose", [Cut.break_off, Cut.fall_silent])
def test_while_its_server_is_lost_a_site_says_so_and_takes_nothing_and_afterwards_goes_on_by_itself(
    lose: Callable[[Cut], None], cut: Cut, monkeypatch: pytest.MonkeyPatch, record_property: Record
) -> None:
    cut.up.wait_for(cut.is_ready)
    editor = cut.editor
    assert editor.report(WRITES) == {201: WRITES}
    with page(cut, monkeypatch) as said:
        assert "cannot open its data" not in said()
        lose(cut)
        noticed = cut.seconds_until(lambda: cut.up.answer("/readyz") == 503, within=NOTICED_WITHIN)
        assert cut.up.answer("/healthz") == 200  # nobody is to restart it: it is alive
        refused = editor.report(2)
        assert refused == {503: 2}
        shown = said()
        assert "The monitor cannot open its data" in shown
        assert cut.database in shown
        cut.up.wait_for(lambda: len(cut.up.events("no_database")) > 0)
        evaluated = len(cut.up.events("run_done"))

        cut.mend()
        back = cut.seconds_until(cut.is_ready, within=BACK_WITHIN)
        assert editor.send() == {201: 2}
        cut.up.wait_for(lambda: cut.is_evaluated(evaluated), patience=BACK_WITHIN)
        assert "cannot open its data" not in said()
    assert_nothing_is_lost(cut)
    record_property(
        "figures",
        f"{lose.__name__.replace('_', ' ')}: not ready after {noticed:.1f} s, ready again {back:.1f} s after it was "
        f"mended; writes {WRITES + 2}, refused meanwhile {refused.total()}, lost 0, doubled 0, processes restarted 0",
    )


def test_a_server_that_crashes_and_starts_again_is_hardly_noticed(cut: Cut, record_property: Record) -> None:
    cut.up.wait_for(cut.is_ready)
    evaluated = len(cut.up.events("run_done"))
    cut.server.crash()
    back = cut.seconds_until(cut.is_ready, within=BACK_WITHIN)
    assert set(cut.editor.report(WRITES)) <= {201, 503}
    cut.up.wait_for(lambda: not cut.editor.waiting or bool(cut.editor.send()), patience=BACK_WITHIN)
    cut.up.wait_for(lambda: cut.is_evaluated(evaluated), patience=BACK_WITHIN)
    assert_nothing_is_lost(cut)
    record_property(
        "figures", f"ready again {back:.1f} s after the restart; writes {WRITES}, lost 0, doubled 0, restarted 0"
    )


def assert_nothing_is_lost(cut: Cut) -> None:
    """See that what was acknowledged is there once, nothing else is, the chain holds, and no process fell over."""
    with Journal.open(cut.server.url(cut.database), clock=now, read_only=True) as journal:
        found = Counter(one.statement for one in journal.observations(PACK))
        assert journal.verify() > 0
    assert found == Counter(cut.editor.acknowledged)
    assert not cut.editor.waiting
    assert cut.up.events("child_ended") == []
    assert [len(cut.up.started(child)) for child in CHILDREN] == [1, 1]
    assert "Traceback" not in cut.up.said()
