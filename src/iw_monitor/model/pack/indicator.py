"""One observable question with five anchored levels, and where it stands in its life."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from iw_monitor.model.pack.article import Quote
from iw_monitor.model.pack.plain import Day, Duration, Id, Plain, Points, Rating, State, Text

RATING_PLACES = {"HU": 0, "U": 1, "C": 2, "L": 3, "HL": 4}
STRONG_SPREAD = 3  # places: from here on an indicator tells futures apart
DULL_SPREAD = 1  # up to here it looks much the same in every future


class Kind(StrEnum):
    """What sort of thing an indicator watches; sets its default half-life and cadence."""

    EVENT = "E"
    POSTURE = "P"
    STRUCTURAL = "S"


class Role(StrEnum):
    """Whether an indicator moves before, with or after what it warns of."""

    LEADING = "leading"
    CONFIRMING = "confirming"
    LAGGING = "lagging"


class Status(StrEnum):
    """Where an indicator stands in its life; only ``active`` ones are scored."""

    DRAFT = "draft"
    ACTIVE = "active"
    MUTED = "muted"
    RETIRED = "retired"


class Runbook(Plain):
    """What an editor does to re-check an indicator."""

    check: Text
    where: Text
    grade: Text


class Change(Plain):
    """Why an indicator left active service."""

    reason: Text
    since: Day
    successor: Id | None = None


class Indicator(Plain):
    """One observable question with five anchored levels."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=60)]
    question: Text
    family: Id
    kind: Kind
    role: Role
    front: Id
    status: Status = Status.ACTIVE
    change: Change | None = None
    extension: Annotated[bool, Field(description="Not from the article.")] = False
    scored: Annotated[bool, Field(description="False: context only, has no ratings and no T0.")] = True
    t0: State | None = None
    anchors: Annotated[
        dict[State, Text], Field(description="What must be reported for each level 0 to 4.", strict=False)
    ]
    reading_rule: Annotated[str, Field(description="Look-back: how long a report keeps its level.", min_length=1)]
    deciders: dict[State, Text] = Field(
        default={}, description="Per level: who decides it, and how reversible it is.", strict=False
    )
    ratings: dict[str, Rating] = Field(
        default={}, description="Per future: how expected is level 4 if that future is the true one?"
    )
    points: dict[Id, Points] = Field(default={}, description="Overrides the points computed from the ratings.")
    cadence: Duration | None = None
    half_life: Duration | None = None
    expected_by: Annotated[
        Day | None, Field(description="Day by which it should have been seen if the future were true.")
    ] = None
    quote: Quote | None = None
    why: Text
    limits: Text
    how_it_can_be_faked: Text
    would_lower: str = ""
    runbook: Runbook
    version: Annotated[int, Field(ge=1)] = 1
    revalidate_by: Day | None = None

    @property
    def spread(self) -> int:
        """How far the stated ratings lie apart on HU..HL = 0..4 (METHOD 3); 0 without ratings."""
        places = [RATING_PLACES[rating] for rating in self.ratings.values()]
        return max(places) - min(places) if places else 0

    @property
    def is_non_diagnostic(self) -> bool:
        """Whether it is rated nearly alike in every future, and no points say otherwise: alone it tells none apart."""
        return len(self.ratings) > 1 and self.spread <= DULL_SPREAD and not self.points
