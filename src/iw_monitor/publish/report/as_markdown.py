"""A snapshot as Markdown, for chat, wikis and mail: everything from outside stays literal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iw_monitor.publish.report.parts import Level, Lines, ProblemRow, Row
from iw_monitor.publish.report.told import Told

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^=@]|(?<=http):|(?<=https):|(?<=www)\.)")
_BEGINS = re.compile(r"^(\s*\d*)([-.])")


def literal(text: str) -> str:
    r"""Return a text that reads as it is written, wherever it stands.

    Example:
        >>> literal("*no* <script>, 1. item")
        '\\*no\\* \\<script\\>, 1. item'
    """
    return _BEGINS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))


def markdown(told: Told) -> str:
    """Return the Markdown."""
    return "\n\n".join(block for block in _blocks(told) if block) + "\n"


def _blocks(told: Told) -> Iterator[str]:
    marks = " · ".join(f"**{literal(one)}**" for one in (told.marking, told.standing, told.late) if one)
    yield marks
    yield f"# {literal(told.title)}: {literal(told.kind)}"
    yield f"As of **{told.as_of}** ({literal(told.local)}), {literal(told.known)}."
    yield f"## {_level(told.level)}{f' ({told.level_since})' if told.level_since else ''}"
    yield from (literal(one) for one in told.judgement)
    yield from (f"> {literal(one)}" for one in told.declared)
    yield from (f"> **Dissent.** {literal(one)}" for one in told.dissent)
    yield literal(told.unstated)
    yield "## Warning problems"
    yield _problems(told.problems)
    yield from (f"**{literal(one.title)}.** {literal(' '.join(one.told))}" for one in told.problems)
    yield f"## What changed {told.window}"
    yield literal(told.no_comparison) if told.no_comparison else _changes(told)
    if told.shift:
        yield "## For the next shift"
        yield from (_lines(one) for one in told.shift)
    yield "## Gaps"
    yield literal(told.coverage)
    yield _list("Stale or unknown", (*told.stale, *told.unknown), "none")
    if told.dead:
        yield "\n".join(("**Silent sources**", "", *(f"- {literal(one)}" for one in told.dead)))
    yield _list("Next due", told.due, "nothing")
    yield "## What would change our mind"
    yield _mind(told.mind) or "There is no assessment to change."
    if told.evidence:
        yield "## The newest evidence"
        yield "\n".join(
            f"- {one.day}, **{literal(one.indicator)}**, level {one.level}, {one.grade}: {literal(one.statement)}"
            f"{f' ({literal(one.source)})' if one.source else ''}"
            for one in told.evidence
        )
    yield "---"
    yield "  \n".join(f"{name}: {literal(value)}" for name, value in told.stamp)
    yield marks


def _level(level: Level) -> str:
    return f"{level.shape} {level.word}" if not level.number else f"{level.shape} {level.number} {literal(level.word)}"


def _problems(problems: Iterable[ProblemRow]) -> str:
    head = "| problem | level | likelihood | points | trend |\n|---|---|---|---:|---|"
    lines = [
        f"| {literal(one.title)} | {_level(one.level)} | {literal(one.likelihood)} | {one.points} | "
        f"{'; '.join(one.trends)} |"
        for one in problems
    ]
    return "\n".join([head, *lines])


def _changes(told: Told) -> str:
    return "\n\n".join(
        (
            _list("Moved up", told.up, "nothing"),
            _list("Moved down", told.down, "nothing"),
            _list("Levels", told.levels, "none changed"),
            _list("Newly stale", told.newly_stale, "nothing"),
        )
    )


def _list(title: str, rows: Iterable[Row], empty: str) -> str:
    lines = [
        f"- {f'**{one.mark}** ' if one.mark else ''}{literal(one.title)}{f': {literal(one.note)}' if one.note else ''}"
        for one in rows
    ]
    return f"**{title}:** {empty}" if not lines else "\n".join([f"**{title}**", "", *lines])


def _lines(one: Lines) -> str:
    if not one.lines:
        return f"**{one.title}:** {literal(one.empty)}"
    return "\n".join([f"**{one.title}**", "", *(f"- {literal(line)}" for line in one.lines)])


def _mind(rows: Iterable[Row]) -> str:
    return "\n".join(f"- **{literal(one.title)}.** {literal(one.note)}" for one in rows)
