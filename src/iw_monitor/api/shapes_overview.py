"""All packs that are held here, as they are answered: one line for each, as ``/status`` has them too."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from iw_monitor.api.shapes import Instant, Told
from iw_monitor.api.shapes_assessment import HeadlineShape


class PackLineShape(Told):
    """A pack at a glance: its level, how sure and how fresh."""

    model_config = ConfigDict(title="PackLine")

    id: str = Field(description="What to send as `pack`; of one that cannot be read, the name of its folder.")
    title: str
    handling: str = Field(examples=["TLP:CLEAR"])
    usable: bool = Field(description="Whether the pack can be used; what is wrong with it, `iw-monitor check` says.")
    headline: HeadlineShape | None = Field(description="Null where the pack cannot be used.")
    coverage: float | None = Field(description="Share of the evidence that is current.")
    newest_at: Instant | None = Field(description="When the newest report that counts was true in the world.")
    stale: bool | None = Field(description="Whether nobody evaluates, or too little of the evidence is current.")
    indicators: dict[str, int] | None = Field(description="How many are fresh, due, stale and unknown.")
    alerts: dict[str, int] | None = Field(description="How many are firing, blind and pending.")
    troubles: list[str] = Field(description="What somebody should look at.")


class PackList(Told):
    """Every pack that whoever asks may look at."""

    as_of: Instant
    packs: list[PackLineShape] = Field(description="The worst first; what cannot be seen stands below HIGH.")
