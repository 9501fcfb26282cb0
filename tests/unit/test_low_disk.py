"""A disk that is nearly full is told of before it is full, and it is told that there is room again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from iw_monitor.model.pack.alerts import AlertsFile, DiskLowRule
from iw_monitor.service.alerting import evaluate, remind
from iw_monitor.service.facts import facts_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import free_bytes
from tests.alerts import OUTLETS, a_file, a_traffic_rule
from tests.builders import HOUR, MONDAY, AClock, AWatch, a_pack, a_site

MORE_THAN_ANY_DISK_HAS = 1 << 40  # MiB


def rules(free_mib: int) -> AlertsFile:
    plain = a_traffic_rule().model_dump(exclude={"kind", "indicators", "at_least", "at_most"})
    low = plain | {"id": "disk_low", "kind": "disk_low", "free_mib": free_mib}
    return a_file(DiskLowRule.model_validate(low, strict=False))


def on_a_disk(folder: Path, clock: AClock, free_mib: int) -> Site:
    journal = Journal.open(f"sqlite:///{folder / 'journal.db'}", clock=clock)
    return a_site(clock=clock, journal=journal, watch=AWatch(a_pack(), alerts=rules(free_mib)))


def told(site: Site) -> list[tuple[str, str]]:
    return [(one.subject, one.after) for one in AlertStore(site.journal, site.pack.id).transitions()]


def test_it_is_told_between_evaluations_and_ends_when_there_is_room(tmp_path: Path) -> None:
    clock = AClock()
    with closing(on_a_disk(tmp_path, clock, 1)) as site:
        evaluate(site, MONDAY, outlets=OUTLETS)
        assert told(site) == []
    clock.at = MONDAY + HOUR
    with closing(on_a_disk(tmp_path, clock, MORE_THAN_ANY_DISK_HAS)) as site:
        remind(site, outlets=OUTLETS)
        assert told(site) == [("disk", "firing")]
    with closing(on_a_disk(tmp_path, clock, 1)) as site:
        remind(site, outlets=OUTLETS)
        assert told(site)[-1] == ("disk", "resolved")


def test_a_journal_that_lies_on_no_disk_of_ours_fires_nothing() -> None:
    with closing(a_site(watch=AWatch(a_pack(), alerts=rules(MORE_THAN_ANY_DISK_HAS)))) as site:
        assert facts_of(site).free_bytes is None
        evaluate(site, MONDAY, outlets=OUTLETS)
        assert told(site) == []


def test_room_that_cannot_be_looked_at_is_not_known(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "gone") is None
    assert (free_bytes(tmp_path) or 0) > 0
