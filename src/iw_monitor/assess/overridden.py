"""What an override would change: the account with one indicator at the level that an officer states.

Shown beside what is computed, and used nowhere: an officer's word never enters the engine (METHOD 4.10).
"""

from __future__ import annotations

from dataclasses import dataclass

from iw_monitor.assess.compiled import Compiled
from iw_monitor.assess.states import States
from iw_monitor.assess.what_if import outcome_of, presumed_quality, with_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One problem as computed and as it would be. Levels are of the instant, by boundaries and floors."""

    problem: str
    points_before: float
    points: float
    level_before: int
    level: int

    @property
    def change(self) -> float:
        """Points by which it would move."""
        return self.points - self.points_before


def overridden(compiled: Compiled, states: States, *, indicator: str, level: int, instant: int) -> tuple[Effect, ...]:
    """Return every problem with an indicator at a level, as if one report of grade B2 said so at this instant.

    An indicator that is not watched moves nothing.

    Args:
        compiled: the pack.
        states: of one instant (1 x I).
        indicator: its id.
        level: 0 to 4.
        instant: microseconds.
    """
    before = after = outcome_of(compiled, states)
    place = next((n for n, one in enumerate(compiled.indicators) if one.id == indicator), None)
    if place is not None:
        quality = presumed_quality(compiled.pack)
        after = outcome_of(
            compiled, with_report(compiled, states, place, level=level, quality=quality, instant=instant)
        )
    return tuple(
        Effect(
            problem=name,
            points_before=float(before.points[n]),
            points=float(after.points[n]),
            level_before=int(before.level[n]),
            level=int(after.level[n]),
        )
        for n, name in enumerate(compiled.problems)
    )
