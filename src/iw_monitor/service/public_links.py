"""Public links: what whoever has the address sees without signing in; made, revoked, and asked at every visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.access import tokens as rules
from iw_monitor.access.codes import refused
from iw_monitor.errors import ReportError
from iw_monitor.model.accounts import Actor, User
from iw_monitor.model.links import MAKER, PublicLink
from iw_monitor.model.snapshot import Format, KeptSnapshot, Layout, Marking
from iw_monitor.service.keeping import kept, read_kept, refuse_above
from iw_monitor.service.noting import UseNotes
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Sites
from iw_monitor.service.tokens import owner_of
from iw_monitor.store.accounts import AccountStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.links import LinkStore

PLACE = "/public"  # the key stands behind the # of this address, which browsers send to nobody
TARGET = "a public link"  # as the export filter calls it
_READABLE = (Format.HTML, Format.PDF, Format.PNG, Format.MD, Format.JSON)  # the first that a report was made as


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLink:
    """What a public link is asked for."""

    name: str
    life: timedelta = rules.USUAL_LIFE
    up_to: Marking = Marking.CLEAR
    snapshot: str = ""  # "" for the newest


class PublicLinks:
    """The public links of one pack's pages. Safe to share between threads."""

    def __init__(self, journal: Journal, pack: str, *, clock: Callable[[], datetime]) -> None:
        """Use a journal's database.

        Args:
            journal: keeps the links, and an entry for each change of one.
            pack: the id of the pack that is shown.
            clock: says what time it is, aware. Not the demo's, which stands still.
        """
        self._store, self._accounts = LinkStore(journal, pack), AccountStore(journal)
        self._pack, self._clock = pack, clock
        self._notes = UseNotes(self._store.note_use)

    def links(self) -> tuple[PublicLink, ...]:
        """Return those that still show something, the newest last."""
        now = self._clock()
        owners = {one.name: one for one in self._accounts.users()}
        return tuple(one for one in self._store.links() if one.is_good(now, owners[one.owner]))

    def opened_by(self, key: str) -> PublicLink | None:
        """Return the link that a key opens right now, or None: unknown, expired, revoked, or its owner may no more."""
        found = self._store.of_key(rules.key_of(key)) if rules.is_token(key) else None
        if found is None:
            return None
        link, owner = found
        now = self._clock()
        if not link.is_good(now, owner):
            return None
        self._notes.note(link.id, link.used_at, now)
        return link

    def add(self, owner: str, wanted: WantedLink, *, author: str, via: str) -> tuple[str, PublicLink]:
        """Add a link and return its key with what is kept of it. The key is not shown again: only its hash is kept.

        Raises:
            InputError: there is no such owner, or they may not make one; or the name or the life cannot be used.
        """
        user = owner_of(self._accounts, owner)
        name = rules.checked_token_name(wanted.name, kind=TARGET)
        life = rules.checked_life(wanted.life, kind=TARGET)
        _check_may_make(user, self._pack)
        key = rules.new_token()
        link = self._store.add(
            rules.new_token_id(),
            rules.key_of(key),
            owner=user.name,
            name=name,
            up_to=wanted.up_to,
            snapshot=wanted.snapshot,
            life=life,
            author=author,
            via=via,
        )
        return key, link

    def revoke(self, link_id: str, *, author: str, via: str) -> PublicLink:
        """Let a link show nothing more, at once and for ever, and return it.

        Raises:
            InputError: there is none that is called so.
        """
        found = self._store.revoke(link_id.strip(), author=author, via=via)
        if found is None:
            problem = f"there is no public link {link_id[: rules.LONGEST_NAME]!r}"
            raise refused("A306", "link", problem, remedy="See which there are with: iw-monitor link list")
        return found


