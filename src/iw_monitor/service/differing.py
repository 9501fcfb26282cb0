"""Replaying a history under two packs, before anyone adopts the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from iw_monitor.assess.differing import PackDifference, pack_difference
from iw_monitor.assess.reports import Reports
from iw_monitor.model.closing import Closing
from iw_monitor.model.observation import Known, Observation, Retraction
from iw_monitor.model.pack import Pack
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.load import load_pack
from iw_monitor.service.codes import refused
from iw_monitor.service.history import reported_span, shipped_history
from iw_monitor.service.site import Site


def difference_in_history(a: str, b: str, *, now: datetime, every: timedelta) -> PackDifference:
    """Return where two packs differ on the history in the folder of the first, as it was published.

    Raises:
        InputError: a pack or the history cannot be used.
        OSError: a file cannot be opened.
    """
    folder = find_pack(a)
    first, second = load_pack(folder).pack, load_pack(find_pack(b)).pack
    rows = shipped_history(folder, first, now=now)
    said = _Said(rows=rows)
    return _difference((first, second), said, now=now, every=every, known=Known.PUBLISHED)


def difference_in_journal(site: Site, b: str, *, every: timedelta, known: Known) -> PackDifference:
    """Return where a draft differs from a site's pack on everything in the site's journal, closed windows too.

    Raises:
        InputError: the draft cannot be used, or nothing was reported.
    """
    said = _Said(rows=site.observations(), retractions=site.retractions(), closings=site.closings())
    packs = (site.pack, load_pack(find_pack(b)).pack)
    return _difference(packs, said, now=site.now(), every=every, known=known)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What both packs are given: reports, what was withdrawn of them, and what people said of past windows."""

    rows: Sequence[Observation]
    retractions: Sequence[Retraction] = ()
    closings: Sequence[Closing] = ()


def _difference(
    packs: tuple[Pack, Pack],
    said: _Said,
    *,
    now: datetime,
    every: timedelta,
    known: Known,
) -> PackDifference:
    if not {one.id for one in packs[0].file.problems} & {one.id for one in packs[1].file.problems}:
        problem = f"{packs[0].id} and {packs[1].id} have no warning problem in common"
        raise refused("S125", "B", problem, remedy="Compare a pack with a draft of itself")

    def reports_for(pack: Pack) -> Reports:
        rows = [replace(one, pack=pack.id) for one in said.rows]
        return Reports.of(pack, rows, said.retractions, said.closings)

    instants = reported_span(reports_for(packs[0]), known, now=now, every=every)
    return pack_difference(*packs, reports_for, instants, known)
