"""The two layouts of alert histories as alerts: when, where it was called out, and what was coming. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from iw_monitor.collect.documents import csv_rows, json_of, looks_like_json
from iw_monitor.errors import CollectError

Threat = Literal["missiles", "aircraft", ""]  # empty: no attack, as a drill, an earthquake or an event that ended

# Each history has its own code. Everything else says that the history is alive, and not that somebody attacked.
_OFFICIAL: Mapping[str, Threat] = {"1": "missiles", "2": "aircraft"}
_TZEVAADOM: Mapping[int, Threat] = {0: "missiles", 5: "aircraft"}
_NEEDED = ("data", "category")
_DATE_TIME = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Alert:
    """One call: an instant, the names it was called out for as one text each, and the threat."""

    at: datetime
    names: tuple[str, ...]
    threat: Threat


def read_official(raw: bytes, zone: ZoneInfo) -> Iterator[Alert | None]:
    """Give the alerts of the official history, CSV or JSON, in local time; None for a row that cannot be read.

    Raises:
        CollectError: it is neither, or a column is not there.
    """
    rows = _json_rows(raw) if looks_like_json(raw) else csv_rows(raw, needed=_NEEDED)
    for row in rows:
        at = _local_instant(row, zone) if isinstance(row, Mapping) else None
        if at is None or not isinstance(row, Mapping):
            yield None
        else:
            threat = _OFFICIAL.get(str(row.get("category", "")).strip(), "")
            yield Alert(at=at, names=(str(row.get("data") or ""),), threat=threat)


def _json_rows(raw: bytes) -> list[object]:
    said = json_of(raw)
    if not isinstance(said, list):
        raise CollectError("the answer is no list of alerts; the layout may have changed")
    return said


def _local_instant(row: Mapping[str, object], zone: ZoneInfo) -> datetime | None:
    """Return the second of an alert: ``alertDate`` alone is rounded to the minute, so that 23:59:51 is tomorrow."""
    day, time = row.get("date"), row.get("time")
    try:
        if day and time:
            found = _DATE_TIME.fullmatch(f"{day} {time}")
            if found is None:
                return None
            d, month, year, hour, minute, second = (int(one or 0) for one in found.groups())
            local = datetime(year, month, d, hour, minute, second, tzinfo=zone)
        else:
            local = datetime.fromisoformat(str(row.get("alertDate", ""))).replace(tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_tzevaadom(raw: bytes) -> Iterator[Alert | None]:
    """Give the alerts of tzevaadom's history, ``[id, threat, [names], seconds]``; None for a record of another form.

    Raises:
        CollectError: it is no list.
    """
    for record in _json_rows(raw):
        yield _record(record)


def _record(record: object) -> Alert | None:
    if not isinstance(record, list) or len(record) != 4:
        return None
    _, threat, names, seconds = record
    if not isinstance(names, list) or not _is_whole(threat) or not _is_whole(seconds):
        return None
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Alert(at=at, names=tuple(one for one in names if isinstance(one, str)), threat=_TZEVAADOM.get(threat, ""))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
