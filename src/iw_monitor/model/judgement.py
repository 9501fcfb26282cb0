"""What named persons state beside what is computed: declarations, dissents, overrides, estimates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iw_monitor.model.instants import as_utc
from iw_monitor.model.observation import LEVELS

WARNING_LEVELS = range(1, 6)  # of a problem


class JudgementKind(StrEnum):
    """What somebody states, and of what."""

    DECLARATION = "declaration"  # of a problem's level: what the watch goes by
    DISSENT = "dissent"  # another officer's level of a problem: shown, never averaged in
    OVERRIDE = "override"  # of an indicator's level: shown beside the computed one, never in place of it
    ESTIMATE = "estimate"  # an officer's own probability of a problem


PERSONAL = frozenset({JudgementKind.DISSENT, JudgementKind.ESTIMATE})  # each officer has their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What somebody states: a judgement before the store gives it an id and a time."""

    kind: JudgementKind
    pack: str
    subject: str  # id of the problem; of an override, of the indicator
    level: int | None = None  # 1 to 5; of an override, 0 to 4; of an estimate, None
    probability: float | None = None  # of an estimate, between 0 and 1
    reason: str
    until: datetime  # from then on it no longer stands
    author: str
    pack_hash: str = ""

    def __post_init__(self) -> None:
        if self.kind is JudgementKind.ESTIMATE:
            if self.level is not None or self.probability is None or not 0 < self.probability < 1:
                raise ValueError(f"an estimate is a probability between 0 and 1, got {self.probability}")
        elif self.probability is not None or self.level not in self.levels:
            raise ValueError(f"the level of a {self.kind} must be one of {list(self.levels)}, got {self.level!r}")
        if not self.reason.strip() or not self.author.strip():
            raise ValueError("a judgement needs a reason and an author")
        object.__setattr__(self, "until", as_utc(self.until))

    @property
    def levels(self) -> range:
        """The levels that may be stated."""
        return LEVELS if self.kind is JudgementKind.OVERRIDE else WARNING_LEVELS

    @property
    def place(self) -> tuple[JudgementKind, str, str]:
        """What a newer judgement takes the place of: what is said of one subject, by one officer where it is theirs."""
        return self.kind, self.subject, self.author if self.kind in PERSONAL else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A named person ends a judgement before its time, with a reason. It stays in the journal."""

    id: str
    judgement: str
    reason: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Stated):
    """One statement of a named person, as the journal keeps it. Never edited: a newer one takes its place."""

    id: str  # UUIDv7
    recorded_at: datetime
    withdrawal: Withdrawal | None = None

    def stands_at(self, instant: datetime) -> bool:
        """Say whether it had been stated by an instant, and had neither expired nor been withdrawn."""
        withdrawn = self.withdrawal is not None and self.withdrawal.recorded_at <= instant
        return self.recorded_at <= instant < self.until and not withdrawn


def standing(judgements: Iterable[Judgement], instant: datetime) -> tuple[Judgement, ...]:
    """Return those of some judgements, given in the journal's order, that stand at an instant; the order stays.

    A newer one takes the place of an older for good: when it ends, the older does not come back.
    """
    newest: dict[tuple[JudgementKind, str, str], Judgement] = {}
    for one in judgements:
        if one.recorded_at <= instant:
            newest.pop(one.place, None)
            newest[one.place] = one
    return tuple(one for one in newest.values() if one.stands_at(instant))
