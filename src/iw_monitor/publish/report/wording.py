"""The linter of estimative language: what ICD 203 forbids is found before a report is kept.

It reads what we say, not what we quote: a statement is its source's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# The two synonym rows of ICD 203 (2015), D.6.e.2.a; a product uses one of them.
ROWS = (
    ("almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"),
    (
        "remote",
        "highly improbable",
        "improbable",
        "roughly even odds",
        "probable",
        "highly probable",
        "nearly certain",
    ),
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
_PERCENT = re.compile(r"\d[\d.,]*\s*%")
_INTERVAL = re.compile(r"\d\s*(?:–|-|−|to|and)\s*\d[\d.,]*\s*%|between \d[\d.,]*\s*% and \d[\d.,]*\s*%")
_SHARE = re.compile(r"\d\s*% of (?!likelihood|probability|chance)")
_SHARE_NAMED = re.compile(r"\b(?:coverage|stability)\b[^%]*\d\s*%", re.IGNORECASE)
_CONFIDENCE = re.compile(r"\bconfiden(?:ce|t)\b", re.IGNORECASE)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


_ROWS = tuple(_pattern(row) for row in ROWS)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line break ends one, too."""
    return [one for line in text.splitlines() for one in _SENTENCE.split(line.strip()) if one]


def faults(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what is wrong with the language of one product, each fault in a sentence; nothing, if it is good.

    Example:
        >>> faults(["It is likely (55–80 %). Confidence is low."])
        ()
        >>> faults(["It is likely, with low confidence."])
        ('likelihood and confidence share a sentence: It is likely, with low confidence.',)
    """
    said = [one for text in texts for one in sentences(text)]
    return (*_mixed(said), *(fault for one in said for fault in _of_sentence(one)))


def _mixed(said: list[str]) -> Iterator[str]:
    used = [sorted({found.group().lower() for one in said for found in row.finditer(one)}) for row in _ROWS]
    if all(used):
        first, second = (", ".join(row) for row in used)
        yield f"words of two synonym rows stand in one product: {first}; and {second}"


def _of_sentence(said: str) -> Iterator[str]:
    if _CONFIDENCE.search(said) and any(row.search(said) for row in _ROWS):
        yield f"likelihood and confidence share a sentence: {said}"
    bare = len(_PERCENT.findall(_INTERVAL.sub("", said)))
    if bare and not _SHARE.search(said) and not _SHARE_NAMED.search(said) and not _INTERVAL.search(said):
        yield f"a percentage stands without its interval: {said}"
