"""Exporting: observations as an import reads them or an audit asks for them, the pieces of points, and scores."""

from __future__ import annotations

from typing import TextIO

from iw_monitor.assess.scoring.scorecard import Scorecard
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.pack import Pack
from iw_monitor.publish.as_csv import write_observations
from iw_monitor.publish.pieces_csv import write_pieces
from iw_monitor.publish.score_csv import write_forecasts, write_scores
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


def export_pieces(pack: Pack, assessment: Assessment, target: TextIO) -> int:
    """Write the pieces of every problem's points as CSV, from which they can be recomputed, and return how many."""
    return write_pieces(target, pack, assessment)


def export_scores(card: Scorecard, target: TextIO) -> int:
    """Write the scores of a card as CSV and return how many rows; what is withheld says why."""
    return write_scores(target, card)


def export_forecasts(card: Scorecard, target: TextIO) -> int:
    """Write every forecast behind a card as CSV, from which its scores can be recomputed, and return how many."""
    return write_forecasts(target, card)
