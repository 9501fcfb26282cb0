"""Opening the site for a command. This is where the slow libraries are loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from iw_monitor.cli.options import now
from iw_monitor.cli.saying import say, say_findings
from iw_monitor.errors import DiskFullError, ReadOnlyDatabaseError

if TYPE_CHECKING:
    from iw_monitor.service.site import Site
    from iw_monitor.service.sites import Sites

Opened = TypeVar("Opened")


@contextmanager
def opened_site(pack: str, db: str, *, writing: bool = False, lasting: bool = False) -> Iterator[Site]:
    """Open the site for one command; one that only reads is content with a journal it may not write.

    Args:
        pack: its folder, or the name of a shipped one.
        db: the address of the journal.
        writing: it must be possible to write.
        lasting: for a process that goes on; on a full disk one can look, but not follow what is written later.

    Raises:
        InputError: the pack cannot be used.
        StoreError: the journal cannot be used.
    """
    site = _open(pack, url=journal_url(db), writing=writing, lasting=lasting)
    try:
        _warn(site)
        yield site
    finally:
        site.close()


@contextmanager
def opened_sites(packs: Sequence[Path], db: str, *, writing: bool = False) -> Iterator[Sites]:
    """Open the sites of several packs for a process that goes on, and say what is wrong with those that cannot be used.

    Raises:
        InputError: not one of the packs can be used.
        StoreError: the journal cannot be used.
    """
    from iw_monitor.service import sites as several

    opening = partial(_open, url=journal_url(db), writing=writing, lasting=True)
    with several.opened_sites([str(one) for one in packs], opening) as sites:
        _warn(sites.first_usable())
        for one in sites.held():
            if one.site is None:
                say(f"Warning: the pack {one.name} cannot be used, and is left out until it is mended:")
                say_findings(one.findings)
        yield sites


def _open(pack: str, *, url: str, writing: bool, lasting: bool = False) -> Site:
    from iw_monitor.service.site import open_site

    def opening(*, read_only: bool) -> Site:
        return open_site(clock=now, pack=pack, url=url, read_only=read_only)

    return opened_at_least_to_look(opening, writing=writing, lasting=lasting)


@contextmanager
def opened_store(opening: Callable[..., AbstractContextManager[Opened]], db: str, *, writing: bool) -> Iterator[Opened]:
    """Open accounts, tokens and the like of a journal for one command, as ``opened_site`` does a site."""
    with ExitStack() as stack:

        def entered(*, read_only: bool) -> Opened:
            return stack.enter_context(opening(journal_url(db), clock=now, read_only=read_only))

        yield opened_at_least_to_look(entered, writing=writing)


def opened_at_least_to_look(opening: Callable[..., Opened], *, writing: bool, lasting: bool = False) -> Opened:
    """Open something, for reading only where it cannot be written and nobody wants to.

    Args:
        opening: opens it, given ``read_only``.
        writing: as ``opened_site``, and so the next.
        lasting: ditto.

    Raises:
        StoreError: it cannot be opened in either way.
    """
    try:
        return opening(read_only=False)
    except (ReadOnlyDatabaseError, DiskFullError) as error:
        if writing or (lasting and isinstance(error, DiskFullError)):
            raise
        return opening(read_only=True)


def _warn(site: Site) -> None:
    for warning in site.journal.warnings:
        say(f"Warning: {warning}")


def journal_url(given: str) -> str:
    """Return the address of the journal: as given, of a file given by its plain path, or the usual one."""
    from iw_monitor.store.place import default_url, file_url

    if not given:
        return default_url()
    return given if "://" in given else file_url(Path(given).absolute())
