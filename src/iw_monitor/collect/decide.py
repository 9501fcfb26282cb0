"""How far a machine goes alone. A machine proposes; only what the pack allows is recorded without a person. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from iw_monitor.collect.suggest import Suggestion
from iw_monitor.model.pack.sources import Accept


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands on an indicator at this moment."""

    level: int | None  # None: nothing was ever reported
    override: bool = False  # of a person, in force


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is recorded without a person."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """It waits for a person, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """It adds nothing: it says what stands, or less from readings that do not reach far enough to say so."""


Verdict = Accepted | Proposed | Dropped


def decide(suggestion: Suggestion, standing: Standing, *, doubt: str = "") -> Verdict:
    """Return how far a suggestion goes without a person.

    Silence must not turn green: a machine lowers nothing unless its rule may, and never on damaged or half readings.

    Args:
        suggestion: what a source suggests.
        standing: what stands on its indicator.
        doubt: why the readings are not to be trusted alone, as damage in the answer; empty for none.
    """
    level, stands = suggestion.level, standing.level
    lowers = level is not None and stands is not None and level < stands
    if lowers and not suggestion.whole:
        return Dropped()
    if suggestion.accept is Accept.REVIEW and level is not None and level == stands:
        return Dropped()
    reasons = (
        (level is None, "it is evidence without a level"),
        (standing.override, "a person's override is in force"),
        (suggestion.accept is Accept.REVIEW, "the pack asks for a person"),
        (bool(doubt), doubt),
        (lowers and not suggestion.may_lower, "a machine alone does not lower this level"),
        (suggestion.accept is Accept.WITHIN_ONE and stands is None, "nothing stands that it could be compared with"),
        (suggestion.accept is Accept.WITHIN_ONE and not _within_one(level, stands), "it lies more than one level off"),
    )
    why = next((said for holds, said in reasons if holds), "")
    return Proposed(why) if why else Accepted()


def _within_one(level: int | None, stands: int | None) -> bool:
    return level is not None and stands is not None and abs(level - stands) <= 1
