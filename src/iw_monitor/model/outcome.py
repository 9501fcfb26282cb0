"""What really happened, beside what was warned of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One event of a problem: its onset, or a day within it. ``problem`` may name a turn the pack does not warn of."""

    day: date
    problem: str
    phase: str
    description: str
    source_name: str
    source_url: str
    basis: str
