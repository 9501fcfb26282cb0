"""Sources under test: small ones of every kind, written by hand in the layouts of the real ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.collect.sirens.places import Places
from iw_monitor.model.pack.sources import Source, SourcesFile

NOW = datetime(2023, 12, 1, 12, tzinfo=UTC)

_ORDINARY: dict[str, Any] = {
    "id": "feed",
    "title": "A feed",
    "publisher": "A publisher",
    "originator": "An originator",
    "licence": "Public record",
    "grade": "B2",
    "schedule": {"every": "PT1H"},
}
_SIRENS: dict[str, Any] = {
    "kind": "home_front_alerts",
    "url": "https://example.org/alerts",
    "places": "data/localities.csv",
    "regions": "data/regions.csv",
    "zone": "Asia/Jerusalem",
}
_TABLE: dict[str, Any] = {
    "kind": "json",
    "url": "https://example.org/table.json",
    "picks": {"at": "day", "readings": {"killed": "killed"}},
}

PLACES = b"name,zone\nMetula,Confrontation Line\nAvivim,Confrontation Line\nHaifa,HaMifratz\nAshdod - A,B,Lachish\n"
LISTED = [
    {"name": "Metula", "zone_en": "Confrontation Line"},
    {"name": "Avivim", "zone_en": "Confrontation Line"},
    {"name": "Haifa", "zone_en": "HaMifratz"},
    {"name": "Ashdod - A,B", "zone_en": "Lachish"},
    {"name": "Neve Ziv, North", "zone_en": "Confrontation Line"},
    {"name": "Eilat", "zone_en": "Eilat"},
    {"name": "Select All", "zone_en": ""},
]
REGIONS = b"zone,region\nConfrontation Line,north_border\nHaMifratz,north_deep\nLachish,south\nEilat,eilat_arava\n"


def a_source(**changes: Any) -> Source:
    """Return a source that has nothing wrong with it; say its kind and what differs."""
    return SourcesFile.model_validate({"sources": [_ORDINARY | changes]}, strict=False).sources[0]


def sirens(layout: str, **changes: Any) -> Any:
    """Return a source of sirens in one of the two layouts."""
    return a_source(**_SIRENS | {"layout": layout} | changes)


def a_table(**changes: Any) -> Any:
    """Return a source of rows in JSON."""
    return a_source(**_TABLE | changes)


def a_feed(**changes: Any) -> Any:
    """Return a source of items."""
    return a_source(**{"kind": "feed", "url": "https://example.org/rss", "evidence_for": "mine_notices"} | changes)


def shared_data(name: str) -> Path:
    """Return a file of other people's data, which lies beside the repository, or skip by name."""
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / name
    if not path.exists():
        pytest.skip("needs ../shared/data, which this copy does not have")
    return path


def some_places() -> Places:
    """Return a handful of localities, one of which holds a comma, and one a comma and a blank."""
    return Places.read(b"name,zone\n", REGIONS, listed=json.dumps(LISTED).encode())
