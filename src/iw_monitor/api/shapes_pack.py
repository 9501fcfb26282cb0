"""What is watched, as it is answered: the pack, its indicators and how each stands; and who is asking."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from iw_monitor.api.problems import FindingShape
from iw_monitor.api.shapes import Id, Instant, ObservationShape, Told
from iw_monitor.api.shapes_assessment import AssessedIndicator, Level
from iw_monitor.model.pack import Indicator, Pack
from iw_monitor.model.tokens import Scope
from iw_monitor.publish.times import iso
from iw_monitor.service.importing import ImportResult


class ProblemOfPack(Told):
    """A warning problem: a question that will be answered yes or no."""

    id: str
    title: str
    short_title: str
    resolves_yes_when: str
    prior: float


class LevelOfPack(Told):
    """A warning level, its word and from how many points on it holds."""

    level: Level
    word: str
    from_points: float | None = Field(description="Null for the lowest.")
    meaning: str


class IndicatorOfPack(Told):
    """A question with five anchors, as its pack puts it."""

    id: str
    title: str
    question: str
    family: str
    front: str
    kind: str = Field(description="E event, P posture, S structural.")
    status: str = Field(description="draft, active, muted or retired; only active ones are scored.")
    scored: bool
    anchors: dict[str, str] = Field(description="What must be reported for each level, 0 to 4.")
    cadence_days: float
    half_life_days: float
    links: dict[str, float] = Field(description="What level 4 is worth to each problem, in points.")
    limits: str
    how_it_can_be_faked: str

    @classmethod
    def of(cls, pack: Pack, one: Indicator) -> IndicatorOfPack:
        """Return an indicator as it is answered."""
        return cls(
            id=one.id,
            title=one.title,
            question=one.question,
            family=one.family,
            front=one.front,
            kind=one.kind.value,
            status=one.status.value,
            scored=one in pack.scored,
            anchors={str(level): text for level, text in one.anchors.items()},
            cadence_days=pack.cadence(one).total_seconds() / 86_400,
            half_life_days=pack.half_life(one).total_seconds() / 86_400,
            links={problem.id: pack.link_points(one, problem.id) for problem in pack.file.problems},
            limits=one.limits,
            how_it_can_be_faked=one.how_it_can_be_faked,
        )


class PackShape(Told):
    """The pack in use."""

    model_config = ConfigDict(title="Pack")

    id: str
    title: str
    description: str
    version: str
    hash: str
    handling: str = Field(examples=["TLP:CLEAR"])
    t0: Instant
    time_zone: str
    horizon_days: float
    problems: list[ProblemOfPack]
    levels: list[LevelOfPack]
    indicators: list[IndicatorOfPack]

    @classmethod
    def of(cls, pack: Pack) -> PackShape:
        """Return a pack as it is answered."""
        file = pack.file
        return cls(
            id=file.id,
            title=file.title,
            description=file.description,
            version=file.version,
            hash=pack.hash,
            handling=file.handling,
            t0=iso(file.t0),
            time_zone=file.time_zone,
            horizon_days=file.horizon.total_seconds() / 86_400,
            problems=[
                ProblemOfPack(
                    id=one.id,
                    title=one.title,
                    short_title=one.short_title,
                    resolves_yes_when=one.resolves_yes_when,
                    prior=one.prior,
                )
                for one in file.problems
            ],
            levels=[
                LevelOfPack(level=one.level, word=one.word, from_points=one.from_points, meaning=one.meaning)
                for one in file.levels
            ],
            indicators=[IndicatorOfPack.of(pack, one) for one in pack.indicators],
        )


class StandingIndicator(Told):
    """An indicator now: how it stands, and what a writer has to have seen."""

    state: AssessedIndicator | None = Field(
        description="Null for one that the assessment leaves out: a draft, or retired."
    )
    newest: Id | None = Field(description="The newest report that is not withdrawn: what to send as `seen`.")


class IndicatorWithReports(Told):
    """An indicator with its question, how it stands, and its newest reports."""

    indicator: IndicatorOfPack
    now: StandingIndicator
    reports: list[ObservationShape] = Field(description="At most 50, those recorded last, the newest first.")


class IndicatorList(Told):
    """All indicators of the pack, in its order."""

    as_of: Instant
    indicators: dict[str, StandingIndicator]


class ImportedShape(Told):
    """What a file added, or in a dry run would add."""

    model_config = ConfigDict(title="Imported")

    dry_run: bool
    added: int
    unchanged: int = Field(description="Already in the journal, to the letter.")
    indicators: dict[str, int] = Field(description="How many were added, by indicator.")
    issues: list[FindingShape] = Field(description="What can be used and should be looked at.")

    @classmethod
    def of(cls, result: ImportResult, issues: list[FindingShape]) -> ImportedShape:
        """Return the result of an import as it is answered."""
        return cls(
            dry_run=result.dry_run,
            added=result.added,
            unchanged=result.unchanged,
            indicators={one.indicator: one.added for one in result.indicators},
            issues=issues,
        )


class WhoShape(Told):
    """Who is asking, by which token, and what that lets them do here."""

    model_config = ConfigDict(title="Who")

    name: str | None = Field(description="Null without a token.")
    token: str | None = Field(description="What the token is called by.")
    scope: Scope | None
    pack: str = Field(description="The pack that is asked about.")
    role: str | None = Field(description="What the token may do here now: viewer, editor or approver; or nothing.")
    expires_at: Instant | None
