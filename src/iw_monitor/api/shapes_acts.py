"""What waits for a person, as it is answered: the same as ``iw-monitor tray --json`` says."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from iw_monitor.api.shapes import Id, Instant, Told
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.model.proposal import Proposal, Waits
from iw_monitor.publish.of_judgements import proposal_dict


class ProposedJudgement(Told):
    """A judgement that is proposed."""

    kind: JudgementKind
    level: int | None
    reason: str
    until: Instant


class ProposalShape(Told):
    """A report or a judgement that waits for a person, who is not its author where the pack asks for four eyes."""

    model_config = ConfigDict(title="Proposal")

    id: Id
    subject: str = Field(description="The id of the indicator, or of the problem that the judgement is about.")
    waits: Waits
    source: str = Field(description="The source that proposes it; empty for a person.")
    author: str
    via: str
    recorded_at: Instant
    report: dict[str, str] | None = Field(description="The fields of a report, as they were given.")
    judgement: ProposedJudgement | None

    @classmethod
    def of(cls, one: Proposal) -> ProposalShape:
        """Return a proposal as it is answered."""
        return cls.model_validate(proposal_dict(one))
