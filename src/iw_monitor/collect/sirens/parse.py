"""An alert history as readings: counted to the newest call it knows and not a minute further, so that silence ages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from iw_monitor.collect.readings import Parsed, Reading
from iw_monitor.collect.sirens.daily import NATIONWIDE, Days, count_days, days_between, end_of
from iw_monitor.collect.sirens.places import Places
from iw_monitor.collect.sirens.records import Alert, read_official, read_tzevaadom
from iw_monitor.model.pack.sources import AlertsSource

USUAL_WINDOW = timedelta(days=14)
_MOST_NAMED = 5


def parse_alerts(parts: Iterable[bytes], source: AlertsSource, places: Places, *, now: datetime) -> Parsed:
    """Return counts by day and region of what was known by an instant.

    Raises:
        CollectError: a part is of another layout.
    """
    zone, lag = ZoneInfo(source.zone), source.lag or timedelta(0)
    found = [one for raw in parts for one in _read(raw, source, zone)]
    alerts = [one for one in found if one is not None]
    known = [one for one in alerts if one.at + lag <= now]
    unread = len(found) - len(alerts)
    damage = [f"{unread} rows cannot be read"] if unread else []
    readings: tuple[Reading, ...] = ()
    if known:
        newest, oldest = max(one.at for one in known), min(one.at for one in known)
        first = max(oldest, newest - _longest(source)).astimezone(zone).date()
        days = count_days(known, places, zone, since=first)
        damage += _unknown_names(days)
        readings = tuple(_readings(days, places, first, newest, lag=lag, zone=zone))
    return Parsed(readings=readings, rows=len(found), damage=tuple(damage), withheld=len(alerts) - len(known))


def _read(raw: bytes, source: AlertsSource, zone: ZoneInfo) -> Iterator[Alert | None]:
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        return iter(())  # what the service sends while nothing happens
    return read_official(raw, zone) if source.layout == "official" else read_tzevaadom(raw)


def _longest(source: AlertsSource) -> timedelta:
    return max((rule.over for rule in source.rules if rule.over), default=USUAL_WINDOW)


def _readings(
    days: Days, places: Places, first: date, newest: datetime, *, lag: timedelta, zone: ZoneInfo
) -> Iterator[Reading]:
    for day in days_between(first, newest.astimezone(zone).date()):
        at = end_of(day, newest, zone)
        for region in chain(places.regions, (NATIONWIDE,)):
            for measure, value in days.measures(day, region).items():
                yield Reading(name=f"{measure}.{region}", value=value, at=at, published_at=at + lag)


def _unknown_names(days: Days) -> list[str]:
    if not days.unknown:
        return []
    named = ", ".join(sorted(days.unknown)[:_MOST_NAMED])
    return [f"{len(days.unknown)} names are in no zone: {named}"]
