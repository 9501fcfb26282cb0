"""What a pack says: the warning problems, the indicators, and every number of the method. Frozen; read by ``pack/``.

These types are also the source of the JSON Schemas. A field's ``description`` is what a pack author sees in the editor.
"""

from __future__ import annotations

import hashlib
import math
import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter
from pydantic_core import PydanticCustomError

_duration = TypeAdapter(timedelta)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
CENTURY = timedelta(days=36_525)
MOST_POINTS = 100  # odds of ten thousand million to one: more than any evidence, and far from overflow


def _read_duration(value: object) -> object:
    """Read an ISO 8601 duration written as text; anything else is left for the type to refuse."""
    return _duration.validate_python(value) if isinstance(value, str) and value.startswith("P") else value


def _only_iso(value: object) -> object:
    """Refuse what pydantic would otherwise take for seconds since 1970; a day or instant is written out."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO.match(value)):
        return value
    raise PydanticCustomError("date_text", "not written like 2024-01-31")


Id = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]{1,62}$", description="A short lower-case name; never changed once used.")
]
PackId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,62}$")]
Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"\S")]
Duration = Annotated[
    timedelta,
    BeforeValidator(_read_duration),
    Field(gt=timedelta(0), le=CENTURY, description="ISO 8601, for example P14D or PT6H.", strict=True),
]
Share = Annotated[float, Field(ge=0, le=1)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Points = Annotated[float, Field(ge=-MOST_POINTS, le=MOST_POINTS, allow_inf_nan=False)]
Rating = Literal["HL", "L", "C", "U", "HU"]
State = Annotated[int, Field(ge=0, le=4, description="An indicator's level, 0 to 4.")]
LevelNumber = Annotated[int, Field(ge=1, le=5, description="A warning level, 1 to 5.")]
RatingWords = dict[Literal["HL", "L", "C", "U", "HU"], Annotated[float, Field(gt=0, lt=1)]]
Day = Annotated[date, BeforeValidator(_only_iso), Field(strict=False)]
Instant = Annotated[AwareDatetime, BeforeValidator(_only_iso), Field(strict=False)]


class Plain(BaseModel):
    """Base of everything in a pack: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


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


class Quote(Plain):
    """A verbatim excerpt of the source article and where it stands."""

    text: Text
    paragraph: Annotated[int, Field(ge=1)]
    part: Text


class Article(Plain):
    """The analytic source of a pack and the excerpts that may be quoted from it."""

    author: Text
    title: Text
    publisher: Text
    published: Text
    summary: Text
    excerpts: tuple[Quote, ...]


class Reference(Plain):
    """The future in which nothing that is warned of happens."""

    id: Id
    title: Text
    description: Text


class Problem(Plain):
    """A warning problem: one binary, resolvable question about the future."""

    id: Id
    title: Text
    short_title: Annotated[str, Field(min_length=1, max_length=40)]
    resolves_yes_when: Text
    prior: Annotated[Points, Field(description="Evidence points (decibans) at T0: 10*log10(odds).")]
    quote: Quote | None = None


class Family(Plain):
    """Indicators that report on the same thing and are therefore discounted against each other."""

    id: Id
    title: Text
    cap: Annotated[Points | None, Field(gt=0, description="Most that the family's positive points may sum to.")] = None


class Front(Plain):
    """A theatre by which the board can be arranged."""

    id: Id
    title: Text


class WarningLevel(Plain):
    """One of the five warning levels; ``from_points`` is its lower boundary (none for the lowest)."""

    level: LevelNumber
    word: Annotated[str, Field(min_length=1, max_length=16)]
    from_points: Points | None = None
    meaning: Text


class Condition(Plain):
    """A comparison of one indicator's level. Seen only if the level is not unknown and its quality suffices."""

    indicator: Id
    at_least: State | None = None
    at_most: State | None = None


class When(Plain):
    """Conditions that must all hold, or of which any must hold."""

    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()


