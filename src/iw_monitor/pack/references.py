"""Names: who is called what, and whether everything that is named is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.folder import PACK_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.words import did_you_mean
from iw_monitor.pack.yaml_file import shorten

Path = tuple[str, ...]

# What shares one space of names: no id may stand twice in a group.
_GROUPS: tuple[tuple[Path, ...], ...] = (
    (("problems", "*", "id"), ("reference", "id")),
    (("families", "*", "id"),),
    (("fronts", "*", "id"),),
    (("assumptions", "*", "id"),),
)
_EFFECTS: tuple[Path, ...] = (("interactions", "*", "id"), ("tripwires", "*", "id"))

# Where names stand that must be defined elsewhere.
_TO_INDICATORS: tuple[Path, ...] = (
    ("leading", "*"),
    ("interactions", "*", "when", "*", "*", "indicator"),
    ("interactions", "*", "level_of"),
    ("interactions", "*", "indicators", "*"),
    ("tripwires", "*", "when", "*", "*", "indicator"),
)
_TO_PROBLEMS: tuple[Path, ...] = (("interactions", "*", "problem"), ("tripwires", "*", "problem"))
_TABLES_BY_PROBLEM: tuple[Path, ...] = (("interactions", "*", "points"),)


def check_names(written: Written) -> Iterator[Finding]:
    """Find misnamed files, ids used twice, names of what is not there, and circles of successors."""
    indicators = {name: tree for name, tree in written.indicators.items() if tree is not None}
    yield from _misnamed(indicators)
    yield from _duplicates(written, indicators.values())
    yield from _dangling_in_pack(written)
    for tree in indicators.values():
        yield from _dangling_in_indicator(written, tree)
    yield from _cycles(indicators)


def _misnamed(indicators: Mapping[str, Node]) -> Iterator[Finding]:
    for name, tree in indicators.items():
        stated = (tree / "id").text
        if stated is not None and stated != name:
            yield codes.MISNAMED.at(
                tree / "id", f"the id is {shorten(stated)} and the file is named {shorten(name)}.yml"
            )


def _duplicates(written: Written, indicators: Iterable[Node]) -> Iterator[Finding]:
    pack = written.tree(PACK_FILE)
    for group in _GROUPS:
        yield from twice(one for path in group for one in pack.each(*path))
    # Indicators too: all of these stand side by side in the explanation of a score.
    effects = [one for path in _EFFECTS for one in pack.each(*path)]
    yield from twice([*(tree / "id" for tree in indicators), *effects])
    for listed in (pack / "leading", *pack.each("interactions", "*", "indicators")):
        yield from twice(listed.items)


def twice(nodes: Iterable[Node]) -> Iterator[Finding]:
    """Find ids that stood before."""
    first: dict[str, Node] = {}
    for node in nodes:
        if node.text is None:
            continue
        if node.text in first:
            where = first[node.text]
            yield codes.DUPLICATE.at(node, f"{shorten(node.text)} already stands in {where.file}:{where.line}")
        first.setdefault(node.text, node)


def known(written: Written, *path: str) -> frozenset[str] | None:
    """Return the names that pack.yml defines under a path; None if it cannot be made out what they are."""
    pack = written.tree(PACK_FILE)
    if not (pack / path[0]).there:
        return None
    return frozenset(one.text for one in pack.each(*path) if one.text is not None)


def floor_ids(written: Written) -> frozenset[str] | None:
    """Return the ids of everything that can set a floor; None if pack.yml cannot be made out."""
    pack = written.tree(PACK_FILE)
    if not pack.there:
        return None
    tables = (one for one in pack.each("interactions", "*") if (one / "kind").text == "count_floor")
    ids = [*pack.each("tripwires", "*", "id"), *(one / "id" for one in tables)]
    return frozenset(one.text for one in ids if one.text is not None)


def indicator_ids(written: Written) -> frozenset[str] | None:
    """Return every indicator's name, as it says and as its file is called; None if there is no file to tell from."""
    if not written.indicators:
        return None
    stated = {tree and (tree / "id").text for tree in written.indicators.values()}
    return frozenset({*written.indicators, *(one for one in stated if one)})


def named(nodes: Iterable[Node], names: frozenset[str] | None, code: codes.Code, what: str) -> Iterator[Finding]:
    """Find values that are no known names."""
    for node in nodes:
        if node.text is not None:
            yield from _unknown(node, node.text, names, code, what)


def keyed(tables: Iterable[Node], names: frozenset[str] | None, code: codes.Code, what: str) -> Iterator[Finding]:
    """Find keys that are no known names."""
    for table in tables:
        for key, node in table.entries.items():
            yield from _unknown(node, key, names, code, what)


def _unknown(node: Node, name: str, names: frozenset[str] | None, code: codes.Code, what: str) -> Iterator[Finding]:
    if names is not None and name not in names:
        yield code.at(node, f"{shorten(name)} is not {what} of this pack", did_you_mean(name, names))


def _dangling_in_pack(written: Written) -> Iterator[Finding]:
    pack = written.tree(PACK_FILE)
    problems, families = known(written, "problems", "*", "id"), known(written, "families", "*", "id")

    def under(paths: Iterable[Path]) -> Iterator[Node]:
        return (one for path in paths for one in pack.each(*path))

    yield from named(under(_TO_INDICATORS), indicator_ids(written), codes.NO_INDICATOR, "an indicator")
    yield from named(under(_TO_PROBLEMS), problems, codes.NO_PROBLEM, "a problem")
    yield from keyed(under(_TABLES_BY_PROBLEM), problems, codes.NO_PROBLEM, "a problem")
    yield from named(pack.each("interactions", "*", "family"), families, codes.NO_FAMILY, "a family")


def _dangling_in_indicator(written: Written, tree: Node) -> Iterator[Finding]:
    problems, reference = known(written, "problems", "*", "id"), known(written, "reference", "id")
    futures = None if problems is None or reference is None else problems | reference
    yield from named([tree / "family"], known(written, "families", "*", "id"), codes.NO_FAMILY, "a family")
    yield from named([tree / "front"], known(written, "fronts", "*", "id"), codes.NO_FRONT, "a front")
    yield from keyed([tree / "ratings"], futures, codes.NO_PROBLEM, "a problem")
    yield from keyed([tree / "points"], problems, codes.NO_PROBLEM, "a problem")
    successors = tree.each("change", "successor")
    yield from named(successors, indicator_ids(written), codes.NO_INDICATOR, "an indicator")


def _cycles(indicators: Mapping[str, Node]) -> Iterator[Finding]:
    follows = {name: tree / "change" / "successor" for name, tree in indicators.items()}
    reported: set[str] = set()
    for start in sorted(follows):
        chain = _chain(start, lambda name: follows[name].text if name in follows else None)
        if chain and not reported & set(chain):
            reported.update(chain)
            yield codes.CYCLE.at(follows[chain[0]], f"the successors go round: {' → '.join([*chain, chain[0]])}")


def _chain(start: str, following: Callable[[str], str | None]) -> list[str]:
    """Return the circle that leads from ``start`` back to it, or nothing."""
    chain, name = [start], following(start)
    while name is not None and name != start and name not in chain:
        chain.append(name)
        name = following(name)
    return chain if name == start else []
