"""What is different between two snapshots in JSON: level, points, movers, evidence; read, not computed again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from iw_monitor.assess.explain import TRACK_RECORD
from iw_monitor.errors import ReportError
from iw_monitor.telling.formats import signed
from iw_monitor.telling.inks import NO_ASSESSMENT

_LEAST = 0.05  # points; less is written as nothing
_GIVE = "Give the .json of a snapshot."
_NEEDED = frozenset({"as_of", "headline", "problems", "indicators", "pack_hash", "report"})

Read = Mapping[str, Any]


def read_snapshot(path: Path) -> Read:
    """Return a snapshot that was written as JSON.

    Raises:
        ReportError: it is none.
        OSError: it cannot be opened.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{path} is not JSON. {_GIVE}") from error
    if not isinstance(found, dict) or not found.keys() >= _NEEDED:
        raise ReportError(f"{path} is JSON and no snapshot. {_GIVE}")
    return found


def difference_text(before: Read, after: Read) -> str:
    """Return the difference for people.

    Raises:
        ReportError: the snapshots are of two packs, or lack what a snapshot has.
    """
    try:
        if before["pack"] != after["pack"]:
            raise ReportError(f"These are snapshots of two packs, {before['pack']} and {after['pack']}.")
        return "\n".join(_lines(before, after))
    except (KeyError, TypeError, AttributeError) as error:
        raise ReportError(f"One of the files lacks what a snapshot has: {error}.") from error


def _lines(before: Read, after: Read) -> Iterator[str]:
    yield f"{after['pack']}: {before['as_of']} to {after['as_of']}"
    yield f"content {before['report']['content_hash'][:16]} to {after['report']['content_hash'][:16]}"
    if before["pack_hash"] != after["pack_hash"]:
        yield f"pack changed: {before['pack_hash'][:12]} to {after['pack_hash'][:12]}"
    yield ""
    yield f"Level: {_changed(_level(before['headline']), _level(after['headline']))}"
    yield from _problems(before, after)
    yield from _block("Indicators", _indicators(before, after))
    yield from _block("Evidence", _evidence(before, after))
    yield from _block("Movers named then and not now", _movers(before, after))
    yield from _block("Movers named now and not then", _movers(after, before))


def _block(title: str, lines: Iterator[str]) -> Iterator[str]:
    listed = list(lines)
    yield ""
    yield f"{title}:{'' if listed else ' no difference'}"
    yield from (f"  {line}" for line in listed)


def _changed(before: str, after: str) -> str:
    return f"{after}, unchanged" if before == after else f"{before} to {after}"


def _level(headline: Read) -> str:
    return NO_ASSESSMENT if headline["level"] is None else f"{headline['level']} {headline['word']}"


def _problems(before: Read, after: Read) -> Iterator[str]:
    old = {one["id"]: one for one in before["problems"]}
    for one in after["problems"]:
        past = old.get(one["id"])
        if past is None:
            yield f"  {one['title']}: new"
            continue
        level = _changed(_number(past["recommended_level"]), _number(one["recommended_level"]))
        yield f"  {one['title']}: level {level}; {signed(past['points'])} to {signed(one['points'])} points"
        yield from (f"    {line}" for line in _parts(past, one))
    gone = old.keys() - {one["id"] for one in after["problems"]}
    yield from (f"  {old[name]['title']}: no longer there" for name in sorted(gone))


def _number(level: int | None) -> str:
    return NO_ASSESSMENT if level is None else str(level)


def _parts(before: Read, after: Read) -> Iterator[str]:
    old, new = _counted(before), _counted(after)
    moved = {name: new.get(name, 0.0) - old.get(name, 0.0) for name in (*old, *new)}
    for name, change in sorted(moved.items(), key=lambda one: (-abs(one[1]), one[0])):
        if abs(change) >= _LEAST:
            yield f"{signed(change)} {name}"


def _counted(problem: Read) -> dict[str, float]:
    counted = {one["indicator"]: one["counted"] for one in problem["contributions"]}
    counted |= {one["id"]: one["counted"] for one in problem["interactions"]}
    return counted | ({TRACK_RECORD: problem[TRACK_RECORD]["points"]} if TRACK_RECORD in problem else {})


def _indicators(before: Read, after: Read) -> Iterator[str]:
    old = {one["id"]: one for one in before["indicators"]}
    for one in after["indicators"]:
        past = old.get(one["id"], {"level": None, "status": "unknown"})
        if (past["level"], past["status"]) != (one["level"], one["status"]):
            levels = _changed(_known(past["level"]), _known(one["level"]))
            yield f"{one['title']}: level {levels}, {_changed(past['status'], one['status'])}"


def _known(level: int | None) -> str:
    return "unknown" if level is None else str(level)


def _evidence(before: Read, after: Read) -> Iterator[str]:
    old = {name for one in before["indicators"] for name in one["observations"]}
    for one in after["indicators"]:
        new = [name for name in one["observations"] if name not in old]
        if new:
            yield f"{one['title']}: {len(new)} new, {', '.join(new[:3])}{' …' if len(new) > 3 else ''}"


def _movers(one: Read, other: Read) -> Iterator[str]:
    named = {each["title"] for each in other["report"]["movers"]}
    for each in one["report"]["movers"]:
        if each["title"] not in named:
            yield f"{signed(each['change'])} {each['title']}"