class Adds(Plain):
    """An interaction that adds points to problems while its conditions hold."""

    kind: Literal["adds"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    family: Id
    when: When
    points: dict[Id, Points]


class AddsByLevel(Plain):
    """An interaction whose points depend on the level (0 to 4) of one indicator."""

    kind: Literal["adds_by_level"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    family: Id
    when: When
    level_of: Id
    points: dict[Id, Annotated[tuple[Points, ...], Field(min_length=5, max_length=5)]]


class Screens(Plain):
    """An interaction that makes the restraints of a family count as unknown: the decision they restrain is visible."""

    kind: Literal["screens"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    when: When
    family: Id


class CountFloor(Plain):
    """An interaction that sets a floor by how many indicators stand at or above a level."""

    kind: Literal["count_floor"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    indicators: tuple[Id, ...]
    at_least: State
    problem: Id
    floors: Annotated[dict[int, LevelNumber], Field(description="How many indicators: which floor.", strict=False)]


Interaction = Annotated[Adds | AddsByLevel | Screens | CountFloor, Field(discriminator="kind")]


class Tripwire(Plain):
    """A condition that settles the matter alone: it sets a floor under a problem's level at once."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    when: When
    problem: Id
    floor: LevelNumber


class Assumption(Plain):
    """A key assumption behind the priors, and the sign that would break it."""

    id: Id
    text: Text
    quote: Quote | None = None
    owner: Text
    review_by: Day
    broken_by: Text


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


class KindDefaults(Plain):
    """Half-life and cadence of a kind of indicator."""

    half_life: Duration
    cadence: Duration


class Normal(Plain):
    """How an indicator's normal follows what it has long been (METHOD 4.1)."""

    share: Share
    half_life: Duration


class Grades(Plain):
    """What a graded report is worth (METHOD 4.2); none means it is never scored."""

    reliability: dict[Literal["A", "B", "C", "D", "E", "F"], Share]
    credibility: Annotated[dict[Annotated[int, Field(ge=1, le=6)], Share | None], Field(strict=False)]
    scored_from: Share
    quality_cap: Annotated[float, Field(gt=0, lt=1)]
    condition_quality: Share


class Ageing(Plain):
    """How evidence ages (METHOD 4.3), in half-lives."""

    fresh_for: Annotated[float, Field(gt=0, le=20)]
    unknown_after: Annotated[float, Field(gt=0, le=20)]


class Discount(Plain):
    """Weight of each further piece against the one before, within a family and between families (METHOD 4.5)."""

    within_family: Share
    between_families: Share


class Hysteresis(Plain):
    """Up fast, down slow (METHOD 4.10)."""

    up_after: Duration
    down_after: Duration
    down_margin: Annotated[Points, Field(ge=0)]


class Interval(Plain):
    """How the interval and the stability are drawn (METHOD 4.11)."""

    draws: Annotated[int, Field(ge=100, le=100_000)]
    seed: Annotated[int, Field(ge=0)]
    weight_factor: tuple[Finite, Finite]
    prior_shift: Annotated[Points, Field(ge=0)]
    percentiles: tuple[Finite, Finite]


class CoverageRule(Plain):
    """Below which coverage the gauge is hatched, and below which it reads NO ASSESSMENT (METHOD 4.12)."""

    hatched_below: Share
    no_assessment_below: Share


class ConfidenceRule(Plain):
    """What makes confidence high or low (METHOD 4.13)."""

    high_coverage: Share
    high_quality: Share
    high_stability: Share
    high_unchanged_for: Duration
    low_quality: Share
    low_stability: Share


class TrendRule(Plain):
    """When a change of points counts as a trend."""

    window: Duration
    dead_band: Annotated[Points, Field(ge=0)]


class Words(Plain):
    """An estimative word and the probabilities (percent) it stands for."""

    word: Text
    from_percent: Annotated[float, Field(ge=0, le=100)]
    to_percent: Annotated[float, Field(ge=0, le=100)]


class MethodNumbers(Plain):
    """Every number of the method that is a judgement."""

    strength: Annotated[tuple[Share, ...], Field(min_length=5, max_length=5)]
    ratings: RatingWords
    kinds: dict[Kind, KindDefaults] = Field(strict=False)
    normal: Normal
    grades: Grades
    ageing: Ageing
    discount: Discount
    clip: Annotated[Points, Field(gt=0)]
    hysteresis: Hysteresis
    interval: Interval
    coverage: CoverageRule
    confidence: ConfidenceRule
    trend: TrendRule
    words: tuple[Words, ...]


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


class Pack(Plain):
    """A whole pack as loaded: what to watch. Indicators stand in a fixed order: the leading ones, then by family, then by id."""

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
        return next((one for one in self.file.problems if one.id == problem_id), None) or _missing(problem_id)

    def half_life(self, indicator: Indicator) -> timedelta:
        """Return how long evidence of this indicator counts in full."""
        return indicator.half_life or self.method.kinds[indicator.kind].half_life

    def cadence(self, indicator: Indicator) -> timedelta:
        """Return after how long a re-check of this indicator is due."""
        return indicator.cadence or self.method.kinds[indicator.kind].cadence

    def link_points(self, indicator: Indicator, problem: str) -> float:
        """Return the points of a link: ``round(10*log10(rating_problem / rating_contained))``, or the pack's override (METHOD 3)."""
        if problem in indicator.points:
            return indicator.points[problem]
        rating = indicator.ratings.get(problem)
        reference = indicator.ratings.get(self.file.reference.id)
        if rating is None or reference is None:
            return 0.0
        return float(round(10 * math.log10(self.method.ratings[rating] / self.method.ratings[reference])))

    def spread(self, indicator: Indicator) -> int:
        """Return how far the stated ratings lie apart on HU..HL = 0..4; 0 or 1 is non-diagnostic (METHOD 3)."""
        places = [_RATING_PLACE[rating] for rating in indicator.ratings.values()]
        return max(places) - min(places) if places else 0

    def word(self, level: int) -> str:
        """Return the word of a warning level."""
        return self.file.levels[level - 1].word


_RATING_PLACE = {"HU": 0, "U": 1, "C": 2, "L": 3, "HL": 4}


def _missing(name: str) -> Problem:
    raise KeyError(name)