class HeldLinks:
    """The public links of every pack that a process holds, as they are opened. Safe to share between threads."""

    def __init__(self, sites: Sites, *, clock: Callable[[], datetime]) -> None:
        """Open links of packs that can be used; ``clock`` is the world's."""
        self._sites, self._clock = sites, clock
        self._links: dict[str, PublicLinks] = {}

    def opened_by(self, key: str) -> PublicLink | None:
        """Return the link that a key opens right now, to whichever pack, or None."""
        for site in self._sites.usable():
            links = self._links.setdefault(site.pack.id, PublicLinks(site.journal, site.pack.id, clock=self._clock))
            if (found := links.opened_by(key)) is not None:
                return found
        return None


def _check_may_make(user: User, pack: str) -> None:
    if not user.actor.may(MAKER, pack):
        problem = f"{user.name} does not have the role {MAKER} on {pack}"
        raise refused("A305", "owner", problem, remedy="Let somebody answer for the link who has it")


@dataclass(frozen=True, slots=True)
class LinkDesk:
    """The public links of a site as one person makes and revokes them; None is somebody who did not sign in."""

    site: Site
    actor: Actor | None
    via: str
    clock: Callable[[], datetime]  # the world's, not the demo's

    @property
    def may_make(self) -> bool:
        """Whether this person may. In the demo nobody needs to: everybody on the machine sees everything."""
        return not self.site.demo and self.actor is not None and self.actor.may(MAKER, self.site.pack.id)

    def links(self) -> tuple[PublicLink, ...]:
        """Return those that still show something, the newest last."""
        return self._links.links()

    def make(self, owner: str, wanted: WantedLink) -> tuple[str, PublicLink]:
        """Make a link for which a user answers, and return its key, which is not shown again, with what is kept of it.

        Raises:
            AccessDeniedError: this person may not.
            InputError: it cannot be made so; nothing was kept.
            ReportError: it would show what is marked higher than it may show, or a report that is not there.
        """
        author = require(self.actor, MAKER, self.site.pack.id).name
        refuse_above(_marking(self.site), wanted.up_to, TARGET)
        if wanted.snapshot:
            refuse_above(_given(self.site, wanted.snapshot).record.marking, wanted.up_to, TARGET)
        return self._links.add(owner, wanted, author=author, via=self.via)

    def revoke(self, link_id: str) -> PublicLink:
        """Let a link show nothing more.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is none that is called so.
        """
        return self._links.revoke(link_id, author=require(self.actor, MAKER, self.site.pack.id).name, via=self.via)

    @property
    def _links(self) -> PublicLinks:
        return PublicLinks(self.site.journal, self.site.pack.id, clock=self.clock)


def check_shown(site: Site, link: PublicLink) -> None:
    """See that a pack, as it is marked now, may be shown by a link.

    Raises:
        ReportError: it is marked higher.
    """
    refuse_above(_marking(site), link.up_to, TARGET)


def shown_report(site: Site, link: PublicLink) -> tuple[str, Format, bytes]:
    """Return the report that a link shows, in the first of the readable forms: its file's name, form and content.

    That is the one it was made for, or the newest which the link may show. A handover is for the next officer alone.

    Raises:
        ReportError: there is none, or its file was changed.
        StoreError: the journal cannot be read.
    """
    check_shown(site, link)
    report = _given(site, link.snapshot) if link.snapshot else _newest(site, link.up_to)
    refuse_above(report.record.marking, link.up_to, TARGET)
    form = _readable(report)
    if form is None:
        raise ReportError("This report was made in no form that can be shown here.")
    return report.by_format[form].name, form, read_kept(report, form)


def _newest(site: Site, up_to: Marking) -> KeptSnapshot:
    for one in kept(site):
        if one.record.layout is not Layout.HANDOVER and up_to.allows(one.record.marking) and _readable(one):
            return one
    raise ReportError("No report has been made yet that may be shown here.")


def _given(site: Site, snapshot: str) -> KeptSnapshot:
    for one in kept(site):
        if one.id == snapshot:
            return one
    raise ReportError("There is no such report. Its id stands in its address on the page Reports.")


def _readable(report: KeptSnapshot) -> Format | None:
    return next((form for form in _READABLE if form in report.by_format), None)


def _marking(site: Site) -> Marking:
    return Marking(site.pack.file.handling)
