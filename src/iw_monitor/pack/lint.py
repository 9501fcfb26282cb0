"""Issues: what can be used as it is, and should be mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from iw_monitor.errors import Finding
from iw_monitor.model.pack import STRONG_SPREAD, Indicator, MethodNumbers, PackFile, Status
from iw_monitor.pack import codes
from iw_monitor.pack.folder import ARTICLE_FILE, PACK_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.yaml_file import shorten

ENOUGH_STRONG = 3
_EXPECTED = frozenset({"L", "HL"})
_TO_DO = re.compile(r"\b(TODO|TBD|FIXME|XXX)\b|^\s*(\?+|\.\.\.|…)\s*$")
_TRIPWIRED = ("tripwires", "*", "when", "*", "*", "indicator")
_PLAIN_HTTP = re.compile(r"http://[^\s)>\"']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a pack that fit their types, beside what is written."""

    written: Written
    file: PackFile | None
    method: MethodNumbers | None
    indicators: dict[str, Indicator]  # by the name of its file

    @property
    def counted(self) -> dict[str, Indicator]:
        """Return the indicators that are scored."""
        return {name: one for name, one in self.indicators.items() if one.scored and one.status is Status.ACTIVE}

    @property
    def whole(self) -> bool:
        """Return whether every indicator could be read: else nobody can say that there are too few of something."""
        return bool(self.indicators) and len(self.indicators) == len(self.written.indicators)

    def tree(self, name: str) -> Node:
        """Return what an indicator's file says."""
        return self.written.tree(f"indicators/{name}.yml")


def lint(parts: Parts, *, today: date | None) -> Iterator[Finding]:
    """Find what should be mended; days to look again only if it is known which day it is."""
    for name, one in parts.indicators.items():
        yield from _indicator(parts, parts.tree(name), one)
    yield from _same_meaning(parts)
    yield from _texts(parts.written)
    if parts.file is not None:
        yield from _few_strong(parts, parts.file)
        yield from _relied_on(parts)
        yield from _unused(parts, parts.file)
        yield from _outliving(parts.written, parts.file)
        if not parts.file.assumptions:
            yield codes.NO_ASSUMPTION.at(
                parts.written.tree(PACK_FILE) / "assumptions", "the pack states no key assumption"
            )
    if today is not None:
        yield from _reviews(parts.written, today)


def _tripwired(parts: Parts) -> set[str | None]:
    return {node.text for node in parts.written.tree(PACK_FILE).each(*_TRIPWIRED)}


def _indicator(parts: Parts, tree: Node, one: Indicator) -> Iterator[Finding]:
    defaults = parts.method.kinds.get(one.kind) if parts.method else None
    cadence = one.cadence or (defaults and defaults.cadence)
    half_life = one.half_life or (defaults and defaults.half_life)
    if cadence and half_life and cadence > half_life:
        days = f"re-checked every {_days(cadence)} days, and evidence begins to age after {_days(half_life)}"
        yield codes.SLOW_CADENCE.at(tree / "cadence", days)
    counted = one.scored and one.status is Status.ACTIVE
    if counted and one.is_non_diagnostic and one.id not in _tripwired(parts):
        yield codes.NON_DIAGNOSTIC.at(tree / "ratings", "the ratings hardly differ, so it tells no future from another")
    if counted and not one.would_lower.strip():
        yield codes.NO_LOWERING.at(tree / "would_lower", "it is not said what would lower it")
    if not one.quote and not one.extension and ARTICLE_FILE in parts.written.trees:
        yield codes.NO_QUOTE.at(tree / "quote", "it has no quote and is not marked as an extension")


def _days(duration: object) -> str:
    return f"{duration.total_seconds() / 86400:g}" if hasattr(duration, "total_seconds") else ""


def _same_meaning(parts: Parts) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], str] = {}
    for name, one in parts.indicators.items():
        for key, words in (("question", [one.question]), ("anchors", list(one.anchors.values()))):
            meaning = (key, *(" ".join(text.casefold().split()) for text in words))
            if meaning in seen:
                yield codes.SAME_MEANING.at(parts.tree(name) / key, f"{seen[meaning]} has the same {key}")
            seen.setdefault(meaning, name)


