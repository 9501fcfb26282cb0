"""What the sources of the shipped pack said in the autumn of 2023, as they would have said it at an instant.

Recorded files of other people, which the repository does not carry, are cut at the instant that is lived through; a
feed written by hand and the pack's own table are there on every machine. What nobody recorded is not asked.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from iw_monitor.collect.fetching import Around, kept_table
from iw_monitor.collect.http import Ask, Door
from iw_monitor.collect.readings import Fetched
from iw_monitor.model.pack.sources import AlertsSource, Source
from iw_monitor.service.site import Site

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
RAW = SHARED / "raw"
FIRST = datetime(2023, 10, 25, tzinfo=UTC)  # nothing that is older is served: no rule of the pack looks so far back
RENEWED = timedelta(hours=6)  # how often a publisher adds what came in
OWN_TABLES = frozenset({"iaea_stock"})
_JERUSALEM = ZoneInfo("Asia/Jerusalem")
_TITLES = ("Ford and Eisenhower in the region", "Eisenhower through Hormuz", "Bataan in the Red Sea")

Dated = tuple[tuple[datetime, Any], ...]


@dataclass
class Recorded:
    """The surroundings of a worker in place of the network; some sources are down in some hours."""

    folder: Path
    begin: datetime
    down: Mapping[str, range] = field(default_factory=dict)  # by source: hours after the beginning

    def __post_init__(self) -> None:
        self.folder.mkdir()

    def around(self, site: Site) -> Around:
        """Return what may be used at this moment."""
        now = site.now()
        kept = self.folder / "kept"
        for one in site.loaded.sources:
            if isinstance(one, AlertsSource) and one.localities is not None:
                kept_table(one.localities, Around(door=_Shelf(content=localities()), kept=kept))
        files = {name: self._served(name, now) for name in recordings()}
        return Around(pack=site.loaded.folder, kept=kept, recorded=files)

    def _served(self, name: str, now: datetime) -> Path:
        hour = (now - self.begin) // timedelta(hours=1)
        if hour in self.down.get(name, ()):
            return self.folder / f"{name} is down"
        until = now - (now - self.begin) % RENEWED
        file = self.folder / f"{name} {until:%d %H}"
        if not file.exists():
            rows, write = recordings()[name]
            file.write_text(write([row for at, row in rows if FIRST <= at < until]), encoding="utf-8")
        return file


@dataclass(frozen=True, kw_only=True)
class _Shelf(Door):
    """Gives what lies on it, whatever is asked for."""

    content: bytes

    def fetch(self, ask: Ask) -> Fetched:
        """Return it."""
        return Fetched(parts=(self.content,))


def is_recorded(source: Source) -> bool:
    """Say whether there is something to answer for a source."""
    return source.id in OWN_TABLES or source.id in recordings()


@cache
def recordings() -> Mapping[str, tuple[Dated, Callable[[Iterable[Any]], str]]]:
    """Return, by source, what it said and when, and how it writes that."""
    found: dict[str, tuple[Dated, Callable[[Iterable[Any]], str]]] = {"fleet_tracker": (_weekly(), _feed)}
    if RAW.exists():
        found["sirens_official"] = (_official(), "\n".join)
        found["sirens_tzevaadom"] = (_tzevaadom(), _listed)
        found["gaza_deaths"] = (_casualties(), _listed)
    return found


@cache
def localities() -> bytes:
    """Return the list of localities as it is published."""
    with (SHARED / "alert_localities.csv").open(encoding="utf-8-sig", newline="") as file:
        return json.dumps(
            [{"name": one["name_he"], "zone_en": one["zone_en"]} for one in csv.DictReader(file)]
        ).encode()


def _listed(rows: Iterable[Any]) -> str:
    return json.dumps(list(rows))


def _official() -> Dated:
    head, *lines = (RAW / "oref_history_raw_2023-10-01_2023-11-30.csv").read_text(encoding="utf-8-sig").splitlines()
    place = head.split(",").index("alertDate") - len(head.split(","))  # from the end: names may hold commas
    dated = ((datetime.fromisoformat(one.rsplit(",", -place)[1]).replace(tzinfo=_JERUSALEM), one) for one in lines)
    return ((FIRST, head), *sorted(dated, key=lambda one: one[0]))


def _tzevaadom() -> Dated:
    rows = json.loads((RAW / "tzevaadom_history_raw_2023-10-01_2023-11-30.json").read_text(encoding="utf-8"))
    return tuple((datetime.fromtimestamp(row[3], UTC), row) for row in rows)


def _casualties() -> Dated:
    rows = json.loads((RAW / "casualties_daily_2023-10-07_2023-11-30.json").read_text(encoding="utf-8"))
    return tuple((datetime.fromisoformat(row["report_date"]).replace(tzinfo=UTC), row) for row in rows)


def _weekly() -> Dated:
    """Return a tracker that is published on Mondays at noon."""
    monday = datetime(2023, 10, 30, 12, tzinfo=UTC)
    return tuple((monday + week * timedelta(days=7), (week, title)) for week, title in enumerate(_TITLES))


def _feed(items: Iterable[tuple[int, str]]) -> str:
    monday = datetime(2023, 10, 30, 12, tzinfo=UTC)
    said = "".join(
        f"<item><title>{title}</title><guid>week-{week}</guid><link>https://news.example/{week}</link>"
        f"<pubDate>{format_datetime(monday + week * timedelta(days=7))}</pubDate></item>"
        for week, title in items
    )
    return f'<rss version="2.0"><channel><title>Tracker</title>{said}</channel></rss>'
