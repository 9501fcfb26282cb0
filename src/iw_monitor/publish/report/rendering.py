"""One snapshot in every format that is asked for: told once, checked once, then rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from iw_monitor.errors import ReportError
from iw_monitor.model.snapshot import Format
from iw_monitor.publish.report.as_cap import cap
from iw_monitor.publish.report.as_data import snapshot_csv, snapshot_json
from iw_monitor.publish.report.as_html import html
from iw_monitor.publish.report.as_markdown import markdown
from iw_monitor.publish.report.as_pdf import pdf
from iw_monitor.publish.report.as_stix import stix
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.pictures import gauge_png
from iw_monitor.publish.report.told import Told, told
from iw_monitor.publish.report.wording import faults

_RENDERERS: dict[Format, Callable[[Snapshot, Told], str | bytes]] = {
    Format.HTML: html,
    Format.PDF: pdf,
    Format.PNG: lambda snapshot, _told: gauge_png(snapshot),
    Format.MD: lambda _snapshot, said: markdown(said),
    Format.JSON: lambda snapshot, _told: snapshot_json(snapshot),
    Format.CSV: lambda snapshot, _told: snapshot_csv(snapshot),
    Format.STIX: stix,
    Format.CAP: cap,
}


def rendered(snapshot: Snapshot, formats: Iterable[Format]) -> dict[Format, bytes]:
    """Return the files of a snapshot by their format.

    Raises:
        ReportError: its language breaks the rules of estimates, or a file cannot be made.
    """
    said = told(snapshot)
    wrong = faults(said.sentences())
    if wrong:
        raise ReportError(f"The report is not kept, its language is at fault: {'; '.join(wrong)}.")
    return {one: _bytes(_RENDERERS[one](snapshot, said)) for one in dict.fromkeys(formats)}


def _bytes(made: str | bytes) -> bytes:
    return made.encode() if isinstance(made, str) else made
