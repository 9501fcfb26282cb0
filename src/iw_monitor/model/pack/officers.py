"""What a pack asks of the people who judge: how long a judgement may stand, and when a second person is needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from iw_monitor.model.pack.plain import Duration, LevelNumber, Plain, State

WEEK = timedelta(days=7)


class JudgementRule(Plain):
    """How far ahead a judgement may reach before somebody has to look again."""

    declaration_at_most: Annotated[
        Duration, Field(description="How long a declared level or a dissent stands at most.")
    ] = WEEK
    override_at_most: Annotated[Duration, Field(description="How long an override of an indicator stands at most.")] = (
        WEEK
    )


class FourEyes(Plain):
    """From which level on a second officer, who is not the first, has to say yes."""

    report_from: State | None = None
    declaration_from: LevelNumber | None = None

    def holds_report(self, level: int) -> bool:
        """Say whether a report of this level waits for a second officer."""
        return self.report_from is not None and level >= self.report_from

    def holds_declaration(self, level: int) -> bool:
        """Say whether a declaration of this level waits for a second officer."""
        return self.declaration_from is not None and level >= self.declaration_from
