"""Exporting observations: exactly what an import reads, or everything an audit asks for."""

from __future__ import annotations

from typing import TextIO

from iw_monitor.publish.as_csv import write_observations
from iw_monitor.service.site import Site


def export_observations(site: Site, target: TextIO, *, full: bool = False, spreadsheet: bool = False) -> int:
    """Write the observations of the site's pack as CSV and return how many.

    Args:
        site: whose journal is exported.
        target: takes the text.
        full: with what was retracted and the columns of an audit; an import leaves those rows and columns out.
        spreadsheet: harmless in a spreadsheet, and no longer to the letter.
    """
    retractions = {one.observation: one for one in site.retractions()}
    hashes = {one.id: one.hash for one in site.journal.entries()} if full else None
    return write_observations(target, site.observations(), retractions, hashes=hashes, spreadsheet=spreadsheet)
