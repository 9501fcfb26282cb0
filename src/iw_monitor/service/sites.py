"""The packs that one process holds: a site for each, over one database. One that cannot be used costs itself only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from iw_monitor.errors import Finding, InputError
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.watch import Signature, signature
from iw_monitor.service.codes import refused
from iw_monitor.service.site import Site

OpenSite = Callable[[str], Site]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A pack that a process holds: its site, or what keeps it from being used."""

    name: str  # the pack's id; of one that cannot be read, the name of its folder
    site: Site | None
    findings: tuple[Finding, ...] = ()

    def use(self) -> Site:
        """Return its site.

        Raises:
            InputError: it cannot be used; with everything that is wrong with it.
        """
        if self.site is None:
            raise InputError(self.findings)
        return self.site


class Sites:
    """The packs of one process, in the order in which they were named; the first is the usual one.

    A pack that cannot be used is tried again once somebody changed its files. Safe to share between threads.
    """

    def __init__(self, packs: Sequence[str], open_site: OpenSite) -> None:
        """Hold packs.

        Args:
            packs: their folders, or names of shipped ones.
            open_site: opens the site of one of them; only if it raises ``InputError`` the others go on without it.
        """
        self._places = tuple(_Place(pack, open_site) for pack in packs)

    @property
    def named(self) -> tuple[Path, ...]:
        """How the packs were named: their folders, or names of shipped ones."""
        return tuple(place.pack for place in self._places)

    @property
    def are_several(self) -> bool:
        """Whether anybody has to say which pack is meant."""
        return len(self._places) > 1

    def held(self) -> tuple[Held, ...]:
        """Return every pack as it is now.

        Raises:
            StoreError: the journal cannot be used.
        """
        found: list[Held] = []
        for place in self._places:
            one = place.held()
            is_second = one.site is not None and any(one.name == other.name and other.site for other in found)
            found.append(Held(name=one.name, site=None, findings=_second(one.name)) if is_second else one)
        return tuple(found)

    def names(self) -> tuple[str, ...]:
        """Return what the packs are called, in order."""
        return tuple(one.name for one in self.held())

    def usable(self) -> tuple[Site, ...]:
        """Return the sites of the packs that can be used, in order."""
        return tuple(one.site for one in self.held() if one.site is not None)

    def first_usable(self) -> Site:
        """Return the first site of a pack that can be used: for what all have in common, the journal and the clock.

        Raises:
            InputError: not one of them can be used; with what is wrong with each.
        """
        found = self.usable()
        if not found:
            raise InputError(self.findings())
        return found[0]

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with the packs that cannot be used."""
        return tuple(finding for one in self.held() for finding in one.findings)

    def close(self) -> None:
        """Let go of the journal."""
        for place in self._places:
            place.close()


class _Place:
    """The place of one pack: holds its site as soon as there is one."""

    def __init__(self, pack: str, open_site: OpenSite) -> None:
        self.pack, self._given, self._open_site = Path(pack), pack, open_site
        self._turn = Lock()
        self._tried: Signature | None = None
        self._site: Site | None = None
        self._findings: tuple[Finding, ...] = ()

    def held(self) -> Held:
        if self._site is None:
            with self._turn:
                if self._site is None:
                    self._try_again()
        # Nobody waits for anybody once it is open: hundreds of pages ask again and again.
        site = self._site
        if site is None:
            return Held(name=self.pack.name, site=None, findings=self._findings)
        return Held(name=site.pack.id, site=site)

    def close(self) -> None:
        if self._site is not None:
            self._site.close()

    def _try_again(self) -> None:
        now = signature(_folder(self.pack))
        if now == self._tried:
            return
        try:
            self._site, self._findings = self._open_site(self._given), ()
        except InputError as error:
            self._findings = error.findings
        self._tried = now


def _folder(pack: Path) -> Path:
    try:
        return find_pack(str(pack))
    except InputError:
        return pack


def no_pack(asked: str, there: Sequence[Held]) -> InputError:
    """Return the error that says that a pack is not held here, and which are: of those, what whoever asks may see."""
    names = ", ".join(one.name for one in there)
    return refused("S127", "pack", f"there is no pack {asked[:60]!r} here", remedy=f"Use one of: {names}")


def _second(name: str) -> tuple[Finding, ...]:
    remedy = "Give one of the two another id in its pack.yml, or leave it out"
    return refused("S126", "pack", f"another pack held here has the id {name} too", remedy=remedy).findings


@contextmanager
def opened_sites(packs: Sequence[str], open_site: OpenSite) -> Iterator[Sites]:
    """Hold packs for the length of a block.

    Raises:
        InputError: not one of them can be used; with what is wrong with each.
        StoreError: the journal cannot be used.
    """
    sites = Sites(packs, open_site)
    try:
        sites.first_usable()
        yield sites
    finally:
        sites.close()
