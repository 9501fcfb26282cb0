"""What a YAML file says, with the line of everything: a tree that can be asked for what may not be there.

Checks read this tree rather than the validated types, so that one wrong value never hides what is wrong elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value of a YAML file: where it stands and what it says. ``there`` is False for what the file does not say."""

    file: str
    line: int  # of its key, or of itself in a list
    path: tuple[str, ...] = ()
    value: Scalar | Mapping[str, Node] | Sequence[Node] = None
    there: bool = True

    @property
    def field(self) -> str:
        """Return the dotted path, as findings print it."""
        return ".".join(self.path)

    @property
    def text(self) -> str | None:
        """Return the value if it is text."""
        return self.value if isinstance(self.value, str) else None

    @property
    def number(self) -> float | None:
        """Return the value if it is a number."""
        return float(self.value) if isinstance(self.value, int | float) and not isinstance(self.value, bool) else None

    @property
    def entries(self) -> Mapping[str, Node]:
        """Return the entries by key; none if it is not a table."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def items(self) -> Sequence[Node]:
        """Return the items of a list; none if it is not a list."""
        return self.value if isinstance(self.value, Sequence) and not isinstance(self.value, str) else ()

    def __truediv__(self, key: str) -> Node:
        """Return what stands under a key or at a place of a list; a node that is not there, if nothing does."""
        found = self.entries.get(key)
        if found is None and key.isdecimal() and len(key) <= 6 and int(key) < len(self.items):
            found = self.items[int(key)]
        return found or Node(file=self.file, line=self.line, path=(*self.path, key), there=False)

    def each(self, *path: str) -> Iterator[Node]:
        """Return every node under a path in which ``*`` stands for every item or entry."""
        if not path:
            if self.there:
                yield self
            return
        head, *rest = path
        inner = [*self.items, *self.entries.values()] if head == "*" else [self / head]
        for one in inner:
            yield from one.each(*rest)

    def plain(self) -> object:
        """Return the value as JSON would say it."""
        if isinstance(self.value, Mapping):
            return {key: one.plain() for key, one in self.value.items()}
        if isinstance(self.value, Sequence) and not isinstance(self.value, str):
            return [one.plain() for one in self.value]
        return self.value
