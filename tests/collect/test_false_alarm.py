"""11 October 2023: sirens over the whole north and no attack. A person decides what that was, and no machine."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iw_monitor.collect.fetching import Around
from iw_monitor.model.pack.sources import Accept, AlertsSource
from iw_monitor.pack.load import LoadedPack, load_pack
from iw_monitor.service.collecting import collect
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from tests.builders import AClock, AWatch
from tests.collect.sources import shared_data

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


@pytest.mark.slow
@pytest.mark.parametrize("name", RAW)
def test_the_false_alarm_is_put_before_a_person_and_raises_nothing(
    article: LoadedPack, tmp_path: Path, name: str
) -> None:
    shared = shared_data("")
    source = next(one for one in article.sources if one.id == name)
    assert isinstance(source, AlertsSource)
    keep_localities(shared, tmp_path, source)
    clock = AClock(EVENING)
    with Journal.open("sqlite://", clock=clock) as journal:
        site = Site(AWatch(article.pack, sources=article.sources), journal, clock)
        around = Around(pack=article.folder, kept=tmp_path, recorded={name: shared / RAW[name]})
        done = collect(site, name, now=EVENING, around=around)
        assert done.accepted == ()
        assert journal.latest(article.pack.id, "hizballah_activity") is None
    waiting = {one.subject: one.report for one in done.proposed}
    assert "hizballah_activity" in waiting


def keep_localities(shared: Path, folder: Path, source: AlertsSource) -> None:
    """Lay down the list of localities as if it had been fetched before."""
    with (shared / "alert_localities.csv").open(encoding="utf-8-sig") as stream:
        listed = [{"name": one["name_he"], "zone_en": one["zone_en"]} for one in csv.DictReader(stream)]
    name = hashlib.sha256((source.localities or "").encode()).hexdigest()[:20]
    (folder / f"{name}.table").write_text(json.dumps(listed), encoding="utf-8")
