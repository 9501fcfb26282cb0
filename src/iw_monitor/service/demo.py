"""The demo: a throw-away journal filled from the pack's own history, with a clock that stands at its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from iw_monitor.collect.csv_file import read_observations
from iw_monitor.errors import StoreError
from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.observation import Known, published_known_at
from iw_monitor.pack.find import DEFAULT_PACK, find_pack
from iw_monitor.pack.watch import PackWatch
from iw_monitor.service.codes import refused
from iw_monitor.service.importing import Progress
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url

AUTHOR = "demo"
HISTORY = Path("history", "observations.csv")
DATABASE = "demo.db"

# Reading a history asks only what is wrong with it; when its last report became known is what we want to learn.
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def open_demo(folder: Path, *, pack: str | None = None, on_progress: Progress | None = None) -> Site:
    """Return a site on a new journal in a folder, filled from the pack's history, known as published.

    Args:
        folder: takes the journal; whoever made it removes it.
        pack: its folder, or the name of a shipped one; by default the first that is shipped.
        on_progress: told how far the import is.

    Raises:
        InputError: the pack or its history cannot be used.
        StoreError: the journal cannot be written.
    """
    watch = PackWatch(find_pack(pack or DEFAULT_PACK))
    history = watch.current().loaded.folder / HISTORY
    end = _end_of(history, watch)
    journal = Journal.open(file_url(folder / DATABASE), clock=lambda: end)
    site = _demo_site(watch, journal, end)
    try:
        site.import_csv(history, author=AUTHOR, on_progress=on_progress)
    except BaseException:
        site.close()
        raise
    return site


def reopen_demo(url: str, *, pack: str | None = None) -> Site:
    """Return the site of a journal that ``open_demo`` filled; its clock stands where it stood then.

    Raises:
        InputError: the pack cannot be used.
        StoreError: the journal cannot be used, or is empty.
    """
    watch = PackWatch(find_pack(pack or DEFAULT_PACK))
    with Journal.open(url, clock=lambda: _END_OF_TIME, read_only=True) as filled:
        recorded = filled.columns(watch.current().loaded.pack.id).recorded
    if not len(recorded):
        raise StoreError(f"The demo's journal {url} is empty. Start the demo again.")
    end = from_microseconds(int(recorded.max()))
    return _demo_site(watch, Journal.open(url, clock=lambda: end), end)


def _demo_site(watch: PackWatch, journal: Journal, end: datetime) -> Site:
    return Site(watch, journal, _standing_at(end), known=Known.PUBLISHED, demo=True)


def _standing_at(instant: datetime) -> Callable[[], datetime]:
    return lambda: instant


def _end_of(history: Path, watch: PackWatch) -> datetime:
    """Return when the last report of a history became known."""
    pack = watch.current().loaded.pack
    known = []
    if history.exists():
        read = read_observations(history, pack, now=_END_OF_TIME, author=AUTHOR)
        known = [published_known_at(one.observed_at, one.published_at) for one in read.submissions]
    if not known:
        remedy = (
            f"Open a journal of it, empty at first, with: iw-monitor up --pack {pack.id}; or put observations into "
        )
        remedy += f"its {HISTORY.as_posix()}"
        raise refused("S106", "history", f"the pack {pack.id} has no history to show", remedy=remedy)
    return max(known)
