"""What trying faults came to, as people read it: a section of docs/faults.md for each test that counts something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MUST_BE_ZERO = (
    "lost",
    "lost unseen",
    "doubled",
    "doubled unmarked",
    "differing from replay",
    "tracebacks",
    "calmer",
    "wrongly restored",
)
_ZEROS = re.compile(rf"(?<![\w-])({'|'.join(sorted(MUST_BE_ZERO, key=len, reverse=True))}) (\d+)(?![\w.])")
_HEADING = re.compile(r"^=+ what faults came to =+$")
_OTHER_HEADING = re.compile(r"^=+ .* =+$")
_PRINTED = re.compile(r"(?P<test>test_\w+(?:\[[^\]]*\])?): (?P<told>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one test came to."""

    test: str  # its name, with what it was given in brackets
    told: tuple[str, ...]  # what it counted, as it said it
    held: bool = True

    @property
    def title(self) -> str:
        """Return its name as the sentence that it is."""
        name, _, given = self.test.removeprefix("test_").removesuffix("]").partition("[")
        said = name.replace("_", " ").capitalize()
        return f"{said} ({given})" if given else said

    def text(self, measured_on: str) -> str:
        """Return its section, as Markdown."""
        return "\n".join(self._lines(measured_on))

    def _lines(self, measured_on: str) -> Iterator[str]:
        yield from (f"## {self.title}", "", measured_on, "")
        if not self.held:
            yield "- **The test failed.** What it counted before it did:" if self.told else "- **The test failed.**"
        for told in self.told:
            yield from (f"- {_marked(part)}" for part in told.split("; "))


def _marked(told: str) -> str:
    """Return figures with those marked that must be zero, and called out where they are not."""
    return _ZEROS.sub(lambda one: f"{one[1]} **{one[2]}**" + ("" if int(one[2]) == 0 else " (must be 0)"), told)


def printed(output: str) -> Iterator[Outcome]:
    """Yield what a run of pytest said that the tests came to; it says so of those that passed.

    Args:
        output: what it printed.
    """
    counted: dict[str, list[str]] = {}
    is_under = False
    for line in output.splitlines():
        is_under = bool(_HEADING.match(line)) or (is_under and not _OTHER_HEADING.match(line))
        if is_under and (one := _PRINTED.fullmatch(line)):
            counted.setdefault(one["test"], []).append(one["told"])
    for test, told in counted.items():
        yield Outcome(test=test, told=tuple(told))
