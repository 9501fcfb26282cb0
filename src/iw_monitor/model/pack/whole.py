"""A whole pack: what to watch, and what follows from it without any report."""

from __future__ import annotations

import hashlib
import math
from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from iw_monitor.model.pack.article import Article
from iw_monitor.model.pack.demands import EvidenceRule
from iw_monitor.model.pack.indicator import Indicator, Status
from iw_monitor.model.pack.method import MethodNumbers
from iw_monitor.model.pack.officers import FourEyes, JudgementRule
from iw_monitor.model.pack.plain import Duration, Id, Instant, PackId, Plain, Text
from iw_monitor.model.pack.questions import Assumption, Family, Front, Problem, Reference, WarningLevel
from iw_monitor.model.pack.rules import Interaction, Tripwire


class PackFile(Plain):
    """``pack.yml``: the problems and how the indicators work on them."""

    id: PackId
    title: Text
    description: Text
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    handling: Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
    t0: Instant
    time_zone: Annotated[str, Field(description="IANA zone of the theatre, shown beside UTC.")]
    horizon: Duration
    reference: Reference
    problems: Annotated[tuple[Problem, ...], Field(min_length=1)]
    leading: Annotated[tuple[Id, ...], Field(description="The indicators every screen leads with.")]
    families: Annotated[tuple[Family, ...], Field(min_length=1)]
    fronts: Annotated[tuple[Front, ...], Field(min_length=1)]
    levels: Annotated[tuple[WarningLevel, ...], Field(min_length=5, max_length=5)]
    interactions: tuple[Interaction, ...] = ()
    tripwires: tuple[Tripwire, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    evidence: EvidenceRule = EvidenceRule()
    judgements: JudgementRule = JudgementRule()
    four_eyes: FourEyes = FourEyes()


class Pack(Plain):
    """A whole pack as loaded. Indicators stand in a fixed order: the leading ones, then by family, then by id."""

    file: PackFile
    method: MethodNumbers
    article: Article | None = None
    indicators: tuple[Indicator, ...]

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def t0(self) -> datetime:
        return self.file.t0

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the pack says (not of its layout or comments), stored on every entry and assessment."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @cached_property
    def scored(self) -> tuple[Indicator, ...]:
        """The indicators that count: active, with ratings."""
        return tuple(one for one in self.indicators if one.scored and one.status is Status.ACTIVE)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator of this id.

        Raises:
            KeyError: the pack has none.
        """
        return self._by_id[indicator_id]

    @cached_property
    def _by_id(self) -> dict[str, Indicator]:
        return {one.id: one for one in self.indicators}

    def problem(self, problem_id: str) -> Problem:
        """Return the problem of this id.

        Raises:
            KeyError: the pack has none.
        """
        return {one.id: one for one in self.file.problems}[problem_id]

    def half_life(self, indicator: Indicator) -> timedelta:
        """Return how long evidence of this indicator counts in full."""
        return indicator.half_life or self.method.kinds[indicator.kind].half_life

    def cadence(self, indicator: Indicator) -> timedelta:
        """Return after how long a re-check of this indicator is due."""
        return indicator.cadence or self.method.kinds[indicator.kind].cadence

    def link_points(self, indicator: Indicator, problem: str) -> float:
        """Return the points of a link (METHOD 3), or the pack's override.

        ``round(10*log10(rating for the problem / rating for the reference future))``: decibans of the likelihood ratio.
        """
        if problem in indicator.points:
            return indicator.points[problem]
        rating = indicator.ratings.get(problem)
        reference = indicator.ratings.get(self.file.reference.id)
        if rating is None or reference is None:
            return 0.0
        return float(round(10 * math.log10(self.method.ratings[rating] / self.method.ratings[reference])))

    def word(self, level: int) -> str:
        """Return the word of a warning level."""
        return self.file.levels[level - 1].word
