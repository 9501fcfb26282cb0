"""What came of collecting, as lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from iw_monitor.publish.times import iso

SHAPES = {"new": "●", "unchanged": "○", "empty": "□", "failed": "✕", "unconfigured": "–"}  # beside the word, not for it


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run as it is told: values only."""

    source: str
    outcome: str
    detail: str
    fetched_at: datetime
    true_at: datetime | None
    recorded: tuple[str, ...]  # what was recorded without a person
    proposed: tuple[str, ...]  # what waits for one
    damage: tuple[str, ...]


def run_text(row: RunRow) -> str:
    """Return a run as a few lines."""
    true_at = f", true as of {iso(row.true_at)}" if row.true_at else ""
    lines = [f"{SHAPES[row.outcome]} {row.source}: {row.outcome}{true_at}; {row.detail}"]
    lines += [f"  recorded  {one}" for one in row.recorded]
    lines += [f"  proposed  {one}" for one in row.proposed]
    lines += [f"  damage    {one}" for one in row.damage]
    return "\n".join(lines)


def runs_json(rows: Iterable[RunRow]) -> dict[str, Any]:
    """Return runs as JSON says them."""
    return {"schema_version": 1, "runs": [_run(one) for one in rows]}


def _run(row: RunRow) -> dict[str, Any]:
    return {
        "source": row.source,
        "outcome": row.outcome,
        "detail": row.detail,
        "fetched_at": iso(row.fetched_at),
        "true_at": None if row.true_at is None else iso(row.true_at),
        "recorded": list(row.recorded),
        "proposed": list(row.proposed),
        "damage": list(row.damage),
    }
