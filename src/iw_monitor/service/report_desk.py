"""Making a report because somebody asks for it, on a page: who may, and the same files as by every other way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.snapshot import Format, KeptSnapshot, Layout
from iw_monitor.service.keeping import keep, reports_folder
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site
from iw_monitor.service.snapshots import Wanted, snapshot_of

VIA = "page"


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """The reports of a site for one person; None is somebody who did not sign in."""

    site: Site
    actor: Actor | None

    @property
    def may_make(self) -> bool:
        """Whether this person may have a report made: it is kept in the journal for good."""
        return self.actor is not None and self.actor.may(Role.EDITOR, self.site.pack.id)

    def make(self, layout: Layout, formats: Iterable[Format]) -> KeptSnapshot:
        """Make a report of now, and keep it.

        Raises:
            AccessDeniedError: this person may not.
            ReportError: it cannot be made; nothing was kept.
            StoreError: the journal cannot be written.
            OSError: the folder cannot be written.
        """
        author = require(self.actor, Role.EDITOR, self.site.pack.id).name
        made = snapshot_of(self.site, Wanted(layout=layout), author=author, via=VIA)
        return keep(self.site, made, formats=formats, folder=reports_folder(self.site))
