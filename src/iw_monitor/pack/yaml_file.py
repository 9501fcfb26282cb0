"""Reading one YAML file that somebody else wrote: YAML 1.2, every value with its line, and nothing that can hurt.

The parser's events are built into nodes here rather than by the library: so every repeated key is found and not
just the first, and depth, aliases and tags are refused before they cost anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.node import Node, Scalar

MOST_BYTES = 2**20
MOST_LINES = 100_000  # the reader takes longer for a line than for a letter
MOST_VALUES = 10_000
MOST_DEPTH = 20
MOST_DIGITS = 18
MOST_FINDINGS = 100  # of form, in one file

Path = tuple[str, ...]

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # as in reports: the text would show something else than it says
_TAB_INDENT = re.compile(r" *\t[ \t]*[^ \t\r\n]")


@lru_cache(maxsize=128)
def read_yaml(raw: bytes, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return what a file says, or None if it cannot be made out, and everything that is wrong with its form.

    Nothing but its bytes decides that, so of an edited pack only the edited file is read again.
    """
    text, findings = _decode(raw, file)
    if text is None:
        return None, findings
    tabs = _tabs(text, file)
    if tabs:
        return None, tabs
    return _build(text, file)


def _decode(raw: bytes, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    if len(raw) > MOST_BYTES:
        return None, (codes.TOO_LARGE.in_file(file, f"the file is larger than {MOST_BYTES // 1024} KiB"),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            return None, (codes.BINARY.in_file(file, "the file is not text"),)
        line = raw.count(b"\n", 0, error.start) + 1
        return None, (codes.NOT_UTF8.in_file(file, f"byte {error.start + 1} is not UTF-8", line=line),)
    text = text.replace("\r\n", "\n")
    if text.count("\n") > MOST_LINES:
        return None, (codes.TOO_LARGE.in_file(file, f"the file has more than {MOST_LINES:,} lines"),)
    strange = _CONTROL.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        return None, (codes.BINARY.in_file(file, f"the file holds the control character {strange[0]!a}", line=line),)
    return text, ()


def _tabs(text: str, file: str) -> tuple[Finding, ...]:
    lines = (number for number, line in enumerate(text.split("\n"), 1) if _TAB_INDENT.match(line))
    return tuple(codes.TAB.in_file(file, "the line is indented by a tab", line=number) for number in lines)


def _build(text: str, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    builder = _Builder(file, iter(YAML(typ="safe", pure=True).parse(text)))
    root: Node | None = None
    try:
        root = builder.document()
    except _TooMuchError:
        pass
    except MarkedYAMLError as error:
        builder.findings.append(codes.SYNTAX.in_file(file, _plain_words(error), line=_line_of(error)))
        return None, tuple(builder.findings)
    except (YAMLError, ValueError, OverflowError):
        builder.findings.append(codes.SYNTAX.in_file(file, "the file is not YAML"))
        return None, tuple(builder.findings)
    if builder.broken:
        return None, tuple(builder.findings)
    if root is None or root.value is None:
        return None, (*builder.findings, codes.EMPTY.in_file(file, "the file says nothing"))
    return root, tuple(builder.findings)


def _line_of(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return 0 if mark is None else int(mark.line) + 1


_SYNTAX_WORDS = (
    (
        "mapping values are not allowed",
        "a colon stands where none can (is the line before indented alike? text that holds ': ' needs quotes)",
    ),
    ("could not find expected ':'", "a key has no colon after it"),
    ("end of stream", "the text ends before a quote or bracket is closed"),
    (
        "found unexpected ':'",
        "a colon stands where none can (is the line before indented alike? text that holds ': ' needs quotes)",
    ),
    ("expected <block end>", "the line is not indented like the lines it belongs to"),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("cannot start any token", "the line begins with a character that needs quotes"),
    ("escape", "an escape after a backslash is not known (single quotes leave backslashes alone)"),
)


def _plain_words(error: MarkedYAMLError) -> str:
    said = f"{error.problem or ''} {error.context or ''}"
    return next((words for sign, words in _SYNTAX_WORDS if sign in said), "the line is not YAML")


class _TooMuchError(Exception):
    """Reading was given up; the finding is noted already."""


class _Builder:
    """Builds nodes from a parser's events."""

    def __init__(self, file: str, events: Iterator[Event]) -> None:
        self.file, self.events = file, events
        self.findings: list[Finding] = []
        self.broken = False
        self.values = 0

    def document(self) -> Node | None:
        """Return the one document, or None if the file holds none."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                self.refuse(codes.SEVERAL, _line(event), (), "a second document begins here")
                break
            if isinstance(event, NodeEvent):
                root = self.node(event, (), _line(event))
        return root

    def refuse(self, code: codes.Code, line: int, path: Path, problem: str) -> None:
        """Note a finding after which the file's words cannot be relied on."""
        self.broken = True
        self.note(code, line, path, problem)

    def note(self, code: codes.Code, line: int, path: Path, problem: str) -> None:
        """Note a finding; after a hundred, stop: the file is not what it was meant to be."""
        self.findings.append(code.in_file(self.file, problem, line=line, field=".".join(path)))
        if len(self.findings) >= MOST_FINDINGS:
            self.broken = True
            raise _TooMuchError

    def node(self, event: NodeEvent, path: Path, line: int) -> Node:
        """Return the value that begins with this event; ``line`` is that of its key."""
        self._limits(event, path)
        self._refuse_marks(event, path)
        value: Scalar | list[Node] | dict[str, Node] = None
        if isinstance(event, ScalarEvent):
            value = self._scalar(event, path)
        elif isinstance(event, SequenceStartEvent):
            value = self._items(path)
        elif isinstance(event, MappingStartEvent):
            value = self._entries(path)
        return Node(file=self.file, line=line, path=path, value=value)

    def _limits(self, event: NodeEvent, path: Path) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            self.refuse(codes.TOO_LARGE, _line(event), (), f"the file holds more than {MOST_VALUES} values")
            raise _TooMuchError
        if len(path) > MOST_DEPTH:
            self.refuse(codes.TOO_DEEP, _line(event), (), f"more than {MOST_DEPTH} lists and tables in one another")
            raise _TooMuchError

    def _refuse_marks(self, event: NodeEvent, path: Path) -> None:
        if isinstance(event, AliasEvent):
            self.refuse(codes.ANCHOR, _line(event), path, f"the alias {shorten('*' + event.anchor)} is not read")
        elif event.anchor is not None:
            self.refuse(codes.ANCHOR, _line(event), path, f"the anchor {shorten('&' + event.anchor)} is not read")
        tag = getattr(event, "tag", None)
        if tag is not None:
            name = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.refuse(codes.TAG, _line(event), path, f"the tag {shorten(name)} is not read")

    def _items(self, path: Path) -> list[Node]:
        items: list[Node] = []
        while isinstance(event := next(self.events), NodeEvent):
            items.append(self.node(event, (*path, str(len(items))), _line(event)))
        return items

    def _entries(self, path: Path) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while isinstance(event := next(self.events), NodeEvent):
            line = _line(event)
            key = self._key(event, path)
            follows = next(self.events)
            assert isinstance(follows, NodeEvent)  # the parser gives every key a value, if only an empty one
            one = self.node(follows, (*path, shorten(key or "?")), line)
            if key is not None and key in entries:
                problem = f"{shorten(key)} already stands in line {entries[key].line}"
                self.note(codes.REPEATED_KEY, line, one.path, problem)
            elif key is not None:
                entries[key] = one
        return entries

    def _key(self, event: NodeEvent, path: Path) -> str | None:
        key = self.node(event, (*path, "?"), _line(event))
        if isinstance(key.value, list | dict):
            self.refuse(codes.BAD_KEY, key.line, path, "a list or table stands where a key should")
            return None
        if key.value is None:
            if not isinstance(event, AliasEvent):
                self.refuse(codes.BAD_KEY, key.line, path, "a key is empty")
            return None
        return str(key.value).lower() if isinstance(key.value, bool) else str(key.value)

    def _scalar(self, event: ScalarEvent, path: Path) -> Scalar:
        text: str = event.value
        if strange := _CONTROL.search(text) or _TURNING.search(text):
            self.refuse(codes.BAD_TEXT, _line(event), path, f"the text holds the character {strange[0]!a}")
        if event.style is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            return self._integer(event, path)
        if _FLOAT.fullmatch(text):
            return self._float(event, path)
        return text

    def _integer(self, event: ScalarEvent, path: Path) -> int:
        if len(event.value) <= MOST_DIGITS:
            return int(event.value)
        self.refuse(codes.OUT_OF_RANGE, _line(event), path, f"{shorten(event.value)} is too long a number")
        return 0

    def _float(self, event: ScalarEvent, path: Path) -> float:
        value = float(event.value.lower().replace(".inf", "inf").replace(".nan", "nan"))
        if math.isfinite(value):
            return value
        self.refuse(
            codes.OUT_OF_RANGE, _line(event), path, f"{shorten(event.value)} is not a number one can count with"
        )
        return 0.0


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def printable(text: str) -> str:
    """Return text with what cannot be shown written as escapes."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def shorten(text: str, most: int = 60) -> str:
    """Return text fit for a finding: on one line, printable, and not longer than a reader wants."""
    flat = printable(" ".join(text.split()))
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
