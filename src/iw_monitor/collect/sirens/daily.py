"""Alerts counted by local day and region. Where a siren sounded, never who fired. Pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from iw_monitor.collect.sirens.places import Place, Places
from iw_monitor.collect.sirens.records import Alert

AT_ONCE = timedelta(minutes=10)
NATIONWIDE = "nationwide"


@dataclass(slots=True)
class Counted:
    """What was counted on one day in one region; a name called twice in a minute counts once."""

    alerts: set[tuple[str, int, str]] = field(default_factory=set)  # locality, minute, threat
    zones_by_minute: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, place: Place, minute: int, threat: str) -> None:
        self.alerts.add((place.name, minute, threat))
        self.zones_by_minute[minute].update({place.zone} - {""})

    def measures(self) -> dict[str, float]:
        """Return every measure by its name."""
        return {
            "alerts": float(len(self.alerts)),
            "minutes": float(len(self.zones_by_minute)),
            "zones": float(len(set().union(*self.zones_by_minute.values()))),
            "zones_at_once": float(_most_at_once(self.zones_by_minute)),
        }


def _most_at_once(zones_by_minute: dict[int, set[str]]) -> int:
    """Return the most zones that were alerted within ten minutes."""
    window: deque[int] = deque()
    most = 0
    for minute in sorted(zones_by_minute):
        window.append(minute)
        while minute - window[0] >= AT_ONCE.total_seconds() // 60:
            window.popleft()
        most = max(most, len(set().union(*(zones_by_minute[one] for one in window))))
    return most


@dataclass(slots=True)
class Days:
    """The counts of each day and region, and names that no table holds."""

    counted: dict[tuple[date, str], Counted] = field(default_factory=lambda: defaultdict(Counted))
    unknown: set[str] = field(default_factory=set)

    def measures(self, day: date, region: str) -> dict[str, float]:
        """Return what was counted; nothing counted is zero, as long as the history reaches over the day."""
        return self.counted.get((day, region), Counted()).measures()


def count_days(alerts: Iterable[Alert], places: Places, zone: ZoneInfo, *, since: date) -> Days:
    """Count attacks from a local day on. Alerts without a threat count for nothing."""
    days = Days()
    for alert in alerts:
        local = alert.at.astimezone(zone)
        if not alert.threat or local.date() < since:
            continue
        minute = int(alert.at.timestamp()) // 60
        for place in _called(alert, places):
            if not place.zone:
                days.unknown.add(place.name)
            for region in (place.region, NATIONWIDE):
                days.counted[local.date(), region].add(place, minute, alert.threat)
    return days


def _called(alert: Alert, places: Places) -> Iterator[Place]:
    for text in alert.names:
        yield from places.find(text)


def days_between(first: date, last: date) -> Iterator[date]:
    """Give every day from first to last."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def end_of(day: date, newest: datetime, zone: ZoneInfo) -> datetime:
    """Return until when a day's count is true: its last minute, or the newest alert of a day that may go on."""
    last = datetime(day.year, day.month, day.day, 23, 59, tzinfo=zone)
    return min(last, newest) if newest.astimezone(zone).date() == day else last
