"""The part of the door that leads to what people state beside what is computed, and to what waits for a person."""

from __future__ import annotations

from typing import TypeAlias

from dashboard import data
from dashboard.data import Look
from iw_monitor.assess import overridden
from iw_monitor.model import judgement, proposal
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.service import judgements
from iw_monitor.service import proposals as at_proposals

Effect: TypeAlias = overridden.Effect
Judgement: TypeAlias = judgement.Judgement
Judging: TypeAlias = judgements.Judging
Proposal: TypeAlias = proposal.Proposal
Proposals: TypeAlias = at_proposals.Proposals
RawJudgement: TypeAlias = judgements.RawJudgement
Stated: TypeAlias = judgement.Stated
Waits: TypeAlias = proposal.Waits

given = at_proposals.given


def standing(look: Look, kind: JudgementKind, subject: str) -> tuple[Judgement, ...]:
    """Return the judgements of a kind on a problem or an indicator that stood at the look, oldest first."""
    return tuple(one for one in look.stated if (one.kind, one.subject) == (kind, subject))


def overrides(look: Look) -> tuple[Judgement, ...]:
    """Return every override that stood at the look, oldest first."""
    return tuple(one for one in look.stated if one.kind is JudgementKind.OVERRIDE)


def override_of(look: Look, indicator: str) -> Judgement | None:
    """Return the override of an indicator that stood at the look, or None."""
    return next(iter(standing(look, JudgementKind.OVERRIDE, indicator)), None)


def effects(look: Look, indicator: str, level: int) -> tuple[Effect, ...]:
    """Return what every problem would be at the look, were an indicator at a level."""
    return data.site().with_override(look.at, indicator, level)
