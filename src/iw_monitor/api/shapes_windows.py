"""What past windows look like coming in and going out: the same as ``iw-monitor windows --json`` says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from iw_monitor.api.shapes import Id, Instant, Sent, Told
from iw_monitor.model.closing import Closing, Reopening
from iw_monitor.model.observation import Basis
from iw_monitor.publish.of_windows import closing_dict, window_dict
from iw_monitor.publish.times import iso
from iw_monitor.service.windows import PastWindow, RawClosing

Day = Annotated[str, Field(description="A day in UTC.", examples=["2024-03-31"])]


class NewClosing(Sent):
    """What became of a past window of a problem."""

    problem: str = Field(description="The id of a problem of the pack.", examples=["blockade"])
    window: Day = Field(description="Any day within it.")
    outcome: Literal["happened", "did-not"]
    onset: str = Field(default="", description="The day on which it began, if it happened.", examples=["2024-03-12"])
    until: str = Field(default="", description="The last day of it; by default the onset.", examples=["2024-03-14"])
    reason: str = Field(description="By what you know it.", examples=["Ships left every day."])
    basis: Basis = Field(default=Basis.SEEN, strict=False)
    seen: str | None = Field(
        default=None,
        description="Compare-and-set: the id of the window's newest closing that its author saw, or an empty text for "
        "none. Left out, nothing is compared.",
    )

    def typed(self) -> RawClosing:
        """Return it as somebody would have typed it: the one validation path takes texts."""
        return RawClosing(
            problem=self.problem,
            window=self.window,
            outcome=self.outcome,
            onset=self.onset,
            until=self.until,
            reason=self.reason,
            basis=self.basis.value,
        )


class ReopenedShape(Told):
    """By whom a closing was taken back, when and why."""

    at: Instant
    author: str
    reason: str


class ClosingShape(Told):
    """What a named person said became of a window."""

    model_config = ConfigDict(title="Closing")

    id: Id
    outcome: Literal["happened", "did-not"]
    onset: Day | None
    until: Day | None
    reason: str
    basis: Basis
    author: str
    recorded_at: Instant
    reopened: ReopenedShape | None = Field(description="Null while it stands.")

    @classmethod
    def of(cls, one: Closing) -> ClosingShape:
        """Return a closing as it is answered."""
        return cls.model_validate(closing_dict(one))


class ReopeningShape(Told):
    """A closing was taken back; its window waits again."""

    model_config = ConfigDict(title="Reopening")

    id: Id
    closing: Id
    reason: str
    author: str
    recorded_at: Instant

    @classmethod
    def of(cls, one: Reopening) -> ReopeningShape:
        """Return a reopening as it is answered."""
        return cls(
            id=one.id, closing=one.closing, reason=one.reason, author=one.author, recorded_at=iso(one.recorded_at)
        )


class WindowShape(Told):
    """A past window of a problem."""

    model_config = ConfigDict(title="Window")

    problem: str
    first: Day
    last: Day
    expected: float = Field(description="Events that the evidence alone expected in it.")
    closing: ClosingShape | None = Field(description="The newest, also one that was taken back; null before the first.")

    @classmethod
    def of(cls, one: PastWindow) -> WindowShape:
        """Return a window as it is answered."""
        return cls.model_validate(window_dict(one.window, one.expected, one.newest))


class WindowList(Told):
    """Past windows, the newest first."""

    windows: list[WindowShape]
