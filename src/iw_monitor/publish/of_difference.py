"""Where two packs differ on one history: as text for people, as JSON and CSV for programs."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from typing import Any, TextIO

from iw_monitor.assess.differing import Apart, Edit, PackDifference
from iw_monitor.model.pack import Pack
from iw_monitor.publish.times import iso

SCHEMA_VERSION = "1"
COLUMNS = ("at", "problem", "level_a", "level_b", "points_a", "points_b", "differs")
MOST_EDITS = 40
NO_LEVEL = "NO ASSESSMENT"


def difference_text(found: PackDifference) -> str:
    """Return what differs between the packs, and where their levels do."""
    a, b = found.packs
    begin, end = found.rows[0].at, found.rows[-1].at
    head = [
        f"A  {_pack(a)}",
        f"B  {_pack(b)}",
        f"The same reports under both, {begin:%Y-%m-%d} to {end:%Y-%m-%d}, recommended levels.",
    ]
    return "\n\n".join(["\n".join(block) for block in (head, _edits(found), _shares(found), _runs(found)) if block])


def _pack(pack: Pack) -> str:
    return f"{pack.id} {pack.file.version} ({pack.hash[:12]})"


def _edits(found: PackDifference) -> list[str]:
    if found.packs[0].hash == found.packs[1].hash:
        return ["The two say the same."]
    if not found.edits:
        return ["Priors and links are the same; rules, or numbers of the method, differ."]
    lines = [f"  {one.what}  {one.name}  {_edit(one)}" for one in found.edits[:MOST_EDITS]]
    more = len(found.edits) - len(lines)
    return ["WHAT IS OTHERWISE IN B", *lines, *([f"  and {more} more"] if more else [])]


def _edit(one: Edit) -> str:
    return " → ".join("none" if value is None else f"{value:+g}" for value in (one.a, one.b))


def _shares(found: PackDifference) -> list[str]:
    lines = [f"  {name}: {found.share(name):.0%} of the instants" for name in found.problems]
    for pack, names in zip("AB", found.only, strict=True):
        lines += [f"  {name}: only in {pack}" for name in names]
    return ["WHERE THE LEVELS DIFFER", *lines]


def _runs(found: PackDifference) -> list[str]:
    return [_run(found, one) for one in found.apart] or ["Nowhere: A and B would have said the same levels throughout."]


def _run(found: PackDifference, one: Apart) -> str:
    a, b = (_level(pack, level) for pack, level in zip(found.packs, (one.a, one.b), strict=True))
    return f"  {one.first:%Y-%m-%d} to {one.last:%Y-%m-%d}  {one.problem}  {a} → {b}  ({one.widest:+.1f} points)"


def _level(pack: Pack, level: int | None) -> str:
    return NO_LEVEL if level is None else f"{level} {pack.word(level)}"


def difference_json(found: PackDifference) -> str:
    """Return everything as indented JSON."""
    plain: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "packs": [{"id": one.id, "version": one.file.version, "pack_hash": one.hash} for one in found.packs],
        "known": found.known.value,
        "from": iso(found.rows[0].at),
        "to": iso(found.rows[-1].at),
        "edits": [asdict(one) for one in found.edits],
        "only": {"a": list(found.only[0]), "b": list(found.only[1])},
        "share_differing": {name: found.share(name) for name in found.problems},
        "apart": [asdict(one) | {"first": iso(one.first), "last": iso(one.last)} for one in found.apart],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)


def write_difference(target: TextIO, found: PackDifference) -> None:
    """Write both packs at every instant as CSV; a missing level is an empty cell."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.rows:
        levels = ["" if said.level is None else said.level for said in (one.a, one.b)]
        points = [f"{said.points:.6f}" for said in (one.a, one.b)]
        writer.writerow([iso(one.at), one.problem, *levels, *points, int(one.differs)])
