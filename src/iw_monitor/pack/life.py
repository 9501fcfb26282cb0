"""The life of an indicator: what one needs in order to be scored, to wait as a draft, or to leave service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.folder import PACK_FILE, Written
from iw_monitor.pack.method_numbers import incomplete
from iw_monitor.pack.node import Node
from iw_monitor.pack.references import known
from iw_monitor.pack.yaml_file import shorten


def check_life(written: Written) -> Iterator[Finding]:
    """Find indicators that lack what their status needs, or have what it forbids, and problems nobody watches."""
    pack = written.tree(PACK_FILE)
    references = known(written, "reference", "id") or frozenset()
    trees = [tree for tree in written.indicators.values() if tree is not None]
    for tree in trees:
        yield from incomplete(tree / "anchors", "0 1 2 3 4")
        yield from _scored(tree, references) if is_scored(tree) else _context(tree)
        yield from _reason(tree)
        yield from _expected(tree, pack / "t0")
    if len(trees) == len(written.indicators) and trees:
        yield from _unwatched(pack, trees)


def is_scored(tree: Node) -> bool:
    """Return whether an indicator is meant to count when it is active."""
    return (tree / "scored").value is not False


def is_active(tree: Node) -> bool:
    """Return whether an indicator is in service: it is unless it says otherwise."""
    return (tree / "status").text in {None, "active"}


def _scored(tree: Node, references: frozenset[str]) -> Iterator[Finding]:
    ratings, points = tree / "ratings", tree / "points"
    if (tree / "t0").value is None:
        yield codes.NO_T0.at(tree / "t0", "the indicator is scored and has no t0")
    rated = set(ratings.entries)
    if rated - references and references and not rated & references:
        yield codes.NO_REFERENCE.at(ratings, f"the ratings lack {', '.join(references)}, to which all others compare")
    if not rated - references and not points.entries:
        yield codes.NO_LINK.at(ratings, "the indicator is scored and is rated for no problem")


def _context(tree: Node) -> Iterator[Finding]:
    for key in ("t0", "ratings", "points"):
        node = tree / key
        if node.value is not None and (key == "t0" or node.entries):
            yield codes.CONTEXT_SCORED.at(node, f"the indicator is not scored and has {key}")


def _reason(tree: Node) -> Iterator[Finding]:
    status = tree / "status"
    if status.text in {"muted", "retired"} and not (tree / "change").entries:
        yield codes.NO_REASON.at(status, f"the indicator is {status.text} and does not say why")


def _expected(tree: Node, t0: Node) -> Iterator[Finding]:
    by = tree / "expected_by"
    begins, expected = _day(t0), _day(by)
    if begins and expected and expected <= begins:
        yield codes.TOO_EARLY.at(by, f"{by.value} is not after the pack's T0, {shorten(str(t0.value))}")


def _day(node: Node) -> date | None:
    try:
        return date.fromisoformat((node.text or "")[:10])
    except ValueError:
        return None


def _unwatched(pack: Node, trees: list[Node]) -> Iterator[Finding]:
    counted = [tree for tree in trees if is_scored(tree) and is_active(tree)]
    watched = {key for tree in counted for table in ("ratings", "points") for key in (tree / table).entries}
    for problem in pack.each("problems", "*", "id"):
        if problem.text is not None and problem.text not in watched:
            yield codes.UNWATCHED.at(problem, f"no active, scored indicator is rated for {shorten(problem.text)}")
