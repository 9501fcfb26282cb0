"""Names of localities as sirens spell them: looked up whole first, split second, since some names hold commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iw_monitor.collect.documents import csv_rows, json_of
from iw_monitor.errors import CollectError

UNKNOWN = "unspecified"  # the region of a name that no table holds
_BETWEEN = ", "  # two names; a comma without a blank is part of one
_HYPHENS = re.compile(r"[\s\-\u05be\u2010-\u2015]+")
_QUOTES = re.compile(r"['\"\u05f3\u05f4\u2018-\u201f`]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A locality with its alert zone and the region of that zone; the zone is empty where no table holds the name."""

    name: str
    zone: str
    region: str


class Places:
    """Where each name lies. Looking up the same text twice costs nothing."""

    def __init__(self, zones: Mapping[str, str], regions: Mapping[str, str]) -> None:
        """Take the zone of each name, and the region of each zone."""
        self._regions = regions
        self._zones = {_plain(name): zone for name, zone in zones.items()}
        for name, zone in zones.items():
            for part in name.split(_BETWEEN):  # of a name that stands for several localities
                self._zones.setdefault(_plain(part), zone)
        self._found: dict[str, tuple[Place, ...]] = {}
        self.regions = tuple(dict.fromkeys((*regions.values(), UNKNOWN)))

    @classmethod
    def read(cls, places: bytes, regions: bytes, *, listed: bytes = b"[]") -> Places:
        """Read the two tables of a pack, name,zone and zone,region, and the list that others publish.

        Args:
            places: what the list lacks, or has otherwise; it counts before the list.
            regions: the region of each zone.
            listed: JSON, a list of places with ``name`` and ``zone_en``.

        Raises:
            CollectError: a table is not CSV or lacks a column, or the list is none.
        """
        zones = dict(_listed(listed))
        zones |= {str(one["name"]): str(one["zone"]) for one in csv_rows(places, needed=("name", "zone"))}
        regions_of = {str(one["zone"]): str(one["region"]) for one in csv_rows(regions, needed=("zone", "region"))}
        return cls(zones, regions_of)

    def find(self, text: str) -> tuple[Place, ...]:
        """Return the localities that a text names."""
        if text not in self._found:
            self._found[text] = tuple(self._split(text))
        return self._found[text]

    def _split(self, text: str) -> Iterator[Place]:
        names = [text] if _plain(text) in self._zones else text.split(_BETWEEN)
        for name in names:
            zone = self._zones.get(_plain(name), "")
            yield Place(name=name.strip(), zone=zone, region=self._regions.get(zone, UNKNOWN))


def _listed(raw: bytes) -> Iterator[tuple[str, str]]:
    said = json_of(raw)
    if not isinstance(said, list):
        raise CollectError("the list of localities is none; its layout may have changed")
    for one in said:
        if isinstance(one, Mapping) and one.get("name") and one.get("zone_en"):
            yield str(one["name"]), str(one["zone_en"])


def _plain(name: str) -> str:
    """Return a name without what its spellings differ in: quotes, hyphens and blanks."""
    return _HYPHENS.sub(" ", _QUOTES.sub("", name)).strip().casefold()
