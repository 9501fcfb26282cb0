"""Rows of any table as readings: which rows count, when each was true and said, and what it says. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import jmespath

from iw_monitor.collect.readings import Parsed, Reading, known_by
from iw_monitor.errors import CollectError
from iw_monitor.model.instants import end_of_day
from iw_monitor.model.pack.sources import Picks, RowSource

Row = Mapping[str, object]
MOST_ROWS = 500_000
MOST = 1e15  # of a value; whatever is greater was meant otherwise
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UNITS = {"epoch_seconds": 1.0, "epoch_milliseconds": 1000.0}
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Damage:
    """Counts what cannot be made out, so that a thousand bad rows are one sentence."""

    counted: Counter[str] = field(default_factory=Counter)

    def note(self, what: str) -> None:
        self.counted[what] += 1

    def said(self) -> tuple[str, ...]:
        return tuple(f"{what} ({count} rows)" if count > 1 else what for what, count in self.counted.items())


def parse_rows(rows: Iterable[object], source: RowSource, *, now: datetime) -> Parsed:
    """Return what the rows of a source say that was known by an instant.

    Raises:
        CollectError: there are more rows than any source has.
    """
    damage, count = _Damage(), 0
    readings: list[Reading] = []
    for row in rows:
        count += 1
        if count > MOST_ROWS:
            raise CollectError(f"there are more than {MOST_ROWS:,} rows")
        if not isinstance(row, Mapping):
            damage.note("a row is not a table of names and values")
        elif _counts(row, source.picks):
            readings += _readings(row, source, damage)
    known, withheld = known_by(readings, now)
    for name in _falling(known, source.picks.never_falls):
        damage.note(f"{name} falls, although it adds up")
    return Parsed(readings=known, rows=count, damage=damage.said(), withheld=withheld)


def _counts(row: Row, picks: Picks) -> bool:
    wanted = all(_text(row, path) in values for path, values in picks.only.items())
    return wanted and not any(_text(row, path) in values for path, values in picks.skip.items())


def pick(row: Row, path: str) -> object:
    """Return what stands in a row: in the column of this very name, or along the path."""
    return row[path] if path in row else jmespath.search(path, row)


def _text(row: Row, path: str) -> str:
    found = pick(row, path)
    return "" if found is None else str(found)


def _readings(row: Row, source: RowSource, damage: _Damage) -> Iterator[Reading]:
    picks = source.picks
    at = _instant(pick(row, picks.at), source)
    if at is None:
        damage.note(f"{picks.at} is not a time")
        return
    published_at = at + (source.lag or timedelta(0))
    if picks.published is not None:
        said = _instant(pick(row, picks.published), source)
        if said is None:
            damage.note(f"{picks.published} is not a time")
            return
        published_at = said
    for name, path in picks.readings.items():
        given = pick(row, path)
        if given is None or given == "":
            continue  # not reported, which is not zero
        value = _number(given)
        if value is None:
            damage.note(f"{name} is not a number")
        else:
            yield Reading(name=name, value=value, at=at, published_at=max(at, published_at))


def _number(given: object) -> float | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int | float):
        return float(given) if abs(given) < MOST else None
    text = str(given).strip()
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) < MOST else None


def _instant(given: object, source: RowSource) -> datetime | None:
    """Return an instant; of a bare day its end, in the source's time zone."""
    zone = ZoneInfo(source.zone)
    try:
        if source.picks.form != "iso":
            seconds = _number(given)
            found = None if seconds is None else _epoch(seconds / _UNITS[source.picks.form], zone)
        else:
            found = _iso(str(given).strip(), zone)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found is not None and _FIRST <= found < _LAST else None


def _iso(text: str, zone: ZoneInfo) -> datetime:
    if _DAY.fullmatch(text):
        return end_of_local_day(date.fromisoformat(text), zone)
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _epoch(seconds: float, zone: ZoneInfo) -> datetime:
    """Return an instant given in seconds since 1970; midnight sharp stands for its day, as feature services mean it."""
    found = datetime.fromtimestamp(seconds, UTC)
    midnight = found.hour == found.minute == found.second == 0
    return end_of_local_day(found.date(), zone) if midnight else found


def end_of_local_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the last minute of a day in a time zone, as an instant."""
    return end_of_day(day).replace(tzinfo=zone).astimezone(UTC)


def _falling(readings: Iterable[Reading], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        series = [one.value for one in sorted(readings, key=lambda one: one.at) if one.name == name]
        if any(after < before for before, after in pairwise(series)):
            yield name
