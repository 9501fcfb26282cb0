"""Versions: what changed against an earlier state of the pack has to say so by its number."""

from __future__ import annotations

from collections.abc import Iterator

from iw_monitor.errors import Finding
from iw_monitor.model.pack import Indicator, Pack
from iw_monitor.pack import codes
from iw_monitor.pack.folder import PACK_FILE, Written

# What a level means and counts. Texts around it, the day to look again and its life change without a number.
_MEANING = (
    "question",
    "family",
    "kind",
    "scored",
    "t0",
    "anchors",
    "reading_rule",
    "ratings",
    "points",
    "cadence",
    "half_life",
)


def unbumped(written: Written, pack: Pack, before: Pack) -> Iterator[Finding]:
    """Find what says something else than before under the same version: the pack, and each of its indicators."""
    if pack.file.version == before.file.version and pack.hash != before.hash:
        node = written.tree(PACK_FILE) / "version"
        yield codes.UNBUMPED.at(node, f"this pack and the one it is compared with differ, and both are {node.text}")
    earlier = {one.id: one for one in before.indicators}
    for one in pack.indicators:
        changed = _changed(earlier[one.id], one) if one.id in earlier else ()
        if changed and one.version == earlier[one.id].version:
            node = written.tree(f"indicators/{one.id}.yml") / "version"
            listed = " and ".join(filter(None, (", ".join(changed[:-1]), changed[-1])))
            yield codes.UNBUMPED.at(node, f"version {one.version} had another {listed}")


def _changed(before: Indicator, after: Indicator) -> tuple[str, ...]:
    return tuple(name for name in _MEANING if getattr(before, name) != getattr(after, name))
