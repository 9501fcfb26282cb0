"""A scorecard as JSON for programs. Change it only with ``SCHEMA_VERSION``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from iw_monitor.assess.scoring.scorecard import Row, Scorecard, Table

SCHEMA_VERSION = "2"


def score_json(card: Scorecard) -> str:
    """Return a scorecard as indented JSON; what is withheld or not defined is null.

    Raises:
        ValueError: a number is not finite.
    """
    return json.dumps(_card(card), indent=2, ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")


def _card(card: Scorecard) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "pack": card.pack,
        "version": card.version,
        "pack_hash": card.pack_hash,
        "known": card.known.value,
        "from": card.first,
        "to": card.last,
        "problems": list(card.problems),
        "horizons_days": list(card.horizons),
        "bootstrap": {
            "resamples": card.resamples,
            "seed": card.seed,
            "block_days": {str(horizon): block for horizon, block in card.block_days},
        },
        "log_score_least": card.log_least,
        "track_record": {"applied": card.track.applied, "windows_closed_by_people": dict(card.track.closed)},
        "forecasters": [{"id": name, "title": title} for name, title in card.forecasters],
        "scores": [_table(one) for one in card.tables],
        "behaviour": [asdict(one) for one in card.behaviours],
        "events": [asdict(one) for one in card.events],
        "alarms": [asdict(one) for one in card.alarms],
        "not_scored": dict(card.not_scored),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "horizon_days": table.horizon,
        "problem": table.problem,
        "among": table.among,
        "counts": asdict(table.counts),
        "withheld": list(table.withheld),
        "rows": [_row(one) for one in table.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return asdict(row) | {"skill": {name: asdict(value) for name, value in row.skill}}
