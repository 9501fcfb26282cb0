"""What a pack demands of the evidence behind an indicator's level."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iw_monitor.model.pack.plain import Plain, State


class HighEvidence(Plain):
    """From which level on one voice is not enough, and which voices count."""

    from_level: State
    originators: Annotated[int, Field(ge=2, le=10, description="How many who said it independently of one another.")]
    grade: Annotated[
        str,
        Field(
            pattern=r"^[A-E][1-5]$",
            description="The least grade that counts, for example C2: reliability C or better and credibility 2 or "
            "better. F and 6 (cannot be judged) never count.",
        ),
    ]


class EvidenceRule(Plain):
    """What a level needs: a named source, and for a high one several independent originators."""

    source_from_level: Annotated[State, Field(description="From this level on a report must name its source.")] = 2
    high: HighEvidence | None = None
