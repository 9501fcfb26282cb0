"""11 October 2023: sirens over the whole north and no attack. A person decides what that was, and no machine."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.collect.decide import Proposed
from iw_monitor.collect.fetching import Around
from iw_monitor.model.pack.sources import Accept, AlertsSource, ReadingRule, Take
from iw_monitor.pack.load import LoadedPack, load_pack
from iw_monitor.service.collecting import Collected, collect
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from tests.builders import AClock, AWatch
from tests.collect.sources import shared_data

# What sounded sirens deep in the north on other days, by day of October 2023.
LONG_ROCKETS = {7: "rockets from Gaza at the Menashe area", 13: "one more of them, at 15:02"}
EVENING = datetime(2023, 10, 11, 20, tzinfo=UTC)
RAW = {
    "sirens_official": "raw/oref_history_raw_2023-10-01_2023-11-30.csv",
    "sirens_tzevaadom": "raw/tzevaadom_history_raw_2023-10-01_2023-11-30.json",
}


@pytest.fixture(scope="module")
def article(repository: Path) -> LoadedPack:
    return load_pack(repository / "indicators" / "multi-front")


def test_no_rule_of_the_articles_sirens_goes_without_a_person(article: LoadedPack) -> None:
    sirens = [one for one in article.sources if isinstance(one, AlertsSource)]
    assert {one.id for one in sirens} == set(RAW)
    accepts = {rule.accept or one.accept for one in sirens for rule in one.rules}
    assert accepts == {Accept.REVIEW}


@dataclass
class Evening:
    """The article's pack on an evening, with the sirens as both histories have them."""

    shared: Path
    site: Site
    around: Around

    def collect(self, name: str) -> Collected:
        return collect(self.site, name, now=self.site.now(), around=self.around)


@contextmanager
def evening(article: LoadedPack, at: datetime, folder: Path) -> Iterator[Evening]:
    shared = shared_data("")
    for one in article.sources:
        if isinstance(one, AlertsSource):
            keep_localities(shared, folder, one)
    recorded = {name: shared / file for name, file in RAW.items()}
    clock = AClock(at)
    with Journal.open("sqlite://", clock=clock) as journal:
        site = Site(AWatch(article.pack, sources=article.sources), journal, clock)
        yield Evening(shared, site, Around(pack=article.folder, kept=folder, recorded=recorded))


@pytest.mark.slow
@pytest.mark.parametrize("name", RAW)
@pytest.mark.parametrize("day", LONG_ROCKETS | {11: "a false alarm over the whole north"})
def test_sirens_that_were_not_hizballah_are_put_before_a_person_and_raise_nothing(
    article: LoadedPack, tmp_path: Path, name: str, day: int
) -> None:
    with evening(article, EVENING.replace(day=day), tmp_path) as here:
        done = here.collect(name)
        assert done.accepted == ()
        assert here.site.journal.latest(article.pack.id, "hizballah_activity") is None
    waiting = {one.subject: one.report or {} for one in done.proposed}
    assert waiting["hizballah_activity"]["level"] in ("3", "4")
    if day in LONG_ROCKETS:
        assert "long rockets from Gaza reach the Menashe area" in waiting["hizballah_activity"]["statement"]


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "contradicted"), [("alerts", True), ("minutes", False)])
def test_where_one_history_lost_the_rows_of_a_day_of_many_their_numbers_contradict_and_their_minutes_do_not(
    article: LoadedPack, tmp_path: Path, measure: str, contradicted: bool
) -> None:
    """On 2023-10-11 the official history has 439 rows, the other 1,034; the pack counts minutes with sirens."""
    with evening(counting(article, f"{measure}.nationwide"), EVENING, tmp_path) as here:
        here.collect("sirens_tzevaadom")
        done = here.collect("sirens_official")
    (one,) = done.judged
    doubt = one.verdict.why if isinstance(one.verdict, Proposed) else ""
    assert ("sirens_tzevaadom says" in doubt) is contradicted


def counting(article: LoadedPack, reading: str) -> LoadedPack:
    """Return the pack with one rule for its sirens, which would go alone if nobody contradicted it."""
    rule = ReadingRule(
        indicator="hizballah_activity",
        readings=(reading,),
        take=Take.MAX,
        over=timedelta(days=1),
        levels={4: 1.0},
        unit="sirens",
        says="Sirens",
        accept=Accept.AUTO,
    )
    sirens = [one.model_copy(update={"rules": (rule,)}) for one in article.sources if one.id in RAW]
    return replace(article, sources=tuple(sirens))


def keep_localities(shared: Path, folder: Path, source: AlertsSource) -> None:
    """Lay down the list of localities as if it had been fetched before."""
    with (shared / "alert_localities.csv").open(encoding="utf-8-sig") as stream:
        listed = [{"name": one["name_he"], "zone_en": one["zone_en"]} for one in csv.DictReader(stream)]
    name = hashlib.sha256((source.localities or "").encode()).hexdigest()[:20]
    (folder / f"{name}.table").write_text(json.dumps(listed), encoding="utf-8")
