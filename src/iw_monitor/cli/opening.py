"""Opening the site for a command. This is where the slow libraries are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from iw_monitor.cli.options import now
from iw_monitor.cli.saying import say
from iw_monitor.errors import ReadOnlyDatabaseError

if TYPE_CHECKING:
    from iw_monitor.service.site import Site


@contextmanager
def opened_site(pack: str, db: str, *, writing: bool = False) -> Iterator[Site]:
    """Open the site for one command; one that only reads is content with a journal it may not write.

    Raises:
        InputError: the pack cannot be used.
        StoreError: the journal cannot be used.
    """
    from iw_monitor.service.site import open_site

    url = journal_url(db)
    try:
        site = open_site(clock=now, pack=pack, url=url)
    except ReadOnlyDatabaseError:
        if writing:
            raise
        site = open_site(clock=now, pack=pack, url=url, read_only=True)
    try:
        for warning in site.journal.warnings:
            say(f"Warning: {warning}")
        yield site
    finally:
        site.close()


def journal_url(given: str) -> str:
    """Return the address of the journal: as given, of a file given by its plain path, or the usual one."""
    from iw_monitor.store.place import default_url, file_url

    if not given:
        return default_url()
    return given if "://" in given else file_url(Path(given).absolute())
