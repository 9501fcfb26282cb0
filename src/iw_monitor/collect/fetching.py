"""Bringing bytes: from an address, page by page, from the pack's own tables, or from the operator's folder."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlencode

from iw_monitor.collect.documents import has_more, json_of
from iw_monitor.collect.http import Ask, Door
from iw_monitor.collect.readings import Fetched
from iw_monitor.errors import CollectError, UnconfiguredError
from iw_monitor.model.pack.sources import (
    AlertsSource,
    ArcGisSource,
    CsvSource,
    FeedSource,
    FolderSource,
    JsonSource,
    Picks,
    Source,
)

MOST_BYTES = 64 * 2**20  # of a file, unpacked
MOST_FILES = 200  # in one folder
MOST_PAGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of a source from the last time."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a fetch may use: the door, the pack's folder, the operator's folder and secrets."""

    door: Door = field(default_factory=Door)
    pack: Path = Path()
    drop: Path | None = None
    kept: Path | None = None  # a folder for what is fetched once
    secrets: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, Path] = field(default_factory=dict)  # by source: a file to read in place of asking it


def read_limited(path: Path) -> bytes:
    """Return what a file holds, unpacked if its name ends in .gz.

    Raises:
        CollectError: it cannot be read, or holds more than any source sends.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or "it is not what its name says"
        raise CollectError(f"{path.name} cannot be read ({why})") from error
    if len(raw) > MOST_BYTES:
        raise CollectError(f"{path.name} holds more than {MOST_BYTES // 2**20} MiB")
    return raw


def read_table(pack: Path, name: str) -> bytes:
    """Return a table of the pack's folder data/.

    Raises:
        CollectError: it is not there, or lies elsewhere.
    """
    path = pack / name
    if not path.resolve().is_relative_to(pack.resolve()):
        raise CollectError(f"{name} leads out of the pack")
    return read_limited(path)


def kept_table(url: str, around: Around) -> bytes:
    """Return what is published at an address that always says the same: fetched once, then kept.

    Raises:
        UnconfiguredError: there is no folder to keep it in.
        CollectError: it could not be had.
    """
    if around.kept is None:
        raise UnconfiguredError("there is no folder to keep tables in")
    path = around.kept / f"{hashlib.sha256(url.encode()).hexdigest()[:20]}.table"
    if not path.exists():
        (raw,) = around.door.fetch(Ask(url=url)).parts
        _keep(path, raw)
    return read_limited(path)


def _keep(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all, whoever else does the same.

    Raises:
        CollectError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as beside:
            beside.write(raw)
        Path(beside.name).replace(path)
    except OSError as error:
        raise CollectError(f"what was fetched cannot be kept ({error.strerror})") from error


def fetch_one(source: JsonSource | CsvSource | AlertsSource | FeedSource, held: Held, around: Around) -> Fetched:
    """Return what lies at a source's address or in its table."""
    url = source.url
    if url is None:
        name = source.file if not isinstance(source, FeedSource) else None
        return Fetched(parts=(read_table(around.pack, name or ""),))
    asked = Ask(url=url, headers=headers_of(source, around), etag=held.etag, last_modified=held.last_modified)
    return around.door.fetch(asked)


def headers_of(source: Source, around: Around) -> dict[str, str]:
    """Return what is sent along.

    Raises:
        UnconfiguredError: the operator has not set a secret that the source needs.
    """
    missing = [name for name in source.secrets.values() if not around.secrets.get(name)]
    if missing:
        raise UnconfiguredError(f"{', '.join(missing)} is not set where this program runs")
    return {**source.headers, **{header: around.secrets[name] for header, name in source.secrets.items()}}


def fetch_features(source: ArcGisSource, around: Around) -> Fetched:
    """Return every page of a feature layer.

    Raises:
        CollectError: it does not end, is too much, or a page is none.
    """
    return Fetched(parts=tuple(_together(_pages(source, around), remedy="ask for less with where")))


def _pages(source: ArcGisSource, around: Around) -> Iterator[bytes]:
    headers, offset = headers_of(source, around), 0
    for number in count(1):
        asked = {
            "where": source.where,
            "outFields": ",".join(_columns(source.picks)),
            "orderByFields": source.picks.at,
            "returnGeometry": "false",
            "resultOffset": str(offset),
            "f": "json",
        }
        (raw,) = around.door.fetch(Ask(url=f"{source.url}?{urlencode(asked)}", headers=headers)).parts
        yield raw
        page = json_of(raw)
        features = page.get("features") if isinstance(page, Mapping) else None
        if not has_more(page) or not features:
            return
        if number >= MOST_PAGES:
            raise CollectError(f"the layer has more than {MOST_PAGES} pages; ask for less with where")
        offset += len(features)


def _columns(picks: Picks) -> list[str]:
    named = [picks.at, *([picks.published] if picks.published else []), *picks.readings.values()]
    return list(dict.fromkeys([*named, *picks.only, *picks.skip]))


def fetch_dropped(source: FolderSource, around: Around) -> Fetched:
    """Return every file of the source's folder, by name.

    Raises:
        UnconfiguredError: there is no such folder.
        CollectError: a file cannot be read, or there are too many, or they are too much.
    """
    if around.drop is None or not (around.drop / source.id).is_dir():
        raise UnconfiguredError(f"there is no folder {source.id} among the folders for files (IW_DROP)")
    files = sorted(one for one in (around.drop / source.id).iterdir() if one.is_file() and one.name[0] != ".")
    if len(files) > MOST_FILES:
        raise CollectError(f"there are more than {MOST_FILES} files; move the old ones away")
    return Fetched(parts=tuple(_together(map(read_limited, files), remedy="move the old ones away")))


def _together(parts: Iterable[bytes], *, remedy: str) -> Iterator[bytes]:
    """Yield parts one by one, and none after they are too much together: a folder of bombs is not unpacked."""
    total = 0
    for one in parts:
        total += len(one)
        if total > MOST_BYTES:
            raise CollectError(f"it is too much, over {MOST_BYTES // 2**20} MiB; {remedy}")
        yield one


def hash_of(parts: tuple[bytes, ...]) -> str:
    """Return a hash of what came, so that the same is told from something new."""
    whole = hashlib.sha256()
    for one in parts:
        whole.update(len(one).to_bytes(8, "big") + one)
    return whole.hexdigest()
