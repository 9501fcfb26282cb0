"""What is reported by itself: ``reports.yml``. It says nothing of the score, so it is not in the pack's hash."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iw_monitor.model.pack.plain import Id, Plain, Text
from iw_monitor.model.pack.sources import Cron
from iw_monitor.model.snapshot import Format, Layout, Marking

LayoutName = Literal["watch", "weekly", "handover"]
FormatName = Literal["html", "pdf", "png", "md", "json", "csv", "stix", "cap"]
MarkingName = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
# One name, below the operator's own folder of reports: a stranger's pack chooses no place on the disk.
FolderName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]


class ReportSchedule(Plain):
    """When a report is due by the clock."""

    cron: Cron
    zone: str = "UTC"


class ReportPlan(Plain):
    """One report that is made by itself, or by name."""

    id: Id
    title: Text
    layout: LayoutName
    formats: Annotated[tuple[FormatName, ...], Field(min_length=1)]
    schedule: ReportSchedule | None = None
    on_level_change: bool = False
    folder: FolderName
    up_to: MarkingName = "TLP:RED"

    @property
    def shape(self) -> Layout:
        """Its layout."""
        return Layout(self.layout)

    @property
    def files(self) -> tuple[Format, ...]:
        """Its formats."""
        return tuple(Format(one) for one in self.formats)

    @property
    def ceiling(self) -> Marking:
        """The highest marking that may go to its folder."""
        return Marking(self.up_to)


class ReportsFile(Plain):
    """``reports.yml``: the reports, and which marking a format may bear at most."""

    formats_up_to: dict[FormatName, MarkingName] = Field(default={})
    reports: Annotated[tuple[ReportPlan, ...], Field(min_length=1)]

    def ceilings(self) -> dict[Format, Marking]:
        """Return the highest marking of each format that has one."""
        return {Format(name): Marking(marking) for name, marking in self.formats_up_to.items()}
