"""What would change our mind: the smallest single moves that bring another level, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iw_monitor.assess.sensitivity import Move, ProblemSensitivity
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.telling.formats import level_words
from iw_monitor.telling.sentences import titles

MOST = 3


def mind_changers(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Give each assessed problem with what would raise and what would lower its level, of the instant."""
    for one in snapshot.sensitivity:
        if snapshot.at.problem(one.problem).assessed:
            yield (
                snapshot.pack.problem(one.problem).title,
                f"{_said('Up', one, snapshot)} {_said('Down', one, snapshot)}",
            )


def _said(direction: str, one: ProblemSensitivity, snapshot: Snapshot) -> str:
    moves = one.up if direction == "Up" else one.down
    if not moves:
        return f"{direction}: no single indicator can."
    return f"{direction}: {_listed(moves, snapshot)}."


def _listed(moves: Sequence[Move], snapshot: Snapshot) -> str:
    names = titles(snapshot.pack)
    told = [
        f"{names[one.indicator]} from {one.level} to {one.to} (then {level_words(one.warning_level, snapshot.pack)})"
        for one in moves[:MOST]
    ]
    more = f", or one of {len(moves) - MOST} others" if len(moves) > MOST else ""
    return f"{'; '.join(told)}{more}"
