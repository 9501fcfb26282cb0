"""Quotes: each must stand word for word in the article's excerpts, where it says it stands."""

from __future__ import annotations

from collections.abc import Iterator

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.folder import ARTICLE_FILE, PACK_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.yaml_file import shorten


def check_quotes(written: Written) -> Iterator[Finding]:
    """Find quotes without an article, quotes that are not verbatim, and quotes said to stand elsewhere than they do."""
    quotes = list(_quotes(written))
    if ARTICLE_FILE not in written.trees:
        for quote in quotes[:1]:
            yield codes.NO_ARTICLE.at(quote, "a quote stands here and the pack has no article.yml")
        return
    excerpts = list(written.tree(ARTICLE_FILE).each("excerpts", "*"))
    if not excerpts:
        return  # the article could not be read, which is a finding of its own
    for quote in quotes:
        yield from _check(quote, excerpts)


def _quotes(written: Written) -> Iterator[Node]:
    pack = written.tree(PACK_FILE)
    trees = [*pack.each("problems", "*"), *pack.each("assumptions", "*")]
    trees += [tree for tree in written.indicators.values() if tree is not None]
    return (tree / "quote" for tree in trees if (tree / "quote" / "text").text is not None)


def _words(node: Node) -> str:
    return " ".join((node.text or "").split())


def _check(quote: Node, excerpts: list[Node]) -> Iterator[Finding]:
    text = _words(quote / "text")
    if not text:
        return  # an empty text is a finding of its own
    homes = [one for one in excerpts if text in _words(one / "text")]
    if not homes:
        yield codes.NOT_VERBATIM.at(quote / "text", f"the article's excerpts do not hold: {shorten(text)}")
    elif not any(_place(one) == _place(quote) for one in homes):
        paragraph, part = _place(homes[0])
        problem = f"the article has this in paragraph {paragraph}, part {shorten(str(part))}"
        yield codes.WRONG_PLACE.at(quote, problem)


def _place(node: Node) -> tuple[object, object]:
    return (node / "paragraph").value, (node / "part").value
