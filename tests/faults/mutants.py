"""Spoilt packs, tables, feeds and bodies offered one after the other, in a process of its own that is measured.

``python -m tests.faults.mutants KIND TRIES SEED FOLDER`` says as JSON what came of them. It ends at the first mutant
that does harm, with its number, so that the same call shows it again.
"""

from __future__ import annotations

import faulthandler
import json
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from iw_monitor.collect.fetching import Around
from iw_monitor.errors import InputError
from iw_monitor.model.collecting import FetchOutcome
from iw_monitor.model.pack.sources import Source
from iw_monitor.pack.load import LoadedPack, check_pack, load_pack
from iw_monitor.pack.watch import PackWatch, WatchedPack
from iw_monitor.publish.as_json import assessment_json
from iw_monitor.service.collecting import collect
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from tests.api_site import House, a_house
from tests.builders import MONDAY, AClock, AWatch, a_pack, a_site, a_submission
from tests.collect.sources import PLACES, REGIONS
from tests.faults.good import BODIES, FEEDS, JSON, OFFICE, TABLE
from tests.mutating import spoilt, with_other_cell, with_other_lines, with_other_part, with_other_value

BASE = Path(__file__).parents[1] / "packs" / "base"
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
HANGS_AFTER = 120.0  # seconds of a machine that may be busy; then it is ended, saying where it hangs
MOST_MEMORY = 4 << 30  # bytes of addresses: a runaway ends before the machine does

Trial = Callable[[], bool]  # offers one mutant, holds it to what must be, and says whether it was taken


# --- Packs: a broken edit leaves the last good pack in force ---


def packs(chance: Random, folder: Path) -> Iterator[Trial]:
    """Edit one file of a pack that is being watched, and put it back."""
    pack = Path(shutil.copytree(BASE, folder / "port"))
    good = {path: path.read_bytes() for path in sorted(pack.rglob("*.yml"))}
    site = Site(PackWatch(pack), Journal.open("sqlite://", clock=lambda: NOW), lambda: NOW)
    with _standing(site):
        author = _Author(site=site, pack=pack, said=assessment_json(site.assess()))
        while True:
            path = chance.choice(list(good))
            spoil = chance.choice([spoilt, with_other_lines, with_other_value, with_other_value])
            yield partial(author.edit, path, spoil(good[path], chance))
            path.write_bytes(good[path])


@dataclass(slots=True, kw_only=True)
class _Author:
    """Somebody who edits a pack while it is used, and what is concluded by the last good state of it."""

    site: Site
    pack: Path
    said: str

    def edit(self, path: Path, raw: bytes) -> bool:
        path.write_bytes(raw)
        of_cases = check_pack(self.pack) if path.parent.name == "cases" else ()
        now = assessment_json(self.site.assess())
        for one in (*of_cases, *self.site.broken):
            assert one.problem and one.remedy
            str(one).encode()
        assert now == self.said or not self.site.broken
        self.said = now
        return not self.site.broken


# --- Tables to import: refused whole, or taken whole ---


def imports(chance: Random, folder: Path) -> Iterator[Trial]:
    """Import a table."""
    file = folder / "reports.csv"
    with _standing(_port(folder)) as site:
        while True:
            spoil = chance.choice([spoilt, with_other_lines, with_other_cell, with_other_cell])
            file.write_bytes(spoil(TABLE, chance))
            yield partial(_import, site, file)


def _import(site: Site, file: Path) -> bool:
    before = site.journal.head()
    try:
        site.import_csv(file, author="ada")
    except InputError as refused:
        assert refused.findings
        str(refused).encode()
        assert site.journal.head() == before
        return False
    assessment_json(site.assess())
    return True


# --- What sources send: whatever it is, a machine lowers nothing ---


def feeds(chance: Random, folder: Path) -> Iterator[Trial]:
    """Let a source answer."""
    data = folder / "data"
    data.mkdir()
    (data / "localities.csv").write_bytes(PLACES)
    (data / "regions.csv").write_bytes(REGIONS)
    clock = AClock(NOW)
    site = _port(folder, clock=clock, sources=tuple(source for source, _, _ in FEEDS))
    answer = folder / "answer"
    with _standing(site):
        while True:
            source, good, ways = chance.choice(FEEDS)
            answer.write_bytes(chance.choice(ways)(good, chance))
            clock.at += timedelta(seconds=1)
            yield partial(_collect, site, source, Around(pack=folder, recorded={source.id: answer}))


