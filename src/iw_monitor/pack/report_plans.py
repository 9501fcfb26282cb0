"""Reports as written: schedules that can be read, and targets that may have what the pack is marked."""

from __future__ import annotations

from collections.abc import Iterator

from iw_monitor.errors import Finding
from iw_monitor.model.snapshot import Marking
from iw_monitor.pack import codes
from iw_monitor.pack.crontab import is_crontab
from iw_monitor.pack.folder import PACK_FILE, REPORTS_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.references import twice
from iw_monitor.pack.thresholds import time_zone
from iw_monitor.pack.yaml_file import shorten


def check_reports(written: Written) -> Iterator[Finding]:
    """Find reports of one name, schedules that are none, and what could never be given away."""
    tree = written.tree(REPORTS_FILE)
    yield from twice(tree.each("reports", "*", "id"))
    marking = (written.tree(PACK_FILE) / "handling").text
    for one in tree.each("reports", "*"):
        cron = one / "schedule" / "cron"
        if cron.text is not None and not is_crontab(cron.text):
            yield codes.CRON.at(cron, f"{shorten(cron.text)} never comes")
        yield from time_zone(one / "schedule" / "zone")
        yield from _ceiling(one / "up_to", marking)


def _ceiling(node: Node, marking: str | None) -> Iterator[Finding]:
    """Find a target that may have less than everything of this pack is marked: it would get nothing, ever."""
    known = {one.value: one for one in Marking}
    if node.text in known and marking in known and not known[node.text].allows(known[marking]):
        yield codes.NEVER_GIVEN.at(node, f"the pack is marked {marking}, and {node.text} is below")
