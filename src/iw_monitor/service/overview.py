"""All packs at a glance: one line for each, the worst first, so that none hides behind the one that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from iw_monitor.model.status import PackLine
from iw_monitor.service.sites import Held
from iw_monitor.service.status import status_of


def overview(held: Iterable[Held], now: datetime) -> tuple[PackLine, ...]:
    """Return a line for each pack, the worst first; of equals, in the order in which they are held.

    Args:
        held: the packs that whoever looks may see.
        now: the world's clock, by which workers are judged.

    Raises:
        StoreError: the journal cannot be read.
    """
    return tuple(sorted((_line(one, now) for one in held), key=lambda line: -line.gravity))


def _line(one: Held, now: datetime) -> PackLine:
    if one.site is None:
        return PackLine(name=one.name, title=one.name, handling="", status=None, findings=one.findings)
    file = one.site.pack.file
    return PackLine(
        name=one.name,
        title=file.title,
        handling=file.handling,
        status=status_of(one.site, now),
        findings=one.site.broken,
    )