def _texts(written: Written) -> Iterator[Finding]:
    for tree in written.trees.values():
        for node in _leaves(tree):
            if _TO_DO.search(node.text or ""):
                yield codes.PLACEHOLDER.at(node, f"this is still to be written: {shorten(node.text or '')}")
            link = _PLAIN_HTTP.search(node.text or "")
            if link:
                yield codes.PLAIN_HTTP.at(node, f"{shorten(link[0])} is not encrypted")


def _leaves(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    if node.text is not None:
        yield node
    for one in (*node.items, *node.entries.values()):
        yield from _leaves(one)


def _few_strong(parts: Parts, file: PackFile) -> Iterator[Finding]:
    if not parts.whole:
        return
    ids = list(parts.written.tree(PACK_FILE).each("problems", "*", "id"))
    for problem, node in zip(file.problems, ids, strict=False):
        if not any(problem.id in one.ratings or problem.id in one.points for one in parts.counted.values()):
            continue  # nobody watches it, which is an error of its own
        strong = [
            one.id
            for one in parts.counted.values()
            if one.spread >= STRONG_SPREAD and one.ratings.get(problem.id) in _EXPECTED
        ]
        if len(strong) < ENOUGH_STRONG:
            listed = f" ({', '.join(strong)})" if strong else ""
            yield codes.FEW_STRONG.at(node, f"{len(strong)} strong indicators speak for {problem.id}{listed}")


def _relied_on(parts: Parts) -> Iterator[Finding]:
    """Find conditions and leading places of indicators that are not scored, and tripwires on dull ones."""
    pack = parts.written.tree(PACK_FILE)
    by_id = {one.id: one for one in parts.indicators.values()}
    counted = {one.id for one in parts.counted.values()}
    tripwires = list(pack.each(*_TRIPWIRED))
    named = [*pack.each("leading", "*"), *pack.each("interactions", "*", "when", "*", "*", "indicator"), *tripwires]
    named += [*pack.each("interactions", "*", "level_of"), *pack.each("interactions", "*", "indicators", "*")]
    for node in named:
        if node.text in by_id and node.text not in counted:
            yield codes.NOT_ACTIVE.at(node, f"{node.text} is not scored now, so this has no effect")
    for node in tripwires:
        if node.text in counted and by_id[node.text].is_non_diagnostic:
            yield codes.WEAK_TRIPWIRE.at(node, f"{node.text} hardly tells one future from another")


def _outliving(written: Written, file: PackFile) -> Iterator[Finding]:
    rule = written.tree(PACK_FILE) / "judgements"
    for name, length in (
        ("declaration_at_most", file.judgements.declaration_at_most),
        ("override_at_most", file.judgements.override_at_most),
    ):
        if length > file.horizon:
            yield codes.OUTLIVES.at(
                rule / name, f"it may stand {_days(length)} days, and the horizon is {_days(file.horizon)}"
            )


def _unused(parts: Parts, file: PackFile) -> Iterator[Finding]:
    if not parts.whole:
        return
    families = {one.family for one in parts.indicators.values()}
    fronts = {one.front for one in parts.indicators.values()}
    pack = parts.written.tree(PACK_FILE)
    yield from _not_in(pack.each("families", "*", "id"), families)
    yield from _not_in(pack.each("fronts", "*", "id"), fronts)


def _not_in(nodes: Iterable[Node], used: set[str]) -> Iterator[Finding]:
    for node in nodes:
        if node.text is not None and node.text not in used:
            yield codes.UNUSED.at(node, f"no indicator belongs to {node.text}")


def _reviews(written: Written, today: date) -> Iterator[Finding]:
    days = [*written.tree(PACK_FILE).each("assumptions", "*", "review_by")]
    days += [tree / "revalidate_by" for tree in written.indicators.values() if tree is not None]
    for node in days:
        try:
            passed = node.text is not None and date.fromisoformat(node.text) < today
        except ValueError:
            continue  # not a day, which is a finding of its own
        if passed:
            yield codes.REVIEW_PASSED.at(node, f"this was to be looked at again by {node.text}")