def _collect(site: Site, source: Source, around: Around) -> bool:
    before = _levels(site)
    outcome = collect(site, source.id, now=site.now(), around=around).outcome
    after = _levels(site)
    assert all(after[name] >= level for name, level in before.items()), "a machine lowered what stood"
    return outcome is not FetchOutcome.FAILED


# --- Bodies: an answer with findings, or what was sent is in the journal ---


def bodies(chance: Random, folder: Path) -> Iterator[Trial]:
    """Send a body to the API; a house of its own for some hundred of them, as its journal grows with each."""
    del folder
    while True:
        clock = AClock(MONDAY)
        site = a_site(clock=clock, watch=AWatch(a_pack(), sources=(OFFICE,)))
        with a_house(site=site) as house, closing(house.writer()) as caller:
            for _ in range(200):
                clock.at += timedelta(seconds=1)
                path, kind, good = chance.choice(BODIES)
                of_a_table = [spoilt, with_other_lines, with_other_cell]
                spoil = chance.choice([spoilt, with_other_part] if kind == JSON else of_a_table)
                (last,) = site.journal.append([a_submission(level=4, observed_at=MONDAY)], via="test")
                yield partial(_post, house, caller, path.format(last=last.id), kind, spoil(good, chance))


def _post(house: House, caller: Any, path: str, kind: str, raw: bytes) -> bool:
    site = house.site
    head, levels = site.journal.head(), _levels(site)
    answer = caller.post(path, content=raw, headers={"content-type": kind})
    told = json.loads(answer.text)
    if answer.status_code >= 400:
        assert answer.status_code < 500, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert all(one["problem"] and one["remedy"] for one in told["findings"]), told
        assert site.journal.head() == head
        return False
    assert answer.status_code in (200, 201, 202)
    if path.startswith("/sources/"):
        assert all(_levels(site)[name] >= level for name, level in levels.items()), "a machine lowered what stood"
    site.assess()
    return True


# --- What the trials share ---


def _port(folder: Path, *, clock: AClock | None = None, sources: tuple[Source, ...] = ()) -> Site:
    """Return a site of the small pack, over a journal in memory, that collects from these sources."""
    time = clock or AClock(NOW)
    loaded = replace(load_pack(BASE), folder=folder, sources=sources)
    return Site(_Still(loaded), Journal.open("sqlite://", clock=time), time)


@dataclass(frozen=True, slots=True)
class _Still:
    """A pack that nobody edits."""

    loaded: LoadedPack

    def current(self) -> WatchedPack:
        return WatchedPack(loaded=self.loaded)


@contextmanager
def _standing(site: Site) -> Iterator[Site]:
    """Give a site on which everything stands at level 3, and let go of it at the end."""
    reports = [
        a_submission(pack=site.pack.id, indicator=one.id, level=3, observed_at=site.now() - timedelta(days=2))
        for one in site.pack.indicators
    ]
    with closing(site):
        site.journal.append(reports, via="test")
        yield site


def _levels(site: Site) -> dict[str, int]:
    """Return the newest level of each indicator that has one."""
    newest = ((one.id, site.journal.latest(site.pack.id, one.id)) for one in site.pack.indicators)
    return {name: one.level for name, one in newest if one is not None}


# --- Measuring ---


def main(kind: str, tries: int, seed: int, folder: Path) -> None:
    """Offer so many mutants, and say what they took: time of this process, and memory over what stood before."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    trials = KINDS[kind](Random(seed), folder)
    next(trials)()  # loads what is loaded once
    stood, taken, slowest = _peak(), 0, 0.0
    for number, trial in enumerate(islice(trials, tries)):
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        begun = time.process_time()
        try:
            taken += trial()
        except BaseException:
            print(f"mutant {number} of seed {seed} did harm", file=sys.stderr)
            raise
        slowest = max(slowest, time.process_time() - begun)
    faulthandler.cancel_dump_traceback_later()
    print(json.dumps({"tries": tries, "taken": taken, "slowest": slowest, "grown": (_peak() - stood) / 2**20}))


def _peak() -> int:
    """Return the most memory that this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


KINDS: Mapping[str, Callable[[Random, Path], Iterator[Trial]]] = {
    "packs": packs,
    "imports": imports,
    "feeds": feeds,
    "bodies": bodies,
}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
