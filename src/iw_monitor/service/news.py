"""News of a site: the changes of level that were noticed and the snapshots that were kept, as entries of a feed."""

from __future__ import annotations

from iw_monitor.model.alert import LevelChange
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.pack import Pack
from iw_monitor.model.snapshot import KeptSnapshot
from iw_monitor.publish.feed import FeedEntry
from iw_monitor.publish.times import iso
from iw_monitor.service.keeping import kept
from iw_monitor.service.marks import mark_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.telling.inks import level_label
from iw_monitor.telling.links import lasting

MOST = 50


def news(site: Site) -> tuple[FeedEntry, ...]:
    """Return what happened, the newest first.

    Raises:
        StoreError: the journal cannot be read.
    """
    changes = AlertStore(site.journal, site.pack.id).level_changes()[-MOST:]
    entries = [*(_changed(one, site.pack) for one in changes), *(_kept(one, site.pack) for one in kept(site)[:MOST])]
    return tuple(sorted(entries, key=lambda one: (one.at, one.name), reverse=True)[:MOST])


def marks_of(site: Site) -> str:
    """Return what stands on everything that leaves the house: the handling mark, and DEMO or EXERCISE."""
    return " · ".join(filter(None, (site.pack.file.handling, mark_of(site))))


def _changed(one: LevelChange, pack: Pack) -> FeedEntry:
    title = next((each.title for each in pack.file.problems if each.id == one.problem), one.problem)
    before, after = (level_label(level, "" if level is None else pack.word(level)) for level in (one.before, one.after))
    return FeedEntry(
        name=f"level/{one.problem}/{iso(one.at)}",
        at=one.at,
        title=f"{title}: {after}",
        text=f"The recommended level of {title} changed at {day_time_group(one.at)} from {before} to {after}.",
        path=lasting("why", pack=pack.id, problem=one.problem, as_of=iso(one.at)),
        author="iw_monitor",
    )


def _kept(one: KeptSnapshot, pack: Pack) -> FeedEntry:
    record = one.record
    mark = f"{record.standing.mark}: " if record.standing.mark else ""
    late = "" if record.late_by is None else " It came late."
    return FeedEntry(
        name=f"snapshot/{one.id}",
        at=one.made_at,
        title=f"{mark}{record.report or record.layout.heading}: {level_label(record.level, record.word)}",
        text=f"{record.layout.heading} as of {day_time_group(record.as_of)}, {record.marking.value}, "
        f"content {record.content_hash[:16]}.{late}",
        path=lasting("reports", pack=pack.id, snapshot=one.id),
        author=one.author,
    )
