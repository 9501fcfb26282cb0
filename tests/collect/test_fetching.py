"""Bringing bytes: page by page, from the operator's folder, and once for all, never more than fits."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from iw_monitor.collect import fetching
from iw_monitor.collect.fetching import MOST_PAGES, Around, fetch_dropped, fetch_features, kept_table, read_table
from iw_monitor.collect.http import Ask, Door
from iw_monitor.collect.readings import Fetched
from iw_monitor.errors import CollectError, UnconfiguredError
from iw_monitor.model.pack.sources import ArcGisSource, FolderSource
from tests.collect.sources import a_source


@dataclass(frozen=True, kw_only=True)
class Layer(Door):
    """A feature layer of so many rows, a few to a page; it notes what it was asked for."""

    rows: int
    asked: list[dict[str, str]] = field(default_factory=list)

    def fetch(self, ask: Ask) -> Fetched:
        """Return a page, which says whether there are more."""
        query = {name: value for name, (value,) in parse_qs(urlsplit(ask.url).query).items()}
        self.asked.append(query)
        first = int(query["resultOffset"])
        numbers = range(first, min(first + 2, self.rows))
        page = {"features": [{"attributes": {"date": n, "n_total": n}} for n in numbers]}
        return Fetched(parts=(json.dumps(page | {"exceededTransferLimit": first + 2 < self.rows}).encode(),))


def a_layer(**changes: object) -> ArcGisSource:
    picks = {"at": "date", "form": "epoch_milliseconds", "readings": {"ships": "n_total"}, "skip": {"kind": ["test"]}}
    said = {"kind": "arcgis", "url": "https://example.org/query", "where": "portname='Here'", "picks": picks}
    found = a_source(**said | changes)
    assert isinstance(found, ArcGisSource)
    return found


def test_a_layer_is_read_page_after_page_until_it_says_that_there_is_no_more() -> None:
    door = Layer(rows=5)
    parts = fetch_features(a_layer(), Around(door=door)).parts
    assert [len(json.loads(one)["features"]) for one in parts] == [2, 2, 1]
    assert [one["resultOffset"] for one in door.asked] == ["0", "2", "4"]
    assert {(one["where"], one["outFields"]) for one in door.asked} == {("portname='Here'", "date,n_total,kind")}


def test_a_layer_without_end_is_left_and_no_half_of_it_is_used() -> None:
    door = Layer(rows=10_000)
    with pytest.raises(CollectError, match="more than 50 pages"):
        fetch_features(a_layer(), Around(door=door))
    assert len(door.asked) == MOST_PAGES


def test_a_layer_whose_pages_are_too_much_together_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 300)
    door = Layer(rows=10_000)
    with pytest.raises(CollectError, match="too much"):
        fetch_features(a_layer(), Around(door=door))
    assert len(door.asked) < 5


def a_folder() -> FolderSource:
    found = a_source(kind="folder", picks={"at": "day", "readings": {"killed": "killed"}})
    assert isinstance(found, FolderSource)
    return found


def test_every_file_of_the_folder_is_read_by_name_and_hidden_ones_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    (folder / "2.json").write_bytes(b"two")
    (folder / "1.csv.gz").write_bytes(gzip.compress(b"one"))
    (folder / ".partial").write_bytes(b"not yet")
    (folder / "older").mkdir()
    assert fetch_dropped(a_folder(), Around(drop=tmp_path)).parts == (b"one", b"two")


@pytest.mark.parametrize("drop", [None, Path("nowhere")])
def test_without_its_folder_it_is_not_configured_and_has_not_failed(tmp_path: Path, drop: Path | None) -> None:
    with pytest.raises(UnconfiguredError, match="no folder feed"):
        fetch_dropped(a_folder(), Around(drop=drop and tmp_path / drop))


def test_a_folder_of_bombs_is_not_unpacked_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 2_000)
    (tmp_path / "feed").mkdir()
    for number in range(100):
        (tmp_path / "feed" / f"{number:03}.gz").write_bytes(gzip.compress(b"0" * 900))
    read, opened = fetching.read_limited, []

    def noted(path: Path) -> bytes:
        opened.append(path.name)
        return read(path)

    monkeypatch.setattr(fetching, "read_limited", noted)
    with pytest.raises(CollectError, match="too much"):
        fetch_dropped(a_folder(), Around(drop=tmp_path))
    assert len(opened) == 3


def test_a_file_that_is_no_archive_although_it_is_named_so_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "1.gz").write_bytes(b"no archive")
    with pytest.raises(CollectError, match=r"1\.gz cannot be read"):
        fetch_dropped(a_folder(), Around(drop=tmp_path))


@dataclass(frozen=True, kw_only=True)
class Once(Door):
    """Answers the first time alone."""

    asked: list[str] = field(default_factory=list)

    def fetch(self, ask: Ask) -> Fetched:
        """Return the table, or fail."""
        self.asked.append(ask.url)
        if len(self.asked) > 1:
            raise CollectError("it is gone")
        return Fetched(parts=(b"a table",))


def test_a_table_that_never_changes_is_fetched_once_and_kept(tmp_path: Path) -> None:
    around = Around(door=Once(), kept=tmp_path / "kept")
    assert [kept_table("https://example.org/t", around) for _ in range(2)] == [b"a table"] * 2
    with pytest.raises(CollectError, match="gone"):
        kept_table("https://example.org/other", around)
    with pytest.raises(UnconfiguredError):
        kept_table("https://example.org/t", Around(door=Once()))


def test_a_table_outside_the_pack_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "pack").mkdir()
    with pytest.raises(CollectError, match="leads out of the pack"):
        read_table(tmp_path / "pack", "../secret")
