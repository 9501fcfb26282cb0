"""The workers of one process: one for each pack, on leases of their own; a broken pack is told and joins later."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.model.running import RunOutcome, WorkerState
from iw_monitor.pack.find import find_pack
from iw_monitor.schedule.crew import Crew
from iw_monitor.schedule.registry import jobs_of
from iw_monitor.service.running import EVALUATION, pulse_of
from iw_monitor.service.site import Site, open_site
from iw_monitor.service.sites import Sites
from iw_monitor.store.place import file_url
from iw_monitor.store.running import RunningStore

pytestmark = pytest.mark.slow  # seconds of the machine's clock


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def packs(tmp_path: Path) -> list[str]:
    """Return the volcano's pack, and the shipped one with a mistake in it."""
    broken = tmp_path / "packs" / "multi-front"
    shutil.copytree(find_pack("multi-front"), broken)
    _edit(broken, "id: multi-front", "id: multi front")
    return ["volcano-unrest", str(broken)]


def _edit(pack: Path, old: str, new: str) -> None:
    file = pack / "pack.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def heard() -> list[tuple[str, dict[str, Any]]]:
    return []


@pytest.fixture
def crew(packs: list[str], tmp_path: Path, heard: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[Sites, Crew]]:
    """Return the packs of a process and who looks after them."""

    def say(event: str, /, **facts: object) -> None:
        heard.append((event, facts))

    sites = Sites(packs, lambda pack: open_site(clock=now, pack=pack, url=file_url(tmp_path / "journal.db")))
    one = Crew(sites, jobs_of, host="host", clock=now, life=timedelta(seconds=30), say=say)
    one.start()
    yield sites, one
    assert one.stop(timedelta(seconds=10))
    sites.close()


def _wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until
        time.sleep(0.1)


def _is_evaluated(site: Site) -> bool:
    done = RunningStore(site.journal, site.pack.id).last_due(EVALUATION, RunOutcome.DONE, upto=site.now())
    return done is not None


def test_one_process_looks_after_every_pack_and_a_broken_one_stops_no_other(
    crew: tuple[Sites, Crew], packs: list[str], heard: list[tuple[str, dict[str, Any]]]
) -> None:
    sites, workers = crew
    (volcano,) = sites.usable()
    _wait_for(partial(_is_evaluated, volcano))
    left_out = [facts for event, facts in heard if event == "pack_left_out"]
    workers.follow()
    assert [one["pack"] for one in left_out] == ["multi-front"]  # once
    assert "pack.yml:4" in left_out[0]["error"]

    _edit(Path(packs[1]), "id: multi front", "id: multi-front")
    workers.follow()
    _, mended = sites.usable()
    _wait_for(partial(_is_evaluated, mended))
    for site in (volcano, mended):
        assert pulse_of(site, now()).is_well
        (sign,) = RunningStore(site.journal, site.pack.id).workers()
        assert sign.state is WorkerState.ACTIVE
    assert len({one.name for one in workers.workers}) == 2
