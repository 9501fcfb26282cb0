"""The demo: a throw-away journal filled from the pack's own history, with a clock that stands at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from iw_monitor.collect.csv_file import read_observations
from iw_monitor.errors import InputError, StoreError
from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.observation import Known, published_known_at
from iw_monitor.pack.find import DEFAULT_PACK, find_pack
from iw_monitor.pack.watch import PAUSE, PackWatch
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


def open_demo(
    folder: Path, *, pack: str | None = None, until: datetime | None = None, on_progress: Progress | None = None
) -> Site:
    """Return a site on the throw-away journal in a folder, filled from the pack's history, known as published.

    Args:
        folder: takes the journal; whoever made it removes it.
        pack: its folder, or the name of a shipped one; by default the first that is shipped.
        until: where the clock stands; by default at the end of the pack's history. With it, a pack without a history
            is shown empty, beside those that have one.
        on_progress: told how far the import is.

    Raises:
        InputError: the pack or its history cannot be used.
        StoreError: the journal cannot be written.
    """
    watch = PackWatch(find_pack(pack or DEFAULT_PACK), pause=PAUSE)
    end = until or _end_of(watch)
    if end is None:
        raise _no_history(watch.current().loaded.pack.id)
    journal = Journal.open(file_url(folder / DATABASE), clock=lambda: end)
    site = _demo_site(watch, journal, end)
    try:
        if _history(watch).exists():
            site.import_csv(_history(watch), author=AUTHOR, on_progress=on_progress)
    except BaseException:
        site.close()
        raise
    return site


def end_of_histories(packs: Sequence[str]) -> datetime:
    """Return when the last report of the packs' histories became known: where the clock of a demo of all stands.

    Raises:
        InputError: a pack or its history cannot be used, or not one of them has a history.
    """
    watches = [PackWatch(find_pack(pack), pause=PAUSE) for pack in packs]
    ends = [end for watch in watches if (end := _end_of(watch)) is not None]
    if not ends:
        raise _no_history(watches[0].current().loaded.pack.id)
    return max(ends)


def reopen_demo(url: str, *, pack: str | None = None) -> Site:
    """Return the site of a journal that ``open_demo`` filled; its clock stands where it stood then.

    Raises:
        InputError: the pack cannot be used.
        StoreError: the journal cannot be used, or is empty.
    """
    watch = PackWatch(find_pack(pack or DEFAULT_PACK), pause=PAUSE)
    with Journal.open(url, clock=lambda: _END_OF_TIME, read_only=True) as filled:
        end = max((from_microseconds(one.recorded_us) for one in filled.entries(filled.position() - 1)), default=None)
    if end is None:
        raise StoreError(f"The demo's journal {url} is empty. Start the demo again.")
    return _demo_site(watch, Journal.open(url, clock=lambda: end), end)


def _demo_site(watch: PackWatch, journal: Journal, end: datetime) -> Site:
    return Site(watch, journal, _standing_at(end), known=Known.PUBLISHED, demo=True)


def _standing_at(instant: datetime) -> Callable[[], datetime]:
    return lambda: instant


def _history(watch: PackWatch) -> Path:
    return watch.current().loaded.folder / HISTORY


def _end_of(watch: PackWatch) -> datetime | None:
    """Return when the last report of a pack's history became known, or None if it has none."""
    if not _history(watch).exists():
        return None
    read = read_observations(_history(watch), watch.current().loaded.pack, now=_END_OF_TIME, author=AUTHOR)
    known = (published_known_at(one.observed_at, one.published_at) for one in read.submissions)
    return max(known, default=None)


def _no_history(pack: str) -> InputError:
    remedy = f"Open a journal of it, empty at first, with: iw-monitor up --pack {pack}; or put observations into its "
    return refused("S106", "history", f"the pack {pack} has no history to show", remedy=f"{remedy}{HISTORY.as_posix()}")
