"""The kinds of sources: how each is fetched as bytes, and what its bytes say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import entry_points
from typing import TypeVar

from iw_monitor.collect.documents import csv_rows, features_of, json_of, looks_like_json, rows_of
from iw_monitor.collect.feeds import parse_feed
from iw_monitor.collect.fetching import (
    Around,
    Held,
    fetch_dropped,
    fetch_features,
    fetch_one,
    kept_table,
    read_limited,
    read_table,
)
from iw_monitor.collect.readings import Fetched, Parsed
from iw_monitor.collect.rows import parse_rows
from iw_monitor.collect.sirens.parse import parse_alerts
from iw_monitor.collect.sirens.places import Places
from iw_monitor.errors import CollectError, UnconfiguredError
from iw_monitor.model.pack.sources import (
    AlertsSource,
    ArcGisSource,
    CsvSource,
    FeedSource,
    FolderSource,
    JsonSource,
    PluginSource,
    RowSource,
    Source,
    WebhookSource,
)

GROUP = "iw_monitor.collectors"  # of entry points

_Result = TypeVar("_Result")
Parts = tuple[bytes, ...]
Tables = Mapping[str, bytes]  # what a source is read with, by the name or address that sources.yml gives

# What other people's code may raise besides what it should.
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """A kind of source that a plug-in brings. ``fetch`` brings bytes; ``parse`` is pure and says what they mean.

    What is made of the readings is the pack's matter, by the rules of the source. Both functions raise
    ``CollectError`` with a sentence for people when they cannot.
    """

    fetch: Callable[[PluginSource, Held, Around], Fetched]
    parse: Callable[[Parts, PluginSource, datetime], Parsed]


def fetch(source: Source, held: Held, around: Around) -> Fetched:
    """Return what a source has, as bytes.

    Raises:
        UnconfiguredError: something is missing where this program runs.
        CollectError: it could not be had this time.
    """
    if source.id in around.recorded:
        return Fetched(parts=(read_limited(around.recorded[source.id]),))
    match source:
        case ArcGisSource():
            return fetch_features(source, around)
        case FolderSource():
            return fetch_dropped(source, around)
        case WebhookSource():
            raise UnconfiguredError("it waits for what is sent to this site, and cannot be asked")
        case PluginSource():
            return _guarded(source.plugin, lambda one: one.fetch(source, held, around))
        case _:
            return fetch_one(source, held, around)


def parse(parts: Parts, source: Source, tables: Tables, *, now: datetime) -> Parsed:
    """Return what bytes say that was known by an instant. Pure, of a plug-in as far as it is.

    Raises:
        CollectError: they are not what the source usually sends.
    """
    match source:
        case AlertsSource():
            listed = tables.get(source.localities or "", b"[]")
            places = Places.read(tables[source.places], tables[source.regions], listed=listed)
            return parse_alerts(parts, source, places, now=now)
        case FeedSource():
            return parse_feed(b"".join(parts), source, now=now)
        case PluginSource():
            return _guarded(source.plugin, lambda one: one.parse(parts, source, now))
        case _:
            return parse_rows([row for raw in parts for row in _rows(raw, source)], source, now=now)


def tables_of(source: Source, around: Around) -> Tables:
    """Return the tables that a source is read with: the pack's own, and what is published for it.

    Raises:
        CollectError: one cannot be read, or had.
    """
    if not isinstance(source, AlertsSource):
        return {}
    own = {name: read_table(around.pack, name) for name in (source.places, source.regions)}
    return own if source.localities is None else {**own, source.localities: kept_table(source.localities, around)}


def _rows(raw: bytes, source: RowSource) -> Iterable[object]:
    match source:
        case ArcGisSource():
            return features_of(json_of(raw))
        case JsonSource():
            return rows_of(json_of(raw), source.rows)
        case CsvSource():
            return csv_rows(raw, needed=(source.picks.at,))
        case FolderSource() | WebhookSource():
            return (
                rows_of(json_of(raw), source.rows) if looks_like_json(raw) else csv_rows(raw, needed=(source.picks.at,))
            )


def _guarded(name: str, work: Callable[[Collector], _Result]) -> _Result:
    """Let a plug-in work; what it stumbles over costs its own source alone."""
    plugin = _plugin(name)
    try:
        return work(plugin)
    except CollectError:
        raise
    except _FAULTS as error:
        raise CollectError(f"the plug-in {name} failed ({type(error).__name__})") from error


def _plugin(name: str) -> Collector:
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        raise UnconfiguredError(f"the plug-in {name} is not installed")
    try:
        loaded = found.load()
    except (ImportError, AttributeError) as error:
        raise CollectError(f"the plug-in {name} cannot be loaded") from error
    if not isinstance(loaded, Collector):
        raise CollectError(f"the plug-in {name} is no Collector")
    return loaded
