"""What the levels hang on: as text for people, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from iw_monitor.assess.sensitivity import Bar, Effect, Move, ProblemSensitivity
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.pack import Pack
from iw_monitor.publish.times import iso

MOST_BARS = 8
SMALLEST = 0.05  # points; less is shown as nothing


def sensitivity_json(assessment: Assessment, found: Sequence[ProblemSensitivity]) -> str:
    """Return everything as indented JSON; ``points`` of a change are the difference it makes, of a move the result."""
    plain = {
        "schema_version": "1",
        "pack": assessment.pack,
        "pack_hash": assessment.pack_hash,
        "as_of": iso(assessment.as_of),
        "known": assessment.known.value,
        "problems": [asdict(one) | {"assessed": assessment.problem(one.problem).assessed} for one in found],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)


def sensitivity_text(pack: Pack, assessment: Assessment, found: Sequence[ProblemSensitivity]) -> str:
    """Return, for each problem, how stable its level is, what it hangs on, and the smallest moves across a boundary."""
    head = (
        f"As of {day_time_group(assessment.as_of)}. Points that one change alone would add; levels are of the instant."
    )
    return "\n\n".join([head, *("\n".join(_problem(pack, assessment, one)) for one in found)])


def _problem(pack: Pack, assessment: Assessment, one: ProblemSensitivity) -> list[str]:
    lines = [pack.problem(one.problem).title]
    if not assessment.problem(one.problem).assessed:
        return [*lines, "  NO ASSESSMENT: too little of its evidence is current to ask what a level hangs on."]
    word = pack.word(one.level)
    lines.append(f"  {one.points:+.1f} points, {one.level} {word}; the same in {one.stability:.0%} of draws.")
    shown = [bar for bar in one.bars if max(abs(bar.low), abs(bar.high)) >= SMALLEST][:MOST_BARS]
    width = max((len(bar.indicator) for bar in shown), default=0)
    lines += [f"  {bar.indicator:<{width}}  {_effects(bar)}" for bar in shown]
    if len(one.bars) > len(shown):
        lines.append(f"  and {len(one.bars) - len(shown)} that move it less")
    lines.append(f"  Smallest single move up: {_moves(pack, one.up)}")
    lines.append(f"  Smallest single move down: {_moves(pack, one.down)}")
    return lines


def _effects(bar: Bar) -> str:
    return "   ".join(_effect(one) for one in bar.effects)


def _effect(one: Effect) -> str:
    name = one.change.value if one.level is None else f"{one.change.value} ({one.level})"
    points = round(one.points, 1) + 0.0  # no minus before nothing
    return f"{name} {points:+.1f}{f' crosses to {one.warning_level}' if one.crosses else ''}"


def _moves(pack: Pack, moves: Sequence[Move]) -> str:
    if not moves:
        return "none; no single indicator can."
    said = (
        f"{one.indicator} {one.level} to {one.to} ({one.warning_level} {pack.word(one.warning_level)})" for one in moves
    )
    return f"{'; '.join(said)}."
